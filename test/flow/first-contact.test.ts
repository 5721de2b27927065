import { describe, expect, test } from 'vitest'
import type { Situation } from '../../src/flow/session.ts'
import { all, deeds, only, player } from './play.ts'
import { dangerAfterVoice, languageList, menu, smallHouse } from './small-house.ts'

const stranger: Partial<Situation> = {}
const consented: Partial<Situation> = { language: 'en', consent: { keep_data: 'given' } }

describe('somebody who never wrote before', () => {
  test('is welcomed whatever they say, in the language we begin with', () => {
    const turn = player(smallHouse, stranger).says('hello')
    expect(turn.said).toEqual(['welcome.greet', languageList])
    expect(all(turn, 'message_created').map(({ say }) => say.language)).toEqual(['fr', 'fr'])
    expect(deeds(turn)).toEqual([])
  })

  test('need not say again what they said first; nothing opens before consent (S3)', () => {
    const who = player(smallHouse, stranger)
    const first = who.says('i want my reintegration money')
    expect(first.said).toEqual(['welcome.greet', languageList])
    expect(deeds(first)).toEqual([])
    expect(who.says('3').said).toEqual(['language.set', 'welcome.agree [yes|no]'])
    const turn = who.says('1')
    expect(only(turn, 'consent_recorded')).toMatchObject({
      item: 'keep_data',
      answer: 'given',
      language: 'en',
    })
    expect(only(turn, 'request_opened').secret).toEqual({ text: 'i want my reintegration money' })
    expect(turn.said).toEqual(['welcome.noted'])
  })

  test('who refuses leaves nothing with staff (S3)', () => {
    const who = player(smallHouse, stranger)
    who.says('i want my reintegration money')
    who.says('3')
    const turn = who.says('2')
    expect(deeds(turn)).toEqual(['consent_recorded'])
    expect(turn.said).toEqual(['welcome.refused'])
  })

  test('who said no more than hello is asked what they need', () => {
    const who = player(smallHouse, stranger)
    who.says('hello')
    who.says('3')
    expect(who.says('1').said).toEqual(['welcome.tell'])
    expect(only(who.says('my roof fell down'), 'request_opened').secret).toEqual({
      text: 'my roof fell down',
    })
  })

  test('who speaks is heard by a person from the first moment, and asked for danger (S6)', () => {
    const who = player(smallHouse, stranger)
    const turn = who.speaks()
    expect(only(turn, 'request_opened')).toMatchObject({ kind: 'unclear', cause: 'voice', queue: 'intake' })
    expect(turn.said).toEqual(['common.voice_received', dangerAfterVoice])
    const more = who.speaks()
    expect(deeds(more)).toEqual(['request_joined', 'voice_parked'])
    expect(who.says('2').said).toEqual(['voice.fine', 'welcome.greet', languageList])
  })

  test('who only ever speaks is never refused', () => {
    const who = player(smallHouse, stranger)
    for (let note = 0; note < 6; note += 1) expect(all(who.speaks(), 'answer_refused')).toEqual([])
  })

  test('who writes STOP is obeyed first', () => {
    const who = player(smallHouse, stranger)
    expect(only(who.says('stop'), 'messages_stopped').how).toBe('campaigns')
    who.says('1')
    expect(who.says('hello').said).toEqual(['welcome.greet', languageList])
  })

  test('who asks for a person gets one, then the welcome', () => {
    const turn = player(smallHouse, stranger).says('person')
    expect(only(turn, 'request_opened').kind).toBe('request.person')
    expect(turn.said).toEqual(['person.noted', 'welcome.greet', languageList])
  })

  test('who writes in a script we do not read goes to intake and chooses a language', () => {
    const turn = player(smallHouse, stranger).says('السلام عليكم')
    expect(turn.said).toEqual(['common.any_language', 'welcome.greet', languageList])
    expect(only(turn, 'request_opened').kind).toBe('unclear')
  })

  test.each([
    ['a button of nobody knows what', { kind: 'choice', list: 'zz', number: 1 }],
    ['a place', { kind: 'location', latitude: 12.6, longitude: -8 }],
    ['a sticker', { kind: 'unsupported' }],
  ] as const)('who sends %s is welcomed', (_, input) => {
    expect(player(smallHouse, stranger).sends(input).said).toEqual(['welcome.greet', languageList])
  })

  test('who sends a photo has it kept, and is welcomed', () => {
    const turn = player(smallHouse, stranger).sends({ kind: 'file', file: 'photo' })
    expect(deeds(turn)).toEqual(['request_opened'])
    expect(turn.said).toEqual(['common.file_received', 'welcome.greet', languageList])
  })

  test('who goes to the menu in the middle comes back to the welcome', () => {
    const who = player(smallHouse, stranger)
    who.says('hello')
    expect(who.says('0').said).toEqual([menu])
    expect(who.says('4').said).toEqual(['menu.none', 'common.recall', languageList])
  })

  test('who leaves in the middle is welcomed again', () => {
    const who = player(smallHouse, stranger)
    who.says('hello')
    who.says('00')
    expect(who.says('hello').said).toEqual(['welcome.greet', languageList])
  })
})

test('somebody known by the records is not welcomed like a stranger (S1)', () => {
  expect(player(smallHouse, consented).says('hello').said).toEqual(['common.greet_morning', menu])
})

test('without a welcome the menu does', () => {
  const bare = smallHouse.filter(({ flow }) => flow !== 'welcome')
  expect(player(bare, stranger).says('hello').said).toEqual(['common.greet_morning', menu])
})
