import { describe, expect, test } from 'vitest'
import { all, days, deeds, flow, hours, only, player } from './play.ts'
import { languageList, menu, smallHouse, urgencies } from './small-house.ts'

function atUrgency(facts = {}) {
  const who = player(smallHouse, { language: 'en', consent: { keep_data: 'given' }, ...facts })
  for (const answer of ['menu', '2', '1', 'my child is ill']) who.says(answer)
  return who
}

const request = {
  id: 'r1',
  reference: '00000000',
  kind: 'request.need',
  state: 'open',
  openedAt: new Date('2026-03-01T09:00:00Z'),
  dueAt: new Date('2026-03-04T09:00:00Z'),
} as const

describe('after twelve hours', () => {
  test('a digit is no answer: the question is recalled in one line and asked again (S21)', () => {
    const who = atUrgency()
    who.after(3 * days)
    const turn = who.says('3')
    expect(turn.said).toEqual(['common.recall', urgencies])
    expect(all(turn, 'answer_kept')).toEqual([])
    expect(only(who.says('3'), 'request_opened').urgency).toBe('can_wait')
  })

  test('a choice by its name is clear enough', () => {
    const who = atUrgency()
    who.after(3 * days)
    expect(only(who.says('today'), 'request_opened').urgency).toBe('today')
  })

  test('a story is kept and the question recalled', () => {
    const who = atUrgency()
    who.after(3 * days)
    const turn = who.says('my engine has broken down')
    expect(turn.said).toEqual(['common.kept', 'common.recall', urgencies])
  })

  test('a story answers where a story was asked for', () => {
    const who = player(smallHouse)
    for (const answer of ['menu', '2', '1']) who.says(answer)
    who.after(3 * days)
    expect(who.says('my child is ill').said).toEqual([urgencies])
  })

  test('a voice note goes to a listener and the question is recalled later', () => {
    const who = player(smallHouse)
    for (const answer of ['menu', '2', '1']) who.says(answer)
    who.after(3 * days)
    expect(who.speaks().said).toEqual(['common.voice_received', 'voice.danger [now|fine]'])
    expect(who.says('2').said).toEqual(['voice.fine', 'need.tell'])
  })

  test('a message that was written in time and came late is an answer still', () => {
    const who = atUrgency()
    who.after(13 * hours)
    const late = who.sends({ kind: 'text', text: '3' }, 2 * hours)
    expect(only(late, 'request_opened').urgency).toBe('can_wait')
  })

  test('universal words work as ever', () => {
    const who = atUrgency()
    who.after(3 * days)
    expect(who.says('help').said).toEqual(['help.what', urgencies])
  })
})

describe('after a week', () => {
  test('we greet again, name open requests, and what was said goes to intake', () => {
    const who = atUrgency({ requests: [request] })
    who.after(8 * days)
    const turn = who.says('hello')
    expect(turn.said).toEqual(['common.greet_morning', 'common.open_requests', menu])
    expect(only(turn, 'request_opened').secret).toEqual({ text: 'my child is ill' })
  })

  test('without open requests none is named', () => {
    const who = player(smallHouse)
    who.says('menu')
    who.after(8 * days)
    expect(who.says('1').said).toEqual(['common.greet_morning', menu])
  })
})

describe('on a shared phone (S5)', () => {
  const speaker = 'speaker.who [same|another]'

  test('after half a day it is asked who speaks, and what was said is answered then', () => {
    const who = atUrgency({ shared: true })
    who.after(13 * hours)
    expect(who.says('follow-up').said).toEqual([speaker])
    const turn = who.says('1')
    expect(only(turn, 'speaker_changed').to).toBe('same')
    expect(turn.said).toEqual([urgencies])
  })

  test('with nothing open what was said is read after the answer', () => {
    const who = player(smallHouse, { language: 'en', consent: { keep_data: 'given' }, shared: true })
    who.says('help')
    who.after(13 * hours)
    expect(who.says('follow-up').said).toEqual([speaker])
    expect(who.says('1').said).toEqual(['followup.sure [yes|no]'])
  })

  test('another person is welcomed and sees nothing of the first', () => {
    const who = atUrgency({ shared: true })
    who.after(13 * hours)
    who.says('i want my own help')
    const turn = who.says('2')
    expect(only(turn, 'speaker_changed').to).toBe('other')
    expect(turn.said).toEqual(['welcome.greet', languageList])
    expect(who.session().stack.map(({ flow: key }) => key)).toEqual(['speaker', 'welcome', 'language'])
    who.given({ consent: {}, language: undefined })
    who.says('3')
    expect(only(who.says('1'), 'request_opened').secret).toEqual({ text: 'i want my own help' })
  })

  test('STOP and the quick exit wait for nobody', () => {
    const who = atUrgency({ shared: true })
    who.after(13 * hours)
    expect(all(who.says('stop'), 'messages_stopped')).toHaveLength(1)
  })

  test('danger comes first', () => {
    const who = atUrgency({ shared: true })
    who.after(13 * hours)
    expect(only(who.says('i am in danger'), 'request_opened').kind).toBe('security.threat')
  })
})

