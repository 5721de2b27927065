/** What people tell of the programme's work and await no answer to. A complaint is a request and not here. */
import { type FeedbackKind, feedbackKinds } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type FeedbackLine = {
  readonly id: string
  readonly kind: FeedbackKind
  readonly at: Date
  readonly language?: string
  readonly region?: string
  /** Undefined when nothing was written or it was erased. */
  readonly text?: string
}

/** A page of feedback, newest first; officers and supervisors read it. Fails with `staff:not_allowed`. */
export async function listFeedback(
  { prisma, keys }: Part,
  staff: Staff,
  page: { readonly limit: number; readonly after?: string; readonly kind?: FeedbackKind },
): Promise<readonly FeedbackLine[]> {
  if (!staff.roles.some((role) => role === 'officer' || role === 'supervisor'))
    throw new Failure('staff:not_allowed')
  const rows = await prisma.feedback.findMany({
    where: { kind: page.kind, ...(page.after === undefined ? {} : { id: { lt: page.after } }) },
    orderBy: { id: 'desc' },
    take: page.limit,
  })
  await keys.load(rows.flatMap((row) => row.keyId ?? []))
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as FeedbackKind,
    at: row.at,
    language: row.language ?? undefined,
    region: row.region ?? undefined,
    text: row.keyId ? keys.read(row.keyId, placeOf('feedback', 'text_enc', row.id), row.textEnc) : undefined,
  }))
}

/** How much of each kind came in a span of time; counts only, for whoever reports. */
export async function countFeedback(
  prisma: Part['prisma'],
  from: Date,
  until: Date,
): Promise<Readonly<Record<FeedbackKind, number>>> {
  const rows = await prisma.feedback.groupBy({
    by: ['kind'],
    where: { at: { gte: from, lt: until } },
    _count: true,
  })
  const count = (kind: FeedbackKind) => rows.find((row) => row.kind === kind)?._count ?? 0
  return Object.fromEntries(feedbackKinds.map((kind) => [kind, count(kind)])) as Record<FeedbackKind, number>
}
