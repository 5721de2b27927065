/** Puts on record that a matter was reported to those outside who look into it. */
import { z } from 'zod'
import { Failure } from '../../failure.ts'
import { reportMatter } from '../../turn/act-report.ts'
import { FormFault, readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

export const longestReference = 80
const shape = z.object({ on: z.iso.date(), reference: z.string().trim().min(1).max(longestReference) })

export const report: ActRoute = async ({ desk }, act, body) => {
  try {
    await reportMatter(desk, act, readForm(shape, body))
  } catch (error) {
    if (error instanceof Failure && error.code === 'form:invalid') throw new FormFault('report.bad_day')
    throw error
  }
}
