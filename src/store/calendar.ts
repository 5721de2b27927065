/**
 * What stands in the calendars of staff. Of a request that the reader may not see nothing is shown but that the time is
 * taken; whose calendars they open at all is decided by the page.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { By, Happening } from '../core/event.ts'
import type { FollowUpKind, FollowUpState } from '../core/followup.ts'
import type { Staff } from '../core/staff.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { byOf, happeningOf } from './event-parts.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

/** `seen` is absent where the reader may only know that the time is taken. */
export type CalendarEntry = {
  readonly id: string
  readonly staff: string
  readonly at: Date
  readonly minutes: number
  readonly seen?: {
    readonly state: FollowUpState
    readonly kind: FollowUpKind
    readonly reference: string
    readonly person?: string
    readonly name?: string
  }
}

/** Follow-ups of these members of staff within a time, in order. */
export async function listCalendar(
  { prisma, keys }: Part,
  reader: Staff,
  { staff, from, until }: { readonly staff: readonly string[]; readonly from: Date; readonly until: Date },
): Promise<readonly CalendarEntry[]> {
  const rows = await prisma.followUp.findMany({
    where: {
      ...{ staffId: { in: [...staff] }, at: { gte: from, lt: until } },
      state: { in: ['proposed', 'agreed', 'done', 'missed'] },
    },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: 500,
  })
  const requests = await prisma.request.findMany({
    where: { AND: [{ id: { in: rows.flatMap((row) => row.requestId ?? []) } }, requestsSeenBy(reader)] },
    select: { id: true, reference: true, person: { select: { id: true, keyId: true, nameEnc: true } } },
  })
  await keys.load(requests.flatMap(({ person }) => person?.keyId ?? []))
  const seen = new Map(requests.map((request) => [request.id, request]))
  return rows.flatMap((row): CalendarEntry[] => {
    if (!row.at || !row.staffId) return []
    const time = { id: row.id, staff: row.staffId, at: row.at, minutes: row.minutes ?? 60 }
    const request = row.requestId === null ? undefined : seen.get(row.requestId)
    // What is over takes nobody's time.
    if (!request) return row.state === 'proposed' || row.state === 'agreed' ? [time] : []
    const { person } = request
    const name = person
      ? keys.read(person.keyId, placeOf('person', 'name_enc', person.id), person.nameEnc)
      : undefined
    return [
      {
        ...time,
        seen: {
          // Written from the unions.
          ...{ state: row.state as FollowUpState, kind: (row.kind ?? 'meeting') as FollowUpKind },
          reference: request.reference,
          ...(person ? { person: person.id } : {}),
          ...(name === undefined ? {} : { name }),
        },
      },
    ]
  })
}

/** What happened with the follow-ups of a request that the reader may see, newest first. */
export async function historyOfFollowUps(
  prisma: Part['prisma'],
  request: string,
): Promise<
  readonly { readonly id: string; readonly at: Date; readonly by: By; readonly happening: Happening }[]
> {
  const rows = await prisma.event.findMany({
    where: { requestId: request, OR: [{ type: { startsWith: 'follow_up_' } }, { type: 'visit_asked' }] },
    orderBy: { id: 'desc' },
    take: 40,
  })
  return rows.map((row) => ({
    ...{ id: row.id, at: row.at, by: byOf(row.by, row.staffId) },
    happening: happeningOf(row.type, row.facts, undefined),
  }))
}

/** A new secret address of a calendar; the one before is worth nothing from here on. */
export async function renewFeed(prisma: Part['prisma'], staff: string, now: Date): Promise<string> {
  const code = randomBytes(24).toString('base64url')
  const row = { feedHash: hashOf(code), changedAt: now }
  await prisma.diary.upsert({ where: { id: staff }, create: { id: staff, ...row }, update: row })
  return code
}

/** Nobody reads it from elsewhere any more. */
export async function endFeed(prisma: Part['prisma'], staff: string, now: Date): Promise<void> {
  await prisma.diary.updateMany({ where: { id: staff }, data: { feedHash: null, changedAt: now } })
}

export async function hasFeed(prisma: Part['prisma'], staff: string): Promise<boolean> {
  const row = await prisma.diary.findUnique({ where: { id: staff }, select: { feedHash: true } })
  return row?.feedHash != null
}

export type FeedEntry = {
  readonly id: string
  readonly at: Date
  readonly minutes: number
  readonly agreed: boolean
  readonly kind: FollowUpKind
  /** Absent for what is not to be named outside the office. */
  readonly reference?: string
  readonly place?: string
}

/**
 * What a secret address shows: of active staff, without anybody's name, and of a matter that is not open only that the
 * time is taken. Undefined for an address that is none.
 */
export async function readFeed(
  prisma: Part['prisma'],
  code: string,
  from: Date,
): Promise<readonly FeedEntry[] | undefined> {
  const diary = await prisma.diary.findUnique({ where: { feedHash: hashOf(code) }, select: { id: true } })
  const owner =
    diary && (await prisma.staff.findFirst({ where: { id: diary.id, active: true }, select: { id: true } }))
  if (!owner) return undefined
  const rows = await prisma.followUp.findMany({
    where: { staffId: owner.id, at: { gte: from }, state: { in: ['proposed', 'agreed'] } },
    orderBy: { at: 'asc' },
    take: 500,
    include: { request: { select: { reference: true, visibility: true } } },
  })
  const offices = await prisma.office.findMany({
    where: { id: { in: rows.flatMap((row) => row.officeId ?? []) } },
    select: { id: true, name: true, place: true },
  })
  return rows.flatMap((row): FeedEntry[] => {
    if (!row.at) return []
    const time = { id: row.id, at: row.at, minutes: row.minutes ?? 60, agreed: row.state === 'agreed' }
    const kind = (row.kind ?? 'meeting') as FollowUpKind
    if (row.request?.visibility !== 'open') return [{ ...time, kind }]
    const office = offices.find(({ id }) => id === row.officeId)
    const place = office && (office.place || office.name)
    return [{ ...time, kind, reference: row.request.reference, ...(place ? { place } : {}) }]
  })
}

/** The address is long and random: a plain hash tells nothing of it. */
function hashOf(code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(code).digest())
}
