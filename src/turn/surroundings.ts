/**
 * What every turn must know of the office: hours and holidays, who is on duty, who sits in which queue, the offices and
 * the emergency number. Read together, kept for a few seconds, and handed to pure code as one value.
 */

import { voiceBudgetOf } from '../core/answering.ts'
import { type Calendar, type Hours, makeCalendar } from '../core/calendar.ts'
import { type DutyLine, mayBeOnDuty } from '../core/duty.ts'
import { isVerified } from '../core/emergency.ts'
import { officeName, type StaffName, staffName } from '../core/named.ts'
import type { QueueKey } from '../core/queue.ts'
import type { Database } from '../store/database.ts'
import type { Clock } from '../world.ts'

export type Surroundings = {
  readonly calendar: Calendar
  /**
   * Present and coming spans of duty of active staff, whoever is called first at the head. On the lines of protection and
   * PSEA only of those who sit in a queue that guards sealed matters, on the others that have a queue of those who sit in
   * it: being on duty lets in nobody else, and promises nothing for them.
   */
  readonly duty: readonly {
    readonly staff: string
    readonly line: DutyLine
    readonly rank: number
    readonly from: Date
    readonly until: Date
  }[]
  /** Active staff by the queue they sit in. */
  readonly staffOf: ReadonlyMap<QueueKey, readonly string[]>
  /** The office of active staff who belong to one. */
  readonly officeOfStaff: ReadonlyMap<string, string>
  /** The direct supervisor of active staff who have one. */
  readonly supervisorOf: ReadonlyMap<string, string>
  /** What the names of active staff sound like, by which they are found when somebody is named. */
  readonly names: readonly StaffName[]
  /** The same of our offices. */
  readonly officeNames: readonly StaffName[]
  readonly offices: readonly {
    readonly id: string
    readonly regions: readonly string[]
    readonly place: string
  }[]
  /** Set only when somebody has verified it, and not too long ago. */
  readonly emergencyNumber?: string
  /** Bytes of recorded sentences that one person may get in a month. */
  readonly voiceBudget?: number
}

/** Where turns get it from. A change in the console is seen by every process within `fresh` milliseconds. */
export type Watch = {
  /** What is known; reads again when it is older than a few seconds. Fails only when it was never read. */
  current(): Promise<Surroundings>
  /** Reads again at the next `current`. */
  forget(): void
}

const fresh = 5_000
/** With the database away, what was known holds this long. */
const stale = 10 * 60_000

/** Makes the watch; `clock` only says how old the knowledge is. */
export function makeWatch(prisma: Database['prisma'], clock: Pick<Clock, 'now'>): Watch {
  let known: { readonly value: Surroundings; readonly at: number } | undefined
  let reading: Promise<Surroundings> | undefined

  async function read(): Promise<Surroundings> {
    const at = clock.now().getTime()
    try {
      const value = await readSurroundings(prisma, new Date(at))
      known = { value, at }
      return value
    } catch (error) {
      if (known && Math.abs(at - known.at) < stale) return known.value
      throw error
    } finally {
      reading = undefined
    }
  }

  return {
    async current() {
      if (known && Math.abs(clock.now().getTime() - known.at) < fresh) return known.value
      reading ??= read()
      return reading
    },
    forget() {
      known = undefined
    },
  }
}

/** Whoever is called first on a line at a moment. */
export function onDuty(town: Surroundings, line: DutyLine, at: Date): string | undefined {
  return allOnDuty(town, line, at)[0]?.staff
}

/** Everybody on duty on a line at a moment, in the order in which they are called. */
export function allOnDuty(town: Surroundings, line: DutyLine, at: Date): Surroundings['duty'] {
  return town.duty.filter((span) => span.line === line && span.from <= at && at < span.until)
}

/** The office that serves a region. */
export function officeOf(
  town: Surroundings,
  region: string | undefined,
): Surroundings['offices'][number] | undefined {
  return region === undefined ? undefined : town.offices.find(({ regions }) => regions.includes(region))
}

async function readSurroundings(prisma: Database['prisma'], now: Date): Promise<Surroundings> {
  const [duty, staff, offices, holidays, settings] = await Promise.all([
    prisma.duty.findMany({
      where: { until: { gt: now } },
      omit: { id: true },
      orderBy: [{ rank: 'asc' }, { from: 'asc' }],
    }),
    prisma.staff.findMany({
      where: { active: true },
      orderBy: { id: 'asc' },
      select: {
        id: true,
        name: true,
        supervisorId: true,
        officeId: true,
        queues: { select: { queue: true } },
      },
    }),
    prisma.office.findMany({ orderBy: { key: 'asc' } }),
    prisma.holiday.findMany(),
    prisma.setting.findMany({ where: { key: { in: ['office_hours', 'emergency_number', 'voice_budget'] } } }),
  ])
  const setting = (key: string) => settings.find((one) => one.key === key)?.value
  const staffOf = new Map<QueueKey, string[]>()
  for (const { id, queues } of staff) {
    for (const { queue } of queues) {
      // Keys are fixed in core/queue.ts; the table has no others.
      const seats = staffOf.get(queue as QueueKey) ?? []
      staffOf.set(queue as QueueKey, [...seats, id])
    }
  }
  const seats = new Map(staff.map(({ id, queues }) => [id, { queues: queues.map(({ queue }) => queue) }]))
  return {
    calendar: makeCalendar(
      // Written by the console's form, which has judged it.
      setting('office_hours') as Hours | undefined,
      holidays.map(({ day }) => day.toISOString().slice(0, 10)),
    ),
    duty: duty
      .map(({ staffId, line, ...span }) => ({ ...span, staff: staffId, line: line as DutyLine }))
      .filter(({ staff: id, line }) => {
        const seated = seats.get(id)
        return seated !== undefined && mayBeOnDuty(line, seated)
      }),
    staffOf,
    officeOfStaff: new Map(staff.flatMap(({ id, officeId }) => (officeId ? [[id, officeId]] : []))),
    supervisorOf: new Map(
      staff.flatMap(({ id, supervisorId }) => (supervisorId ? [[id, supervisorId]] : [])),
    ),
    names: staff.map(({ id, name }) => staffName(id, name)),
    officeNames: offices.map(({ id, name }) => officeName(id, name)),
    offices: offices.map(({ id, regions, place }) => ({ id, regions, place })),
    emergencyNumber: verifiedNumber(setting('emergency_number'), now),
    voiceBudget: voiceBudgetOf(setting('voice_budget')),
  }
}

/** The setting is `{number, verifiedAt}`; a number that nobody has verified lately is not said to anybody. */
function verifiedNumber(value: unknown, now: Date): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { number, verifiedAt } = value as { number?: unknown; verifiedAt?: unknown }
  if (typeof number !== 'string' || number === '' || typeof verifiedAt !== 'string') return undefined
  return isVerified(new Date(verifiedAt), now) ? number : undefined
}
