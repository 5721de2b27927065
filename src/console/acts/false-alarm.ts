/** Hands a false alarm back to the ordinary queues; only whoever guards such matters may say that it is one. */
import { z } from 'zod'
import { Failure } from '../../failure.ts'
import { keyOfRequest } from '../../store/request.ts'
import { unsealFiles } from '../../store/seal-media.ts'
import { reclassifyRequest } from '../../turn/act.ts'
import { readForm } from '../form.ts'
import { harmlessKinds } from '../pages/opened-acts.tsx'
import type { ActRoute } from './act-route.ts'

const shape = z.object({ kind: z.enum(harmlessKinds) })

export const falseAlarm: ActRoute = async ({ desk, database, mediaFolder }, act, body) => {
  const guards = act.staff.roles.includes('protection') || act.staff.roles.includes('psea')
  if (!guards) throw new Failure('staff:not_allowed')
  await reclassifyRequest(desk, act, readForm(shape, body).kind)
  const key = await keyOfRequest(database.prisma, act.request)
  if (key) await unsealFiles(database, mediaFolder, { request: act.request }, key)
}
