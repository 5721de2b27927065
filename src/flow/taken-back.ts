/** What follows when somebody takes back a message that they sent. */
import type { Flow } from './definition.ts'
import { known } from './known.ts'
import { repeatQuestion } from './question.ts'
import type { Answer, Line } from './session.ts'
import { returnTo } from './universal.ts'
import { flowOf, tell, top, type Walk } from './walk.ts'

/**
 * Nobody hears or reads it any more, and it answers nothing: a question that it answered, or that waited for it alone, is
 * asked again.
 */
export function onRevoke(walk: Walk, original: string | undefined): void {
  const { session } = walk
  if (original === undefined) return
  tell(walk, { type: 'message_deleted', message: original })
  if (session.held?.message === original) session.held = undefined
  if (session.unread === original) session.unread = undefined
  if (takeBackAnswers(walk, original)) return
  const { parked } = session
  if (!parked?.messages.includes(original)) return
  const messages = parked.messages.filter((one) => one !== original)
  session.parked = messages.length > 0 ? { ...parked, messages } : undefined
  if (messages.length === 0 && top(walk)?.flow !== known.voice) repeatQuestion(walk)
}

/**
 * Marks what was answered in this message. Gives true when its question is asked again: nothing is on record yet, and the
 * talk is about nothing that somebody else at the phone must not read.
 */
function takeBackAnswers(walk: Walk, message: string): boolean {
  const { session } = walk
  session.stack = session.stack.map((frame) => ({
    ...frame,
    answers: Object.fromEntries(
      Object.entries(frame.answers).map(([name, answer]) => [name, withMark(answer, message)]),
    ),
  }))
  const frame = top(walk)
  const flow = frame && flowOf(walk, frame)
  if (!frame || !flow || flow.sensitive) return false
  const place = frame.trail.findIndex((id) => isTaken(frame.answers[keepOf(flow, id)]))
  if (place < 0) return false
  returnTo(walk, place)
  return true
}

function withMark(answer: Answer, message: string): Answer {
  const mark = <L extends Line>(line: L): L => (line.message === message ? { ...line, taken: true } : line)
  if (answer.is === 'lines') return { ...answer, lines: answer.lines.map(mark) }
  return answer.is === 'text' ? mark(answer) : answer
}

function isTaken(answer: Answer | undefined): boolean {
  return answer?.is === 'text' && answer.taken === true
}

/** The name under which a question keeps its answer; of another step an impossible one. */
function keepOf(flow: Flow, id: string): string {
  const step = flow.steps[flow.index.get(id) ?? -1]
  return step !== undefined && 'ask' in step ? step.keep : ''
}
