/** How often a session is looked after, and how long it is waited for. */
import { rest } from '../rest.ts'

/** In milliseconds. */
export type Rounds = {
  /** How often staff's orders are read. */
  readonly orders: number
  /** How often the session is asked whether it lives. */
  readonly check: number
  /** How long WhatsApp may take to acknowledge what was sent. */
  readonly ack: number
  /** Before the next session begins; doubled while they go on ending at once. */
  readonly pause: number
  /** The same after another session took over, which would do so again. */
  readonly conflict: number
}

export const ourRounds: Rounds = { orders: 2_000, check: 30_000, ack: 90_000, pause: 1_000, conflict: 15_000 }

/** Does something again and again, with a rest between, until `signal` is aborted. */
export async function every(
  milliseconds: number,
  signal: AbortSignal,
  act: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await act()
    await rest(milliseconds, signal)
  }
}
