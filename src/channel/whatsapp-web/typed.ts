/** What staff write on the phone itself. Our own messages come the same way and are told apart once their id is known. */
import type { Typed } from '../../core/message.ts'
import type { Ears } from '../contract.ts'
import { isFromPhone } from './parse.ts'
import { makeMemory } from './patience.ts'

export type Typing = {
  /** `missed`: found by looking back, where what a web client wrote may be what we sent before we began anew. */
  take(typed: Typed, missed: boolean): void
}

export type TypingSettings = {
  readonly ears: Ears
  /** Resolves once every send under way has its id. */
  readonly isOurs: (externalId: string) => Promise<boolean>
  readonly signal: AbortSignal
  readonly noticed: (error: unknown) => void
}

export function makeTyping({ ears, isOurs, signal, noticed }: TypingSettings): Typing {
  const seen = makeMemory(10_000)
  let last: Promise<void> = Promise.resolve()
  return {
    take(typed, missed) {
      const { externalId } = typed
      if ((missed && !isFromPhone(externalId)) || !seen.add(externalId)) return
      last = last
        .then(async () => {
          if (signal.aborted || (!isFromPhone(externalId) && (await isOurs(externalId)))) return
          await ears.typed?.([typed])
        })
        .catch(noticed)
    },
  }
}