describe('a waiting flow', () => {
  const waits = flow(
    'followup',
    '  - { id: a, say: wait.begun }\n  - { id: b, wait: 2d }\n  - { id: c, ask: yes_no, text: wait.well, keep: well }\n  - { id: d, say: wait.thanks }',
  )
  const house = [...smallHouse.filter((one) => one.flow !== 'followup'), waits]

  test('lets other matters through and goes on in its time', () => {
    const who = player(house)
    expect(who.says('follow-up').said).toEqual(['wait.begun'])
    expect(who.says('help').said).toEqual(['help.what'])
    expect(who.says('menu').said).toEqual([menu])
    who.says('4')
    who.after(2 * days)
    expect(who.keepsSilent().said).toEqual(['wait.well [yes|no]'])
    expect(who.says('1').said).toEqual(['wait.thanks'])
  })

  test('goes on when the person writes first', () => {
    const who = player(house, { language: 'en', consent: { keep_data: 'given' }, stopped: 'campaigns' })
    who.says('follow-up')
    who.after(2 * days)
    expect(who.keepsSilent().happenings).toEqual([])
    expect(who.says('hello').said).toEqual([
      'wait.well [yes|no]',
      'common.greet_morning',
      'wait.well [yes|no]',
    ])
  })
})

describe('when the flow files change under a conversation', () => {
  const changed = smallHouse.map((one) =>
    one.flow === 'need'
      ? flow(
          'need',
          '  - { id: category, ask: choice, text: need.new, keep: category, choices: [{ value: a, text: need.a }, { value: b, text: need.b }] }',
        )
      : one,
  )

  test('it goes on in the version in which it began, while that is kept', () => {
    const who = atUrgency()
    who.upgrade(changed, smallHouse)
    expect(only(who.says('1'), 'request_opened').kind).toBe('request.need')
  })

  test('it begins again politely when that version is gone, and says so', () => {
    const who = atUrgency()
    who.upgrade(changed)
    const turn = who.says('1')
    expect(turn.said).toEqual(['common.restart', menu])
    expect(all(turn, 'flow_ended').map(({ flow: key, how }) => [key, how])).toEqual([
      ['need', 'restarted'],
      ['menu', 'restarted'],
    ])
  })

  test('what is said to it then is not lost', () => {
    const who = atUrgency()
    who.upgrade(changed)
    const turn = who.says('and my house is wet')
    expect(only(turn, 'request_opened').secret).toEqual({ text: 'and my house is wet' })
    expect(turn.said).toEqual(['common.restart', 'common.kept', menu])
  })

  test('danger and universal words are heard first', () => {
    for (const [words, sentence] of [
      ['i am in danger', 'danger.thanks'],
      ['help', 'help.what'],
    ] as const) {
      const who = atUrgency()
      who.upgrade(changed)
      expect(who.says(words).said).toContain(sentence)
    }
  })

  test('a timer of a version that is gone does nothing and is not due again', () => {
    const who = player([
      ...smallHouse.filter((one) => one.flow !== 'followup'),
      flow('followup', '  - { id: a, wait: 2d }'),
    ])
    who.says('follow-up')
    who.upgrade(changed)
    who.after(3 * days)
    expect(who.keepsSilent().happenings).toEqual([])
    expect(who.session().wakeAt).toBeUndefined()
  })

  test('a session of an unknown version begins again', () => {
    const who = atUrgency()
    who.setSession({ ...who.session(), v: 2, stack: 'something else' })
    expect(who.says('hello').said).toEqual(['common.restart', menu])
  })
})

describe('a loop in a flow file', () => {
  test('ends after a hundred steps with one polite sentence', () => {
    const loop = flow('followup', '  - { id: a, say: loop.one }\n  - { id: b, say: loop.two, next: a }')
    const who = player([...smallHouse.filter((one) => one.flow !== 'followup'), loop])
    const turn = who.says('follow-up')
    expect(turn.said).toEqual(['common.restart'])
    expect(all(turn, 'flow_ended')).toContainEqual({ type: 'flow_ended', flow: 'followup', how: 'restarted' })
    expect(who.session()).toMatchObject({ stack: [], open: false })
    expect(who.says('menu').said).toEqual([menu])
  })

  test('keeps what danger had opened before', () => {
    const loop = flow('danger', '  - { id: a, say: loop.one, next: a }', 'sensitive: true')
    const who = player([...smallHouse.filter((one) => one.flow !== 'danger'), loop])
    expect(deeds(who.says('he touched me'))).toEqual(['danger_noticed', 'request_opened'])
  })
})
