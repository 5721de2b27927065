/** What WhatsApp has acknowledged of what we sent, and who waits to hear it. */

export type Acks = {
  /** Notes how far a message has come; gives whether that is news. */
  note(id: string, ack: number): boolean
  /** Resolves with whether it was acknowledged in time; at once when it was before. */
  sent(id: string, milliseconds: number): Promise<boolean>
}

const remembered = 5_000

export function makeAcks(): Acks {
  const known = new Map<string, number>()
  const waiting = new Map<string, Set<() => void>>()
  return {
    note(id, ack) {
      if (ack <= (known.get(id) ?? 0)) return false
      known.delete(id)
      known.set(id, ack)
      const oldest = known.keys().next()
      if (known.size > remembered && !oldest.done) known.delete(oldest.value)
      for (const tell of waiting.get(id) ?? []) tell()
      return true
    },
    sent(id, milliseconds) {
      if ((known.get(id) ?? 0) >= 1) return Promise.resolve(true)
      return new Promise((resolve) => {
        const waiters = waiting.get(id) ?? new Set()
        waiting.set(id, waiters)
        const settle = (came: boolean) => {
          clearTimeout(timer)
          waiters.delete(heard)
          if (waiters.size === 0) waiting.delete(id)
          resolve(came)
        }
        const heard = () => settle(true)
        const timer = setTimeout(settle, milliseconds, false)
        waiters.add(heard)
      })
    },
  }
}
