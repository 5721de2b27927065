/** The first half of a batch: every lane gets what its turn starts from. */
import type { Log } from '../log.ts'
import type { Road, Standing } from '../store/road.ts'
import type { Clock } from '../world.ts'

export type Met = NonNullable<Awaited<ReturnType<Road['arrive']>>[number]>

/** What waits in a lane: an arrival just written, a look for arrivals left unhandled, or the passing of time. */
export type Task =
  | { readonly kind: 'met'; readonly met: Met; readonly at: Date }
  | { readonly kind: 'follow' | 'wake'; readonly address: string; readonly races: number }
export type Taken = { readonly lane: string; readonly task: Task }

/** One lane of a batch, loaded and ready for its turn; `met` is absent for the passing of time. */
export type Loaded = {
  readonly lane: string
  readonly task: Task
  readonly standing: Standing
  readonly met?: Met
}

type LoadParts = { readonly road: Road; readonly log: Log; readonly clock: Clock }

/** What was read with an arrival that waited longer for its turn is read again: staff may have acted meanwhile. */
const freshMilliseconds = 1_000

/** Gives the lanes that have a turn to take. */
export async function loadBatch(parts: LoadParts, batch: readonly Taken[]): Promise<readonly Loaded[]> {
  const oldest = parts.clock.now().getTime() - freshMilliseconds
  const isFresh = ({ task }: Taken) => task.kind === 'met' && task.at.getTime() >= oldest
  const woken = batch.filter(({ task }) => task.kind === 'wake')
  const followed = batch.filter((one) => one.task.kind !== 'wake' && !isFresh(one))
  // What has its turn must get it although something else could not be read.
  const [read, stood] = await Promise.all([
    next(parts, followed).catch((error: unknown) => leave(parts, followed, error)),
    stand(parts, woken).catch((error: unknown) => leave(parts, woken, error)),
  ])
  const fresh = batch.flatMap(({ lane, task }) => {
    if (task.kind !== 'met' || task.at.getTime() < oldest) return []
    return [{ lane, task, standing: task.met.standing, met: task.met }]
  })
  return [...fresh, ...read, ...stood]
}

async function next(parts: LoadParts, batch: readonly Taken[]): Promise<Loaded[]> {
  if (batch.length === 0) return []
  const met = await parts.road.next(batch.map(addressOf))
  return batch.flatMap(({ lane, task }, i) => {
    const one = met[i]
    return one ? [{ lane, task, standing: one.standing, met: one }] : []
  })
}

/** Only those whose moment has come: the person may have written meanwhile. */
async function stand(parts: LoadParts, batch: readonly Taken[]): Promise<Loaded[]> {
  if (batch.length === 0) return []
  const now = parts.clock.now().getTime()
  const standings = await parts.road.stand(batch.map(addressOf))
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

function addressOf({ task }: Taken): string {
  return task.kind === 'met' ? task.met.standing.address.id : task.address
}
