/** Answers a complaint without a name. */
import { z } from 'zod'
import { answerNameless } from '../../turn/act-nameless.ts'
import { FormFault, readForm } from '../form.ts'
import { longestAnswer } from '../pages/answer-box.tsx'
import type { ActRoute } from './act-route.ts'

export const answerCode: ActRoute = async ({ desk }, act, body) => {
  const { words } = readForm(z.object({ words: z.string().trim().default('') }), body)
  if (words === '') throw new FormFault('answer.empty')
  if (words.length > longestAnswer)
    throw new FormFault('answer.too_long', { n: words.length, most: longestAnswer })
  await answerNameless(desk, act, words)
}
