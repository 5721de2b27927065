/**
 * Referrals. Those of a request are found under the reader's access before; those of a partner by the secret address that
 * it was given, which shows what was agreed and nothing else.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { By, Happening } from '../core/event.ts'
import type { NeedCategory, Urgency } from '../core/need.ts'
import type { Service } from '../core/partner.ts'
import type { DeclineReason, ReferralItem, ReferralPrompt, ReferralState, Shared } from '../core/referral.ts'
import type { Referral } from '../core/referral-rules.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { byOf, happeningOf } from './event-parts.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

/** As a row has it, with what must still stand when it is changed. */
export type ReferralRow = Referral & {
  readonly version: number
  readonly partner: { readonly id: string; readonly name: string }
  readonly service: Service
  readonly urgency: Urgency
  readonly reason: NeedCategory
  readonly note?: string
  readonly need?: string
  readonly country: string
  /** The key of what is written down of it. */
  readonly key: string
  readonly prompt?: ReferralPrompt
  readonly askPersonAt?: Date
  readonly answerDueAt?: Date
  readonly linkUntil?: Date
  readonly opened: number
  readonly declineReason?: DeclineReason
  readonly came?: boolean
  readonly proposedAt: Date
}

const withPartner = { include: { partner: { select: { id: true, name: true } } } } as const

/** Those of a request that one may see, newest first. */
export async function referralsOfRequest(
  { prisma, keys }: Part,
  request: string,
): Promise<readonly ReferralRow[]> {
  const rows = await prisma.referral.findMany({
    where: { requestId: request },
    orderBy: { id: 'desc' },
    take: 20,
    ...withPartner,
  })
  await keys.load(rows.map(({ keyId }) => keyId))
  return rows.map((row) => {
    const note = keys.read(row.keyId, placeOf('referral', 'note_enc', row.id), row.noteEnc)
    return { ...referralOf(row), ...(note === undefined ? {} : { note }) }
  })
}

/**
 * Those of some people that can still be taken back, whatever they belong to: for acts that show nothing of them.
 * `byGuardian`: whoever answers for a child said yes to it.
 */
export async function openReferralsOf(
  prisma: Part['prisma'],
  people: readonly string[],
): Promise<readonly (ReferralRow & { readonly byGuardian: boolean })[]> {
  const rows = await prisma.referral.findMany({
    where: { personId: { in: [...people] }, state: { notIn: ['refused', 'withdrawn'] } },
    orderBy: { id: 'asc' },
    ...withPartner,
  })
  const agreed = await prisma.event.findMany({
    where: { requestId: { in: rows.map(({ requestId }) => requestId) }, type: 'referral_agreed' },
    select: { facts: true },
  })
  // The type of a row is that of its happening.
  const said = agreed.map(({ facts }) => facts as { referral?: string; guardian?: true })
  const guarded = new Set(said.flatMap(({ referral, guardian }) => (guardian && referral ? [referral] : [])))
  return rows.map((row) => ({ ...referralOf(row), byGuardian: guarded.has(row.id) }))
}

type Row = NonNullable<Awaited<ReturnType<Part['prisma']['referral']['findFirst']>>> & {
  readonly partner: { readonly id: string; readonly name: string }
}

function referralOf(row: Row): ReferralRow {
  return {
    // Codes were written by the program from the same unions.
    ...{ id: row.id, request: row.requestId, version: row.version, partner: row.partner, key: row.keyId },
    ...{ state: row.state as ReferralState, items: row.items as ReferralItem[] },
    ...{ service: row.service as Service, urgency: row.urgency as Urgency },
    ...{ reason: row.reason as NeedCategory, country: row.country, opened: row.opened },
    proposedAt: row.createdAt,
    ...(row.needId === null ? {} : { need: row.needId }),
    ...(row.consentId === null ? {} : { consent: row.consentId }),
    ...(row.sentAt ? { sentAt: row.sentAt } : {}),
    ...(row.openedAt ? { openedAt: row.openedAt } : {}),
    ...(row.removedAt ? { removedAt: row.removedAt } : {}),
    ...(row.prompt === null ? {} : { prompt: row.prompt as ReferralPrompt }),
    ...(row.askPersonAt ? { askPersonAt: row.askPersonAt } : {}),
    ...(row.answerDueAt ? { answerDueAt: row.answerDueAt } : {}),
    ...(row.tokenUntil ? { linkUntil: row.tokenUntil } : {}),
    ...(row.declineReason === null ? {} : { declineReason: row.declineReason as DeclineReason }),
    ...(row.came === null ? {} : { came: row.came }),
  }
}

