/**
 * What every turn must know of the office: hours and holidays, who is on duty, who sits in which queue, the offices and
 * the emergency number. Read together, kept for a few seconds, and handed to pure code as one value.
 */
import { type Calendar, type Hours, makeCalendar } from '../core/calendar.ts'
import type { QueueKey } from '../core/queue.ts'
import type { Database } from '../store/database.ts'
import type { Clock } from '../world.ts'

export type DutyLine = 'protection' | 'psea' | 'critical'

export type Surroundings = {
  readonly calendar: Calendar
  /** Present and coming spans of duty. */
  readonly duty: readonly {
    readonly staff: string
    readonly line: DutyLine
    readonly from: Date
    readonly until: Date
  }[]
  /** Active staff by the queue they sit in. */
  readonly staffOf: ReadonlyMap<QueueKey, readonly string[]>
  readonly offices: readonly {
    readonly id: string
    readonly regions: readonly string[]
    readonly place: string
  }[]
  /** Set only once somebody has verified it. */
  readonly emergencyNumber?: string
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

/** On duty on a line at a moment, the one who began first. */
export function onDuty(town: Surroundings, line: DutyLine, at: Date): string | undefined {
  return town.duty.find((span) => span.line === line && span.from <= at && at < span.until)?.staff
}

/** The office that serves a region. */
export function officeOf(
  town: Surroundings,
  region: string | undefined,
): Surroundings['offices'][number] | undefined {
  return region === undefined ? undefined : town.offices.find(({ regions }) => regions.includes(region))
}

async function readSurroundings(prisma: Database['prisma'], now: Date): Promise<Surroundings> {
  const [duty, queueStaff, offices, holidays, settings] = await Promise.all([
    prisma.duty.findMany({ where: { until: { gt: now } }, orderBy: { from: 'asc' } }),
    prisma.queueStaff.findMany({ where: { staff: { active: true } }, orderBy: { staffId: 'asc' } }),
    prisma.office.findMany({ orderBy: { key: 'asc' } }),
    prisma.holiday.findMany(),
    prisma.setting.findMany({ where: { key: { in: ['office_hours', 'emergency_number'] } } }),
  ])
  const setting = (key: string) => settings.find((one) => one.key === key)?.value
  const staffOf = new Map<QueueKey, string[]>()
  for (const { queue, staffId } of queueStaff) {
    // Keys are fixed in core/queue.ts; the table has no others.
    const seats = staffOf.get(queue as QueueKey) ?? []
    staffOf.set(queue as QueueKey, [...seats, staffId])
  }
  return {
    calendar: makeCalendar(
      // Written by the console's form, which has judged it.
      setting('office_hours') as Hours | undefined,
      holidays.map(({ day }) => day.toISOString().slice(0, 10)),
    ),
    duty: duty.map((span) => ({
      staff: span.staffId,
      line: span.line as DutyLine,
      from: span.from,
      until: span.until,
    })),
    staffOf,
    offices: offices.map(({ id, regions, place }) => ({ id, regions, place })),
    emergencyNumber: verifiedNumber(setting('emergency_number')),
  }
}

/** The setting is `{number, verifiedAt}`; a number that nobody has verified is not said to anybody. */
function verifiedNumber(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { number, verifiedAt } = value as { number?: unknown; verifiedAt?: unknown }
  return typeof number === 'string' && number !== '' && typeof verifiedAt === 'string' ? number : undefined
}
