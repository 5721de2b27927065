import { describe, expect, test } from 'vitest'
import { all, deeds, met, only, player } from './play.ts'
import { categories, languageList, menu, smallHouse, urgencies } from './small-house.ts'

function atUrgency() {
  const who = player(smallHouse)
  who.says('menu')
  who.says('2')
  who.says('1')
  expect(who.says('my child is ill').said).toEqual([urgencies])
  return who
}

describe('in the middle of a question', () => {
  test('"help" explains and the question comes back, with its own help', () => {
    const who = player(smallHouse)
    who.says('menu')
    who.says('2')
    who.says('1')
    expect(who.says('help').said).toEqual(['help.what', 'need.tell_help', 'need.tell'])
    expect(who.says('my child is ill').said).toEqual([urgencies])
  })

  test('"language" changes the language and loses nothing', () => {
    const who = atUrgency()
    expect(who.says('language').said).toEqual([languageList])
    const turn = who.says('bm')
    expect(turn.said).toEqual(['language.set', urgencies])
    expect(all(turn, 'message_created').map(({ say }) => say.language)).toEqual(['bm', 'bm'])
    expect(only(who.says('1'), 'need_recorded').secret).toEqual({ text: 'my child is ill' })
  })

  test('"person" opens a request of its own and the question comes back', () => {
    const who = atUrgency()
    const turn = who.says('person')
    expect(only(turn, 'request_opened').kind).toBe('request.person')
    expect(turn.said).toEqual(['person.noted', urgencies])
    expect(only(who.says('3'), 'request_opened').kind).toBe('request.need')
  })

  test('"menu" keeps the question below; after another matter it is recalled', () => {
    const who = atUrgency()
    expect(who.says('0').said).toEqual([menu])
    expect(who.says('4').said).toEqual(['menu.none', 'common.recall', urgencies])
    expect(only(who.says('1'), 'request_opened').secret).toEqual({ text: 'my child is ill' })
  })

  test('a question without anything said is not asked again after another matter', () => {
    const who = player(smallHouse)
    for (const answer of ['menu', '2', '1', '0']) who.says(answer)
    expect(who.says('4').said).toEqual(['menu.none'])
    expect(who.session().stack).toEqual([])
  })

  test('"back" in the menu goes back to the question below', () => {
    const who = atUrgency()
    who.says('0')
    expect(who.says('back').said).toEqual([urgencies])
  })

  test('"menu" twice shows it twice and keeps one question below', () => {
    const who = atUrgency()
    who.says('0')
    who.after(120_000)
    expect(who.says('menu').said).toEqual([menu])
    expect(who.session().stack.map(({ flow }) => flow)).toEqual(['need', 'menu'])
  })

  test('choosing in the menu what lies below goes back to it', () => {
    const who = atUrgency()
    who.says('0')
    expect(who.says('2').said).toEqual([urgencies])
    expect(who.session().stack.map(({ flow }) => flow)).toEqual(['need'])
  })

  test('another matter left for the menu gives what was said to intake', () => {
    const who = atUrgency()
    who.says('0')
    who.says('1')
    const turn = who.says('0')
    expect(only(turn, 'request_opened')).toMatchObject({
      kind: 'unclear',
      secret: { text: 'my child is ill' },
    })
    expect(who.session().stack.map(({ flow }) => flow)).toEqual(['followup', 'menu'])
  })

  test('"repeat" asks again', () => {
    expect(atUrgency().says('repeat').said).toEqual([urgencies])
  })

  test('"back" goes one question back, and again, and no further than the first', () => {
    const who = atUrgency()
    expect(who.says('back').said).toEqual(['need.tell'])
    expect(who.says('back').said).toEqual([categories])
    expect(who.says('back').said).toEqual([menu])
    expect(who.says('back').said).toEqual([menu])
  })

  test('"back" and another answer replace the first one', () => {
    const who = atUrgency()
    who.says('back')
    who.says('my mother is ill')
    expect(only(who.says('1'), 'request_opened').secret).toEqual({ text: 'my mother is ill' })
  })

  test('"back" never opens a request twice', () => {
    const who = atUrgency()
    expect(who.says('1').said).toEqual(['need.noted', 'need.name'])
    expect(who.says('back').said).toEqual(['need.name'])
    expect(deeds(who.says('Awa'))).toEqual(['request_joined'])
  })

  test('"change" goes to the first question of the flow', () => {
    expect(atUrgency().says('change').said).toEqual([categories])
  })

  test('STOP ends campaigns, "2" then silences all, and the question comes back', () => {
    const who = atUrgency()
    const stopped = who.says('stop')
    expect(only(stopped, 'messages_stopped').how).toBe('campaigns')
    expect(stopped.said).toEqual(['stop.done [fine|everything]'])
    const silenced = who.says('2')
    expect(only(silenced, 'messages_stopped').how).toBe('all')
    expect(silenced.said).toEqual(['stop.all', urgencies])
  })

  test('START takes messages up again', () => {
    expect(only(atUrgency().says('start'), 'messages_started')).toBeTruthy()
  })

  test('00 leaves at once with one neutral line and nothing comes back', () => {
    const who = atUrgency()
    const turn = who.says('00')
    expect(turn.said).toEqual(['common.left'])
    expect(deeds(turn)).toEqual([])
    expect(who.session()).toMatchObject({ stack: [], open: false })
    expect(who.says('hello').said).toEqual(['common.greet_morning'])
    expect(who.says('hello').said).toEqual([menu])
  })
})

