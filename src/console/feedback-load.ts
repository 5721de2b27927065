/** What the page of one piece of feedback shows: what was said, by whom as far as the reader may know, what was done with it. */
import type { Happening } from '../core/event.ts'
import type { Staff } from '../core/staff.ts'
import { personsSeenBy, requestsSeenBy } from '../store/access.ts'
import { type DecisionLine, listDecisions } from '../store/decision.ts'
import { placeOf } from '../store/encryption.ts'
import { happeningOf } from '../store/event-parts.ts'
import { type FeedbackLine, feedbackEvents, loadFeedback } from '../store/feedback.ts'
import { staffNames } from '../store/seat.ts'
import type { ConsoleParts } from './parts.ts'

export type FeedbackView = {
  readonly line: FeedbackLine
  /** Whoever said it, where the reader sees their file. */
  readonly person?: string
  /** Of the request that was made of it, where the reader sees that. */
  readonly reference?: string
  /** What was decided because of it. */
  readonly decisions: readonly DecisionLine[]
  readonly history: readonly {
    readonly id: string
    readonly at: Date
    readonly by?: string
    readonly happening: Happening
  }[]
}

const mostDecisions = 20

/** Fails with `feedback:not_found` for whoever may not read it. */
export async function loadFeedbackView(
  { database }: Pick<ConsoleParts, 'database'>,
  staff: Staff,
  id: string,
): Promise<FeedbackView> {
  const { prisma, keys } = database
  const { row, line } = await loadFeedback(database, staff, id)
  const seen = { AND: [{ id: row.personId ?? '' }, personsSeenBy(staff)] }
  const [events, person, request, decisions] = await Promise.all([
    feedbackEvents(prisma, row),
    row.personId ? prisma.person.findFirst({ where: seen, select: { id: true } }) : null,
    row.requestId
      ? prisma.request.findFirst({
          where: { AND: [{ id: row.requestId }, requestsSeenBy(staff)] },
          select: { reference: true },
        })
      : null,
    listDecisions(prisma, staff, { most: mostDecisions, feedback: id }),
  ])
  await keys.load(events.flatMap(({ keyId }) => keyId ?? []))
  const names = await staffNames(prisma, [...new Set(events.flatMap(({ staffId }) => staffId ?? []))])
  const history = events.flatMap(({ id: event, at, type, facts, secretEnc, keyId, staffId }) => {
    const secret = keyId ? keys.read(keyId, placeOf('event', 'secret_enc', event), secretEnc) : undefined
    const happening = happeningOf(type, facts, secret)
    return happening ? [{ id: event, at, happening, by: names.get(staffId ?? '') }] : []
  })
  return { line, history, decisions, person: person?.id, reference: request?.reference }
}
