/** What is left of a check-in when all was asked. */
import { answersOf, checkInOf } from '../check-in.ts'
import { keptAnswer } from '../condition.ts'
import { giveToReaders } from '../opening.ts'
import type { Answer } from '../session.ts'
import { requestInHand, tell, top, type Walk } from '../walk.ts'
import type { Take } from './after.ts'

export const endCheckIn: Take<'end_check_in'> = (walk, { end_check_in: { remark } }) => {
  const frame = top(walk)
  const checkIn = frame && checkInOf(frame)
  if (!frame || checkIn === undefined) return 'on'
  const answers = answersOf(frame.answers)
  tell(walk, {
    ...{ type: 'check_in_ended', checkIn, answered: Object.keys(answers).length },
    secret: { answers },
  })
  const said = keptAnswer(walk, remark.answer)
  if (said && requestInHand(walk) === undefined) toReaders(walk, said)
  return 'on'
}

/**
 * Free words may be about anything, also about whoever follows the case: they are read by those who read what nobody has
 * classed. Where a call was asked for, they are in that request already.
 */
function toReaders(walk: Walk, said: Answer): void {
  if (said.is === 'text') giveToReaders(walk, 'hand_over', said.value)
  if (said.is !== 'voice') return
  const { request } = giveToReaders(walk, 'voice')
  tell(walk, { type: 'request_joined', request, message: said.message })
}
