/** Asks one question and waits. The list of its choices is kept, so that an answer is read against what was seen. */
import type { Choice } from '../../core/message.ts'
import type { Ask } from '../definition.ts'
import { millisecondsOf } from '../duration.ts'
import { overInHand } from '../followup.ts'
import { known } from '../known.ts'
import { sentences } from '../sentences.ts'
import { endTop } from '../stack.ts'
import { isSensitive, speak, tell, top, type Vars, type Walk } from '../walk.ts'
import type { Take } from './after.ts'

/** Lists kept for late buttons. */
const listsKept = 5

export const yesNo: readonly Choice[] = [
  { value: 'yes', text: sentences.yes },
  { value: 'no', text: sentences.no },
]

export const ask: Take<'ask'> = (walk, step) => {
  walk.session.tries = 0
  const over = step.past === undefined ? undefined : overInHand(walk)
  // A question that comes back after another does not ask about a time that is over meanwhile, or that staff took back.
  if (over === 'ended') {
    endTop(walk, 'left')
    return 'moved'
  }
  if (over !== undefined) return { to: step.past }
  if (isParked(walk, step)) walk.session.open = true
  else present(walk, step)
  return 'waits'
}

/** Whether this question waits for what a listener hears: it was asked and is not asked again meanwhile. */
export function isParked(walk: Walk, step: Ask): boolean {
  const { parked } = walk.session
  return parked !== undefined && parked.step === step.id && parked.flow === top(walk)?.flow
}

/** The person leads again, and no listener is waited for any more. To say whether there is danger changes nothing. */
export function takeLead(walk: Walk): void {
  if (top(walk)?.flow !== known.voice) walk.session.parked = undefined
}

/** Says the question, with its help before it when help was asked, and one line before that after a pause. */
export function present(walk: Walk, step: Ask): void {
  const { session } = walk
  if (walk.recall) speak(walk, sentences.recall)
  if (walk.help && step.help !== undefined) speak(walk, step.help)
  walk.recall = false
  walk.help = false
  session.open = true
  session.doubt = undefined
  takeLead(walk)
  const choices = choicesOf(step)
  if (choices.length > 0) showList(walk, step.text, choices, step.id)
  else speak(walk, step.text)
  session.wakeAt = mayPrompt(walk) && step.silence ? walk.now + millisecondsOf(step.silence.after) : undefined
}

/** Says a sentence with choices and remembers the list under a tag of its own. */
export function showList(
  walk: Walk,
  text: string,
  choices: readonly Choice[],
  step: string,
  more: { readonly doubt?: true; readonly vars?: Vars } = {},
): void {
  const { session } = walk
  session.lists += 1
  const list = session.lists.toString(36)
  const flow = top(walk)?.flow ?? ''
  const shown = {
    list,
    flow,
    step,
    values: choices.map(({ value }) => value),
    at: walk.now,
    doubt: more.doubt,
  }
  session.shown = [...session.shown.slice(1 - listsKept), shown]
  speak(walk, text, more.vars, { choices, list })
}

/** The choices of a question in the order shown; yes and no where it brings none of its own. */
export function choicesOf(step: Ask): readonly Choice[] {
  if (step.choices) return step.choices
  return step.ask === 'yes_no' ? yesNo : []
}

/** Whether we may write without being asked: never about something sensitive or on a phone that others read. */
export function mayPrompt(walk: Walk): boolean {
  const { shared, lock, stopped } = walk.situation
  return !isSensitive(walk) && !shared && !lock && stopped === 'no'
}

/** Time has passed on an open question: says the reminder and goes where the question says. */
export function onSilence(walk: Walk, step: Ask): { readonly to: string } | undefined {
  const flow = top(walk)?.flow
  if (flow === undefined || !step.silence || !mayPrompt(walk)) return undefined
  tell(walk, { type: 'silence_reached', flow, step: step.id })
  if (step.silence.say !== undefined) speak(walk, step.silence.say)
  return step.silence.next === undefined ? undefined : { to: step.silence.next }
}
