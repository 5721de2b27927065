/** Reaching somebody: a first word of ours, a try that is put on record, an invitation card. */
import { cardDays, drawCardCode } from '../core/card.ts'
import type { Happening } from '../core/event.ts'
import { type WriteBar, writeBar } from '../core/reach-rules.ts'
import { kindOf, type RequestKind } from '../core/request.ts'
import { Failure } from '../failure.ts'
import type { Change } from '../store/road.ts'
import { readSafeContact } from '../store/safe-contact.ts'
import type { Desk } from './act.ts'
import { type ByStaff, doneBefore, enact, loadSubject } from './beside.ts'

/** An act on one person. */
export type OnPerson = ByStaff & { readonly person: string }

/**
 * Writes to somebody who did not write to us, and opens the request in which they will answer. Fails with
 * `person:not_found`, with `person:stopped` for an address that may not be written to (the page says why before), and with
 * `form:invalid`.
 */
export async function writeFirst(
  desk: Desk,
  act: OnPerson,
  word: {
    readonly address: string
    readonly text: string
    readonly kind: RequestKind
    readonly bar: WriteBar | undefined
  },
): Promise<void> {
  const text = word.text.trim()
  if (text === '') throw new Failure('form:invalid', { field: 'text' })
  const subject = await loadSubject(desk, act.staff, act.person)
  if (await doneBefore(desk, act)) return
  const address = subject.addresses.find(({ id }) => id === word.address)
  if (!address) throw new Failure('person:not_found', { person: act.person })
  // What the page saw of the clock and the provider; the rest is judged on what is so by now.
  const safe = (await readSafeContact(desk, act.person))?.way
  const now = { ...address, consent: subject.keepData, safe, night: false, windowClosed: false }
  const bar = writeBar(now) ?? word.bar
  if (bar) throw new Failure('person:stopped', { why: bar })
  const [request, message] = [desk.clock.id(), desk.clock.id()]
  const { queue, visibility, priority } = kindOf(word.kind)
  await enact(desk, act, {
    subject,
    address,
    happenings: (world): Happening[] => [
      {
        ...{ type: 'request_opened', request, reference: world.reference(), kind: word.kind },
        ...{ queue, visibility, priority, cause: 'staff' },
      },
      { type: 'request_taken', request, owner: act.staff.id },
      { type: 'request_answered', request, message, first: true },
    ],
    messages: () => [
      {
        ...{ id: message, spoken: { text, language: address.language ?? subject.language } },
        ...{ priority: 'answer', visibility, request, staff: act.staff.id },
      },
    ],
  })
}

/** A try to reach somebody, whether it worked or not, that belongs to no request. */
export async function recordPersonAttempt(
  desk: Desk,
  act: OnPerson,
  attempt: {
    readonly way: 'call' | 'visit' | 'message'
    readonly reached: boolean
    readonly note?: string
    readonly when?: string
  },
): Promise<void> {
  const subject = await loadSubject(desk, act.staff, act.person)
  if (await doneBefore(desk, act)) return
  const { way, reached, note, when } = attempt
  const secret = note ? { note } : undefined
  await enact(desk, act, {
    subject,
    happenings: (world) => [{ type: 'contact_attempted', attempt: world.id(), way, reached, when, secret }],
  })
}

const day = 86_400_000

/** Makes a card for somebody and gives its code, which is kept nowhere; an earlier card of theirs ends. */
export async function makeCard(
  desk: Desk,
  act: OnPerson,
): Promise<{ readonly code: string; readonly until: Date }> {
  const subject = await loadSubject(desk, act.staff, act.person)
  if (await doneBefore(desk, act)) throw new Failure('form:stale')
  const now = desk.clock.now()
  const code = drawCardCode(desk.clock.dice)
  const card = desk.clock.id()
  const until = new Date(now.getTime() + cardDays * day)
  const earlier = await desk.prisma.card.findMany({
    where: { personId: act.person, usedAt: null, endedAt: null },
    select: { id: true, version: true },
  })
  const changes: Change[] = [
    {
      insert: 'card',
      plain: {
        ...{
          id: card,
          code_hash: desk.keys.hash('card', code),
          person_id: act.person,
          staff_id: act.staff.id,
        },
        ...{ created_at: now, expires_at: until },
      },
    },
    ...earlier.map(({ id, version }): Change => ({ update: 'card', id, version, plain: { ended_at: now } })),
  ]
  await enact(desk, act, { subject, changes, happenings: () => [{ type: 'card_made', card }] })
  return { code, until }
}
