/**
 * Decisions and what stands behind them. Only open requests and open feedback may; what was hidden since is neither shown
 * nor counted. Who reads no content sees how much stands behind one and no more.
 */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Basis } from '../core/decision.ts'
import type { Language } from '../core/language.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { hasContent, requestsSeenBy } from './access.ts'
import { feedbackReadBy } from './access-feedback.ts'
import type { Database } from './database.ts'
import { isId } from './request.ts'

type Rows = Database['prisma']

export type DecisionLine = {
  readonly id: string
  readonly text: string
  readonly language: Language
  /** The day on which it was taken. */
  readonly day: Date
  readonly staff: string
  readonly campaign?: string
  /** References of the requests behind it, and ids of feedback, as far as the reader may see them. */
  readonly requests: readonly string[]
  readonly feedback: readonly string[]
  /** How many stand behind it. */
  readonly behind: number
}

const open = { visibility: 'open' } as const

/** The requests that this member of staff may put behind a decision. */
function requestsFor(staff: Staff): Prisma.RequestWhereInput {
  return { AND: [requestsSeenBy(staff), open] }
}

/** What stands behind decisions, as far as this reader knows of it. */
function basisSeenBy(staff: Staff): Prisma.DecisionBasisWhereInput {
  // Who counts without reading counts what is open.
  if (!hasContent(staff)) return { OR: [{ request: open }, { feedback: open }] }
  return { OR: [{ request: requestsFor(staff) }, { feedback: feedbackReadBy(staff) }] }
}

/** The newest first. */
export async function listDecisions(
  prisma: Rows,
  staff: Staff,
  where: { readonly most: number; readonly feedback?: string; readonly id?: string },
): Promise<readonly DecisionLine[]> {
  const { most, feedback, id } = where
  const rows = await prisma.decision.findMany({
    where: { id, ...(feedback === undefined ? {} : { basis: { some: { feedbackId: feedback } } }) },
    include: {
      basis: { where: basisSeenBy(staff), include: { request: { select: { reference: true } } } },
    },
    orderBy: [{ decidedOn: 'desc' }, { id: 'desc' }],
    take: most,
  })
  const reads = hasContent(staff)
  return rows.map(({ basis, ...row }) => ({
    ...{ id: row.id, text: row.text, language: row.language as Language, day: row.decidedOn },
    ...{ staff: row.staffId, campaign: row.campaignId ?? undefined, behind: basis.length },
    requests: reads ? basis.flatMap(({ request }) => request?.reference ?? []) : [],
    feedback: reads ? basis.flatMap(({ feedbackId }) => feedbackId ?? []) : [],
  }))
}

/** Fails with `decision:not_found`. */
export async function loadDecision(prisma: Rows, staff: Staff, id: string): Promise<DecisionLine> {
  const [line] = isId(id) ? await listDecisions(prisma, staff, { most: 1, id }) : []
  if (!line) throw new Failure('decision:not_found')
  return line
}

/**
 * What is to stand behind a decision, by id. Fails with `decision:hidden` when one of them does not exist for whoever
 * decides, or is restricted or sealed: both are answered alike.
 */
export async function basisOf(
  prisma: Rows,
  staff: Staff,
  asked: { readonly references: readonly string[]; readonly feedback: readonly string[] },
): Promise<readonly Basis[]> {
  const references = [...new Set(asked.references)]
  const ids = [...new Set(asked.feedback)]
  if (!ids.every(isId)) throw new Failure('decision:hidden')
  const [requests, feedback] = await Promise.all([
    prisma.request.findMany({
      where: { AND: [{ reference: { in: references } }, requestsFor(staff)] },
      select: { id: true },
    }),
    prisma.feedback.findMany({
      where: { AND: [{ id: { in: ids } }, feedbackReadBy(staff)] },
      select: { id: true },
    }),
  ])
  if (requests.length < references.length || feedback.length < ids.length)
    throw new Failure('decision:hidden')
  return [...requests.map(({ id }) => ({ request: id })), ...feedback.map(({ id }) => ({ feedback: id }))]
}

/** Regions of those whose words stand behind it. */
export async function regionsBehind(
  prisma: Rows,
  staff: Staff,
  decision: string,
): Promise<readonly string[]> {
  const rows = await prisma.decisionBasis.findMany({
    where: { AND: [{ decisionId: decision }, basisSeenBy(staff)] },
    select: { request: { select: { region: true } }, feedback: { select: { region: true } } },
  })
  const all = rows.flatMap(({ request, feedback }) => [request?.region, feedback?.region])
  return [...new Set(all.filter((one) => typeof one === 'string'))]
}

/** Notes which campaign tells of it, where none does yet. */
export async function tellBy(prisma: Rows, decision: string, campaign: string): Promise<void> {
  await prisma.decision.updateMany({
    where: { id: decision, campaignId: null },
    data: { campaignId: campaign },
  })
}
