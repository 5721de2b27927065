/**
 * What waits to be handled, one line of it per lane. A batch takes the first of each lane, so it never holds two of one
 * lane, and a lane that is being worked on gives nothing until it is put back: that keeps the order of an address.
 */

export type LaneQueue<Task> = {
  /** Behind everything that waits in this lane. */
  add(lane: string, task: Task): void
  /** Before everything that waits in this lane. */
  putBack(lane: string, task: Task): void
  /** The first task of up to `most` idle lanes, longest waiting first; those lanes are busy until `done`. */
  take(most: number): readonly { readonly lane: string; readonly task: Task }[]
  done(lane: string): void
  /** Whether `take` would give something. */
  readonly ready: boolean
  /** Whether nothing waits and no lane is busy. */
  readonly idle: boolean
  /** Empties every lane and gives what waited. */
  drain(): readonly Task[]
}

export function makeLaneQueue<Task>(): LaneQueue<Task> {
  const waiting = new Map<string, Task[]>()
  const busy = new Set<string>()
  /** Idle lanes with something waiting, in the order in which they came to be so. */
  const ready = new Set<string>()

  function tasksOf(lane: string): Task[] {
    const tasks = waiting.get(lane) ?? []
    waiting.set(lane, tasks)
    if (!busy.has(lane)) ready.add(lane)
    return tasks
  }

  return {
    add: (lane, task) => void tasksOf(lane).push(task),
    putBack: (lane, task) => void tasksOf(lane).unshift(task),
    take(most) {
      const taken: { lane: string; task: Task }[] = []
      for (const lane of ready) {
        if (taken.length === most) break
        const task = waiting.get(lane)?.shift()
        ready.delete(lane)
        if (task === undefined) continue
        busy.add(lane)
        taken.push({ lane, task })
      }
      return taken
    },
    done(lane) {
      busy.delete(lane)
      if (waiting.get(lane)?.length) ready.add(lane)
      else waiting.delete(lane)
    },
    get ready() {
      return ready.size > 0
    },
    get idle() {
      return ready.size === 0 && busy.size === 0
    },
    drain() {
      const left = [...waiting.values()].flat()
      waiting.clear()
      ready.clear()
      return left
    },
  }
}
