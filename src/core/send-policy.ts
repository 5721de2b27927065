/**
 * Whether a message of ours may leave now. Whoever sends asks this of every message (job/send-messages.ts), so that safe
 * hours, ways and phones that others read hold for whatever was written, by whomever and whenever.
 */
import { nextDaytime } from './followup.ts'
import type { SafeContact } from './safe-contact.ts'
import { type SafeSpan, safeSpansOf } from './safe-hours.ts'

/** What a message is said for. */
export type Occasion =
  /** The answer of the conversation to what somebody just wrote. */
  | 'reply'
  /** What a member of staff wrote, or what follows from what they did. */
  | 'staff'
  /** Of our own accord: a reminder, a question whether it is solved. */
  | 'prompt'
  /** Asks without content to write. */
  | 'knock'
  | 'campaign'

/** Whom it goes to, and on which phone. */
export type Reached = {
  /** Where the phone is from. */
  readonly country: string
  /** How the person said that they are reached without harm. */
  readonly safe?: SafeContact
  /** Others use the phone. */
  readonly shared: boolean
  /** The message is for whoever spoke there last. */
  readonly present: boolean
  /** It is being asked who speaks there now. */
  readonly unsure: boolean
  /** That person set a code on this phone. */
  readonly coded: boolean
  /** When the code was last given there. */
  readonly openedAt?: Date
  /** When the code that calls for help was last given there. */
  readonly alarmedAt?: Date
  /** When somebody last wrote there. */
  readonly heardAt?: Date
}

export type Leaving = {
  readonly occasion: Occasion
  /** Staff were told what stands against it, and sent it all the same: that is on record. */
  readonly insisted?: boolean
}

export type Verdict =
  | { readonly is: 'send' }
  /** Kept until they have shown who they are; meanwhile neutral words ask them to write. */
  | { readonly is: 'preview' }
  | { readonly is: 'wait'; readonly until: Date }
  | { readonly is: 'never' }

const minute = 60_000
const day = 24 * 60 * minute

/** Whoever wrote so lately still holds the phone. */
export const holdsFor = 15 * minute
/** So long after the code was given it is asked for again, like the question who speaks. */
export const openFor = 12 * 60 * minute
/** Nothing of our own accord goes to somebody who called for help in secret. */
export const hushFor = 3 * day
const replyFor = 60 * minute

/**
 * The rule. An answer to somebody who just wrote goes at once: they hold the phone. What waited so long that nobody knows
 * any more who holds it is judged like what staff write.
 */
export function mayLeave(whom: Reached, it: Leaving, now: Date): Verdict {
  if (it.occasion === 'reply' && isWithin(whom.heardAt, replyFor, now)) return { is: 'send' }
  const unasked = it.occasion === 'prompt' || it.occasion === 'knock' || it.occasion === 'campaign'
  const insisted = it.insisted === true && !unasked
  if (
    unasked ? isUnwelcome(whom, now) : !insisted && wantsNoText(whom) && !isWithin(whom.heardAt, day, now)
  ) {
    return { is: 'never' }
  }
  if (it.occasion !== 'knock' && it.occasion !== 'campaign' && isShut(whom, insisted, now)) {
    return { is: 'preview' }
  }
  // Whoever just wrote is told the rest of it, as in a talk.
  if (insisted || isWithin(whom.heardAt, holdsFor, now)) return { is: 'send' }
  const until = nextTime(whom, unasked, now)
  return until > now ? { is: 'wait', until } : { is: 'send' }
}

/** Whether what is said on this phone may be read by somebody else than the one it is for. */
export function isShut(whom: Reached, insisted: boolean, now: Date): boolean {
  if (whom.shared && (!whom.present || whom.unsure)) return true
  const there = isWithin(whom.heardAt, holdsFor, now)
  if (whom.coded) return !(there && isOpen(whom, now))
  return whom.shared && !there && !insisted
}

/** The code was given lately, and no call for help since. */
export function isOpen({ openedAt, alarmedAt }: Pick<Reached, 'openedAt' | 'alarmedAt'>, now: Date): boolean {
  if (!openedAt || (alarmedAt && alarmedAt >= openedAt)) return false
  return isWithin(openedAt, openFor, now)
}

/** Nobody may be written to unasked who said so, whose hours only a person can read, or who is watched. */
function isUnwelcome(whom: Reached, now: Date): boolean {
  if (wantsNoText(whom) || safeSpansOf(whom.safe?.hours) === undefined) return true
  const hushed = whom.alarmedAt && !(whom.openedAt && whom.openedAt > whom.alarmedAt)
  return hushed === true && isWithin(whom.alarmedAt, hushFor, now)
}

function wantsNoText({ safe }: Reached): boolean {
  return safe?.way === 'call' || safe?.way === 'visit' || safe?.way === 'none'
}

function isWithin(at: Date | undefined, span: number, now: Date): boolean {
  return at !== undefined && now.getTime() - at.getTime() <= span
}

/** The next moment in their safe hours, by day when we write of our own accord; hours of the night are their own wish. */
function nextTime({ safe, country }: Reached, byDay: boolean, now: Date): Date {
  const spans = safeSpansOf(safe?.hours)
  if (!spans) return now
  const safely = candidates(spans, country, now).filter((at) => spans.some((span) => isIn(span, at)))
  const daily = byDay ? safely.filter((at) => nextDaytime(at, country).getTime() === at.getTime()) : safely
  return daily[0] ?? safely[0] ?? now
}

/** Now, and whenever safe hours or a day begin in the two days to come; the soonest first. */
function candidates(spans: readonly SafeSpan[], country: string, now: Date): readonly Date[] {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  const begins = [0, 1, 2].flatMap((days) =>
    spans.map(({ from }) => new Date(today + days * day + from * minute)),
  )
  const all = [now, ...begins].flatMap((at) => [at, nextDaytime(at, country)])
  return all.filter((at) => at >= now).sort((one, other) => one.getTime() - other.getTime())
}

function isIn({ from, to }: SafeSpan, at: Date): boolean {
  const clock = at.getUTCHours() * 60 + at.getUTCMinutes()
  return from <= clock && clock < to
}