/** A secret address: what the partner is given, and what is kept of it. */
export type Link = { readonly token: string; readonly hash: Uint8Array<ArrayBuffer> }

export function makeLink(): Link {
  const token = randomBytes(24).toString('base64url')
  return { token, hash: hashOf(token) }
}

/** What a partner opens: what was agreed, as it was handed over, and where it stands. */
export type OpenedReferral = Pick<ReferralRow, 'id' | 'request' | 'state' | 'service' | 'removedAt'> & {
  readonly partner: string
  readonly language: 'fr' | 'en'
  readonly shared: Shared
  /** Where it comes from: the office of the person's case, never who wrote it nor what about. */
  readonly office?: string
  readonly until: Date
}

/** Undefined for an address that is none, was replaced, or opens no longer. */
export async function findByToken(
  { prisma, keys }: Part,
  token: string,
  now: Date,
): Promise<OpenedReferral | undefined> {
  if (!/^[\w-]{32}$/.test(token)) return undefined
  const row = await prisma.referral.findUnique({
    where: { tokenHash: hashOf(token) },
    include: { partner: { select: { id: true, name: true, language: true } } },
  })
  if (!row?.tokenUntil || row.tokenUntil <= now) return undefined
  await keys.load([row.keyId])
  const text = keys.read(row.keyId, placeOf('referral', 'shared_enc', row.id), row.sharedEnc)
  const office = row.caseId === null ? undefined : await officeOfCase(prisma, row.caseId)
  const { id, request, state, service, removedAt } = referralOf(row)
  return {
    ...{ id, request, state, service, until: row.tokenUntil, partner: row.partner.name },
    language: row.partner.language === 'en' ? 'en' : 'fr',
    ...(removedAt ? { removedAt } : {}),
    ...(office === undefined ? {} : { office }),
    // Written by an act from the same shape; erased with the person.
    shared: text === undefined ? {} : (JSON.parse(text) as Shared),
  }
}

async function officeOfCase(prisma: Part['prisma'], id: string): Promise<string | undefined> {
  const file = await prisma.case.findUnique({ where: { id }, select: { officeId: true } })
  if (!file?.officeId) return undefined
  const office = await prisma.office.findUnique({ where: { id: file.officeId }, select: { name: true } })
  return office?.name
}

/** One more look at it. */
export async function countOpening(prisma: Part['prisma'], referral: string): Promise<void> {
  await prisma.referral.updateMany({ where: { id: referral }, data: { opened: { increment: 1 } } })
}

/** What happened with the referrals of a request that the reader may see, newest first. */
export async function historyOfReferrals(
  { prisma }: Pick<Part, 'prisma'>,
  request: string,
): Promise<
  readonly { readonly id: string; readonly at: Date; readonly by: By; readonly happening: Happening }[]
> {
  const rows = await prisma.event.findMany({
    where: { requestId: request, type: { startsWith: 'referral_' } },
    orderBy: { id: 'desc' },
    take: 60,
  })
  return rows.map((row) => ({
    ...{ id: row.id, at: row.at, by: byOf(row.by, row.staffId) },
    happening: happeningOf(row.type, row.facts, undefined),
  }))
}

/** Sent, and not a word in time; nobody was told yet. Longest due first. */
export async function silentReferrals(
  prisma: Part['prisma'],
  now: Date,
  limit: number,
): Promise<readonly { readonly id: string; readonly request: string }[]> {
  const rows = await prisma.referral.findMany({
    where: { answerDueAt: { lte: now }, state: 'sent', silentAt: null },
    orderBy: { answerDueAt: 'asc' },
    take: limit,
    select: { id: true, requestId: true },
  })
  return rows.map(({ id, requestId }) => ({ id, request: requestId }))
}

/** The address is long and random: a plain hash tells nothing of it. */
function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
