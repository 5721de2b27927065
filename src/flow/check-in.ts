/** A check-in that is being asked: each answer is told as it comes (flow/check-in-prompt.ts begins it). */
import { checkInItems } from '../core/check-in.ts'
import { known } from './known.ts'
import type { Answer, Frame } from './session.ts'
import { tell, type Walk } from './walk.ts'

/** The name under which the frame keeps which check-in it asks. */
const which = 'check_in'

/** The first answers of a frame that asks for a check-in. */
export function checkInStart(checkIn: string): Readonly<Record<string, Answer>> {
  return { [which]: { is: 'code', value: checkIn } }
}

/** Tells what was just answered in a frame, whose answers hold it already; nothing where no check-in asks. */
export function noteCheckIn(walk: Walk, { flow, answers }: Frame, kept: string): void {
  const checkIn = checkInOf({ flow, answers })
  const item = checkInItems.find((one) => one === kept)
  if (checkIn === undefined || !item || answers[item]?.is !== 'code') return
  tell(walk, { type: 'check_in_answered', checkIn, item, secret: { answers: answersOf(answers) } })
}

/** Which check-in a frame asks. */
export function checkInOf({ flow, answers }: Pick<Frame, 'flow' | 'answers'>): string | undefined {
  const it = answers[which]
  return flow === known.checkIn && it?.is === 'code' ? it.value : undefined
}

/** What was chosen so far, by item. */
export function answersOf(answers: Readonly<Record<string, Answer>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    checkInItems.flatMap((item) => {
      const one = answers[item]
      return one?.is === 'code' ? [[item, one.value] as const] : []
    }),
  )
}
