/** Records a try to reach the person. */
import { z } from 'zod'
import { recordAttempt } from '../../turn/act.ts'
import { FormFault, readForm, readNote } from '../form.ts'
import type { ActRoute } from './act-route.ts'

const shape = z.object({
  way: z.enum(['call', 'visit', 'message']),
  reached: z.enum(['yes', 'no']),
  when: z.string().default(''),
})

export const attempt: ActRoute = async ({ desk, clock }, act, body) => {
  await recordAttempt(desk, act, readAttempt(body, clock.now()))
}

/** A try as a form tells it; one that is said to have been ahead of now, or long ago, is a slip of the hand. */
export function readAttempt(body: unknown, now: Date) {
  const note = readNote(body)
  const { way, reached, when } = readForm(shape, body)
  const told = { way, reached: reached === 'yes', note }
  if (when === '') return told
  const at = new Date(`${when}Z`)
  const age = now.getTime() - at.getTime()
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(when) || !(age >= 0 && age < longAgo))
    throw new FormFault('reach.bad_when')
  return { ...told, when: at.toISOString() }
}

const longAgo = 365 * 24 * 60 * 60_000
