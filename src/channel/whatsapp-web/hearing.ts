/** What a session hears, read and passed on: arrivals to the inbox, reports and what staff typed to the ears. */
import type { Incoming } from '../../core/message.ts'
import type { Clock } from '../../world.ts'
import type { Ears } from '../contract.ts'
import type { Acks } from './acks.ts'
import type { Inbox } from './inbox.ts'
import { readAck, readEdit, readMessage, readReaction, readRevoke, readUndecrypted } from './parse.ts'
import type { SessionEars } from './session.ts'
import type { Typing } from './typed.ts'

export type HearingParts = {
  readonly channel: string
  readonly clock: Pick<Clock, 'now'>
  readonly ears: Pick<Ears, 'reported'>
  readonly inbox: Pick<Inbox, 'add'>
  readonly acks: Pick<Acks, 'note'>
  readonly typing: Typing
  /** The phone behind a hidden id, where it is known. */
  readonly phoneOf: (chat: string) => string | undefined
  readonly noticed: (error: unknown) => void
}

export type Hearing = {
  readonly ears: Omit<SessionEars, 'code' | 'ready' | 'called'>
  /** Keeps what is said from here on until what was said before is found: nobody's words may change places. */
  hold(): void
  /** A message found by looking back. */
  find(data: unknown): void
  /** Takes in what was kept meanwhile. */
  release(): void
}

export function makeHearing(parts: HearingParts): Hearing {
  const { channel, clock, ears, inbox, acks, typing, phoneOf, noticed } = parts
  const undecrypted = new Set<string>()
  const reader = () => ({ channel, now: clock.now(), phoneOf })
  const add = (incoming: Incoming | undefined) => incoming && inbox.add(incoming)

  function take(data: unknown, missed: boolean): void {
    const read = readMessage(data, reader())
    if (read?.is === 'typed') typing.take(read.typed, missed)
    if (read?.is !== 'said') return
    const { incoming } = read
    // It was told before, as something that nobody could read: its words come as a correction.
    const edit = undecrypted.delete(incoming.externalId) ? 1 : 0
    inbox.add({ ...incoming, edit }, missed)
  }

  let kept: unknown[] | undefined

  return {
    hold() {
      kept = []
    },
    find: (data) => take(data, true),
    release() {
      const waiting = kept ?? []
      kept = undefined
      for (const data of waiting) take(data, false)
    },
    ears: {
      message: (data) => (kept ? void kept.push(data) : take(data, false)),
      edited: (data) => add(readEdit(data, reader())),
      revoked: (data) => add(readRevoke(data, reader())),
      reacted: (data) => add(readReaction(data, reader())),
      undecrypted(data) {
        const incoming = readUndecrypted(data, reader())
        if (incoming) undecrypted.add(incoming.externalId)
        add(incoming)
      },
      acknowledged(id, ack) {
        if (!acks.note(id, ack)) return
        const report = readAck(id, ack, reader())
        if (report) ears.reported([report]).catch(noticed)
      },
    },
  }
}
