/** What the page of a person shows besides facts and conversation: the case, needs, follow-ups, corrections, files joined to it. */
import type { ClosureReason, Stage } from '../core/case.ts'
import type { By, EventType, Happening } from '../core/event.ts'
import type { NeedCategory, NeedResult, Urgency } from '../core/need.ts'
import type { Service } from '../core/partner.ts'
import type { ReferralState } from '../core/referral.ts'
import type { Staff } from '../core/staff.ts'
import { fileSeenBy, requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { byOf, happeningOf } from './event-parts.ts'

type Part = Pick<Database, 'prisma' | 'keys'>
type Prisma = Part['prisma']

/** The files that were found to be of this person, as far as one may see them: the one they are joined to, and the others. */
export async function filesOfPerson(
  { prisma, keys }: Part,
  staff: Staff,
  person: string,
): Promise<{
  readonly whole?: string
  readonly joined: readonly { readonly id: string; readonly name?: string }[]
}> {
  // Which they are is asked first: asked together with who may see them, the database would look at everybody there is.
  const links = await prisma.person.findUnique({
    where: { id: person },
    select: { sameAsId: true, others: { select: { id: true } } },
  })
  const ids = [links?.sameAsId, ...(links?.others ?? []).map(({ id }) => id)].filter((id) => id != null)
  if (ids.length === 0) return { joined: [] }
  const rows = await prisma.person.findMany({
    where: { AND: [{ id: { in: ids } }, fileSeenBy(staff)] },
    orderBy: { id: 'asc' },
    select: { id: true, keyId: true, nameEnc: true, sameAsId: true },
  })
  await keys.load(rows.map(({ keyId }) => keyId))
  return {
    whole: rows.find(({ sameAsId }) => sameAsId !== person)?.id,
    joined: rows
      .filter(({ sameAsId }) => sameAsId === person)
      .map(({ id, keyId, nameEnc }) => ({
        id,
        name: keys.read(keyId, placeOf('person', 'name_enc', id), nameEnc),
      })),
  }
}

export type CaseFacts = {
  readonly id: string
  readonly stage: Stage
  readonly stageSince: Date
  readonly owner?: { readonly id: string; readonly name: string }
  readonly office?: { readonly id: string; readonly name: string }
  readonly openedAt: Date
  readonly closedAt?: Date
  readonly closureReason?: ClosureReason
  readonly highRisk: boolean
}

/** The case that counts for a person: an open one before a closed one, the last before older ones. */
export async function caseOfPerson(prisma: Prisma, person: string): Promise<CaseFacts | undefined> {
  const row = await prisma.case.findFirst({
    where: { personId: person },
    orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }],
  })
  if (!row) return undefined
  const [owner, office] = await Promise.all([
    row.ownerId
      ? prisma.staff.findUnique({ where: { id: row.ownerId }, select: { id: true, name: true } })
      : null,
    row.officeId
      ? prisma.office.findUnique({ where: { id: row.officeId }, select: { id: true, name: true } })
      : null,
  ])
  return {
    id: row.id,
    // Codes were written by the program from the same unions.
    stage: row.stage as Stage,
    stageSince: row.stageSince ?? row.openedAt,
    owner: owner ?? undefined,
    office: office ?? undefined,
    openedAt: row.openedAt,
    closedAt: row.closedAt ?? undefined,
    highRisk: row.highRisk,
    closureReason: (row.closureReason ?? undefined) as ClosureReason | undefined,
  }
}

/** The way of a case through its stages, who moved it and why, the last first. */
export async function stagesOfCase(
  part: Part,
  person: string,
): Promise<readonly Omit<PersonEdit, 'undone'>[]> {
  return eventsOf(part, person, ['case_staged', 'case_closed', 'case_reopened'], 20)
}

/** Referrals of requests that one may see, newest first; of a sealed matter nothing stands on the page of its person. */
export async function referralsOfPeople(prisma: Prisma, staff: Staff, people: readonly string[]) {
  const rows = await prisma.referral.findMany({
    where: {
      personId: { in: [...people] },
      request: { AND: [requestsSeenBy(staff), { visibility: { not: 'sealed' } }] },
    },
    orderBy: { id: 'desc' },
    take: 20,
    include: { partner: { select: { id: true, name: true } }, request: { select: { reference: true } } },
  })
  return rows.map((row) => ({
    ...{ id: row.id, partner: row.partner, reference: row.request.reference, at: row.createdAt },
    // Codes were written by the program from the same unions.
    ...{ service: row.service as Service, state: row.state as ReferralState },
    ...(row.answerDueAt ? { answerDueAt: row.answerDueAt } : {}),
  }))
}

