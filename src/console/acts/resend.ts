/** Sends an answer again that did not arrive. */
import { z } from 'zod'
import { resendAnswer } from '../../turn/act-resend.ts'
import { readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

export const resend: ActRoute = async ({ desk }, act, body) => {
  await resendAnswer(desk, act, readForm(z.object({ message: z.uuid() }), body).message)
}
