/** On which phone somebody is asked how they are, and when it waits. */
import { expect, test } from 'vitest'
import { all, flow, met, only, player, start } from './play.ts'

const menu = flow(
  'menu',
  '  - { id: top, ask: choice, text: menu.title, keep: wish, choices: [{ value: go, text: menu.go, next: e }] }\n  - { id: e, end: done }',
)
const asks = flow('check_in', '  - { id: a, ask: text, text: check_in.work, keep: remark, optional: true }')
const due = { checkIn: { case: 'c1', due: true } }
const someone = (facts: object) => player([menu, asks], { ...met, ...due, ...facts })
const lock = { code: 'mark', tries: 0, openedAt: start }

test('of our own accord only on a phone of their own without a code', () => {
  expect(only(someone({}).keepsSilent(), 'check_in_asked')).toMatchObject({ case: 'c1' })
  for (const facts of [
    { shared: true },
    { lock },
    { minor: true },
    { stopped: 'campaigns' },
    { consent: {} },
  ])
    expect(all(someone(facts).keepsSilent(), 'check_in_asked')).toEqual([])
})

test('on a phone that others use, after a word of theirs and only where their code was given', () => {
  const after = (facts: object) => {
    const who = someone(facts)
    who.says('menu')
    return all(who.says('1'), 'check_in_asked').length
  }
  expect(after({ shared: true, lock })).toBe(1)
  expect(after({ shared: true })).toBe(0)
  expect(after({ shared: true, lock: { ...lock, openedAt: undefined } })).toBe(0)
})
