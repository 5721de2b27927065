/** Tasks as pages list and count them, with the names of the people they are about. */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Staff } from '../core/staff.ts'
import { type Task, type TaskKind, type TaskTerms, taskKinds } from '../core/task.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { type TaskScope, tasksSql } from './task-sql.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type TaskAsking = {
  readonly staff: Staff
  readonly scope: TaskScope
  readonly terms: TaskTerms
  readonly now: Date
  readonly kind?: TaskKind
}

export type TaskLine = Task & {
  readonly name?: string
  readonly caseNumber?: string
  /** Of the request that it comes from. */
  readonly reference?: string
}

type Row = {
  readonly kind: TaskKind
  readonly subject: string
  readonly step: number
  readonly person_id: string
  readonly owner_id: string | null
  readonly request_id: string | null
  readonly due_at: Date
}

/** The longest waiting first. */
export async function listTasks(
  part: Part,
  asking: TaskAsking,
  { limit, skip = 0 }: { readonly limit: number; readonly skip?: number },
): Promise<readonly TaskLine[]> {
  const rows = await part.prisma.$queryRaw<Row[]>`
    select * from (${tasksSql(asking)}) t order by t.due_at, t.kind, t.subject limit ${limit} offset ${skip}`
  return named(part, rows)
}

/** The same where there are few, with how many there are in all. */
export async function listTasksCounted(
  part: Part,
  asking: TaskAsking,
  limit: number,
): Promise<{ readonly lines: readonly TaskLine[]; readonly count: number }> {
  const rows = await part.prisma.$queryRaw<(Row & { readonly count: number })[]>`
    select *, count(*) over ()::int as count from (${tasksSql(asking)}) t order by t.due_at, t.kind, t.subject limit ${limit}`
  return { lines: await named(part, rows), count: rows[0]?.count ?? 0 }
}

/** The one with this name, when the reader has it before them. */
export async function findTask(
  { prisma }: Pick<Part, 'prisma'>,
  asking: TaskAsking,
  { of, step }: { readonly of: string; readonly step: number },
): Promise<Task | undefined> {
  const rows = await prisma.$queryRaw<Row[]>`
    select * from (${tasksSql(asking)}) t where t.subject = ${of}::uuid and t.step = ${step} limit 1`
  return rows.map(taskOf)[0]
}

export type TaskCount = {
  /** Absent: nobody has it. */
  readonly owner?: string
  readonly kind: TaskKind
  readonly late: number
  readonly all: number
}

/** How many of each kind wait for each member of staff, and how many of these are late. */
export async function countTasks(prisma: Part['prisma'], asking: TaskAsking): Promise<readonly TaskCount[]> {
  const today = new Date(Math.floor(asking.now.getTime() / 86_400_000) * 86_400_000)
  const rows = await prisma.$queryRaw<{ owner: string | null; kind: TaskKind; late: number; all: number }[]>`
    select t.owner_id as owner, t.kind, count(*) filter (where t.due_at < ${today})::int as late, count(*)::int as "all"
    from (${tasksSql(asking)}) t group by t.owner_id, t.kind`
  return rows
    .map(({ owner, ...row }) => ({ ...(owner === null ? {} : { owner }), ...row }))
    .sort((one, other) => taskKinds.indexOf(one.kind) - taskKinds.indexOf(other.kind))
}

function taskOf(row: Row): Task {
  return {
    ...{ kind: row.kind, of: row.subject, step: row.step, person: row.person_id, dueAt: row.due_at },
    ...(row.owner_id === null ? {} : { owner: row.owner_id }),
    ...(row.request_id === null ? {} : { request: row.request_id }),
  }
}

async function named({ prisma, keys }: Part, rows: readonly Row[]): Promise<readonly TaskLine[]> {
  if (rows.length === 0) return []
  const [people, requests] = await Promise.all([
    prisma.person.findMany({
      where: { id: { in: rows.map((row) => row.person_id) } },
      select: {
        ...{ id: true, keyId: true, nameEnc: true },
        cases: {
          orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }],
          take: 1,
          select: { id: true, numberEnc: true },
        },
      },
    }),
    prisma.request.findMany({
      where: { id: { in: rows.flatMap((row) => row.request_id ?? []) } },
      select: { id: true, reference: true },
    }),
  ])
  await keys.load(people.map(({ keyId }) => keyId))
  const references = new Map(requests.map(({ id, reference }) => [id, reference]))
  const byId = new Map(people.map((one) => [one.id, one]))
  return rows.map((row) => {
    const one = byId.get(row.person_id)
    const [file] = one?.cases ?? []
    return {
      ...taskOf(row),
      name: one && keys.read(one.keyId, placeOf('person', 'name_enc', one.id), one.nameEnc),
      caseNumber:
        one && file && keys.read(one.keyId, placeOf('case_file', 'number_enc', file.id), file.numberEnc),
      reference: references.get(row.request_id ?? ''),
    }
  })
}

/** The terms as the office set them; undefined while it did not. */
export async function readTaskTerms(prisma: Part['prisma']): Promise<TaskTerms | undefined> {
  const row = await prisma.setting.findUnique({ where: { key: 'task_terms' } })
  // Written by writeTaskTerms alone.
  return row ? (row.value as unknown as TaskTerms) : undefined
}

export async function writeTaskTerms(prisma: Part['prisma'], terms: TaskTerms): Promise<void> {
  const value = { ...terms, visits: [...terms.visits] } satisfies Prisma.InputJsonObject
  await prisma.setting.upsert({
    where: { key: 'task_terms' },
    create: { key: 'task_terms', value },
    update: { value },
  })
}
