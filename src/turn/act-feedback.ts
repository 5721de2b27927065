/**
 * What staff do with feedback, for those who read it: sort it, note that it is about others, make a request of it. A form
 * acts once, and only on feedback as it was when it was read.
 */
import type { Happening } from '../core/event.ts'
import * as rules from '../core/feedback.ts'
import type { Language } from '../core/language.ts'
import { type FeedbackKind, kindOf, type RequestKind } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { type FeedbackFound, feedbackEvents, loadFeedback } from '../store/feedback.ts'
import { linkedRows } from '../store/linked.ts'
import type { Change } from '../store/road.ts'
import type { World } from '../world.ts'
import type { Desk } from './act.ts'
import { addressOf, doneBefore, enact, type Subject } from './beside.ts'

/** Who acts on which feedback. */
export type FeedbackAct = { readonly staff: Staff; readonly feedback: string; readonly form: string }

/** Sorts it under another kind. Fails with `feedback:not_found`, like all here, and `feedback:changed_meanwhile`. */
export async function recodeFeedback(desk: Desk, act: FeedbackAct, kind: FeedbackKind): Promise<void> {
  await onFeedback(desk, act, (it) => ({ happenings: () => rules.recode(it, kind) }))
}

/** Names the organisation whose work it is about; without a name it is about ours again. */
export async function pointFeedback(desk: Desk, act: FeedbackAct, organisation: string): Promise<void> {
  await onFeedback(desk, act, (it) => ({ happenings: () => rules.point(it, organisation) }))
}

/**
 * Makes a request of it; gives its reference. Of a hidden kind, it is hidden with every word that was said with it. Fails
 * with `feedback:raised` when a colleague did so before.
 */
export async function raiseFeedback(desk: Desk, act: FeedbackAct, kind: RequestKind): Promise<string> {
  const request = desk.clock.id()
  await onFeedback(desk, act, async (it) => ({
    changes: await takeAlong(desk, it, request, kind),
    happenings: (world) => rules.raise(it, { request, reference: world.reference(), kind }),
  }))
  const done = await doneBefore(desk, act)
  const row = await desk.prisma.request.findUniqueOrThrow({
    where: { id: done?.request ?? request },
    select: { reference: true },
  })
  return row.reference
}

/**
 * What was said with it and what staff did with it since belongs to the request from here on: it is found there, and hidden
 * with it, now or when somebody sees later what it is about.
 */
async function takeAlong(
  { prisma }: Desk,
  { row }: FeedbackFound,
  request: string,
  kind: RequestKind,
): Promise<readonly Change[]> {
  const told = {
    ...{ id: request, address: row.addressId ?? undefined, person: row.personId ?? undefined },
    openedAt: row.at,
  }
  const { messages, events } = await linkedRows(prisma, told)
  const done = await feedbackEvents(prisma, row)
  // An answer that was kept in the same turn repeats the words.
  const beside = await prisma.event.findMany({
    where: { turnId: { in: done.map(({ turnId }) => turnId) }, requestId: null, addressId: row.addressId },
    select: { id: true },
  })
  const plain = { visibility: kindOf(kind).visibility, request_id: request }
  const all = new Set([...events, ...[...done, ...beside].map(({ id }) => id)])
  return [
    ...messages.map((id): Change => ({ update: 'message', id, plain })),
    ...[...all].map((id): Change => ({ update: 'event', id, plain })),
  ]
}

type Deed = {
  readonly happenings: (world: World) => readonly Happening[]
  readonly changes?: readonly Change[]
}

/** Loads it under the access of who acts, asks the rule, and commits. */
export async function onFeedback(
  desk: Desk,
  act: FeedbackAct,
  rule: (it: FeedbackFound) => Deed | Promise<Deed>,
): Promise<void> {
  // What was raised to a hidden matter is not to be found any more, and a form pressed twice must not say so.
  if (await doneBefore(desk, act)) return
  const it = await loadFeedback(desk, act.staff, act.feedback)
  const { happenings, changes = [] } = await rule(it)
  const subject = await subjectOf(desk, it)
  const touch: Change = { update: 'feedback', id: it.id, version: it.version, plain: {} }
  try {
    await enact(desk, act, {
      ...{ subject, address: subject.addresses[0], happenings },
      changes: [touch, ...changes],
    })
  } catch (error) {
    const lost = error instanceof Failure && error.code === 'request:changed_meanwhile'
    if (lost) throw new Failure('feedback:changed_meanwhile', {}, { cause: error })
    throw error
  }
}

/** Whoever said it, on the address on which they did. */
async function subjectOf({ prisma }: Desk, { row }: FeedbackFound): Promise<Subject> {
  const [person, address] = await Promise.all([
    row.personId === null
      ? null
      : prisma.person.findUnique({
          where: { id: row.personId },
          include: {
            cases: {
              orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }],
              take: 1,
            },
          },
        }),
    row.addressId === null
      ? null
      : prisma.address.findUnique({ where: { id: row.addressId }, include: { channel: true } }),
  ])
  const [file] = person?.cases ?? []
  return {
    // Codes were written by the program from the same unions.
    language: (row.language as Language | null) ?? 'fr',
    ...(person
      ? {
          person: {
            ...{
              id: person.id,
              key: person.keyId,
              case: file?.id,
              owner: file?.ownerId ?? undefined,
              pastOwners: file?.pastOwners ?? [],
            },
            ...{ office: file?.officeId ?? undefined, region: person.region ?? undefined },
            ...{ minor: person.minor, known: true },
          },
        }
      : {}),
    addresses: address ? [addressOf(address)] : [],
  }
}