export type PersonReferral = Awaited<ReturnType<typeof referralsOfPeople>>[number]

export type PersonNeed = {
  readonly id: string
  readonly category: NeedCategory
  readonly urgency: Urgency
  readonly result?: NeedResult
  readonly at: Date
  readonly reference: string
}

/** Needs told in requests that one may see, newest first; of a sealed matter nothing stands on the page of its person. */
export async function needsOfPeople(
  prisma: Prisma,
  staff: Staff,
  people: readonly string[],
): Promise<readonly PersonNeed[]> {
  const rows = await prisma.need.findMany({
    where: {
      personId: { in: [...people] },
      request: { AND: [requestsSeenBy(staff), { visibility: { not: 'sealed' } }] },
    },
    orderBy: { id: 'desc' },
    take: 20,
    include: { request: { select: { reference: true } } },
  })
  return rows.map((row) => ({
    id: row.id,
    // Codes were written by the program from the same unions.
    category: row.category as NeedCategory,
    urgency: row.urgency as Urgency,
    result: (row.result ?? undefined) as NeedResult | undefined,
    at: row.createdAt,
    reference: row.request.reference,
  }))
}

export type PersonFollowUp = {
  readonly id: string
  readonly kind?: string
  readonly state: string
  readonly at?: Date
  readonly askedAt: Date
  /** Of the request that it belongs to. */
  readonly reference?: string
}

/** Follow-ups, newest first: those of requests that one may see, and those that belong to none. */
export async function followUpsOfPeople(
  prisma: Prisma,
  staff: Staff,
  people: readonly string[],
): Promise<readonly PersonFollowUp[]> {
  const seen = { AND: [requestsSeenBy(staff), { visibility: { not: 'sealed' } }] }
  const rows = await prisma.followUp.findMany({
    where: { personId: { in: [...people] }, OR: [{ requestId: null }, { request: seen }] },
    orderBy: { id: 'desc' },
    take: 20,
    include: { request: { select: { reference: true } } },
  })
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind ?? undefined,
    state: row.state,
    at: row.at ?? undefined,
    askedAt: row.createdAt,
    reference: row.request?.reference,
  }))
}

export type PersonEdit = {
  readonly id: string
  readonly at: Date
  readonly by: By
  readonly happening: Happening
  readonly undone: boolean
}

/** The last corrections of a person, newest first. */
export async function editsOfPerson(part: Part, person: string): Promise<readonly PersonEdit[]> {
  const edits = await eventsOf(part, person, ['person_edited'], 8)
  const undone = new Set(
    edits.flatMap(({ happening }) =>
      happening.type === 'person_edited' && happening.undoes ? [happening.undoes] : [],
    ),
  )
  return edits.map((edit) => ({ ...edit, undone: undone.has(edit.id) }))
}

/** What happened to the file of a person, of these types, with what is encrypted in it; the last first. */
async function eventsOf(
  { prisma, keys }: Part,
  person: string,
  types: readonly EventType[],
  take: number,
): Promise<readonly Omit<PersonEdit, 'undone'>[]> {
  const rows = await prisma.event.findMany({
    where: { personId: person, type: { in: [...types] } },
    orderBy: { id: 'desc' },
    take,
  })
  await keys.load(rows.flatMap((row) => row.keyId ?? []))
  return rows.map((row) => {
    const secret = row.keyId
      ? keys.read(row.keyId, placeOf('event', 'secret_enc', row.id), row.secretEnc)
      : undefined
    return {
      ...{ id: row.id, at: row.at, by: byOf(row.by, row.staffId) },
      happening: happeningOf(row.type, row.facts, secret),
    }
  })
}

/** Staff who may be given cases, and offices, by name. */
export async function placesForCases(prisma: Prisma, roles: readonly string[]) {
  const [staff, offices] = await Promise.all([
    prisma.staff.findMany({
      where: { active: true, roles: { hasSome: [...roles] } },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
    }),
    prisma.office.findMany({ orderBy: { name: 'asc' }, select: { id: true, name: true } }),
  ])
  return { staff, offices }
}
