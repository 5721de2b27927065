/** Staff join two requests of one person, and part them again. */
import type { HappeningOf } from '../core/event.ts'
import { inOrder, type Merging, merge, part } from '../core/merge.ts'
import { Failure } from '../failure.ts'
import { happeningOf } from '../store/event-parts.ts'
import { mergedInto } from '../store/linked.ts'
import { type Desk, perform } from './act.ts'
import { type Act, type Found, loadForAct } from './act-load.ts'
import type { Matter } from './scene.ts'

/** Joins a request and another that the reader sees, whichever is the later. Fails as the rule does. */
export async function mergeRequests(desk: Desk, act: Act, other: string): Promise<void> {
  await perform(desk, act, async ({ request }) => {
    const found = await loadForAct(desk.prisma, act.staff, other)
    const happenings = merge(request, found.request)
    const { later } = inOrder(request, found.request)
    // What had joined the later one before goes on with it in the earlier.
    if ((await mergedInto(desk.prisma, later.id)).length > 0) {
      throw new Failure('request:merged', { request: later.id })
    }
    return { happenings, others: [matterOf(found)] }
  })
}

/** Takes a merged request out of the one it had joined; nothing when it had joined none. */
export async function partRequest(desk: Desk, act: Act): Promise<void> {
  await perform(desk, act, async ({ request }) => {
    if (request.mergedInto === undefined) return { happenings: [] }
    const earlier = await loadForAct(desk.prisma, act.staff, request.mergedInto)
    const merging = await lastMerging(desk.prisma, request.id, earlier.request.id)
    return { happenings: part(request, earlier.request, merging), others: [matterOf(earlier)] }
  })
}

function matterOf({ request, needs }: Found): Matter {
  return { ...request, needs }
}

/** What history says of their merging, the last time. */
async function lastMerging(prisma: Desk['prisma'], later: string, earlier: string): Promise<Merging> {
  const last = async <T extends 'request_merged' | 'request_absorbed'>(
    type: T,
    requestId: string,
    is: (it: HappeningOf<T>) => boolean,
  ): Promise<HappeningOf<T>> => {
    const rows = await prisma.event.findMany({ where: { requestId, type }, orderBy: { id: 'desc' } })
    // The type of a row is that of its happening.
    const all = rows.map((row) => happeningOf(row.type, row.facts, undefined) as HappeningOf<T>)
    const found = all.find(is)
    if (!found) throw new Error('a merged request has no history of it')
    return found
  }
  const [merged, absorbed] = await Promise.all([
    last('request_merged', later, (it) => it.into === earlier),
    last('request_absorbed', earlier, (it) => it.merged === later),
  ])
  return { merged, absorbed }
}
