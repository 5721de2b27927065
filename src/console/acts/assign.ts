/** Gives a request to a member of its queue. */
import { z } from 'zod'
import { assignRequest } from '../../turn/act-assign.ts'
import { readForm, readNote } from '../form.ts'
import type { ActRoute } from './act-route.ts'

export const assign: ActRoute = async ({ desk }, act, body) => {
  const { owner } = readForm(z.object({ owner: z.uuid() }), body)
  await assignRequest(desk, act, { owner, reason: readNote(body) })
}
