import { describe, expect, test } from 'vitest'
import { all, days, deeds, hours, minutes, only, player } from './play.ts'
import { categories, languageList, menu, smallHouse, urgencies } from './small-house.ts'

function atCategory() {
  const who = player(smallHouse)
  who.says('menu')
  expect(who.says('2').said).toEqual([categories])
  return who
}

describe('an answer that is not understood', () => {
  test('is asked again, then a person is offered, then a person takes over', () => {
    const who = atCategory()
    const once = who.says('xyz')
    expect(only(once, 'answer_refused')).toMatchObject({ flow: 'need', step: 'category', tries: 1 })
    expect(once.said).toEqual(['common.choose_number', categories])
    const twice = who.says('xyzz')
    expect(twice.said).toEqual(['common.choose_number', 'common.offer_person', categories])
    const thrice = who.says('xyzzz')
    expect(only(thrice, 'request_opened')).toMatchObject({
      kind: 'unclear',
      cause: 'hand_over',
      secret: { text: 'xyzzz' },
    })
    expect(thrice.said).toEqual(['common.handed_over'])
    expect(who.session()).toMatchObject({ stack: [], open: false, tries: 0 })
  })

  test('brings the help of the question before it', () => {
    const numbers = player(smallHouse)
    numbers.says('menu')
    numbers.says('2')
    numbers.says('1')
    numbers.says('a story')
    expect(numbers.says('9').said).toEqual(['common.choose_number', urgencies])
  })

  test('starts anew after one that is', () => {
    const who = atCategory()
    who.says('xyz')
    who.says('1')
    expect(who.session().tries).toBe(0)
  })

  test('is not lost when it was a whole sentence', () => {
    const who = atCategory()
    who.says('my roof fell down last night')
    who.says('3')
    who.says('we sleep outside')
    expect(only(who.says('1'), 'request_opened').secret).toEqual({
      text: 'we sleep outside\nmy roof fell down last night',
    })
  })
})

describe('a near word', () => {
  test('is asked back, and taken on yes', () => {
    const who = atCategory()
    const doubt = who.says('healt')
    expect(only(doubt, 'answer_doubted').value).toBe('health')
    expect(doubt.said).toEqual(['common.doubt [yes|no]'])
    expect(only(doubt, 'message_created').say.vars).toMatchObject({ word: 'health' })
    const yes = who.says('1')
    expect(only(yes, 'answer_kept').value).toBe('health')
    expect(yes.said).toEqual(['need.tell'])
  })

  test('is asked again on no', () => {
    const who = atCategory()
    who.says('healt')
    expect(who.says('no').said).toEqual(['common.choose_number', categories])
    expect(who.session().doubt).toBeUndefined()
  })

  test('gives way to any other answer', () => {
    const who = atCategory()
    who.says('healt')
    expect(only(who.says('housing'), 'answer_kept').value).toBe('housing')
  })

  test('gives way to universal words', () => {
    const who = atCategory()
    who.says('healt')
    expect(who.says('help').said).toEqual(['help.what', categories])
  })
})

describe('a greeting', () => {
  test.each([
    [7, 'common.greet_morning'],
    [13, 'common.greet_midday'],
    [17, 'common.greet_afternoon'],
    [21, 'common.greet_evening'],
    [2, 'common.greet_evening'],
  ])('at %i h is greeted back as the hour wants it, then the menu', (hour, greeting) => {
    const who = player(smallHouse)
    who.after((hour - 9) * hours)
    expect(who.says('hello').said).toEqual([greeting, menu])
  })

  test('is greeted back once per session and counts as no wrong answer', () => {
    const who = atCategory()
    expect(who.says('hello').said).toEqual(['common.greet_morning', categories])
    expect(who.says('hello').said).toEqual([categories])
    expect(who.session().tries).toBe(0)
  })
})

describe('thanks', () => {
  test('are thanked and open nothing', () => {
    const turn = player(smallHouse).says('thank you')
    expect(turn.said).toEqual(['common.thanked'])
    expect(deeds(turn)).toEqual([])
  })

  test('in whole words are kept as praise (S20)', () => {
    const turn = player(smallHouse).says('thank you, our work goes well')
    expect(deeds(turn)).toEqual(['feedback_recorded'])
    expect(only(turn, 'feedback_recorded').kind).toBe('praise')
  })

  test('leave the open question open', () => {
    expect(atCategory().says('thank you').said).toEqual(['common.thanked', categories])
  })
})

