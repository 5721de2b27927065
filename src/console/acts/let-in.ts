/** Opens the words of a sealed matter to a colleague who holds it too. */
import { z } from 'zod'
import { letIn as letHolderIn } from '../../turn/act-seal.ts'
import { readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

export const letIn: ActRoute = async ({ desk }, act, body) => {
  await letHolderIn(desk, act, readForm(z.object({ staff: z.uuid() }), body).staff)
}
