/** What is to happen in the story and when; each thing that happens may put others on the agenda. */
export type Agenda = {
  /** At this moment, after everything that was put there for the same moment before. */
  at(moment: Date, happen: (at: Date) => void): void
  /** Lets everything happen, in the order of time, that lies not after `end`; the rest stays untold. */
  run(end: Date): void
}

type Entry = { readonly at: Date; readonly order: number; readonly happen: (at: Date) => void }

export function makeAgenda(): Agenda {
  // A binary heap: the earliest entry stands first.
  const heap: Entry[] = []
  let order = 0
  const before = (one: number, other: number): boolean => {
    const [a, b] = [heap[one], heap[other]]
    if (!a || !b) return false
    const apart = a.at.getTime() - b.at.getTime()
    return apart < 0 || (apart === 0 && a.order < b.order)
  }
  const swap = (one: number, other: number) => {
    const [a, b] = [heap[one], heap[other]]
    if (a && b) [heap[one], heap[other]] = [b, a]
  }
  const push = (entry: Entry) => {
    let place = heap.push(entry) - 1
    while (place > 0) {
      const above = (place - 1) >> 1
      if (!before(place, above)) return
      swap(place, above)
      place = above
    }
  }
  const pop = (): Entry | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    heap[0] = last
    for (let place = 0; ; ) {
      const least = [2 * place + 1, 2 * place + 2].reduce(
        (best, child) => (before(child, best) ? child : best),
        place,
      )
      if (least === place) return first
      swap(place, least)
      place = least
    }
  }
  return {
    at: (moment, happen) => push({ at: moment, order: order++, happen }),
    run(end) {
      for (let entry = pop(); entry && entry.at <= end; entry = pop()) entry.happen(entry.at)
    },
  }
}
