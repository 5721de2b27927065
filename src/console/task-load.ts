/** The tasks of a page: one's own, those of a person, those that a supervisor looks over. */
import type { Staff } from '../core/staff.ts'
import { type TaskKind, type TaskTerms, usualTerms } from '../core/task.ts'
import { staffNames } from '../store/seat.ts'
import {
  countTasks,
  listTasks,
  listTasksCounted,
  readTaskTerms,
  type TaskCount,
  type TaskLine,
} from '../store/task.ts'
import type { TaskScope } from '../store/task-sql.ts'
import type { ConsoleParts } from './parts.ts'

type Parts = Pick<ConsoleParts, 'database' | 'clock'>

/** More than anybody does in a day; the rest comes when these are done. */
const ownShown = 60

export async function loadTerms({ database }: Pick<Parts, 'database'>): Promise<TaskTerms> {
  return (await readTaskTerms(database.prisma)) ?? usualTerms
}

/** Those of whoever reads, the longest waiting first, and how many there are in all. */
export async function loadOwnTasks(
  parts: Parts,
  staff: Staff,
): Promise<{ readonly lines: readonly TaskLine[]; readonly count: number }> {
  const scope = { of: 'owner', id: staff.id } as const
  const asking = { staff, scope, terms: await loadTerms(parts), now: parts.clock.now() }
  return listTasksCounted(parts.database, asking, ownShown)
}

/** Those of a person that the reader sees. */
export async function loadTasksOf(
  parts: Parts,
  staff: Staff,
  people: readonly string[],
): Promise<readonly TaskLine[]> {
  const scope = { of: 'people', ids: people } as const
  const asking = { staff, scope, terms: await loadTerms(parts), now: parts.clock.now() }
  return listTasks(parts.database, asking, { limit: 20 })
}

export const boardPage = 40

export type BoardLook = {
  readonly office?: string
  /** A member of staff by id, or `none` for what nobody has. */
  readonly owner?: string
  readonly kind?: TaskKind
  readonly page: number
}

export type Board = {
  readonly counts: readonly TaskCount[]
  readonly lines: readonly TaskLine[]
  readonly names: ReadonlyMap<string, string>
  readonly more: boolean
}

export async function loadBoard(parts: Parts, staff: Staff, look: BoardLook): Promise<Board> {
  const { prisma } = parts.database
  const asked = { staff, terms: await loadTerms(parts), now: parts.clock.now() }
  const kind = look.kind === undefined ? {} : { kind: look.kind }
  const [counts, lines] = await Promise.all([
    countTasks(prisma, { ...asked, scope: scopeOf({ ...look, owner: undefined }) }),
    listTasks(
      parts.database,
      { ...asked, ...kind, scope: scopeOf(look) },
      { limit: boardPage + 1, skip: (look.page - 1) * boardPage },
    ),
  ])
  const owners = [...counts, ...lines].flatMap(({ owner }) => owner ?? [])
  return {
    ...{ counts, lines: lines.slice(0, boardPage), more: lines.length > boardPage },
    names: await staffNames(prisma, [...new Set(owners)]),
  }
}

export function scopeOf({
  office,
  owner,
}: {
  readonly office?: string
  readonly owner?: string | undefined
}): TaskScope {
  const whose = owner === undefined ? {} : { owner: owner === 'none' ? null : owner }
  return office === undefined || office === 'all'
    ? { of: 'all', ...whose }
    : { of: 'office', id: office, ...whose }
}
