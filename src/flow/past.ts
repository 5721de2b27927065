/** Answers that come when the time they speak of is over: nobody is dropped without a word of it. */
import { isAhead } from '../core/followup.ts'
import { leaveAppointment, tellPast } from './appointment.ts'
import type { Ask } from './definition.ts'
import { overInHand } from './followup.ts'
import { known } from './known.ts'
import type { OwnFollowUp } from './session.ts'
import { hear, isNumber } from './text.ts'
import { openQuestion, top, type Walk } from './walk.ts'

/** Says that the time is over, where that was answered. Gives true when the input is dealt with. */
export function onPast(walk: Walk): boolean {
  const over = top(walk)?.flow === known.appointment ? overInHand(walk) : undefined
  const it = over === undefined || over === 'ended' ? leftUnanswered(walk) : over.past
  if (it && answers(walk)) {
    tellPast(walk, it)
    return true
  }
  // What a voice note says of it a listener hears, and is told then.
  if (over !== undefined && (over === 'ended' || walk.input.kind !== 'voice')) leaveAppointment(walk)
  return false
}

/** A proposal that was never answered, though the conversation about it has ended. */
function leftUnanswered({ session, situation }: Walk): OwnFollowUp | undefined {
  if (session.stack.some(({ flow }) => flow === known.appointment)) return undefined
  return situation.followUps?.find(({ state, at }) => state === 'proposed' && !isAhead(at, situation.now))
}

/** Whether this is for the list about the time; another matter goes its own way. */
function answers(walk: Walk): boolean {
  const { input, session, parts } = walk
  if (input.kind === 'choice') {
    return session.shown.find(({ list }) => list === input.list)?.flow === known.appointment
  }
  const step = input.kind === 'text' ? stepAnswered(walk) : undefined
  if (input.kind !== 'text' || !step) return false
  const { is } = hear(walk, input.text, step)
  if (is === 'answer' || is === 'doubt' || is === 'greeting') return true
  return (
    is !== 'universal' &&
    (parts.vocabulary.appointment(input.text) !== undefined || isNumber(walk, input.text))
  )
}

/** The question about the time that is open, or that nothing was asked after. */
function stepAnswered(walk: Walk): Ask | undefined {
  const step = openQuestion(walk)
  if (step) return top(walk)?.flow === known.appointment ? step : undefined
  const shown = walk.session.shown.at(-1)
  if (shown?.flow !== known.appointment) return undefined
  const flow = walk.parts.book.current(known.appointment)
  return flow?.steps.find((one): one is Ask => 'ask' in one && one.id === shown.step)
}
