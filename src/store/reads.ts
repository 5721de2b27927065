/** Who read what, for those who answer for it. Reads of what the asker may not see are not among them, nor counted. */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { personsSeenBy, requestsSeenBy, requestsSeenSql } from './access.ts'
import { type ReadKind, readKinds } from './access-log.ts'
import type { Database } from './database.ts'
import { isId } from './request.ts'

type PrismaClient = Database['prisma']

/** Data protection looks at everybody's reads, supervisors at those of the people they answer for. */
export function mayAudit({ roles }: Pick<Staff, 'roles'>): boolean {
  return roles.includes('data_protection') || roles.includes('supervisor')
}

export type ReadLine = {
  readonly staff: string
  readonly what: ReadKind
  readonly at: Date
}

const mostLines = 500

/**
 * Who read a person: their page, the requests and the files of theirs that the asker may see, newest first. Fails with
 * `person:not_found` for whoever may not see the person.
 */
export async function readsOfPerson(
  prisma: PrismaClient,
  asker: Staff,
  person: string,
): Promise<readonly ReadLine[]> {
  const where = { AND: [{ id: person }, personsSeenBy(asker)] }
  if (!isId(person) || !(await prisma.person.findFirst({ where, select: { id: true } })))
    throw new Failure('person:not_found', { person })
  const seen: Prisma.RequestWhereInput = { AND: [{ personId: person }, requestsSeenBy(asker)] }
  const requests = (await prisma.request.findMany({ where: seen, select: { id: true } })).map(({ id }) => id)
  const files = await prisma.media.findMany({
    where: {
      message: {
        personId: person,
        OR: [{ visibility: 'open' }, { requestId: { in: requests } }],
      },
    },
    select: { id: true },
  })
  const rows = await prisma.accessLog.findMany({
    where: { subjectId: { in: [person, ...requests, ...files.map(({ id }) => id)] } },
    orderBy: { at: 'desc' },
    take: mostLines,
  })
  return rows.map(({ staffId, what, at }) => ({ staff: staffId, what: kindOf(what), at }))
}

export type ReadCounts = {
  readonly staff: string
  readonly counts: Readonly<Record<ReadKind, number>>
}

/**
 * How much each colleague read since a moment, most first. Sealed requests are in no count: even a number would tell.
 */
export async function countReads(
  prisma: PrismaClient,
  asker: Staff,
  since: Date,
): Promise<readonly ReadCounts[]> {
  const staff = asker.roles.includes('data_protection')
    ? undefined
    : (await prisma.staff.findMany({ where: auditedBy(asker), select: { id: true } })).map(({ id }) => id)
  const rows = await prisma.$queryRaw<{ staff_id: string; what: string; n: number }[]>`
    select log.staff_id, log.what, count(*)::int as n from access_log log
    left join request on request.id = log.subject_id and log.what = 'request'
    left join media on media.id = log.subject_id and log.what = 'file'
    left join message on message.id = media.message_id
    where log.at >= ${since}
      and (${staff === undefined} or log.staff_id = any(${staff ?? []}::uuid[]))
      and coalesce(request.visibility, message.visibility, 'open') = 'open'
      and (log.what not in ('request', 'file') or request.id is not null or media.id is not null)
    group by log.staff_id, log.what`
  const byStaff = new Map<string, Record<ReadKind, number>>()
  for (const { staff_id, what, n } of rows) {
    const counts = byStaff.get(staff_id) ?? { person: 0, request: 0, file: 0, search: 0, export: 0 }
    counts[kindOf(what)] += n
    byStaff.set(staff_id, counts)
  }
  const whole = (counts: Record<ReadKind, number>) => Object.values(counts).reduce((sum, n) => sum + n, 0)
  return [...byStaff]
    .map(([id, counts]) => ({ staff: id, counts }))
    .toSorted((one, other) => whole(other.counts) - whole(one.counts))
}

/** Whose reading is theirs to look at. */
function auditedBy(asker: Staff): Prisma.StaffWhereInput {
  if (asker.roles.includes('data_protection')) return {}
  return { OR: [{ supervisorId: asker.id }, ...(asker.office ? [{ officeId: asker.office }] : [])] }
}

/** One read of a colleague; what was read is named where the asker may see it. */
export type ColleagueRead = Omit<ReadLine, 'staff'> & {
  readonly person?: string
  readonly reference?: string
}

export type ColleagueReads = {
  readonly name: string
  readonly lines: readonly ColleagueRead[]
  /** There are earlier ones, before the last of these. */
  readonly more: boolean
}

const linesOnPage = 200

/**
 * What one colleague read before a moment, newest first, without what was read of restricted and sealed matters that the
 * asker may not see. Fails with `page:not_found` for somebody whose reading is not theirs to look at.
 */
export async function readsOfColleague(
  prisma: PrismaClient,
  asker: Staff,
  { colleague, before }: { readonly colleague: string; readonly before: Date },
): Promise<ColleagueReads> {
  const where = { AND: [{ id: colleague }, auditedBy(asker)] }
  const found = isId(colleague) ? await prisma.staff.findFirst({ where, select: { name: true } }) : null
  if (!found) throw new Failure('page:not_found')
  const seen = requestsSeenSql(asker)
  const rows = await prisma.$queryRaw<{ what: string; subject: string | null; at: Date }[]>`
    select log.what, log.subject_id as subject, log.at from access_log log
    where log.staff_id = ${colleague}::uuid and log.at < ${before}
      and (log.what <> 'request' or exists (select from request r
        where r.id = log.subject_id and (r.visibility = 'open' or (${seen}))))
      and (log.what <> 'file' or exists (select from media join message m on m.id = media.message_id
        left join request r on r.id = m.request_id
        where media.id = log.subject_id and (m.visibility = 'open' or (${seen}))))
    order by log.at desc limit ${linesOnPage + 1}`
  const shown = rows.slice(0, linesOnPage)
  const ids = (kind: ReadKind) =>
    shown.flatMap(({ what, subject }) => (what === kind && subject ? subject : []))
  const [people, requests] = await Promise.all([
    prisma.person.findMany({
      where: { AND: [{ id: { in: ids('person') } }, personsSeenBy(asker)] },
      select: { id: true },
    }),
    prisma.request.findMany({
      where: { AND: [{ id: { in: ids('request') } }, requestsSeenBy(asker)] },
      select: { id: true, reference: true },
    }),
  ])
  const references = new Map(requests.map(({ id, reference }) => [id, reference]))
  return {
    name: found.name,
    more: rows.length > linesOnPage,
    lines: shown.map(({ what, subject, at }) => ({
      ...{ what: kindOf(what), at },
      ...(people.some(({ id }) => id === subject) ? { person: subject ?? '' } : {}),
      ...(subject !== null && references.has(subject) ? { reference: references.get(subject) ?? '' } : {}),
    })),
  }
}

/** Written by store/access-log.ts alone. */
function kindOf(what: string): ReadKind {
  return readKinds.find((kind) => kind === what) ?? 'request'
}
