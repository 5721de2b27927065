/**
 * Sends what waits for some addresses of one account, each address in order. The outbox gives one message of an address at
 * a time, under a lease; how it went is written before the next one is given. What finished while one writing was under
 * way is written together in the next.
 *
 * Nothing leaves that the policy keeps back (keep-back.ts). An answer that comes after the provider's window waits for the
 * person to write, unless it has a template to go as.
 *
 * A failure that may pass puts the message back with a growing pause, and nothing overtakes it. What the provider refuses
 * is over at once. When nobody can know whether it went out, it is `unknown` and the outbox decides.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Channel, OpenFile, Sending } from '../channel/contract.ts'
import { sendParts } from '../channel/send-parts.ts'
import type { Spoken, TemplateCall } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Outbox, Outcome, Outgoing, Sender } from '../store/outbox.ts'
import { isPassing } from '../turn/passing.ts'
import type { Clock } from '../world.ts'
import { keptBack } from './keep-back.ts'
import type { Pace } from './pace.ts'

export type SendParts = {
  readonly outbox: Outbox
  readonly channel: Pick<Channel, 'id' | 'send' | 'abilities' | 'holdsBack' | 'patience'>
  /** The bytes of a file that goes out. */
  readonly open: OpenFile
  readonly pace: Pace
  readonly clock: Clock
  readonly log: Log
  /** The person blocked us: goes on record with the address. */
  readonly blocked: (address: string) => Promise<void>
  /** The template that says this message, for whoever may hear nothing else. */
  readonly template?: (one: Outgoing) => Promise<TemplateCall | undefined>
  /** Has these addresses looked at again after so many milliseconds. */
  readonly again: (addresses: readonly string[], delay: number) => Promise<void>
}

/** A sender that says nothing for so long has died. */
export const leaseMilliseconds = 60_000
/** A provider that does not answer for so long may or may not have sent it. */
const patienceMilliseconds = 30_000
/** A file takes longer on a slow line; the lease is held on to meanwhile. */
const filePatienceMilliseconds = 240_000
const prolongMilliseconds = 20_000
/** Well within the lease: what is sent meanwhile by others of the same job is settled in time too. */
const settlePatienceMilliseconds = 15_000
const lookAgainMilliseconds = 300
/** Until the process that speaks for the account may have the job. */
const elsewhereMilliseconds = 2_000
/** Time for the channel to find out whether it went. */
const doubtMilliseconds = 60_000
/** Pauses between tries, in seconds; after the last one a message has failed for good, about a day after its first try. */
const pauses = [5, 15, 60, 300, 900, 3600, 7200, 14_400, 28_800, 28_800]

/** Resolves when none of the addresses has anything more to send now, or when the house closes. */
export async function sendMessages(
  parts: SendParts,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const held = parts.channel.holdsBack?.()
  // Nothing is taken that cannot go: it stays queued, and no try is counted.
  if (held === 'elsewhere') return parts.again(addresses, elsewhereMilliseconds)
  if (held) return
  const holder = parts.clock.id()
  const done: Outcome[] = []
  const sending = new Set<Promise<void>>()
  const start = (all: readonly Outgoing[]) => {
    for (const one of all) {
      const sent = sendOne(parts, one, signal).then((outcome) => {
        done.push(outcome)
        sending.delete(sent)
      })
      sending.add(sent)
    }
  }
  // One that fails is made good by the next; after three the lease is lost, as if this sender had died.
  const prolonging = setInterval(() => {
    parts.outbox.prolong(senderOf(parts, holder)).catch(() => undefined)
  }, prolongMilliseconds)
  try {
    const first = await parts.outbox.claim(senderOf(parts, holder), addresses)
    start(first)
    await lookAgain(parts, addresses, first)
    while (sending.size > 0 || done.length > 0) {
      if (done.length === 0) await Promise.race(sending)
      const outcomes = done.splice(0)
      start(await settle(parts, holder, outcomes))
      await follow(parts, outcomes)
    }
  } catch (error) {
    await Promise.allSettled(sending)
    // What could not be written stays under its lease until that runs out, and is unknown then.
    throw error
  } finally {
    clearInterval(prolonging)
  }
}

/**
 * An address that another sender holds is left to it; but it may let go in this very moment, and not have seen what we
 * were called for. Whatever still waits there is looked at again.
 */
async function lookAgain(
  parts: SendParts,
  addresses: readonly string[],
  taken: readonly Outgoing[],
): Promise<void> {
  const ours = new Set(taken.map(({ address }) => address))
  const others = addresses.filter((address) => !ours.has(address))
  if (others.length === 0) return
  const left = await parts.outbox.waiting(others, parts.clock.now())
  if (left.length > 0) await parts.again(left, lookAgainMilliseconds)
}

/**
 * Writes how it went, trying again while the database is away for a moment: what was sent and is not written would be
 * unknown, and its address would wait for the lease to run out.
 */
async function settle(
  parts: SendParts,
  holder: string,
  outcomes: readonly Outcome[],
): Promise<readonly Outgoing[]> {
  const giveUpAt = parts.clock.now().getTime() + settlePatienceMilliseconds
  for (;;) {
    try {
      return await parts.outbox.settle(senderOf(parts, holder), outcomes)
    } catch (error) {
      if (!isPassing(error) || parts.clock.now().getTime() >= giveUpAt) throw error
      await pause(250)
    }
  }
}

function senderOf({ clock }: SendParts, holder: string): Sender {
  const now = clock.now()
  return { holder, now, until: new Date(now.getTime() + leaseMilliseconds) }
}

