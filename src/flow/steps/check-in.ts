/** What is left of a check-in when all was asked. */
import { answersOf, checkInOf } from '../check-in.ts'
import { keptAnswer } from '../condition.ts'
import { giveToIntake } from '../opening.ts'
import { tell, top, type Walk } from '../walk.ts'
import type { Take } from './after.ts'

export const endCheckIn: Take<'end_check_in'> = (walk, { end_check_in: { remark } }) => {
  const frame = top(walk)
  const checkIn = frame && checkInOf(frame)
  if (!frame || checkIn === undefined) return 'on'
  const said = keptAnswer(walk, remark.answer)
  const answers = answersOf(frame.answers)
  const words: Record<string, string> = said?.is === 'text' ? { remark: said.value } : {}
  tell(walk, {
    ...{ type: 'check_in_ended', checkIn, answered: Object.keys(answers).length },
    secret: { answers: { ...answers, ...words } },
  })
  if (said?.is === 'voice') toListeners(walk, said.message)
  return 'on'
}

/** A voice note is heard by a person, as any other. */
function toListeners(walk: Walk, message: string): void {
  const { request } = giveToIntake(walk, 'voice')
  tell(walk, { type: 'request_joined', request, message })
}
