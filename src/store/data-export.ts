/**
 * Rows of a table that somebody takes out, under their access, in pages: memory stays flat however many there are. Of what
 * is sealed nothing leaves the house this way, whoever asks.
 */
import type { Prisma } from '../../prisma/client/client.ts'
import type {
  ExportFormat,
  ExportPurpose,
  ExportRow,
  ExportTable,
  ExportWhat,
  OwnData,
} from '../core/data-export.ts'
import type { Staff } from '../core/staff.ts'
import { personsSeenBy, requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { narrowedBy, type RequestFilter, type RequestLook, whereOf } from './request-look.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type ExportFilter = {
  readonly queue?: string
  readonly kind?: string
  readonly state?: 'open' | 'closed'
  /** Opened on this day or later, before the end of that; ISO dates. */
  readonly from?: string
  readonly until?: string
  /** The rows of a list as it stands on the page, instead of all that. */
  readonly list?: {
    readonly look: RequestLook
    readonly filter?: RequestFilter | undefined
    readonly now: Date
  }
}

const pageSize = 500

/** Puts on record who takes what out, before the first row goes. */
export async function beginExport(
  prisma: Part['prisma'],
  it: {
    readonly id: string
    readonly staff: string
    readonly what: ExportWhat
    readonly format: ExportFormat | OwnData['format']
    readonly purpose: ExportPurpose | OwnData['purpose']
    /** What narrowed it, in codes. */
    readonly filter: Readonly<Record<string, string>>
    readonly at: Date
  },
): Promise<void> {
  const { staff, at, filter, ...rest } = it
  await prisma.dataExport.create({ data: { ...rest, staffId: staff, createdAt: at, filter: { ...filter } } })
}

export async function endExport(prisma: Part['prisma'], id: string, rows: number, at: Date): Promise<void> {
  await prisma.dataExport.update({ where: { id }, data: { rows, endedAt: at } })
}

export type ExportLine = {
  readonly id: string
  readonly what: ExportWhat
  readonly purpose: ExportPurpose | OwnData['purpose']
  readonly rows?: number
  readonly at: Date
}

/** What this member of staff took out lately. */
export async function listExports(prisma: Part['prisma'], staff: string): Promise<readonly ExportLine[]> {
  const rows = await prisma.dataExport.findMany({
    where: { staffId: staff },
    orderBy: { createdAt: 'desc' },
    take: 20,
  })
  return rows.map((row) => ({
    id: row.id,
    // Written by beginExport from the same unions.
    what: row.what as ExportWhat,
    purpose: row.purpose as ExportLine['purpose'],
    rows: row.rows ?? undefined,
    at: row.createdAt,
  }))
}

/** The rows of a table, oldest first. */
export function exportRows(
  database: Part,
  staff: Staff,
  what: ExportTable,
  filter: ExportFilter,
): AsyncGenerator<ExportRow> {
  return what === 'people' ? people(database, staff) : requests(database, staff, filter)
}

async function* people({ prisma, keys }: Part, staff: Staff): AsyncGenerator<ExportRow> {
  for (let after: string | undefined; ; ) {
    const page = await prisma.person.findMany({
      where: {
        AND: [personsSeenBy(staff), { erasedAt: null, sameAsId: null }, beyond(after)],
      },
      include: {
        cases: { orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }], take: 1 },
      },
      orderBy: { id: 'asc' },
      take: pageSize,
    })
    await keys.load(page.map((row) => row.keyId))
    const emails = await emailsOf(
      prisma,
      page.flatMap(({ cases }) => cases[0]?.ownerId ?? []),
    )
    for (const row of page) {
      const read = (table: string, column: string, id: string, value: Uint8Array | null) =>
        keys.read(row.keyId, placeOf(table, column, id), value)
      const [file] = row.cases
      yield {
        case_number: file && read('case_file', 'number_enc', file.id, file.numberEnc),
        name: read('person', 'name_enc', row.id, row.nameEnc),
        sex: row.sex ?? undefined,
        birth_year: row.birthYear ?? undefined,
        phone: read('person', 'phone_enc', row.id, row.phoneEnc),
        language: row.language ?? undefined,
        ...{ region: row.region ?? undefined, cercle: row.cercle ?? undefined },
        return_country: row.returnCountry ?? undefined,
        return_date: row.returnDate?.toISOString().slice(0, 10),
        case_worker: emails.get(file?.ownerId ?? ''),
        stage: file?.stage,
      }
    }
    after = page.at(-1)?.id
    if (page.length < pageSize) return
  }
}

async function* requests(
  { prisma, keys }: Part,
  staff: Staff,
  filter: ExportFilter,
): AsyncGenerator<ExportRow> {
  const { list } = filter
  const wanted = list
    ? [whereOf(staff, list.look, list.now), narrowedBy(list.filter, list.now)]
    : [requestsOf(filter)]
  for (let after: string | undefined; ; ) {
    const page = await prisma.request.findMany({
      where: {
        AND: [requestsSeenBy(staff), { visibility: { not: 'sealed' } }, ...wanted, beyond(after)],
      },
      include: { person: { select: { id: true, keyId: true, nameEnc: true } }, case: true },
      orderBy: { id: 'asc' },
      take: pageSize,
    })
    await keys.load(page.flatMap(({ person }) => person?.keyId ?? []))
    const emails = await emailsOf(
      prisma,
      page.flatMap(({ ownerId }) => ownerId ?? []),
    )
    for (const { person, case: file, ...row } of page) {
      const read = (table: string, column: string, id: string, value: Uint8Array | null) =>
        person ? keys.read(person.keyId, placeOf(table, column, id), value) : undefined
      yield {
        ...{
          reference: row.reference,
          kind: row.kind,
          category: row.category ?? undefined,
          state: row.state,
        },
        ...{ outcome: row.outcome ?? undefined, priority: row.priority, queue: row.queue },
        ...{
          visibility: row.visibility,
          region: row.region ?? undefined,
          language: row.language ?? undefined,
        },
        channel: row.channelKind ?? undefined,
        opened: minuteOf(row.openedAt),
        due: minuteOf(row.dueAt),
        first_answer: minuteOf(row.firstAnswerAt),
        closed: minuteOf(row.closedAt),
        owner: emails.get(row.ownerId ?? ''),
        case_number: file ? read('case_file', 'number_enc', file.id, file.numberEnc) : undefined,
        name: person ? read('person', 'name_enc', person.id, person.nameEnc) : undefined,
      }
    }
    after = page.at(-1)?.id
    if (page.length < pageSize) return
  }
}

/** Ids are made in the order of time. */
function beyond(after: string | undefined): { id?: { gt: string } } {
  return after === undefined ? {} : { id: { gt: after } }
}

function requestsOf({ queue, kind, state, from, until }: ExportFilter): Prisma.RequestWhereInput {
  return {
    ...{ queue, kind },
    ...(state === undefined ? {} : { state: state === 'closed' ? 'closed' : { not: 'closed' } }),
    ...(from || until
      ? {
          openedAt: {
            ...(from ? { gte: new Date(`${from}T00:00:00Z`) } : {}),
            ...(until ? { lte: new Date(`${until}T23:59:59Z`) } : {}),
          },
        }
      : {}),
  }
}

async function emailsOf(
  prisma: Part['prisma'],
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await prisma.staff.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, email: true },
  })
  return new Map(rows.map(({ id, email }) => [id, email]))
}

function minuteOf(at: Date | null): string | undefined {
  return at?.toISOString().slice(0, 16).replace('T', ' ')
}
