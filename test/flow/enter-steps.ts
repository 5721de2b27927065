/** Enters a flow made of a few steps, as most tests of steps want. */
import { flow, met, player } from './play.ts'

/** The menu enters nothing by itself here: a test flow is entered by the word "follow-up". */
function menuTo(key: string) {
  return flow(
    'menu',
    `
  - { id: top, ask: choice, text: menu.title, keep: wish, choices: [{ value: go, text: menu.go, words: [follow_up], next: go }] }
  - { id: go, enter: ${key} }`,
  )
}

/** Enters a flow made of these steps and gives what happened and who talks. */
export function enterSteps(
  steps: string,
  facts = {},
  head = '',
  more: readonly ReturnType<typeof flow>[] = [],
) {
  const who = player([menuTo('it'), flow('it', steps, head), ...more], { ...met, ...facts })
  return { who, turn: who.says('follow-up') }
}
