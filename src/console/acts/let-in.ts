/** Opens the words of a sealed matter to a colleague who holds it too. */
import { z } from 'zod'
import { decideOnOpening, letIn as letHolderIn } from '../../turn/act-seal.ts'
import { readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

/** Decides on the written wish of somebody who does not hold it. */
export const decide: ActRoute = async ({ desk }, act, body) => {
  const shape = z.object({ wish: z.uuid(), agreed: z.enum(['yes', 'no']) })
  const { wish, agreed } = readForm(shape, body)
  await decideOnOpening(desk, act, { wish, agreed: agreed === 'yes' })
}

export const letIn: ActRoute = async ({ desk }, act, body) => {
  await letHolderIn(desk, act, readForm(z.object({ staff: z.uuid() }), body).staff)
}
