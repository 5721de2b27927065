/** Shuts a colleague out of a matter that may be about them, or lets one back. */
import { z } from 'zod'
import { letBack, shutOut } from '../../turn/act-report.ts'
import { readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

const shape = z.object({ colleague: z.uuid() })

export const shutOutOf: ActRoute = async ({ desk }, act, body) => {
  await shutOut(desk, act, readForm(shape, body).colleague)
}

export const letBackIn: ActRoute = async ({ desk }, act, body) => {
  await letBack(desk, act, readForm(shape, body).colleague)
}
