/** How staff share the work of one request: whom it can be given to, what it has joined or could join, what is put aside. */
import { superviseOffice } from '../core/assignment.ts'
import { areAlike } from '../core/merge.ts'
import type { Request } from '../core/request.ts'
import { isGuarded } from '../core/request-rules.ts'
import { isSnoozed } from '../core/snooze.ts'
import type { Staff } from '../core/staff.ts'
import { requestsSeenBy } from '../store/access.ts'
import { mergedInto } from '../store/linked.ts'
import { requestOf } from '../store/request.ts'
import type { ConsoleParts } from './parts.ts'
import type { Sharing, Twin } from './view.ts'

type Parts = Pick<ConsoleParts, 'database' | 'clock'>

/** A person with more open requests than this has another trouble than duplicates. */
const twinsAtMost = 20

/** Of a request that the caller has loaded under the reader's access. */
export async function loadSharing(parts: Parts, staff: Staff, request: Request): Promise<Sharing> {
  const { prisma } = parts.database
  const now = parts.clock.now()
  const joinedIds = await mergedInto(prisma, request.id)
  const linked = [...joinedIds, ...(request.mergedInto ? [request.mergedInto] : [])]
  const person = request.person
  const rows = await prisma.request.findMany({
    where: {
      AND: [
        requestsSeenBy(staff),
        {
          OR: [
            { id: { in: linked } },
            ...(person === undefined ? [] : [{ personId: person, state: { not: 'closed' } }]),
          ],
        },
      ],
    },
    orderBy: { id: 'desc' },
    take: twinsAtMost + linked.length,
  })
  const found = rows.map(requestOf)
  const open = request.state !== 'closed'
  const quiet = open && request.priority !== 0 && !isGuarded(request.kind)
  const put = isSnoozed(request, now)
  const into = found.find(({ id }) => id === request.mergedInto)
  return {
    assign: open && superviseOffice(staff, request),
    snooze: quiet && !put,
    wake: open && put,
    into: into && twinOf(into),
    joined: found.filter(({ id }) => joinedIds.includes(id)).map(twinOf),
    alike: joinedIds.length > 0 ? [] : found.filter((one) => areAlike(request, one)).map(twinOf),
  }
}

function twinOf({ id, reference, kind, category }: Request): Twin {
  return { id, reference, kind, category }
}
