/**
 * One act on several requests: each goes through the same rule and commit as alone, under the key of one form, and what
 * could not be done is told with its reason. Taken back within ten minutes, where nobody touched it since.
 */
import { type BulkItem, backOf, undo, undoMilliseconds } from '../core/bulk.ts'
import type { BulkActName } from '../core/event.ts'
import type { QueueKey } from '../core/queue.ts'
import type { Outcome, Priority } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { beginBulkAct, findBulkAct, takeUndo, writeBulkItems } from '../store/bulk-act.ts'
import { closeRequest, type Desk, handOverRequest, perform, setRequestPriority, takeRequest } from './act.ts'
import { assignRequest, snoozeRequest } from './act-assign.ts'
import { type Act, loadForAct } from './act-load.ts'

/** What is wished of each. */
export type BulkWish =
  | { readonly act: 'take' }
  | { readonly act: 'assign'; readonly owner: string; readonly reason?: string }
  | { readonly act: 'hand_over'; readonly queue: QueueKey; readonly reason: string }
  | { readonly act: 'snooze'; readonly until: Date }
  | { readonly act: 'close'; readonly outcome: Outcome; readonly note?: string }
  | { readonly act: 'priority'; readonly priority: Priority }

/** Does it to each in turn. The key of the form names the whole; pressed twice, it is done once. */
export async function actOnMany(
  desk: Desk,
  by: { readonly staff: Staff; readonly form: string },
  requests: readonly string[],
  wish: BulkWish,
): Promise<void> {
  const { staff, form } = by
  const begun = { id: form, staff: staff.id, act: wish.act, at: desk.clock.now() }
  if (!(await beginBulkAct(desk.prisma, begun))) return
  const items: BulkItem[] = []
  for (const request of new Set(requests)) {
    const item = await actOnOne(desk, { staff, request, form }, wish)
    if (item) items.push(item)
  }
  await writeBulkItems(desk.prisma, form, items)
}

/** Undefined for what does not exist for this member of staff: nothing is told of it. */
async function actOnOne(desk: Desk, act: Act, wish: BulkWish): Promise<BulkItem | undefined> {
  const before = await loadForAct(desk.prisma, act.staff, act.request).catch(ifRefused)
  if (!before) return undefined
  const { request } = before
  const told = { request: request.id, reference: request.reference }
  try {
    await doWish(desk, act, wish)
  } catch (error) {
    return { ...told, failure: codeOf(error) }
  }
  const { version, visibility } = await desk.prisma.request.findUniqueOrThrow({ where: { id: request.id } })
  // Somebody else was at it too, or it is hidden by now: nothing of that is undone by one press.
  if (version !== request.version + 1 || visibility !== request.visibility) return told
  return { ...told, undo: { version, back: backOf(request) } }
}

function doWish(desk: Desk, act: Act, wish: BulkWish): Promise<void> {
  switch (wish.act) {
    case 'take':
      return takeRequest(desk, act)
    case 'assign':
      return assignRequest(desk, act, wish)
    case 'hand_over':
      return handOverRequest(desk, act, wish)
    case 'snooze':
      return snoozeRequest(desk, act, wish.until)
    case 'close':
      return closeRequest(desk, act, wish)
    case 'priority':
      return setRequestPriority(desk, act, wish.priority)
    default:
      return wish satisfies never
  }
}

/** Takes a bulk act of one's own back. Fails with `bulk:too_late` after ten minutes, or when that was done already. */
export async function undoMany(
  desk: Desk,
  by: { readonly staff: Staff; readonly form: string },
  id: string,
): Promise<void> {
  const bulk = await findBulkAct(desk.prisma, by.staff.id, id)
  const now = desk.clock.now()
  if (!bulk || now.getTime() - bulk.at.getTime() > undoMilliseconds) throw new Failure('bulk:too_late')
  if (!(await takeUndo(desk.prisma, id, now))) throw new Failure('bulk:too_late')
  const items: BulkItem[] = []
  for (const item of bulk.items) items.push(await undoOne(desk, by, bulk.act, item))
  await writeBulkItems(desk.prisma, id, items)
}

async function undoOne(
  desk: Desk,
  by: { readonly staff: Staff; readonly form: string },
  act: BulkActName,
  item: BulkItem,
): Promise<BulkItem> {
  const { undo: wanted, request } = item
  if (!wanted) return item
  try {
    await perform(desk, { ...by, request }, (found) => ({ happenings: undo(found.request, act, wanted) }))
    return { ...item, undone: true }
  } catch (error) {
    return { ...item, undone: codeOf(error) }
  }
}

function ifRefused(error: unknown): undefined {
  codeOf(error)
}

/** The code of a refusal; a bug goes on up. */
function codeOf(error: unknown): string {
  if (error instanceof Failure && !error.trouble.ours) return error.code
  throw error
}
