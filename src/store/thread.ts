/** The conversation beside a request or of a person: what was said and what happened, in one order of time. */
import type { Prisma } from '../../prisma/client/client.ts'
import type { By, EventType, Happening } from '../core/event.ts'
import type { Visibility } from '../core/visibility.ts'
import { eventsBeside, eventsOfPeople, type Matter, messagesBeside, messagesOfPeople } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { byOf, happeningOf } from './event-parts.ts'
import { mergedInto } from './linked.ts'
import { keysOfSaid, type SaidBody, saidBody } from './said.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type ThreadItem =
  | {
      readonly type: 'said'
      readonly id: string
      readonly at: Date
      readonly direction: 'in' | 'out'
      /** The member of staff who wrote it; absent: the person, or the conversation itself. */
      readonly staff?: string
      readonly body: SaidBody
      /** The message that this one corrects. */
      readonly corrects?: string
      /** Of a correction: what was said before it. */
      readonly before?: SaidBody
      /** It was corrected since. */
      readonly corrected?: true
      readonly language?: string
      /** Of what we sent: how far it has come. */
      readonly state: string
      readonly failure?: string
      readonly visibility: Visibility
      /** The request it belongs to, if any. */
      readonly request?: string
    }
  | {
      readonly type: 'happened'
      readonly id: string
      readonly at: Date
      readonly by: By
      readonly happening: Happening
    }

export type ThreadPage = {
  readonly items: readonly ThreadItem[]
  /** Where the page before begins; absent when this is the beginning. */
  readonly earlier?: string
}

/** Which page: the last `limit` messages before a cursor. Kinds of happenings in `hidden` are left out. */
export type ThreadLook = {
  readonly limit: number
  readonly before?: string
  readonly hidden?: readonly EventType[]
}

/** Beside a request that the caller has loaded under the reader's access (loadRequest). */
export async function threadOfRequest(part: Part, matter: Matter, look: ThreadLook): Promise<ThreadPage> {
  const whole = { ...matter, merged: await mergedInto(part.prisma, matter.id) }
  return readThread(part, messagesBeside(whole), eventsBeside(whole), look)
}

/** Whose timeline: files of one person, and requests of theirs, all loaded under the reader's access. */
export type Whose = { readonly people: readonly string[]; readonly requests: readonly string[] }

/** Everything of a person in one order of time. */
export function threadOfPeople(
  part: Part,
  { people, requests }: Whose,
  look: ThreadLook,
): Promise<ThreadPage> {
  return readThread(part, messagesOfPeople(people, requests), eventsOfPeople(people, requests), look)
}

/** The `before` with which this message stands in the middle of its page; undefined on the last page, or for none of theirs. */
export async function pageAround(
  { prisma }: Pick<Part, 'prisma'>,
  { people, requests }: Whose,
  message: string,
  limit: number,
): Promise<string | undefined> {
  const own = messagesOfPeople(people, requests)
  const at = await prisma.message.findFirst({
    where: { AND: [own, { id: message }] },
    select: { position: true },
  })
  if (!at) return undefined
  const [after] = await prisma.message.findMany({
    where: { AND: [own, { position: { gt: at.position } }] },
    orderBy: { position: 'asc' },
    skip: Math.floor(limit / 2),
    take: 1,
    select: { position: true },
  })
  return after && String(after.position)
}

/** Whether they ever spoke, in what the reader sees: of a note that waits at intake the owner of the case knows nothing. */
export async function hasSpoken({ prisma }: Pick<Part, 'prisma'>, whose: Whose): Promise<boolean> {
  const own = messagesOfPeople(whose.people, whose.requests)
  const voice = { direction: 'in', media: { some: { kind: { in: ['voice', 'audio'] } } } }
  return (await prisma.message.findFirst({ where: { AND: [own, voice] }, select: { id: true } })) !== null
}

async function readThread(
  { prisma, keys }: Part,
  messages: Prisma.MessageWhereInput,
  events: Prisma.EventWhereInput,
  look: ThreadLook,
): Promise<ThreadPage> {
  const before = /^\d{1,18}$/.test(look.before ?? '') ? BigInt(look.before ?? 0) : undefined
  const rows = await prisma.message.findMany({
    where: { AND: [messages, before === undefined ? {} : { position: { lt: before } }] },
    orderBy: { position: 'desc' },
    take: look.limit + 1,
    include: { media: true },
  })
  const shown = rows.slice(0, look.limit).reverse()
  const first = rows.length > look.limit ? shown[0] : undefined
  const until = before === undefined ? undefined : await timeOf(prisma, messages, before)
  const happened = await prisma.event.findMany({
    where: {
      AND: [events, { type: { notIn: [...(look.hidden ?? [])] }, at: { gte: first?.createdAt, lt: until } }],
    },
    orderBy: { id: 'asc' },
    take: look.limit * 4,
  })
  await keys.load([...shown.flatMap(keysOfSaid), ...happened.flatMap((row) => row.keyId ?? [])])
  const deleted = new Set(shown.flatMap((row) => (row.deletedAt ? [row.id] : [])))
  const gone = new Set(shown.flatMap((row) => (row.deletedAt && row.visibility !== 'sealed' ? [row.id] : [])))
  const said = shown
    .map((row) => saidItem(row, keys))
    .filter(({ id, body }) => isShown(body, deleted.has(id)))
  const items: ThreadItem[] = [
    ...withWordings(said, await earlierRows({ prisma, keys }, messages, shown)),
    ...happened.map((row) => happenedItem(row, keys)).filter((item) => !quotes(item, gone)),
  ]
  items.sort((one, other) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1))
  return { items, earlier: first && String(first.position) }
}

