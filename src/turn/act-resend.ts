/** Sends an answer again that failed, or of which nobody knows whether it arrived. */
import type { DeliveryState } from '../core/message.ts'
import { resend } from '../core/resend.ts'
import { Failure } from '../failure.ts'
import { placeOf } from '../store/encryption.ts'
import { isId } from '../store/request.ts'
import type { Change } from '../store/road.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'

/**
 * The message itself goes out once more, at its place in the order. Should it have arrived after all while somebody
 * pressed, its state has moved on and nothing is sent. Fails with `message:not_found` for what is no answer in this
 * request, with `person:stopped` like any answer, and with `request:taken` and `request:closed`; with `key:shut` when it is
 * boxed and whoever acts cannot open it.
 */
export async function resendAnswer(desk: Desk, act: Act, message: string): Promise<void> {
  await perform(desk, act, async ({ request, address }) => {
    const row = isId(message)
      ? await desk.prisma.message.findFirst({
          where: { id: message, requestId: request.id, direction: 'out', staffId: { not: null } },
          include: { address: { select: { lastHeardAt: true } } },
        })
      : null
    if (!row) throw new Failure('message:not_found', { request: request.id })
    if (!address || address.stopped === 'all' || address.state !== 'live') {
      throw new Failure('person:stopped', { request: request.id, state: address?.state })
    }
    // Outgoing states are written from the union.
    const state = row.state as DeliveryState
    const happenings = resend(request, act.staff.id, {
      ...{ id: row.id, state, failure: row.failure ?? undefined },
      answers: row.createdAt >= (row.address.lastHeardAt ?? row.createdAt),
    })
    if (happenings.length === 0) return { happenings }
    const plain = {
      ...{ state: 'queued', state_at: desk.clock.now(), attempts: 0, next_try_at: null },
      // What may have gone out twice stays countable.
      failure: state === 'unknown' ? 'resent' : null,
    }
    return {
      happenings,
      changes: [{ update: 'message', id: row.id, state, plain }, ...(await readable(desk, row, address.key))],
      sends: true,
    }
  })
}

/** What was put away for the holders of a sealed matter lies open once more until the channel has it. */
async function readable(
  { keys }: Desk,
  row: { readonly id: string; readonly keyId: string; readonly bodyEnc: Uint8Array },
  key: string,
): Promise<readonly Change[]> {
  await keys.load([row.keyId, key])
  if (!keys.isSealed(row.keyId)) return []
  const text = keys.decrypt(row.keyId, placeOf('message', 'body_enc', row.id), row.bodyEnc).toString('utf8')
  return [{ update: 'message', id: row.id, plain: { key_id: key }, secret: { body_enc: text }, key }]
}
