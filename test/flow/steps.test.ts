/** Every kind of step does what its file says; a kind without a story here fails. */
import { describe, expect, test } from 'vitest'
import type { OwnReferral } from '../../src/core/referral.ts'
import { type StepKind, stepShapes } from '../../src/flow/definition.ts'
import type { OwnFollowUp } from '../../src/flow/session.ts'
import { enterSteps } from './enter-steps.ts'
import { all, days, deeds, flow, met, only, player, start } from './play.ts'

const stories: { readonly [K in StepKind]: () => void } = {
  tell_nameless() {
    const steps = `
  - { id: q, ask: text, text: it.q, keep: words }
  - { id: a, tell_nameless: { text: { answer: words }, code: it.code, spoken: spoken }, next: done }
  - { id: spoken, say: it.spoken }
  - { id: done, end: done }`
    const written = enterSteps(steps).who.says('il crie')
    expect(only(written, 'nameless_told')).toMatchObject({ secret: { text: 'il crie' } })
    expect(only(written, 'nameless_told').code).toMatch(/^\d{12}$/)
    expect(written.said).toEqual(['it.code'])
    // The words are in no answer that the session keeps.
    expect(JSON.stringify(written.session ?? {})).not.toContain('il crie')
  },
  say() {
    const { turn } = enterSteps('  - { id: a, say: it.one }\n  - { id: b, say: it.two }')
    expect(turn.said).toEqual(['it.one', 'it.two'])
  },
  ask() {
    const { who, turn } = enterSteps(`
  - { id: a, ask: choice, text: it.which, keep: which, choices: [{ value: one, text: it.c1 }, { value: two, text: it.c2, next: c }] }
  - { id: b, say: it.first }
  - { id: c, say: it.second }`)
    expect(turn.said).toEqual(['it.which [one|two]'])
    const answered = who.says('2')
    expect(only(answered, 'answer_kept')).toMatchObject({ flow: 'it', step: 'a', value: 'two' })
    expect(answered.said).toEqual(['it.second'])
  },
  when() {
    const steps = `
  - { id: a, when: [{ if: { person: shared }, next: yes }], otherwise: no }
  - { id: yes, say: it.shared }
  - { id: stop, end: done }
  - { id: no, say: it.alone }`
    expect(enterSteps(steps, {}).turn.said).toEqual(['it.alone'])
    const { turn } = enterSteps(`${steps.replace('shared }', 'duty }')}`, { duty: true })
    expect(turn.said).toEqual(['it.shared'])
  },
  set() {
    const { turn } = enterSteps(`
  - { id: a, set: { colour: red } }
  - { id: b, when: [{ if: { answer: colour, is: red }, next: red }] }
  - { id: wrong, end: done }
  - { id: red, say: it.red }`)
    expect(turn.said).toEqual(['it.red'])
  },
  enter() {
    const child = flow('child', '  - { id: q, ask: text, text: child.q, keep: told }')
    const { who, turn } = enterSteps(
      `
  - { id: a, enter: child, with: { hint: small } }
  - { id: b, when: [{ if: { answer: told, kept: true }, next: good }] }
  - { id: bad, end: done }
  - { id: good, say: it.good }`,
      {},
      '',
      [child],
    )
    expect(turn.said).toEqual(['child.q'])
    expect(who.session().stack.at(-1)?.answers['hint']).toEqual({ is: 'code', value: 'small' })
    expect(who.says('my story').said).toEqual(['it.good'])
  },
  follow_wish() {
    const need = flow(
      'need',
      '  - { id: q, ask: choice, text: need.q, keep: category, choices: [{ value: food, text: need.food }] }\n  - { id: o, open_request: { kind: request.need, text: { answer: said } } }',
    )
    const { who } = enterSteps(
      '  - { id: a, ask: text, text: it.tell, keep: story }\n  - { id: b, follow_wish: { answer: story } }\n  - { id: c, say: it.after }',
      {},
      '',
      [need],
    )
    expect(who.says('hungry').said).toEqual(['need.q [food]'])
    expect(who.session().stack.at(-1)?.answers).toMatchObject({ category: { value: 'food' } })
    expect(who.says('1').said).toEqual(['it.after'])
  },
  wait() {
    const { who, turn } = enterSteps(
      '  - { id: a, say: it.one }\n  - { id: b, wait: 2d }\n  - { id: c, say: it.later }',
    )
    expect(turn.said).toEqual(['it.one'])
    who.after(2 * days - 1)
    expect(who.keepsSilent().happenings).toEqual([])
    who.after(1)
    expect(who.keepsSilent().said).toEqual(['it.later'])
    expect(who.session().stack).toEqual([])
  },
  end() {
    expect(enterSteps('  - { id: a, end: done }\n  - { id: b, say: it.never }').turn.said).toEqual([])
    expect(enterSteps('  - { id: a, end: menu }').turn.said).toEqual(['menu.title [go]'])
    const { who, turn } = enterSteps('  - { id: a, end: left }')
    expect(all(turn, 'flow_ended').map(({ how }) => how)).toEqual(['left'])
    expect(who.session().stack).toEqual([])
  },
  record_consent() {
    const { turn } = enterSteps(
      '  - { id: a, record_consent: { item: information, answer: refused, text: notice.ask } }',
    )
    expect(only(turn, 'consent_recorded')).toMatchObject({
      item: 'information',
      answer: 'refused',
      wording: 'notice.ask/en',
      medium: 'text',
    })
  },
  show_notice() {
    const { turn } = enterSteps('  - { id: a, show_notice: [notice.what, notice.who] }')
    expect(turn.said).toEqual(['notice.what', 'notice.who'])
    expect(all(turn, 'notice_shown').map(({ text }) => text)).toEqual(['notice.what', 'notice.who'])
  },
  set_language() {
    const { turn } = enterSteps('  - { id: a, set_language: bm }\n  - { id: b, say: it.hello }')
    expect(only(turn, 'language_chosen').language).toBe('bm')
    expect(only(turn, 'message_created').say.language).toBe('bm')
  },
  set_answering() {
    const { turn, who } = enterSteps('  - { id: a, set_answering: voice }')
    expect(only(turn, 'answering_chosen').how).toBe('voice')
    // Nothing is recorded in this test, and nothing is promised of it.
    expect(turn.said).toEqual(['common.no_voice_yet'])
    expect(who.session().answering).toBe('voice')
  },
  set_code() {
    const steps = `
  - { id: a, ask: code, text: it.one, keep: one }
  - { id: b, ask: code, text: it.two, keep: two }
  - { id: c, set_code: { which: code, first: { answer: one }, again: { answer: two }, otherwise: other } }
  - { id: d, say: it.kept }
  - { id: e, end: done }
  - { id: other, say: it.other }`
    const set = (one: string, two: string) => {
      const { who } = enterSteps(steps)
      who.sends({ kind: 'text', text: '7391', code: one })
      return who.sends({ kind: 'text', text: '7391', code: two })
    }
    const kept = set('mark', 'mark')
    expect(only(kept, 'code_set')).toMatchObject({ which: 'code', mark: 'mark' })
    expect(kept.said).toEqual(['it.kept'])
    expect(set('mark', 'another').said).toEqual(['it.other'])
  },
  end_proxy() {
    const { turn } = enterSteps('  - { id: a, end_proxy: true }', { helped: true })
    expect(only(turn, 'proxy_ended')).toEqual({ type: 'proxy_ended' })
  },
  prefer_worker() {
    const { who } = enterSteps(`
  - { id: a, ask: choice, text: it.who, keep: who, choices: [{ value: woman, text: it.w }, { value: anyone, text: it.a }] }
  - { id: b, prefer_worker: { answer: who } }`)
    expect(only(who.says('1'), 'worker_preferred').sex).toBe('woman')
  },
  end_code() {
    const lock = { code: 'mark', tries: 0, openedAt: start }
    const { turn } = enterSteps('  - { id: a, end_code: true }', { lock })
    expect(only(turn, 'code_ended')).toEqual({ type: 'code_ended' })
  },
  describe_person() {
    const { who } = enterSteps(`
  - { id: a, ask: name, text: it.name, keep: name }
  - { id: b, ask: age, text: it.age, keep: age }
  - { id: c, describe_person: { name: { answer: name }, age: { answer: age } } }`)
    who.says('Awa')
    expect(only(who.says('30'), 'person_described').secret).toMatchObject({ name: 'Awa', birthYear: 1996 })
  },
  open_request() {
    const { who } = enterSteps(`
  - { id: a, ask: text, text: it.tell, keep: story }
  - { id: b, open_request: { kind: request.need, category: health, urgency: today, text: { answer: story } } }
  - { id: c, say: it.noted }`)
    const turn = who.says('my child is ill')
    const opened = only(turn, 'request_opened')
    expect(opened).toMatchObject({
      kind: 'request.need',
      queue: 'needs',
      priority: 1,
      cause: 'asked',
      secret: { text: 'my child is ill' },
    })
    const shown = `${opened.reference.slice(0, 3)}-${opened.reference.slice(3, 5)}-${opened.reference.slice(5)}`
    expect(only(turn, 'message_created').say.vars).toMatchObject({ ref: shown, n: 3 })
  },
  record_need() {
    const { turn } = enterSteps(`
  - { id: a, open_request: { kind: request.need } }
  - { id: b, record_need: { category: food, urgency: today } }`)
    const { request } = only(turn, 'request_opened')
    expect(only(turn, 'need_recorded')).toMatchObject({ request, category: 'food', urgency: 'today' })
    expect(only(turn, 'request_raised')).toMatchObject({ request, priority: 1 })
  },
  ask_follow_up() {
    const { turn } = enterSteps('  - { id: a, ask_follow_up: true }')
    const { request, kind } = only(turn, 'request_opened')
    expect(kind).toBe('request.followup')
    expect(only(turn, 'follow_up_asked').request).toBe(request)
  },
  agree_follow_up() {
    const turn = aboutFollowUp('  - { id: a, agree_follow_up: true }\n  - { id: b, say: it.agreed }')
    expect(only(turn, 'follow_up_agreed')).toMatchObject({ followUp: 'f', request: 'r' })
    expect(turn.said).toEqual(['it.agreed'])
    const late = aboutFollowUp(
      `
  - { id: w, wait: 8d }
  - { id: a, agree_follow_up: { past: past } }
  - { id: b, say: it.agreed }
  - { id: stop, end: done }
  - { id: past, say: it.past }`,
      freeTimes,
      8,
    )
    expect(deeds(late)).not.toContain('follow_up_agreed')
    expect(late.said).toEqual(['it.past'])
  },
  offer_slots() {
    const steps = `
  - { id: a, offer_slots: { otherwise: none } }
  - { id: b, say: it.some }
  - { id: stop, end: done }
  - { id: none, say: it.none }`
    expect(aboutFollowUp(steps).said).toEqual(['it.some'])
    expect(aboutFollowUp(steps, []).said).toEqual(['it.none'])
  },
  move_follow_up() {
    const steps = (pick: string) => `
  - { id: a, offer_slots: { otherwise: taken } }
  - { id: set, set: { pick: ${pick} } }
  - { id: b, move_follow_up: { answer: pick, taken: taken } }
  - { id: c, say: it.moved }
  - { id: stop, end: done }
  - { id: taken, say: it.taken }`
    const turn = aboutFollowUp(steps('third'))
    expect(only(turn, 'follow_up_moved')).toMatchObject({ at: freeTimes[2]?.toISOString() })
    expect(turn.said).toEqual(['it.moved'])
    expect(aboutFollowUp(steps('first')).said).toEqual(['it.taken'])
    const late = steps('third').replace('  - { id: b', '  - { id: w, wait: 11d }\n  - { id: b')
    expect(aboutFollowUp(late, freeTimes, 11).said).toEqual(['it.taken'])
    expect(deeds(aboutFollowUp(late, freeTimes, 11))).not.toContain('follow_up_moved')
  },
  leave_follow_up() {
    const turn = aboutFollowUp('  - { id: a, leave_follow_up: true }\n  - { id: b, say: it.left }')
    expect(deeds(turn)).toEqual(expect.arrayContaining(['follow_up_declined', 'request_joined']))
  },
  record_feedback() {
    const { who } = enterSteps(
      '  - { id: a, ask: text, text: it.tell, keep: story }\n  - { id: b, record_feedback: { kind: rumour, text: { answer: story } } }',
    )
    const turn = who.says('they give money in Bamako')
    expect(only(turn, 'feedback_recorded')).toMatchObject({
      kind: 'rumour',
      secret: { text: 'they give money in Bamako' },
    })
    expect(deeds(turn)).toEqual(['feedback_recorded'])
  },
  hand_over() {
    const { turn } = enterSteps('  - { id: a, hand_over: {} }\n  - { id: b, say: it.noted }')
    expect(only(turn, 'request_opened')).toMatchObject({
      kind: 'unclear',
      queue: 'intake',
      cause: 'hand_over',
    })
    expect(only(turn, 'message_created').say.vars).toHaveProperty('ref')
  },
  settle_request() {
    const steps = `
  - { id: a, ask: yes_no, text: it.solved, keep: solved, choices: [{ value: 'yes', text: it.y, next: y }, { value: 'no', text: it.n, next: n }] }
  - { id: y, settle_request: 'yes' }
  - { id: e, end: done }
  - { id: n, settle_request: 'no' }`
    const loop = { request: 'r1', reference: '12345678', due: true, open: true, closable: true }
    const asked = () => {
      const { who } = enterSteps('  - { id: a, say: it.one }', {}, '', [flow('solved', steps)])
      who.given({ loops: [loop] })
      expect(only(who.keepsSilent(), 'loop_asked').request).toBe('r1')
      return who
    }
    expect(only(asked().says('1'), 'request_closed')).toMatchObject({ request: 'r1', outcome: 'answered' })
    const no = asked().says('2')
    expect(only(no, 'loop_answered').answer).toBe('no')
    expect(only(no, 'request_appealed').request).toBe('r1')
  },
  end_check_in() {
    const steps = `
  - { id: a, ask: choice, text: it.work, keep: work, choices: [{ value: good, text: it.g }, { value: bad, text: it.b }] }
  - { id: r, ask: text, text: it.remark, keep: remark, optional: true }
  - { id: e, end_check_in: { remark: { answer: remark } } }`
    const { who } = enterSteps('  - { id: a, say: it.one }', {}, '', [flow('check_in', steps)])
    who.given({ checkIn: { case: 'c1', due: true } })
    const { checkIn } = only(who.keepsSilent(), 'check_in_asked')
    const answered = only(who.says('2'), 'check_in_answered')
    expect(answered).toMatchObject({ checkIn, item: 'work', secret: { answers: { work: 'bad' } } })
    const last = who.says('the machine is broken')
    expect(only(last, 'check_in_ended')).toMatchObject({ checkIn, answered: 1 })
    expect(only(last, 'request_opened')).toMatchObject({
      ...{ kind: 'unclear', visibility: 'restricted', secret: { text: 'the machine is broken' } },
    })
  },
  share_phone() {
    const { turn } = enterSteps(
      '  - { id: a, share_phone: true }\n  - { id: b, when: [{ if: { person: shared }, next: d }] }\n  - { id: c, end: done }\n  - { id: d, say: it.shared }',
    )
    expect(only(turn, 'phone_shared').shared).toBe(true)
    expect(turn.said).toEqual(['it.shared'])
  },
  change_speaker() {
    const { who, turn } = enterSteps('  - { id: a, change_speaker: other }\n  - { id: b, say: it.new }')
    expect(only(turn, 'speaker_changed').to).toBe('other')
    expect(turn.said).toEqual(['it.new'])
    expect(who.session().shown).toEqual([])
  },
  stop_messages() {
    expect(only(enterSteps('  - { id: a, stop_messages: all }').turn, 'messages_stopped').how).toBe('all')
  },
  start_messages() {
    expect(deeds(enterSteps('  - { id: a, start_messages: true }').turn)).toEqual(['messages_started'])
  },
  show_requests() {
    const steps = '  - { id: a, show_requests: { one: it.one, none: it.none } }'
    expect(enterSteps(steps).turn.said).toEqual(['it.none'])
    const request = {
      id: 'r1',
      reference: '12345678',
      kind: 'request.need',
      state: 'waiting',
      openedAt: new Date('2026-03-01T09:00:00Z'),
      dueAt: new Date('2026-03-04T09:00:00Z'),
    } as const
    const { turn } = enterSteps(steps, { requests: [request] })
    expect(only(turn, 'message_created').say.vars).toMatchObject({
      ref: '123-45-678',
      state: 'state_waiting',
      n: 2,
      day: '04/03/2026',
    })
  },
  answer_referral() {
    const turn = aboutReferral(
      '  - { id: a, answer_referral: { as: given, text: it.asked } }\n  - { id: b, say: it.noted }',
    )
    expect(only(turn, 'referral_agreed')).toMatchObject({
      referral: 'f',
      request: 'r',
      text: 'it.asked',
      medium: 'text',
    })
    expect(turn.said).toEqual(['it.noted'])
  },
  judge_referral() {
    const turn = aboutReferral('  - { id: a, judge_referral: came_not }', 'accepted')
    expect(only(turn, 'referral_judged')).toMatchObject({ referral: 'f', came: false })
  },
  withdraw_referrals() {
    const steps = `
  - { id: a, withdraw_referrals: { text: it.taken, none: none } }
  - { id: b, say: it.taken }
  - { id: stop, end: done }
  - { id: none, say: it.none }`
    const turn = aboutReferral(steps, 'sent')
    expect(only(turn, 'referral_withdrawn')).toMatchObject({ referral: 'f', sent: true })
    expect(turn.said).toEqual(['it.taken'])
    expect(aboutReferral(steps, 'withdrawn').said).toEqual(['it.none'])
  },
  find_request() {
    const request = {
      id: 'r1',
      reference: '00000000',
      kind: 'request.need',
      state: 'open',
      openedAt: new Date('2026-03-01T09:00:00Z'),
      dueAt: new Date('2026-03-04T09:00:00Z'),
    } as const
    const steps =
      '  - { id: a, ask: text, text: it.ref, keep: ref }\n  - { id: b, find_request: { reference: { answer: ref }, found: it.found, unknown: it.unknown } }'
    const find = (reference: string) => {
      const { who } = enterSteps(steps, { requests: [request] })
      return who.says(reference)
    }
    expect(find('000-00-000').said).toEqual(['it.found'])
    expect(find('123-45-678').said).toEqual(['it.unknown'])
    expect(find('no number').said).toEqual(['it.unknown'])
  },
}

