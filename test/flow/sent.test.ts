import { describe, expect, test } from 'vitest'
import { all, deeds, flow, hours, met, only, player } from './play.ts'
import { categories, dangerAfterVoice, smallHouse, urgencies } from './small-house.ts'

function inNeed() {
  const who = player(smallHouse)
  who.says('menu')
  expect(who.says('2').said).toEqual([categories])
  return who
}

/** Asks one question of this kind. */
function asked(kind: string) {
  const it = flow('need', `  - { id: a, ask: ${kind}, text: it.q, keep: it }\n  - { id: b, say: it.thanks }`)
  const who = player([...smallHouse.filter((one) => one.flow !== 'need'), it])
  who.says('menu')
  who.says('2')
  return who
}

describe('a voice note', () => {
  test('answers a free question, and belongs to the request that it leads to', () => {
    const who = inNeed()
    who.says('1')
    const turn = who.speaks()
    expect(turn.said).toEqual([urgencies])
    const story = who.session().stack.at(-1)?.answers['story']
    expect(story?.is).toBe('voice')
    const opened = who.says('1')
    expect(only(opened, 'request_opened').cause).toBe('voice')
    expect(only(opened, 'request_joined')).toMatchObject({ message: story?.is === 'voice' && story.message })
  })

  test('at a choice is laid with a listener, asks for danger, and the choice waits', () => {
    const who = inNeed()
    const turn = who.speaks()
    expect(only(turn, 'request_opened')).toMatchObject({
      kind: 'unclear',
      cause: 'voice',
      visibility: 'restricted',
    })
    expect(turn.said).toEqual(['common.voice_received', dangerAfterVoice])
    expect(all(turn, 'answer_refused')).toEqual([])
    expect(who.says('2').said).toEqual(['voice.fine'])
    expect(who.session()).toMatchObject({ open: true, parked: { flow: 'need', step: 'category' } })
    // Whoever greets while they wait is answered.
    expect(who.says('hello').said).toEqual(['common.greet_morning', 'common.parked'])
  })

  test('from somebody in danger enters the script', () => {
    const who = player(smallHouse)
    who.speaks()
    const turn = who.says('1')
    expect(only(turn, 'request_opened').kind).toBe('security.threat')
    expect(turn.said).toEqual(['danger.thanks', 'danger.who [woman|man]'])
  })

  test('after another is one matter with it, and the next hour another (S6)', () => {
    const who = player(smallHouse)
    const { request } = only(who.speaks(), 'request_opened')
    for (let note = 0; note < 2; note += 1) {
      const turn = who.speaks()
      expect(only(turn, 'request_joined').request).toBe(request)
      expect(turn.said).toEqual(['common.added'])
    }
    who.says('2')
    who.after(2 * hours)
    expect(only(who.speaks(), 'request_opened').request).not.toBe(request)
  })

  test('that came as an audio file is one too', () => {
    expect(only(player(smallHouse).sends({ kind: 'file', file: 'audio' }), 'request_opened').cause).toBe(
      'voice',
    )
  })

  test('is parked where the question says so', () => {
    const it = flow('need', '  - { id: a, ask: name, text: it.q, keep: it, voice: parked }')
    const who = player([...smallHouse.filter((one) => one.flow !== 'need'), it])
    who.says('menu')
    who.says('2')
    expect(who.speaks().said).toEqual(['common.voice_received', dangerAfterVoice])
  })
})

describe('a photo', () => {
  test('answers a free question', () => {
    expect(asked('text').sends({ kind: 'file', file: 'photo' }).said).toEqual(['it.thanks'])
  })

  test('beside the question is kept, and the question stays', () => {
    const turn = inNeed().sends({ kind: 'file', file: 'document' })
    expect(only(turn, 'request_opened').kind).toBe('unclear')
    expect(turn.said).toEqual(['common.file_received', categories])
  })

  test('after a request belongs to it', () => {
    const who = inNeed()
    who.says('1')
    who.says('my child is ill')
    const { request } = only(who.says('3'), 'request_opened')
    who.says('pass')
    expect(only(who.sends({ kind: 'file', file: 'photo' }), 'request_joined').request).toBe(request)
  })

  test('with a caption is read as what it says', () => {
    expect(asked('number').sends({ kind: 'file', file: 'photo', text: '4' }).said).toEqual(['it.thanks'])
  })
})

describe('a place', () => {
  test('answers where a place is asked for', () => {
    const turn = asked('place').sends({ kind: 'location', latitude: 12.639, longitude: -8.003 })
    expect(only(turn, 'answer_kept').secret).toEqual({ said: '12.63900, -8.00300' })
  })

  test('elsewhere is kept', () => {
    const turn = asked('number').sends({ kind: 'location', latitude: 12.6, longitude: -8 })
    expect(turn.said).toEqual(['common.file_received', 'it.q'])
  })
})

describe('a contact card', () => {
  test('answers where a phone is asked for', () => {
    const turn = asked('phone').sends({ kind: 'contact', phone: '+22370000000', own: true })
    expect(only(turn, 'answer_kept').secret).toEqual({ said: '+22370000000' })
  })

  test.each(['phone', 'name'])('that is none is kept at a question for a %s', (kind) => {
    const turn = asked(kind).sends({ kind: 'contact', phone: '12', own: false })
    expect(turn.said).toEqual(['common.file_received', 'it.q'])
  })
})

test('a sticker is said to be unreadable and is no wrong answer', () => {
  const turn = inNeed().sends({ kind: 'unsupported' })
  expect(turn.said).toEqual(['common.cannot_read', categories])
  expect(deeds(turn)).toEqual([])
})

test('an edit is noted and nothing more', () => {
  const who = inNeed()
  const before = who.session()
  const turn = who.sends({ kind: 'edit', text: '1' })
  expect(turn.happenings.map(({ type }) => type)).toEqual(['message_edited'])
  expect(who.session()).toEqual(before)
})

test('everything is kept even where nobody wrote a flow for it', () => {
  const bare = player(
    smallHouse.filter((one) => one.flow === 'menu'),
    met,
  )
  expect(only(bare.speaks(), 'request_opened').kind).toBe('unclear')
  expect(bare.sends({ kind: 'file', file: 'video' }).said).toEqual(['common.file_received'])
})
