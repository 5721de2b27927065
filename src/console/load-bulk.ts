/** What the page of a list needs beside its rows: what to filter by, whom to give to, what was done to several at once. */
import { type BulkItem, undoMilliseconds } from '../core/bulk.ts'
import type { BulkActName } from '../core/event.ts'
import type { Staff } from '../core/staff.ts'
import { awayAt } from '../store/absence.ts'
import { findBulkAct } from '../store/bulk-act.ts'
import { isId } from '../store/request.ts'
import { countLook } from '../store/request-count.ts'
import { staffOfQueues } from '../store/seat.ts'
import type { ConsoleParts } from './parts.ts'
import type { Region } from './place-names.ts'
import type { Colleague } from './view.ts'

type Parts = Pick<ConsoleParts, 'database' | 'clock' | 'placeName'>

export type Choices = {
  readonly regions: readonly Pick<Region, 'id' | 'name'>[]
  /** Who sits in a queue of the reader's, or of their office: to whom a request can be given. */
  readonly colleagues: readonly Colleague[]
}

export async function loadChoices(parts: Parts, staff: Staff): Promise<Choices> {
  const { prisma } = parts.database
  const [members, away] = await Promise.all([staffOfQueues(prisma, staff), awayAt(prisma, parts.clock.now())])
  const colleagues = members.map(({ id, name }) => ({ id, name, awayUntil: away.get(id) }))
  return { regions: parts.placeName?.regions ?? [], colleagues }
}

export type BulkView = {
  readonly id: string
  readonly act: BulkActName
  readonly done: number
  readonly refused: readonly BulkItem[]
  /** Present once it was undone. */
  readonly undone?: { readonly done: number; readonly refused: readonly BulkItem[] }
  /** Whether it can still be undone, and for how many requests. */
  readonly undoable: number
}

/** The bulk act that an address names, if it is the reader's own. */
export async function loadBulk(
  { database, clock }: Parts,
  staff: Staff,
  query: unknown,
): Promise<BulkView | undefined> {
  const { bulk: id } = query as { bulk?: unknown }
  if (typeof id !== 'string' || !isId(id)) return undefined
  const bulk = await findBulkAct(database.prisma, staff.id, id)
  if (!bulk) return undefined
  const { act, items, undoneAt } = bulk
  const inTime = clock.now().getTime() - bulk.at.getTime() <= undoMilliseconds
  return {
    ...{ id, act },
    done: items.filter(({ failure }) => failure === undefined).length,
    refused: items.filter(({ failure }) => failure !== undefined),
    undoable: inTime && !undoneAt ? items.filter(({ undo }) => undo !== undefined).length : 0,
    ...(undoneAt
      ? {
          undone: {
            done: items.filter(({ undone }) => undone === true).length,
            refused: items.filter(({ undone }) => typeof undone === 'string'),
          },
        }
      : {}),
  }
}

/** For supervisors: how many requests are back in the pool because whoever had them is away. */
export async function loadReturned({ database, clock }: Parts, staff: Staff): Promise<number> {
  if (!staff.roles.includes('supervisor')) return 0
  const filter = { returned: true } as const
  return countLook(database, staff, { look: 'queues', filter, now: clock.now() })
}
