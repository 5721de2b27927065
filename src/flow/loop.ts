/** Asks once whether a matter is solved, when nothing else is being asked. */

import type { OwnLoop } from '../core/loop.ts'
import { mayAsk } from './appointment.ts'
import { known } from './known.ts'
import { run } from './run.ts'
import { enterFlow, layAside } from './stack.ts'
import { isQuiet, isSensitive, openQuestion, tell, type Walk } from './walk.ts'

/** Whether somebody who has said nothing is to be asked now. */
export function isLoopDue({ loops, shared, lock }: Walk['situation']): boolean {
  return !shared && !lock && dueOf(loops) !== undefined
}

/** Of our own accord, and one thing at a time; never on a phone that others read. */
export function promptLoop(walk: Walk): void {
  const said = walk.happenings.some(({ type }) => type === 'message_created')
  if (!said && isLoopDue(walk.situation) && mayAsk(walk, known.solved)) ask(walk)
}

/** After what they came for is done: it is known who speaks, and they hold the phone. */
export function askAfterWord(walk: Walk): void {
  if (openQuestion(walk) || isQuiet(walk) || isSensitive(walk)) return
  // Whoever adds to a matter says by it that it is not done.
  if (!walk.happenings.some(({ type }) => type === 'request_joined')) ask(walk)
}

function ask(walk: Walk): void {
  const it = dueOf(walk.situation.loops)
  if (!it || walk.situation.stopped !== 'no' || walk.situation.consent.keep_data !== 'given') return
  layAside(walk)
  const { request, reference } = it
  tell(walk, { type: 'loop_asked', request })
  if (enterFlow(walk, known.solved, { opened: { request, reference, days: 0 } })) run(walk)
}

function dueOf(loops: readonly OwnLoop[] | undefined): OwnLoop | undefined {
  return loops?.find(({ due }) => due)
}