/** When the first message of the later page was written: what happened from then on is shown there. */
async function timeOf(
  prisma: Part['prisma'],
  messages: Prisma.MessageWhereInput,
  position: bigint,
): Promise<Date | undefined> {
  const row = await prisma.message.findFirst({
    where: { AND: [messages, { position: { gte: position } }] },
    orderBy: { position: 'asc' },
    select: { createdAt: true },
  })
  return row?.createdAt
}

type MessageRow = Parameters<typeof saidBody>[0] &
  NonNullable<Awaited<ReturnType<Part['prisma']['message']['findFirst']>>>
type SaidItem = Extract<ThreadItem, { type: 'said' }>
type EventRow = NonNullable<Awaited<ReturnType<Part['prisma']['event']['findFirst']>>>

function saidItem(row: MessageRow, keys: Part['keys']): SaidItem {
  return {
    type: 'said',
    id: row.id,
    at: row.createdAt,
    direction: row.direction === 'in' ? 'in' : 'out',
    staff: row.staffId ?? undefined,
    body: row.deletedAt && row.visibility === 'sealed' ? keptBody(row, keys) : saidBody(row, keys),
    language: row.language ?? undefined,
    state: row.state,
    failure: row.failure ?? undefined,
    visibility: row.visibility as Visibility,
    ...(row.originalId ? { corrects: row.originalId } : {}),
    request: row.requestId ?? undefined,
  }
}

/** What whoever holds a sealed matter is shown of a message that was taken back. */
function keptBody(row: MessageRow, keys: Part['keys']): SaidBody {
  return { kind: 'deleted', kept: saidBody({ ...row, deletedAt: null }, keys) }
}

/** What takes something back says nothing itself: the message that is gone is marked. */
function isShown(body: SaidBody, deleted: boolean): boolean {
  return body.kind !== 'deleted' || deleted
}

/** What somebody wrote down of a note that was taken back is gone with it. */
function quotes(item: ThreadItem, deleted: ReadonlySet<string>): boolean {
  return (
    item.type === 'happened' &&
    item.happening.type === 'transcript_written' &&
    deleted.has(item.happening.message)
  )
}

/** First wordings that stand on an earlier page, as far as the reader may see them. */
async function earlierRows(
  { prisma, keys }: Part,
  messages: Prisma.MessageWhereInput,
  shown: readonly MessageRow[],
): Promise<readonly SaidItem[]> {
  const here = new Set(shown.map(({ id }) => id))
  const ids = shown.flatMap(({ originalId }) => (originalId && !here.has(originalId) ? [originalId] : []))
  if (ids.length === 0) return []
  const rows = await prisma.message.findMany({
    where: { AND: [messages, { id: { in: ids } }] },
    include: { media: true },
  })
  await keys.load(rows.flatMap(keysOfSaid))
  return rows.map((row) => saidItem(row, keys))
}

/** Both wordings of what was corrected: the new one with the one before it, and the old one marked. */
function withWordings(said: readonly SaidItem[], earlier: readonly SaidItem[]): readonly SaidItem[] {
  const all = [...earlier, ...said]
  return said.map((item, place) => {
    const root = item.corrects ?? item.id
    const of = ({ id, corrects }: SaidItem) => (corrects ?? id) === root
    const before = item.corrects ? all.slice(0, earlier.length + place).findLast(of)?.body : undefined
    const corrected = said.slice(place + 1).some(of)
    return { ...item, ...(before ? { before } : {}), ...(corrected ? { corrected } : {}) }
  })
}

function happenedItem(row: EventRow, keys: Part['keys']): ThreadItem {
  const secret = row.keyId
    ? keys.read(row.keyId, placeOf('event', 'secret_enc', row.id), row.secretEnc)
    : undefined
  return {
    type: 'happened',
    id: row.id,
    at: row.at,
    by: byOf(row.by, row.staffId),
    happening: happeningOf(row.type, row.facts, secret),
  }
}
