/** Records a try to reach the person. */
import { z } from 'zod'
import { recordAttempt } from '../../turn/act.ts'
import { readForm, readNote } from '../form.ts'
import type { ActRoute } from './act-route.ts'

const shape = z.object({ way: z.enum(['call', 'visit', 'message']), reached: z.enum(['yes', 'no']) })

export const attempt: ActRoute = async ({ desk }, act, body) => {
  const note = readNote(body)
  const { way, reached } = readForm(shape, body)
  await recordAttempt(desk, act, { way, reached: reached === 'yes', note })
}
