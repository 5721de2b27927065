/** Hands a request to another queue, or to a colleague of its own queue. */
import { z } from 'zod'
import { queueKeys } from '../../core/queue.ts'
import { loadRequest } from '../../store/request.ts'
import { handOverRequest } from '../../turn/act.ts'
import { FormFault, readForm, readNote } from '../form.ts'
import type { ActRoute } from './act-route.ts'

const shape = z.object({ to: z.string().regex(/^(?:queue|staff):[\w-]{1,40}$/) })

export const handOver: ActRoute = async ({ desk }, act, body) => {
  const [kind, key] = readForm(shape, body).to.split(':')
  const reason = readNote(body)
  if (reason === undefined) throw new FormFault('form.incomplete')
  if (kind === 'queue') {
    const queue = queueKeys.find((one) => one === key)
    if (!queue) throw new FormFault('form.incomplete')
    await handOverRequest(desk, act, { queue, reason })
  } else {
    const owner = z.uuid().safeParse(key)
    if (!owner.success) throw new FormFault('form.incomplete')
    const { queue } = await loadRequest(desk.prisma, act.staff, act.request)
    await handOverRequest(desk, act, { queue, owner: owner.data, reason })
  }
}
