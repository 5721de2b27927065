/** Answers the person in writing. */
import { z } from 'zod'
import { answerRequest } from '../../turn/act.ts'
import { FormFault, readForm } from '../form.ts'
import { longestAnswer } from '../pages/answer-box.tsx'
import type { ActRoute } from './act-route.ts'

export const answer: ActRoute = async ({ desk }, act, body) => {
  const text = writtenIn(body).trim()
  if (text === '') throw new FormFault('answer.empty')
  if (text.length > longestAnswer) {
    throw new FormFault('answer.too_long', { n: text.length, most: longestAnswer })
  }
  await answerRequest(desk, act, { text })
}

/** What somebody wrote in the answer box, to hand it back when it cannot go. Browsers send line ends as two signs. */
export function writtenIn(body: unknown): string {
  return readForm(z.object({ text: z.string() }), body).text.replace(/\r\n?/g, '\n')
}
