/** One request: for the rules that act on it, and everything a page shows beside the conversation. */
import type { NeedCategory, NeedResult } from '../core/need.ts'
import type { QueueKey } from '../core/queue.ts'
import type { Outcome, Priority, Request, RequestKind, RequestState } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import type { Visibility } from '../core/visibility.ts'
import { Failure } from '../failure.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

type Prisma = Database['prisma']
type Part = Pick<Database, 'prisma' | 'keys'>

/** A request row as Prisma gives it. */
export type RequestRow = NonNullable<Awaited<ReturnType<Prisma['request']['findFirst']>>>

/** The request as the rules see it, for a member of staff who may; fails with `request:not_found` for all others. */
export async function loadRequest(prisma: Prisma, staff: Staff, id: string): Promise<Request> {
  const row = isId(id)
    ? await prisma.request.findFirst({
        where: { AND: [{ id }, requestsSeenBy(staff)] },
        include: { needs: { orderBy: { createdAt: 'asc' }, select: { result: true } } },
      })
    : null
  if (!row) throw new Failure('request:not_found', { request: id })
  const result = row.needs.map((need) => need.result).findLast((one) => one !== null)
  return { ...requestOf(row), needResult: (result ?? undefined) as NeedResult | undefined }
}

/** The id of the request with this reference, for a member of staff who may see it. */
export async function findByReference(
  prisma: Prisma,
  staff: Staff,
  reference: string,
): Promise<string | undefined> {
  const where = { AND: [{ reference }, requestsSeenBy(staff)] }
  return (await prisma.request.findFirst({ where, select: { id: true } }))?.id
}

/** The request in the person's own words; undefined when there are none or they were erased. */
export async function readRequestText(
  { prisma, keys }: Part,
  staff: Staff,
  id: string,
): Promise<string | undefined> {
  const where = { AND: [{ id }, requestsSeenBy(staff)] }
  const row = await prisma.request.findFirst({ where, select: { textEnc: true, keyId: true } })
  if (!row?.keyId) return undefined
  await keys.load([row.keyId])
  return keys.read(row.keyId, placeOf('request', 'text_enc', id), row.textEnc)
}

/** The key that the words of a request lie under, once the caller has found it under the access of the reader. */
export async function keyOfRequest(prisma: Prisma, id: string): Promise<string | undefined> {
  const row = await prisma.request.findUnique({ where: { id }, select: { keyId: true } })
  return row?.keyId ?? undefined
}

/** The key of the address that a request came from, in the same way. */
export async function keyOfAddress(prisma: Prisma, id: string): Promise<string | undefined> {
  const row = await prisma.request.findUnique({
    where: { id },
    select: { address: { select: { keyId: true } } },
  })
  return row?.address?.keyId
}

/** A row as the rules want it. */
export function requestOf(row: RequestRow): Request {
  return {
    id: row.id,
    reference: row.reference,
    // Codes were written by the program from the same unions.
    kind: row.kind as RequestKind,
    queue: row.queue as QueueKey,
    visibility: row.visibility as Visibility,
    priority: row.priority as Priority,
    state: row.state as RequestState,
    owner: row.ownerId ?? undefined,
    address: row.addressId ?? undefined,
    person: row.personId ?? undefined,
    case: row.caseId ?? undefined,
    office: row.officeId ?? undefined,
    category: (row.category ?? undefined) as NeedCategory | undefined,
    openedAt: row.openedAt,
    dueAt: row.dueAt,
    firstAnswerAt: row.firstAnswerAt ?? undefined,
    contactAttempted: row.contactAttempted,
    reportedOn: row.reportedOn ?? undefined,
    saidAge: row.saidAge ?? undefined,
    snoozedUntil: row.snoozedUntil ?? undefined,
    mergedInto: row.mergedIntoId ?? undefined,
    delay: delayOf(row),
    version: row.version,
  }
}

function delayOf(row: RequestRow): Request['delay'] {
  if (row.delayToldAt) return 'told'
  return row.delayOwedAt ? 'owed' : undefined
}

/** How it ended, for one that is closed. */
export function outcomeOf(row: RequestRow): Outcome | undefined {
  return (row.outcome ?? undefined) as Outcome | undefined
}

/** What comes from an address bar may be anything, and the database takes ids only. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
