/** Sends an answer again that did not arrive. */
import { z } from 'zod'
import { keyOfAddress } from '../../store/request.ts'
import { unsealFiles } from '../../store/seal-media.ts'
import { resendAnswer } from '../../turn/act-resend.ts'
import { readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

export const resend: ActRoute = async ({ desk, database, mediaFolder }, act, body) => {
  const { message } = readForm(z.object({ message: z.uuid() }), body)
  const key = await keyOfAddress(database.prisma, act.request)
  // Before it is queued again: its channel reads it at once.
  if (key) await unsealFiles(database, mediaFolder, { request: act.request, message }, key)
  await resendAnswer(desk, act, message)
}
