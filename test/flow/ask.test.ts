import { describe, expect, test } from 'vitest'
import { enterSteps } from './enter-steps.ts'
import { minutes, only } from './play.ts'

describe('a question', () => {
  const ask = (kind: string, more = '') =>
    enterSteps(`  - { id: a, ask: ${kind}, text: it.q, keep: it${more} }\n  - { id: b, say: it.thanks }`)

  test.each([
    ['text', 'a story'],
    ['name', 'Awa'],
    ['place', 'Kayes'],
    ['number', '4'],
    ['age', '40'],
    ['date', '2026-03-05'],
    ['phone', '+22370000000'],
    ['case_number', 'ML-1'],
    ['voice', 'in words'],
    ['yes_no', 'yes'],
  ])('of kind %s takes its answer', (kind, answer) => {
    const { who } = ask(kind)
    expect(who.says(answer).said).toEqual(['it.thanks'])
  })

  test('that is optional may be passed over', () => {
    const { who } = ask('name', ', optional: true')
    const turn = who.says('pass')
    expect(turn.said).toEqual(['it.thanks'])
    expect(only(turn, 'answer_kept')).not.toHaveProperty('secret')
  })

  test('in a number takes a zero as a number and not as the menu', () => {
    const { who } = ask('number')
    expect(only(who.says('0'), 'answer_kept').secret).toEqual({ said: '0' })
  })

  test('keeps no free answer where everybody may read it', () => {
    const { who } = ask('text')
    const kept = only(who.says('a secret story'), 'answer_kept')
    expect(kept).toMatchObject({ secret: { said: 'a secret story' } })
    expect(kept.value).toBeUndefined()
  })

  test('reminds once after silence', () => {
    const { who } = enterSteps(
      '  - { id: a, ask: text, text: it.q, keep: it, silence: { after: 20m, say: it.there } }',
    )
    who.after(20 * minutes)
    const turn = who.keepsSilent()
    expect(turn.said).toEqual(['it.there'])
    expect(only(turn, 'silence_reached')).toMatchObject({ flow: 'it', step: 'a' })
    who.after(20 * minutes)
    expect(who.keepsSilent().happenings).toEqual([])
    expect(who.says('a story').happenings).toContainEqual(expect.objectContaining({ type: 'answer_kept' }))
  })

  test('goes on after silence where the flow says so', () => {
    const { who } = enterSteps(
      '  - { id: a, ask: text, text: it.q, keep: it, silence: { after: 20m, next: b } }\n  - { id: b, say: it.gone_on }',
    )
    who.after(20 * minutes)
    expect(who.keepsSilent().said).toEqual(['it.gone_on'])
  })

  test.each([
    ['on a shared phone', { shared: true }, ''],
    ['to somebody who wants no messages', { stopped: 'campaigns' as const }, ''],
    ['about something sensitive', {}, 'sensitive: true'],
  ])('never reminds %s', (_, facts, head) => {
    const { who } = enterSteps(
      '  - { id: a, ask: text, text: it.q, keep: it, silence: { after: 20m, say: it.there } }',
      facts,
      head,
    )
    expect(who.session().wakeAt).toBeUndefined()
    who.after(20 * minutes)
    expect(who.keepsSilent().happenings).toEqual([])
  })
})
