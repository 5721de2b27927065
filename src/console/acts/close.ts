/** Closes a request with its outcome. */
import { z } from 'zod'
import { needResults } from '../../core/need.ts'
import { outcomes } from '../../core/request.ts'
import { closeRequest } from '../../turn/act.ts'
import { readForm, readNote } from '../form.ts'
import type { ActRoute } from './act-route.ts'

const shape = z.object({ outcome: z.enum(outcomes), needResult: z.enum(needResults).optional() })

export const close: ActRoute = async ({ desk }, act, body) => {
  const note = readNote(body)
  await closeRequest(desk, act, { ...readForm(shape, body), note })
}
