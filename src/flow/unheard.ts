/** What people say besides what is asked: it answers nothing, and goes with the request that the conversation leads to. */
import { type Frame, type Line, linesOf } from './session.ts'
import { messageOf, replaceTop, tell, top, type Walk } from './walk.ts'

/** The name under which it is kept. */
export const unheard = 'unheard'

/** Keeps one more line of it in the talking flow. */
export function keepUnheard(walk: Walk, text: string): void {
  const frame = top(walk)
  if (!frame) return
  const message = messageOf(walk)
  const line: Line = { value: text, ...(message === undefined ? {} : { message }) }
  const lines = [...linesOf(frame.answers[unheard]), line]
  replaceTop(walk, { ...frame, answers: { ...frame.answers, [unheard]: { is: 'lines', lines } } })
}

/** The messages that said it before this one belong to the request from here on. */
export function joinUnheard(walk: Walk, frame: Frame | undefined, request: string): void {
  for (const { message } of linesOf(frame?.answers[unheard], false)) {
    if (message !== undefined && message !== messageOf(walk))
      tell(walk, { type: 'request_joined', request, message })
  }
}
