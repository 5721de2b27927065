/** Raises or lowers the priority of a request. */
import { z } from 'zod'
import type { Priority } from '../../core/request.ts'
import { setRequestPriority } from '../../turn/act.ts'
import { readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

const shape = z.object({ priority: z.enum(['0', '1', '2', '3', '4']) })

export const priority: ActRoute = async ({ desk }, act, body) => {
  // The shape admits exactly the five priorities.
  await setRequestPriority(desk, act, Number(readForm(shape, body).priority) as Priority)
}
