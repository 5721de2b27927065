/** Rumours as officers put them together: their names here, who said them on the feedback, the answers among the campaigns. */
import type { CampaignState } from '../core/campaign.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { isId } from './request.ts'

type Prisma = Database['prisma']

export type Rumour = {
  readonly id: string
  readonly name: string
  readonly at: Date
  readonly staff: string
}

/** A campaign that answers one. */
export type RumourAnswer = {
  readonly id: string
  readonly name: string
  readonly state: CampaignState
  readonly releasedAt?: Date
}

export type RumourLine = Rumour & {
  /** How many told it, of what may still be read. */
  readonly told: number
  readonly answers: readonly RumourAnswer[]
}

/** Names it; the same `id` twice is one. */
export async function nameRumour(prisma: Prisma, it: Rumour): Promise<void> {
  const { staff: staffId, ...row } = it
  await prisma.rumour.upsert({ where: { id: it.id }, update: {}, create: { ...row, staffId } })
}

/** Fails with `rumour:not_found`. */
export async function loadRumour(prisma: Prisma, id: string): Promise<RumourLine> {
  const row = isId(id) ? await prisma.rumour.findUnique({ where: { id } }) : null
  if (!row) throw new Failure('rumour:not_found')
  const [line] = await linesOf(prisma, [row])
  return line ?? noLine()
}

/** The newest first. */
export async function listRumours(prisma: Prisma, most: number): Promise<readonly RumourLine[]> {
  return linesOf(prisma, await prisma.rumour.findMany({ orderBy: { at: 'desc' }, take: most }))
}

type Row = { readonly id: string; readonly name: string; readonly staffId: string; readonly at: Date }

async function linesOf(prisma: Prisma, rows: readonly Row[]): Promise<readonly RumourLine[]> {
  const ids = rows.map(({ id }) => id)
  const [told, answers] = await Promise.all([
    prisma.feedback.groupBy({
      by: ['rumourId'],
      where: { rumourId: { in: ids }, visibility: 'open' },
      _count: true,
    }),
    prisma.campaign.findMany({
      where: { OR: ids.map((id) => ({ audience: { path: ['saidRumour'], equals: id } })) },
      select: { id: true, name: true, state: true, releasedAt: true, audience: true },
      orderBy: { createdAt: 'asc' },
    }),
  ])
  return rows.map(({ staffId, ...row }) => ({
    ...{ ...row, staff: staffId, told: told.find(({ rumourId }) => rumourId === row.id)?._count ?? 0 },
    answers: answers
      .filter(({ audience }) => (audience as { saidRumour?: string }).saidRumour === row.id)
      .map(({ id, name, state, releasedAt }) => ({
        // Written from the union.
        ...{ id, name, state: state as CampaignState },
        ...(releasedAt ? { releasedAt } : {}),
      })),
  }))
}

function noLine(): never {
  throw new Error('a row has a line')
}
