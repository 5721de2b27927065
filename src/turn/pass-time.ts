/**
 * What the passing of time does to requests, through the same rules and commit as what staff do: those put aside come
 * back, those of somebody absent go back to the pool, whoever waits for an answer is told once that it takes longer.
 */
import { giveBack, owesDelay } from '../core/absence.ts'
import { homeCountry, nightIn } from '../core/night.ts'
import { termOf } from '../core/priority.ts'
import { showReference } from '../core/reference.ts'
import { wake } from '../core/snooze.ts'
import { besideFlows } from '../flow/sentences.ts'
import { delaysOwed, requestsOfAbsent, wakingRequests } from '../store/due-work.ts'
import { type Desk, perform } from './act.ts'
import type { Deed, Found } from './act-load.ts'
import { type Speech, sayTo } from './aloud.ts'
import type { Surroundings } from './surroundings.ts'

type Parts = Desk & { readonly pool: Parameters<typeof wakingRequests>[0] }

const atOnce = 200

/** Brings back what was put aside; gives how many. */
export async function wakeRequests(desk: Parts): Promise<number> {
  const due = await wakingRequests(desk.pool, desk.clock.now(), atOnce)
  await each(due, ({ id, cause }) =>
    perform(desk, byTime(desk, id), ({ request }) => ({ happenings: wake(request, cause) })),
  )
  return due.length
}

/** Gives back what people who are away would let run out; gives how many. */
export async function returnRequests(desk: Parts): Promise<number> {
  const due = await requestsOfAbsent(desk.pool, desk.clock.now(), atOnce)
  await each(due, ({ id, owner }) =>
    perform(desk, byTime(desk, id), ({ request }) => ({
      happenings: giveBack(request, owner, desk.clock.now()),
    })),
  )
  return due.length
}

/** Tells people once, by day, until when they will have an answer; gives how many were looked at. */
export async function tellDelays(desk: Parts, speech: Speech): Promise<number> {
  // Nobody is written to at night of our own accord (domain notes 5.4).
  if (nightIn(homeCountry, desk.clock.now()) !== undefined) return 0
  const owed = await delaysOwed(desk.pool, atOnce)
  const town = await desk.watch.current()
  await each(owed, (id) => perform(desk, byTime(desk, id), (found) => tellDelay(desk, speech, found, town)))
  return owed.length
}

async function tellDelay(
  desk: Desk,
  speech: Speech,
  found: Found,
  { calendar }: Surroundings,
): Promise<Deed> {
  const { request, address } = found
  const reachable = address?.state === 'live' && address.stopped !== 'all' && !address.shared
  if (!reachable || !owesDelay(request)) return { happenings: [] }
  const now = desk.clock.now()
  const until = calendar.dueAt(now, termOf(request.kind, request.priority))
  // Still the day they were told at first: there is nothing new to say yet.
  if (dayOf(until) === dayOf(request.dueAt)) return { happenings: [] }
  const message = desk.clock.id()
  const language = address.language ?? found.language
  const vars = { ref: showReference(request.reference), date: dayOf(until) }
  const say = { text: besideFlows.delay, vars, language, visibility: request.visibility }
  const { spoken, changes } = await sayTo(desk, speech, address, say)
  return {
    happenings: [{ type: 'delay_told', request: request.id, message, until: until.toISOString() }],
    changes,
    messages: [
      {
        id: message,
        spoken: { ...spoken, occasion: 'prompt' },
        priority: 'answer',
        visibility: request.visibility,
        request: request.id,
      },
    ],
  }
}

/** Date in digits, as it is said in all three languages. */
function dayOf(at: Date): string {
  return `${at.getUTCDate()}/${at.getUTCMonth() + 1}/${at.getUTCFullYear()}`
}

/** One by one; what fails on one request is told once the others had their turn. */
export async function each<T>(list: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const troubles: unknown[] = []
  for (const one of list) await work(one).catch((error: unknown) => void troubles.push(error))
  if (troubles.length > 0) throw troubles[0]
}

/** Time has no form; the turn gets an id of its own. */
function byTime(desk: Desk, request: string) {
  return { request, form: desk.clock.id() }
}
