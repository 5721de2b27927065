/**
 * Says what a request really is: what was heard in a voice note, or an ordinary wish that turns out to be a matter of
 * protection. It is hidden from that moment, from the reader too; to open a guarded one again is a false alarm.
 */
import { z } from 'zod'
import { Failure } from '../../failure.ts'
import { loadRequest } from '../../store/request.ts'
import { reclassifyRequest } from '../../turn/act.ts'
import { isHandedBack } from '../allowed.ts'
import { readForm } from '../form.ts'
import { sortedKinds } from '../pages/sort-form.tsx'
import type { ActRoute } from './act-route.ts'

const shape = z.object({ kind: z.enum(sortedKinds) })

export const sort: ActRoute = async ({ desk }, act, body) => {
  const { kind } = readForm(shape, body)
  const { kind: before } = await loadRequest(desk.prisma, act.staff, act.request)
  if (isHandedBack(before)) throw new Failure('staff:not_allowed', { request: act.request })
  await reclassifyRequest(desk, act, kind)
}