/** In a flow about a referral, as it stands. */
function aboutReferral(steps: string, state: OwnReferral['state'] = 'asked') {
  const it: OwnReferral = {
    ...{
      id: 'f',
      request: 'r',
      state,
      partner: 'Centre',
      service: 'training',
      items: ['name'],
      knocked: false,
    },
    prompt: { what: 'consent', due: true },
    ...(state === 'sent' ? { sentAt: new Date('2026-03-02T09:00:00Z') } : {}),
  }
  const who = player([flow('referral', steps)], { ...met, referrals: [it] })
  who.says('hello')
  return who.keepsSilent()
}

const freeTimes = [10, 11, 12].map((date) => new Date(`2026-03-${date}T08:00:00Z`))

/** In a flow about a follow-up that was proposed; the last of the free times is still free when it is chosen. */
function aboutFollowUp(steps: string, slots: readonly Date[] = freeTimes, daysLater = 0) {
  const it: OwnFollowUp = {
    ...{ id: 'f', request: 'r', state: 'proposed', kind: 'call', at: new Date('2026-03-09T10:00:00Z') },
    ...{ prompt: { what: 'propose', due: true }, knocked: false },
    slots: () => slots,
    isFree: (at) => at.getTime() === freeTimes[2]?.getTime(),
  }
  const who = player([flow('appointment', steps)], { ...met, followUps: [it] })
  who.says('hello')
  const turn = who.keepsSilent()
  if (daysLater === 0) return turn
  who.after(daysLater * days)
  return who.keepsSilent()
}

describe('a step', () => {
  for (const kind of Object.keys(stepShapes) as StepKind[])
    test(`of kind ${kind} does its work`, stories[kind])
})

test('a whole sentence about a need is heard by a person, not sorted by a word in it', () => {
  const need = flow(
    'need',
    '  - { id: q, ask: choice, text: need.q, keep: category, choices: [{ value: food, text: need.food }] }',
  )
  const steps =
    '  - { id: a, ask: text, text: it.tell, keep: story }\n  - { id: b, follow_wish: { answer: story } }\n  - { id: c, say: it.after }'
  const { who } = enterSteps(steps, {}, '', [need])
  expect(who.says('we have nothing to eat').said).toEqual(['it.after'])
})
