/**
 * How fast a channel may be spoken to: buckets that fill with time. One for the whole account and one for each address,
 * with the provider's numbers; whoever finds them empty waits here, in order.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Channel, Turns } from '../channel/contract.ts'
import { type PaceSettings, paces, type Rate } from '../core/provider-pace.ts'

export type Pace = Turns

/** The pace of an account: that of its kind, and as fast as its provider lets this one be where it told so. */
export function paceOf({ kind, perSecond }: Pick<Channel, 'kind' | 'perSecond'>): Pace {
  const usual = paces[kind] ?? {}
  const { overall } = usual
  if (!perSecond || !overall) return makePace(usual)
  const told = () => perSecond() ?? overall.perSecond
  return makePace({
    ...usual,
    overall: {
      get perSecond() {
        return told()
      },
      get burst() {
        return told()
      },
    },
  })
}

/** The share of the account's bucket that campaigns leave alone. */
const keptForAnswers = 0.2

/** Addresses with a full bucket are forgotten; there are never more than were written to in the last minutes. */
const rememberedAtMost = 20_000

export function makePace(settings: PaceSettings, now: () => number = () => performance.now()): Pace {
  const whole = settings.overall && makeBucket(settings.overall, now)
  const each = new Map<string, ReturnType<typeof makeBucket>>()
  let heldUntil = 0

  function bucketOf(address: string): ReturnType<typeof makeBucket> | undefined {
    if (!settings.perAddress) return undefined
    const bucket = each.get(address) ?? makeBucket(settings.perAddress, now)
    each.delete(address)
    each.set(address, bucket)
    const oldest = each.keys().next()
    if (each.size > rememberedAtMost && !oldest.done) each.delete(oldest.value)
    return bucket
  }

  async function yieldToAnswers(signal: AbortSignal): Promise<void> {
    for (;;) {
      const wait = Math.max(whole?.untilFree(keptForAnswers) ?? 0, heldUntil - now())
      if (wait <= 0) return
      await rest(wait, signal)
    }
  }

  return {
    async turn(address, signal, priority = 'answer') {
      if (priority === 'campaign') await yieldToAnswers(signal)
      const own = bucketOf(address)?.take() ?? 0
      const common = whole?.take() ?? 0
      await rest(Math.max(own, common, heldUntil - now()), signal)
    },
    hold(seconds) {
      heldUntil = Math.max(heldUntil, now() + seconds * 1000)
    },
  }
}

/** Gives the milliseconds to wait for the next token, and takes it: those who come together get their turns in order. */
function makeBucket(rate: Rate, now: () => number) {
  let tokens = rate.burst
  let filledAt = now()
  const fill = () => {
    const at = now()
    tokens = Math.min(rate.burst, tokens + ((at - filledAt) / 1000) * rate.perSecond)
    filledAt = at
  }
  return {
    take(): number {
      fill()
      tokens -= 1
      return tokens >= 0 ? 0 : (-tokens / rate.perSecond) * 1000
    },
    /** Milliseconds until one can be taken that leaves this share of the bucket full. */
    untilFree(share: number): number {
      fill()
      const { burst, perSecond } = rate
      const missing = Math.min(burst, burst * share + 1) - tokens
      // Rounded up: a timer that ends a moment early would ask again at once.
      return missing <= 0 ? 0 : Math.ceil((missing / perSecond) * 1000)
    },
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await pause(milliseconds, undefined, { signal })
}
