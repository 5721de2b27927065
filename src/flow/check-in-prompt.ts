/** Asks how somebody is, once, when nothing else is being asked. */
import { mayAsk } from './appointment.ts'
import { checkInStart } from './check-in.ts'
import { known } from './known.ts'
import { run } from './run.ts'
import { enterFlow, layAside } from './stack.ts'
import { isQuiet, isSensitive, openQuestion, tell, type Walk } from './walk.ts'

/** Whether somebody who has said nothing is to be asked now; never on a phone that others read or that has a code. */
export function isCheckInDue({ checkIn, shared, lock }: Walk['situation']): boolean {
  return checkIn?.due === true && !shared && !lock
}

/** Of our own accord, and one thing at a time. */
export function promptCheckIn(walk: Walk): void {
  const said = walk.happenings.some(({ type }) => type === 'message_created')
  if (!said && isCheckInDue(walk.situation) && mayAsk(walk, known.checkIn)) ask(walk)
}

/** After what they came for: on a phone that others use only where its code was given. */
export function checkInAfterWord(walk: Walk): void {
  const { shared, lock, checkIn } = walk.situation
  if (!checkIn?.due || (shared && !lock) || openQuestion(walk) || isQuiet(walk) || isSensitive(walk)) return
  // Whoever just asked for something waits for that.
  if (!walk.happenings.some(({ type }) => type === 'request_opened' || type === 'request_joined')) ask(walk)
}

function ask(walk: Walk): void {
  const { checkIn: it, stopped, consent, minor } = walk.situation
  if (!it || stopped !== 'no' || consent.keep_data !== 'given' || minor) return
  layAside(walk)
  const checkIn = walk.world.id()
  tell(walk, { type: 'check_in_asked', checkIn, case: it.case })
  walk.situation = { ...walk.situation, checkIn: undefined }
  if (enterFlow(walk, known.checkIn, { answers: checkInStart(checkIn) })) run(walk)
}
