/**
 * Who of those that listen hears what. All open lines hear of a change together: what the rule of access asks about is
 * loaded once, however many they are, and judged for each member of staff.
 */
import type { Staff } from '../core/staff.ts'
import type { Log } from '../log.ts'
import { seesFeedback } from '../store/access-feedback.ts'
import { personAccessRows, requestAccessRows, seesPerson, seesRequest } from '../store/access-row.ts'
import type { Database } from '../store/database.ts'
import { isId } from '../store/request.ts'
import { seesCampaigns } from '../turn/act-campaign.ts'

export type Line = {
  /** Looked up again from time to time: queues and roles change. */
  staff: Staff
  write(name: string): void
  end(): void
}

export type Lines = {
  add(line: Line): void
  remove(line: Line): void
  /** How many lines a member of staff has open. */
  of(staff: string): number
  all(): Iterable<Line>
  /** Tells these names to whom they concern, soon. */
  tell(names: readonly string[]): void
}

/** Hints of a busy second go together: a page fetches no faster than this. */
const calm = 300

export function makeLines({ prisma }: Pick<Database, 'prisma'>, log: Log): Lines {
  const lines = new Set<Line>()
  const waiting = new Set<string>()
  let telling = false

  /** Tells what waits, then rests; whatever comes meanwhile goes together. */
  async function pump(): Promise<void> {
    if (telling) return
    telling = true
    try {
      while (waiting.size > 0 && lines.size > 0) {
        const names = [...waiting]
        waiting.clear()
        await tellAll(prisma, lines, names)
        await new Promise((resolve) => setTimeout(resolve, calm).unref())
      }
      waiting.clear()
    } catch (error) {
      // Pages come back and fetch everything.
      log.error('hints could not be told', error)
      for (const line of lines) line.end()
    } finally {
      telling = false
    }
  }

  return {
    add: (line) => void lines.add(line),
    remove: (line) => void lines.delete(line),
    of: (staff) => [...lines].filter((line) => line.staff.id === staff).length,
    all: () => lines,
    tell(names) {
      for (const name of names) waiting.add(name)
      void pump()
    },
  }
}

async function tellAll(
  prisma: Database['prisma'],
  lines: ReadonlySet<Line>,
  names: readonly string[],
): Promise<void> {
  const heard = readNames(names)
  const [requests, persons] = await Promise.all([
    requestAccessRows(prisma, [...new Set(Object.values(heard.requests).flatMap((ids) => [...ids]))]),
    personAccessRows(prisma, [...heard.persons]),
  ])
  const told = new Map<Staff, readonly string[]>()
  for (const line of lines) {
    const events =
      told.get(line.staff) ?? eventsFor(line.staff, { ...heard, rows: requests, people: persons })
    told.set(line.staff, events)
    for (const event of events) line.write(event)
  }
}

/** Kinds of names that are about one request. */
const kinds = ['request', 'thread', 'presence', 'opened', 'said'] as const
type Kind = (typeof kinds)[number]

type Heard = {
  readonly requests: Readonly<Record<Kind, ReadonlySet<string>>>
  readonly persons: ReadonlySet<string>
  /** The names as they came, for queues and staff. */
  readonly names: readonly string[]
}

function readNames(names: readonly string[]): Heard {
  const ids = (kind: string) =>
    new Set(
      names
        .filter((name) => name.startsWith(`${kind}-`))
        .map((name) => name.slice(kind.length + 1))
        .filter(isId),
    )
  const requests = Object.fromEntries(kinds.map((kind) => [kind, ids(kind)])) as Record<Kind, Set<string>>
  return { requests, persons: ids('person'), names }
}

type Known = Heard & {
  readonly rows: Awaited<ReturnType<typeof requestAccessRows>>
  readonly people: Awaited<ReturnType<typeof personAccessRows>>
}

/** The names that this reader may hear, and `list` for everything that changes lists and counts. */
function eventsFor(staff: Staff, { requests, rows, people, names }: Known): readonly string[] {
  const seen = rows.filter((row) => seesRequest(staff, row))
  const of = (kind: Kind) => seen.filter(({ id }) => requests[kind].has(id))
  const own = new Set([`staff-${staff.id}`, ...staff.queues.map((queue) => `queue-${queue}`)])
  const changed = of('request')
  const moved = changed.length > 0 || names.some((name) => own.has(nearTo(staff, name)))
  // What somebody would turn their head for: a new request where they sit, a new word in what is theirs.
  const calls =
    of('opened').some(({ queue }) => staff.queues.includes(queue)) ||
    of('said').some(({ ownerId }) => ownerId === staff.id)
  return [
    ...changed.map(({ id }) => `request-${id}`),
    ...of('thread').map(({ id }) => `thread-${id}`),
    ...of('presence').map(({ id }) => `presence-${id}`),
    ...people.filter((row) => seesPerson(staff, row)).map(({ id }) => `person-${id}`),
    ...(moved ? ['list'] : []),
    ...(names.includes(`alert-${staff.id}`) ? ['alerts'] : []),
    ...(names.includes('channels') ? ['channels'] : []),
    ...(seesCampaigns(staff) ? names.filter((name) => /^(?:decisions$|campaign(?:s$|-))/.test(name)) : []),
    ...(seesFeedback(staff) && names.includes('feedback') ? ['feedback'] : []),
    ...(calls ? ['call'] : []),
  ]
}

/** A name of a queue for one office is that of the queue to its members there, and to those who belong to no office. */
function nearTo({ office }: Staff, name: string): string {
  const [, queue, of] = /^(queue-[a-z]+)-(.+)$/.exec(name) ?? []
  return queue !== undefined && (office === undefined || office === of) ? queue : name
}