describe('in a sensitive flow', () => {
  function atStory() {
    const who = player(smallHouse)
    who.says('menu')
    who.says('3')
    expect(who.says('1').said).toEqual(['private.tell'])
    return who
  }

  test('STOP is a quick exit and no opt-out', () => {
    const turn = atStory().says('stop')
    expect(turn.said).toEqual(['common.left'])
    expect(all(turn, 'messages_stopped')).toEqual([])
  })

  test('the menu keeps no sensitive question below', () => {
    const who = atStory()
    who.says('0')
    expect(who.session().stack.map(({ flow }) => flow)).toEqual(['menu'])
  })

  test('a near word is not asked back, which would repeat it', () => {
    const who = player(smallHouse)
    who.says('menu')
    who.says('3')
    const turn = who.says('woma')
    expect(turn.said).toEqual(['common.choose_number', 'private.who [woman|man]'])
    expect(all(turn, 'answer_doubted')).toEqual([])
  })

  test('no answer is said back', () => {
    const who = player(smallHouse)
    who.says('menu')
    who.says('3')
    const vars = all(who.says('1'), 'message_created').map(({ say }) => say.vars)
    expect(vars).toEqual([{}])
  })
})

describe('with nothing open', () => {
  test.each([
    ['menu', menu],
    ['repeat', menu],
    ['back', menu],
    ['change', menu],
    ['language', languageList],
  ])('"%s" is answered', (word, sentence) => {
    expect(player(smallHouse).says(word).said).toEqual([sentence])
  })

  test('"help me" asks for danger before it explains', () => {
    const who = player(smallHouse)
    const asked = who.says('help me')
    expect(asked.said).toEqual(['help_me.danger [yes|no]'])
    expect(deeds(asked)).toEqual([])
    expect(who.says('2').said).toEqual(['help.what'])
  })

  test('"help me" in danger opens the request and enters the script', () => {
    const who = player(smallHouse)
    who.says('help me')
    const turn = who.says('1')
    expect(only(turn, 'request_opened')).toMatchObject({
      kind: 'security.threat',
      visibility: 'restricted',
      priority: 0,
      danger: { kind: 'danger_now', strength: 'strong' },
    })
    expect(turn.said).toEqual(['danger.thanks', 'danger.who [woman|man]'])
  })

  test('the same word three times in forty seconds is answered once (S8)', () => {
    const who = player(smallHouse)
    expect(who.says('help').said).toEqual(['help.what'])
    who.after(20_000)
    expect(who.says('help').happenings).toEqual([])
    who.after(20_000)
    expect(who.says('Help ').happenings).toEqual([])
    who.after(120_000)
    expect(who.says('help').said).toEqual(['help.what'])
  })

  test('a word whose flow nobody wrote does no harm', () => {
    const bare = player(smallHouse.filter(({ flow }) => flow === 'menu'))
    for (const word of ['help', 'person', 'stop', 'language', 'help me'])
      expect(bare.says(word).said).toEqual([menu])
    expect(player([], met).says('help').said).toEqual([])
  })
})
