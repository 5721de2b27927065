/** The first half of a batch: arrivals become rows, and every lane gets what its turn starts from. */
import type { Incoming } from '../core/message.ts'
import type { Log } from '../log.ts'
import type { Road, Standing } from '../store/road.ts'
import type { Clock } from '../world.ts'
import { isPassing } from './passing.ts'

export type Arriving = { readonly id: string; readonly at: Date; readonly incoming: Incoming }

/** What waits in a lane: an arrival, a look for arrivals left unhandled, or the passing of time. */
export type Task =
  | { readonly kind: 'arrive'; readonly arriving: Arriving; done(): void; fail(error: unknown): void }
  | { readonly kind: 'follow' | 'wake'; readonly address: string; readonly races: number }
export type Taken = { readonly lane: string; readonly task: Task }

type Met = NonNullable<Awaited<ReturnType<Road['next']>>[number]>

/** One lane of a batch, loaded and ready for its turn; `met` is absent for the passing of time. */
export type Loaded = {
  readonly lane: string
  readonly task: Task
  readonly standing: Standing
  readonly met?: Met
}

type LoadParts = { readonly road: Road; readonly log: Log; readonly clock: Clock }

/**
 * Writes the arrivals of a batch, answers for them (`done`, or `fail` when they could not be written), and gives the lanes
 * that have a turn to take: repeats have none, and a lane with earlier arrivals waiting is put back to take those first.
 */
export async function loadBatch(
  parts: LoadParts,
  batch: readonly Taken[],
  putBack: (lane: string, task: Task) => void,
): Promise<readonly Loaded[]> {
  const of = (kind: Task['kind']) => batch.filter(({ task }) => task.kind === kind)
  const [arrived, followed, woken] = await Promise.all([
    arrive(parts, of('arrive'), putBack),
    // What arrived must get its turn although something else could not be read.
    next(parts, of('follow')).catch((error: unknown) => leave(parts, of('follow'), error)),
    stand(parts, of('wake')).catch((error: unknown) => leave(parts, of('wake'), error)),
  ])
  return [...arrived, ...followed, ...woken]
}

async function arrive(
  parts: LoadParts,
  batch: readonly Taken[],
  putBack: (lane: string, task: Task) => void,
): Promise<Loaded[]> {
  const tasks = batch.flatMap(({ lane, task }) => (task.kind === 'arrive' ? [{ lane, task }] : []))
  if (tasks.length === 0) return []
  let met: Awaited<ReturnType<Road['arrive']>>
  try {
    met = await parts.road.arrive(tasks.map(({ task }) => task.arriving))
  } catch (error) {
    // One arrival that the database does not take must not cost the others theirs.
    if (tasks.length > 1 && !isPassing(error)) {
      const alone: Loaded[] = []
      for (const one of batch) alone.push(...(await arrive(parts, [one], putBack)))
      return alone
    }
    parts.log.error('arrivals could not be written', error, { arrivals: tasks.length })
    for (const { task } of tasks) task.fail(error)
    return []
  }
  for (const { task } of tasks) task.done()
  return tasks.flatMap(({ lane, task }, i) => {
    const one = met[i]
    if (one?.arrived.behind) putBack(lane, { kind: 'follow', address: one.standing.address.id, races: 0 })
    return one && !one.arrived.behind ? [{ lane, task, standing: one.standing, met: one }] : []
  })
}

async function next(parts: LoadParts, batch: readonly Taken[]): Promise<Loaded[]> {
  if (batch.length === 0) return []
  const met = await parts.road.next(batch.flatMap(addressOf))
  return batch.flatMap(({ lane, task }, i) => {
    const one = met[i]
    return one ? [{ lane, task, standing: one.standing, met: one }] : []
  })
}

/** Only those whose moment has come: the person may have written meanwhile. */
async function stand(parts: LoadParts, batch: readonly Taken[]): Promise<Loaded[]> {
  if (batch.length === 0) return []
  const now = parts.clock.now().getTime()
  const standings = await parts.road.stand(batch.flatMap(addressOf))
  return batch.flatMap(({ lane, task }, i) => {
    const standing = standings[i]
    return standing && isDue(standing, now) ? [{ lane, task, standing }] : []
  })
}

/** A moment that the conversation waits for, or something of our own accord. */
function isDue(standing: Standing, now: number): boolean {
  const { session, person, followUps = [], referrals = [], loops } = standing
  const wakeAt = session.state?.wakeAt
  if (wakeAt !== undefined && wakeAt <= now) return true
  if (person?.checkInAt && person.checkInAt.getTime() <= now) return true
  if (loops?.some(({ at, asked }) => !asked && at.getTime() <= now)) return true
  return [...followUps, ...referrals].some(({ prompt }) => prompt && prompt.at.getTime() <= now)
}

/** The sweeper finds them again. */
function leave(parts: LoadParts, batch: readonly Taken[], error: unknown): Loaded[] {
  parts.log.error('lanes could not be read and are left to the sweeper', error, { lanes: batch.length })
  return []
}

function addressOf({ task }: Taken): string[] {
  return task.kind === 'arrive' ? [] : [task.address]
}
