/**
 * Opening by two: whoever guards sealed matters and does not hold one asks those who do, in writing. What they ask for may
 * not exist; they are told the same either way, and only a holder sees that somebody asked.
 */
import { dutyLineOf } from '../core/duty.ts'
import { guards, type QueueKey } from '../core/queue.ts'
import type { Staff } from '../core/staff.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

type Part = Pick<Database, 'prisma' | 'keys'>
type World = { id(): string; now(): Date }

/**
 * Writes down the wish and calls the holders. Nothing for a reference that is none, is not sealed, is theirs already or
 * must be kept from them, and for a wish that waits already.
 */
export async function askToOpen(
  { prisma, keys }: Part,
  staff: Staff,
  it: { readonly reference: string; readonly reason: string },
  world: World,
): Promise<void> {
  const row = await prisma.request.findFirst({
    where: {
      ...{ reference: it.reference, visibility: 'sealed', keyId: { not: null } },
      barred: { none: { staffId: staff.id } },
      holders: { none: { staffId: staff.id } },
      openings: { none: { staffId: staff.id, decidedAt: null } },
    },
    select: { id: true, keyId: true, queue: true },
  })
  if (!row?.keyId) return
  await keys.load([row.keyId])
  if (keys.isErased(row.keyId)) return
  const id = world.id()
  const at = world.now()
  const reasonEnc = new Uint8Array(keys.encrypt(row.keyId, placeOf('opening', 'reason_enc', id), it.reason))
  await prisma.$transaction([
    prisma.opening.create({
      data: { id, requestId: row.id, staffId: staff.id, reasonEnc, keyId: row.keyId, askedAt: at },
    }),
    prisma.alert.create({
      data: {
        // Keys are fixed in core/queue.ts; the table has no others.
        ...{ id: world.id(), cause: 'opening', line: dutyLineOf(row.queue as QueueKey), requestId: row.id },
        ...{ level: 0, createdAt: at, nextAt: at },
      },
    }),
  ])
}

export type OpeningWish = {
  readonly id: string
  readonly staff: string
  readonly name: string
  readonly reason?: string
  readonly at: Date
}

/** Who waits to be let in to a request that the caller has found under the reader's access. */
export async function openingsOf({ prisma, keys }: Part, request: string): Promise<readonly OpeningWish[]> {
  const rows = await prisma.opening.findMany({
    where: { requestId: request, decidedAt: null },
    orderBy: { id: 'asc' },
  })
  if (rows.length === 0) return []
  await keys.load(rows.map(({ keyId }) => keyId))
  const staff = await prisma.staff.findMany({
    where: { id: { in: rows.map(({ staffId }) => staffId) }, active: true },
    select: { id: true, name: true },
  })
  return rows.flatMap((row) => {
    const who = staff.find(({ id }) => id === row.staffId)
    if (!who) return []
    const reason = keys.read(row.keyId, placeOf('opening', 'reason_enc', row.id), row.reasonEnc)
    return { id: row.id, staff: who.id, name: who.name, at: row.askedAt, ...(reason ? { reason } : {}) }
  })
}

/**
 * Decides a wish, for a holder who did not ask it; gives what came of it, undefined when it waits no longer. Whoever guards
 * such matters no longer, or is away for good, is refused whatever the holder says.
 */
export async function decideOpening(
  { prisma }: Pick<Part, 'prisma'>,
  holder: Staff,
  it: { readonly id: string; readonly request: string; readonly agreed: boolean },
  at: Date,
): Promise<{ readonly added?: string } | undefined> {
  const seen = await prisma.request.findFirst({
    where: { AND: [{ id: it.request, visibility: 'sealed' }, requestsSeenBy(holder)] },
    select: { id: true },
  })
  if (!seen) return undefined
  const where = { id: it.id, requestId: it.request, decidedAt: null, staffId: { not: holder.id } }
  const row = await prisma.opening.findFirst({ where, select: { staffId: true } })
  if (!row) return undefined
  const asker = await prisma.staff.findUnique({
    where: { id: row.staffId, active: true, suspended: { isEmpty: true } },
    select: { queues: { select: { queue: true } } },
  })
  const agreed = it.agreed && asker !== null && guards({ queues: asker.queues.map(({ queue }) => queue) })
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.opening.updateMany({
      where,
      data: { decidedAt: at, decidedBy: holder.id, agreed },
    })
    if (count === 0) return undefined
    if (!agreed) return {}
    await tx.requestHolder.createMany({
      data: [{ requestId: it.request, staffId: row.staffId, since: at }],
      skipDuplicates: true,
    })
    return { added: row.staffId }
  })
}