/** Never rejects: every way it can go is an outcome. */
async function sendOne(parts: SendParts, one: Outgoing, signal: AbortSignal): Promise<Outcome> {
  const { message, address } = one
  const kept = keptBack(one, parts.clock.now())
  if (kept) return kept
  const spoken = isTooLate(parts, one) ? await insteadOf(parts, one) : one.spoken
  if (!spoken) return tooLate(one)
  const open = !signal.aborted && (await parts.pace.turn(address, signal, one.priority).then(yes, no))
  if (!open) {
    // The house closes, or staff paused the account: surely not sent, and first in line when it opens. Not at this moment, or it would be given again.
    const at = new Date(parts.clock.now().getTime() + 1_000)
    return { message, address, is: 'later', at, failure: 'channel:unreachable' }
  }
  try {
    const patience = (spoken.file ?? spoken.before) ? filePatienceMilliseconds : patienceMilliseconds
    const sending = { resent: one.resent, campaign: one.priority === 'campaign' }
    const sent = await patiently(
      sendWhole(parts, one.to, spoken, sending, signal),
      Math.max(patience, parts.channel.patience ?? 0),
    )
    if (!sent) return { message, address, is: 'unknown' }
    return { message, address, is: 'sent', channel: parts.channel.id, externalId: sent.externalId }
  } catch (error) {
    return outcomeOf(parts, one, error)
  }
}

/**
 * A message with what goes before it. When that is out and the message may or may not follow, nobody hears it twice: it is
 * doubtful.
 */
async function sendWhole(
  { channel, open }: SendParts,
  to: string,
  { before, ...spoken }: Spoken,
  sending: Sending,
  signal: AbortSignal,
): Promise<{ readonly externalId: string }> {
  if (!before) return channel.send(to, spoken, open, sending)
  const first = { text: '', file: before, language: spoken.language }
  const say = async (one: Spoken) => (await channel.send(to, one, open, sending)).externalId
  const externalId = await sendParts(
    [first, spoken],
    (one) => (one === first ? say(one) : say(one).catch(orDoubtful)),
    signal,
  )
  return { externalId }
}

function orDoubtful(cause: unknown): never {
  const throttled = cause instanceof Failure && cause.facts['afterSeconds'] !== undefined
  if (throttled || (cause instanceof Failure && !cause.trouble.retry)) throw cause
  throw new Failure('channel:doubtful', {}, { cause })
}

/** Outside the provider's window a text would be taken with a yes and fail hours later, unseen. */
function isTooLate({ channel, clock }: SendParts, { reached: { heardAt }, spoken }: Outgoing): boolean {
  const { answerWindow } = channel.abilities
  if (answerWindow === undefined || spoken.template) return false
  const open = answerWindow * 60 * 60_000
  return heardAt === undefined || clock.now().getTime() - heardAt.getTime() > open
}

/** The same as a template, where there is one for it. */
async function insteadOf(parts: SendParts, one: Outgoing): Promise<Spoken | undefined> {
  const template = await parts.template?.(one).catch((error: unknown) => {
    parts.log.error('a template could not be looked up', error)
    return undefined
  })
  // A template is heard by nobody.
  const { before: _, ...words } = one.spoken
  return template && { ...words, template }
}

/** An answer is held until the person writes; a campaign is not kept for a day on which nobody expects it. */
function tooLate({ message, address, priority, spoken }: Outgoing): Outcome {
  if (priority === 'answer' && !spoken.template)
    return { message, address, is: 'held', why: 'channel:window_closed' }
  return { message, address, is: 'failed', failure: 'channel:window_closed' }
}

const yes = () => true
const no = () => false

function outcomeOf(parts: SendParts, one: Outgoing, error: unknown): Outcome {
  const { message, address, attempt } = one
  parts.log.error('a message was not sent', error, { message, attempt })
  // A bug on the way: it may have gone out.
  if (!(error instanceof Failure)) return { message, address, is: 'unknown' }
  if (error.code === 'channel:window_closed') return tooLate(one)
  if (error.code === 'channel:doubtful') return doubtful(parts, one, error)
  const seconds = pauses[attempt - 1]
  if (!error.trouble.retry && error.code !== 'channel:unauthorized') {
    return { message, address, is: 'failed', failure: error.code }
  }
  if (seconds === undefined) return { message, address, is: 'failed', failure: error.code }
  const asked = Number(error.facts['afterSeconds'] ?? 0)
  if (error.code === 'channel:throttled' && asked > 0 && !error.facts['pair']) parts.pace.hold(asked)
  const at = new Date(parts.clock.now().getTime() + (asked > 0 ? asked : seconds) * 1000)
  return { message, address, is: 'later', at, failure: error.code }
}

/** Perhaps sent. Under the id that it has, a report that comes late still moves it. */
function doubtful(
  { channel, clock }: SendParts,
  { message, address }: Outgoing,
  { facts }: Failure,
): Outcome {
  const at = new Date(clock.now().getTime() + doubtMilliseconds)
  const externalId = typeof facts['externalId'] === 'string' ? facts['externalId'] : undefined
  return { message, address, is: 'unknown', at, ...(externalId ? { channel: channel.id, externalId } : {}) }
}

/** The answer of the provider, or undefined when it does not come. */
async function patiently<T>(answer: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
    answer.catch(() => {})
  }
}

/** What else follows from outcomes that are written. */
async function follow(parts: SendParts, outcomes: readonly Outcome[]): Promise<void> {
  for (const outcome of outcomes) {
    if (outcome.is === 'failed' && outcome.failure === 'channel:blocked') await parts.blocked(outcome.address)
    if (outcome.is !== 'later') continue
    const delay = Math.max(0, outcome.at.getTime() - parts.clock.now().getTime())
    await parts.again([outcome.address], delay)
  }
}