describe('words outside every question', () => {
  test('that name a door of the menu go through it', () => {
    expect(player(smallHouse).says('follow-up').said).toEqual(['followup.sure [yes|no]'])
  })

  test('that name a door in a whole sentence are kept for the request', () => {
    const who = player(smallHouse)
    who.says('i want a follow-up please')
    expect(only(who.says('1'), 'request_opened').secret).toEqual({ text: 'i want a follow-up please' })
  })

  test('that name a need go to it with the category', () => {
    const who = player(smallHouse)
    expect(who.says('hungry').said).toEqual(['need.tell'])
    expect(who.session().stack[0]?.answers).toEqual({ category: { is: 'code', value: 'food' } })
  })

  test('that name a door without a flow behind it choose it in the menu', () => {
    expect(player(smallHouse).says('where').said).toEqual(['menu.none'])
  })

  test('that lead nowhere are kept for a person, who is promised by number', () => {
    const turn = player(smallHouse).says('my engine has broken down')
    expect(only(turn, 'request_opened')).toMatchObject({
      kind: 'unclear',
      queue: 'intake',
      cause: 'not_understood',
      secret: { text: 'my engine has broken down' },
    })
    expect(turn.said).toEqual(['common.kept'])
    expect(only(turn, 'message_created').say.vars).toHaveProperty('ref')
  })

  test('in several messages are one matter', () => {
    const who = player(smallHouse)
    const { request } = only(who.says('my engine'), 'request_opened')
    const second = who.says('has broken')
    expect(only(second, 'request_joined').request).toBe(request)
    expect(second.said).toEqual(['common.added'])
    who.after(2 * hours)
    expect(only(who.says('another matter'), 'request_opened').request).not.toBe(request)
  })

  test('said again within ten minutes join without another word (S8)', () => {
    const who = player(smallHouse)
    const { request } = only(who.says('my engine has broken down'), 'request_opened')
    who.after(9 * minutes)
    const again = who.says('My engine has  broken down')
    expect(again.said).toEqual([])
    expect(only(again, 'request_joined').request).toBe(request)
  })

  test('at the menu are kept like words outside every question', () => {
    const who = player(smallHouse)
    who.says('menu')
    expect(who.says('my engine has broken down').said).toEqual(['common.kept'])
    expect(who.says('1').said).toEqual(['followup.sure [yes|no]'])
  })

  test('that are a mere number show the menu', () => {
    expect(player(smallHouse).says('7').said).toEqual([menu])
  })
})

describe('another language', () => {
  test('is offered once, in that language, and never switched to', () => {
    const who = player(smallHouse)
    const turn = who.says('le la les moteur est en panne')
    expect(only(turn, 'language_guessed').language).toBe('fr')
    expect(all(turn, 'message_created').map(({ say }) => [say.text, say.language])).toEqual([
      ['common.language_offer', 'fr'],
      ['common.kept', 'en'],
    ])
    who.after(days)
    expect(all(who.says('le la les encore une panne'), 'language_guessed')).toEqual([])
  })

  test.each([
    ['in Arabic script', 'السلام عليكم'],
    ["in N'Ko", 'ߊߟߎ߫ ߣߌ߫ ߛߐ߲߬'],
    ['that we do not speak', 'ayuu wari ke nda'],
  ])('%s is answered with the languages and goes to intake, never "not understood" (S7)', (_, text) => {
    const who = player(smallHouse)
    const turn = who.says(text)
    expect(turn.said).toEqual(['common.any_language', languageList])
    expect(only(turn, 'request_opened')).toMatchObject({ kind: 'unclear', queue: 'intake' })
    const more = who.says(`${text} ayuu nda`)
    expect(more.said).toEqual(['common.added'])
    expect(deeds(more)).toEqual(['request_joined'])
  })

  test('is taken as the answer to a free question', () => {
    const who = atCategory()
    who.says('1')
    expect(who.says('السلام عليكم').said).toEqual([urgencies])
  })
})
