/**
 * How slowly this account is spoken through. WhatsApp bans numbers that write like machines: some seconds between chats,
 * never the same, and a moment between messages of one chat. Answers go before campaigns; among each, who came first.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../world.ts'
import type { Turns } from '../contract.ts'

export type PacingSettings = {
  /** Milliseconds between messages to different chats, least and most. */
  readonly between: readonly [number, number]
  /** Between messages of one chat. */
  readonly within: readonly [number, number]
  /** How long "is writing" shows for each character, and at most. */
  readonly typing: { readonly perCharacter: number; readonly most: number }
}

export const humanPacing: PacingSettings = {
  between: [3_000, 8_000],
  within: [800, 1_800],
  typing: { perCharacter: 25, most: 2_500 },
}

type Waiter = {
  readonly address: string
  readonly campaign: boolean
  readonly go: () => void
  readonly refuse: (why: Error) => void
}

/** `mayGo` is asked before each turn: whoever waits while nothing may go is sent back to the outbox. */
export function makePacing(
  settings: PacingSettings,
  clock: Pick<Clock, 'now' | 'dice'>,
  mayGo: () => boolean,
): Turns {
  const waiting: Waiter[] = []
  let last: { readonly address: string; readonly same: number; readonly other: number } | undefined
  let heldUntil = 0
  let running = false
  let woken = new AbortController()
  const now = () => clock.now().getTime()
  const draw = ([least, most]: readonly [number, number]) => least + clock.dice(most - least + 1)

  function freeAt({ address }: Waiter): number {
    const free = address === last?.address ? last.same : (last?.other ?? 0)
    return Math.max(free, heldUntil)
  }

  async function run(): Promise<void> {
    running = true
    for (;;) {
      const next = waiting.find(({ campaign }) => !campaign) ?? waiting[0]
      if (!next) break
      const wait = freeAt(next) - now()
      if (!mayGo()) {
        for (const one of waiting.splice(0)) one.refuse(new Error('nothing may go'))
      } else if (wait > 0) {
        // Somebody who comes meanwhile may go before.
        woken = new AbortController()
        await pause(Math.min(wait, 1_000), undefined, { signal: woken.signal }).catch(() => undefined)
      } else {
        waiting.splice(waiting.indexOf(next), 1)
        const at = now()
        last = {
          address: next.address,
          same: at + draw(settings.within),
          other: at + draw(settings.between),
        }
        next.go()
      }
    }
    running = false
  }

  return {
    turn(address, signal, priority) {
      return new Promise((go, refuse) => {
        const waiter = { address, campaign: priority === 'campaign', go, refuse }
        waiting.push(waiter)
        signal.addEventListener('abort', () => {
          const place = waiting.indexOf(waiter)
          if (place < 0) return
          waiting.splice(place, 1)
          refuse(new Error('the house closes'))
        })
        woken.abort()
        if (!running) void run()
      })
    },
    hold(seconds) {
      heldUntil = Math.max(heldUntil, now() + seconds * 1000)
    },
  }
}

/** How long it takes to write this. */
export function typingTime({ typing }: PacingSettings, text: string): number {
  return Math.min(typing.most, text.length * typing.perCharacter)
}
