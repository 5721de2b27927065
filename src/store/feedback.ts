/** What people tell of the programme's work and await no answer to. A complaint is a request and not here. */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Feedback } from '../core/feedback.ts'
import type { Language } from '../core/language.ts'
import { type FeedbackKind, feedbackKinds } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { feedbackReadBy, feedbackSeenBy, readsWordsOf } from './access-feedback.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { isId } from './request.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type FeedbackLine = {
  readonly id: string
  readonly kind: FeedbackKind
  readonly at: Date
  readonly language?: string
  readonly region?: string
  /** Absent when nothing was written, when it was erased, and for whoever reads no words. */
  readonly text?: string
  /** Whoever said it, as far as anybody can be told from another: a person, else an address. */
  readonly teller?: string
  /** It is about the work of others; their name is for those who read words. */
  readonly elsewhere: boolean
  readonly organisation?: string
  readonly request?: string
  readonly rumour?: string
  readonly readable: boolean
}

export type FeedbackFilter = {
  readonly kind?: FeedbackKind
  readonly region?: string
  readonly language?: Language
  readonly elsewhere?: boolean
  readonly rumour?: string
  /** Said on this day or later, before the end of that; ISO dates. */
  readonly from?: string
  readonly until?: string
}

const pageSize = 500

/** The lines that exist for this member of staff, the newest first, read as they are asked for. */
export async function* feedbackLines(
  { prisma, keys }: Part,
  staff: Staff,
  filter: FeedbackFilter,
  after?: string,
): AsyncGenerator<FeedbackLine> {
  for (let before = after; ; ) {
    const rows = await prisma.feedback.findMany({
      where: {
        AND: [
          feedbackSeenBy(staff),
          whereOf(filter),
          ...(before === undefined ? [] : [{ id: { lt: before } }]),
        ],
      },
      // Ids are made in the order of time.
      orderBy: { id: 'desc' },
      take: pageSize,
    })
    await keys.load(rows.flatMap(({ keyId }) => keyId ?? []))
    for (const row of rows) yield lineOf(keys, staff, row)
    before = rows.at(-1)?.id
    if (rows.length < pageSize) return
  }
}

/** At most so many are looked through for words: longer searches name a period. */
const mostSought = 5000

/** A page of them; `fits` narrows by what was said, among those whose words are read. `next` is where the page after begins. */
export async function listFeedback(
  database: Part,
  staff: Staff,
  filter: FeedbackFilter,
  page: {
    readonly limit: number
    readonly after?: string
    readonly fits?: (text: string) => boolean
  },
): Promise<{ readonly lines: readonly FeedbackLine[]; readonly next?: string }> {
  const { limit, after, fits } = page
  const lines: FeedbackLine[] = []
  let sought = 0
  for await (const line of feedbackLines(database, staff, filter, after)) {
    if (fits && ++sought > mostSought) break
    if (fits && !(line.text !== undefined && fits(line.text))) continue
    if (lines.length === limit) return { lines, next: lines.at(-1)?.id }
    lines.push(line)
  }
  return { lines }
}

/** How much of each kind there is among what they see. */
export async function countFeedback(
  prisma: Part['prisma'],
  staff: Staff,
  filter: FeedbackFilter,
): Promise<Readonly<Record<FeedbackKind, number>>> {
  const rows = await prisma.feedback.groupBy({
    by: ['kind'],
    where: { AND: [feedbackSeenBy(staff), whereOf({ ...filter, kind: undefined })] },
    _count: true,
  })
  const count = (kind: FeedbackKind) => rows.find((row) => row.kind === kind)?._count ?? 0
  return Object.fromEntries(feedbackKinds.map((kind) => [kind, count(kind)])) as Record<FeedbackKind, number>
}

type Row = Prisma.FeedbackGetPayload<object>

/** One with whoever said it, for an act. */
export type FeedbackFound = Feedback & { readonly row: Row; readonly line: FeedbackLine }

/** Fails with `feedback:not_found` for whoever may not read its words, as for what is not there. */
export async function loadFeedback({ prisma, keys }: Part, staff: Staff, id: string): Promise<FeedbackFound> {
  const row = isId(id)
    ? await prisma.feedback.findFirst({ where: { AND: [{ id }, feedbackReadBy(staff)] } })
    : null
  if (!row) throw new Failure('feedback:not_found')
  await keys.load(row.keyId ? [row.keyId] : [])
  const line = lineOf(keys, staff, row)
  const { kind, text, organisation: elsewhere, request, rumour } = line
  return { id, kind, text, elsewhere, request, rumour, version: row.version, row, line }
}

/** That it was said and what staff did with it, the latest last; they are among the events of whoever said it. */
export async function feedbackEvents(
  prisma: Part['prisma'],
  { id, addressId, personId }: Pick<Row, 'id' | 'addressId' | 'personId'>,
): Promise<readonly Prisma.EventGetPayload<object>[]> {
  if (addressId === null && personId === null) return []
  return prisma.event.findMany({
    where: {
      // The index of events begins with the address.
      ...(addressId === null ? { personId } : { addressId }),
      type: { startsWith: 'feedback_' },
      facts: { path: ['feedback'], equals: id },
    },
    orderBy: { id: 'asc' },
  })
}

function lineOf(keys: Part['keys'], staff: Staff, row: Row): FeedbackLine {
  const readable = readsWordsOf(staff, row)
  const read = (column: string, value: Uint8Array | null) =>
    readable && row.keyId ? keys.read(row.keyId, placeOf('feedback', column, row.id), value) : undefined
  return {
    // Written from the union.
    ...{ id: row.id, kind: row.kind as FeedbackKind, at: row.at, readable, elsewhere: row.elsewhere },
    ...{ language: row.language ?? undefined, region: row.region ?? undefined },
    text: read('text_enc', row.textEnc),
    organisation: read('elsewhere_enc', row.elsewhereEnc),
    teller: row.personId ?? row.addressId ?? undefined,
    request: row.requestId ?? undefined,
    rumour: row.rumourId ?? undefined,
  }
}

function whereOf(filter: FeedbackFilter): Prisma.FeedbackWhereInput {
  const { kind, region, language, elsewhere, rumour: rumourId, from, until } = filter
  const days = {
    ...(from ? { gte: new Date(`${from}T00:00:00Z`) } : {}),
    ...(until ? { lte: new Date(`${until}T23:59:59.999Z`) } : {}),
  }
  return { kind, region, language, elsewhere, rumourId, ...(from || until ? { at: days } : {}) }
}
