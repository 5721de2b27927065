/** Where a wish in one's own words leads: the flow behind a door of the menu, or a need with its category. */
import type { Ask, Flow, StepKind } from './definition.ts'
import { known } from './known.ts'
import type { Answer } from './session.ts'
import { placeOf, type Walk } from './walk.ts'

export type Wish = { readonly flow: string; readonly answers: Readonly<Record<string, Answer>> }

/** Steps that take what was said to somebody. */
const takers: readonly StepKind[] = ['open_request', 'record_need', 'record_feedback', 'hand_over']

/** The flow for a concept of the menu or of a need; `said` goes along where the flow takes words to somebody. */
export function wishOf(walk: Walk, concept: string, said: Answer | undefined): Wish | undefined {
  const door = doorOf(walk, concept)
  const need = door === undefined ? categoryOf(walk, concept) : undefined
  const key = door ?? (need === undefined ? undefined : known.need)
  const flow = key === undefined ? undefined : walk.parts.book.current(key)
  if (!flow) return undefined
  const answers: Record<string, Answer> = {}
  if (need !== undefined) answers['category'] = { is: 'code', value: need }
  if (said && flow.kinds.some((kind) => takers.includes(kind))) answers['said'] = said
  return { flow: flow.flow, answers }
}

/** The choice of a flow's questions that a concept means. */
export function choiceFor(
  flow: Flow | undefined,
  concept: string,
): { readonly step: Ask; readonly value: string; readonly next?: string } | undefined {
  for (const step of flow?.steps ?? []) {
    if (!('ask' in step)) continue
    const choice = step.choices?.find(({ value, words }) => value === concept || words?.includes(concept))
    if (choice) return { step, value: choice.value, next: choice.next }
  }
  return undefined
}

/** The flow that a door of the menu enters, or that answers by itself what no list offers. */
function doorOf(walk: Walk, concept: string): string | undefined {
  if (concept === known.officePlace) return concept
  const menu = walk.parts.book.current(known.menu)
  const next = choiceFor(menu, concept)?.next
  if (!menu || next === undefined) return undefined
  const behind = placeOf(walk, { flow: menu.flow, hash: menu.hash, step: next, answers: {}, trail: [] })
  return behind?.kind === 'enter' ? behind.step.enter : undefined
}

function categoryOf(walk: Walk, concept: string): string | undefined {
  const need = walk.parts.book.current(known.need)
  const found = choiceFor(need, concept)
  return found?.step.keep === 'category' ? found.value : undefined
}
