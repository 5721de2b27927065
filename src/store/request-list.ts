/** Lists of requests, each under the access of who asks. */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Request } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { type RequestRow, requestOf } from './request.ts'
import {
  narrowedBy,
  type RequestFilter,
  type RequestLook,
  type RequestOrder,
  walkOf,
  whereOf,
} from './request-look.ts'
import { firstSaid, type SaidBody } from './said.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type RequestLine = {
  readonly request: Request
  /** The person's name, else what the app shows as one. */
  readonly who?: string
  /** The first thing said in it. */
  readonly first?: SaidBody
  readonly language?: string
  readonly region?: string
  readonly channelKind?: string
  readonly owner?: { readonly id: string; readonly name: string }
  readonly danger?: string
  readonly lastHeardAt: Date
  readonly closedAt?: Date
}

export type RequestPage = {
  readonly now: Date
  readonly limit: number
  readonly after?: string
  readonly filter?: RequestFilter
  readonly order?: RequestOrder
}

/** One page of a look: what is due first comes first, of closed ones the last closed. `next` is the following page. */
export async function listRequests(
  { prisma, keys }: Part,
  staff: Staff,
  look: RequestLook,
  page: RequestPage,
): Promise<{ readonly lines: readonly RequestLine[]; readonly next?: string }> {
  const walk = walkOf(look, page.order)
  const rows = await prisma.request.findMany({
    where: {
      AND: [
        requestsSeenBy(staff),
        whereOf(staff, look, page.now),
        narrowedBy(page.filter, page.now),
        walk.beyond(page.after),
      ],
    },
    orderBy: walk.orderBy,
    take: page.limit + 1,
    include: {
      person: { select: { id: true, keyId: true, nameEnc: true } },
      address: { select: { id: true, keyId: true, displayEnc: true } },
    },
  })
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const lines = await linesOf({ prisma, keys }, shown)
  if (rows.length <= page.limit || !last) return { lines }
  return { lines, next: walk.cursor(last) }
}

/** One request as a line, for whoever may see it. */
export async function findLine(
  { prisma, keys }: Part,
  staff: Staff,
  id: string,
): Promise<RequestLine | undefined> {
  const row = await prisma.request.findFirst({
    where: { AND: [{ id }, requestsSeenBy(staff)] },
    include: {
      person: { select: { id: true, keyId: true, nameEnc: true } },
      address: { select: { id: true, keyId: true, displayEnc: true } },
    },
  })
  return row ? (await linesOf({ prisma, keys }, [row]))[0] : undefined
}

/** The requests that one may see of a person, whose files may be several; newest first, at most fifty. */
export async function requestsOfPeople(
  { prisma, keys }: Part,
  staff: Staff,
  people: readonly string[],
): Promise<readonly RequestLine[]> {
  const rows = await prisma.request.findMany({
    where: { AND: [requestsSeenBy(staff), { personId: { in: [...people] } }] },
    orderBy: { id: 'desc' },
    take: 50,
    include: {
      person: { select: { id: true, keyId: true, nameEnc: true } },
      address: { select: { id: true, keyId: true, displayEnc: true } },
    },
  })
  return linesOf({ prisma, keys }, rows)
}

/** Requests that a search came to: of these people, or these themselves; what is not closed first, then the newest. */
export async function requestsFound(
  { prisma, keys }: Part,
  staff: Staff,
  found: { readonly people: readonly string[]; readonly requests: readonly string[] },
  limit: number,
): Promise<readonly RequestLine[]> {
  const either = { OR: [{ personId: { in: [...found.people] } }, { id: { in: [...found.requests] } }] }
  const read = (state: Prisma.RequestWhereInput, take: number) =>
    prisma.request.findMany({
      where: { AND: [requestsSeenBy(staff), either, state] },
      orderBy: { id: 'desc' },
      take,
      include: {
        person: { select: { id: true, keyId: true, nameEnc: true } },
        address: { select: { id: true, keyId: true, displayEnc: true } },
      },
    })
  const open = await read({ state: { not: 'closed' } }, limit)
  const closed = open.length < limit ? await read({ state: 'closed' }, limit - open.length) : []
  return linesOf({ prisma, keys }, [...open, ...closed])
}

type LineRow = RequestRow & {
  readonly person: { readonly id: string; readonly keyId: string; readonly nameEnc: Uint8Array | null } | null
  readonly address: {
    readonly id: string
    readonly keyId: string
    readonly displayEnc: Uint8Array | null
  } | null
}

/** Rows with what is read beside them, in three statements however many there are. */
async function linesOf({ prisma, keys }: Part, rows: readonly LineRow[]): Promise<readonly RequestLine[]> {
  const owners = await prisma.staff.findMany({
    where: { id: { in: rows.flatMap((row) => row.ownerId ?? []) } },
    select: { id: true, name: true },
  })
  await keys.load(
    rows.flatMap((row) => [row.keyId, row.person?.keyId, row.address?.keyId].filter((key) => key != null)),
  )
  const wordless = rows.filter((row) => row.textEnc === null).map((row) => row.id)
  const said = await firstSaid({ prisma, keys }, wordless)
  return rows.map((row) => {
    const text = row.keyId
      ? keys.read(row.keyId, placeOf('request', 'text_enc', row.id), row.textEnc)
      : undefined
    const shut = row.textEnc !== null && row.keyId !== null && keys.isShut(row.keyId)
    return {
      request: requestOf(row),
      who: whoOf(row, keys),
      first: shut ? { kind: 'shut' } : text === undefined ? said.get(row.id) : { kind: 'text', text },
      language: row.language ?? undefined,
      region: row.region ?? undefined,
      channelKind: row.channelKind ?? undefined,
      owner: owners.find((one) => one.id === row.ownerId),
      danger: row.danger ?? undefined,
      lastHeardAt: row.lastHeardAt,
      closedAt: row.closedAt ?? undefined,
    }
  })
}

/** What an app shows as a name counts only for people who agreed to be known: the others told us none. */
function whoOf({ person, address }: LineRow, keys: Part['keys']): string | undefined {
  if (!person) return undefined
  const name = keys.read(person.keyId, placeOf('person', 'name_enc', person.id), person.nameEnc)
  if (name) return name
  const shown =
    address && keys.read(address.keyId, placeOf('address', 'display_enc', address.id), address.displayEnc)
  return shown ?? undefined
}
