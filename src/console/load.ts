/** From the store to what pages show: each loader asks under the access of the reader and gives plain views. */
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { mayApprove } from '../core/approval.ts'
import type { EventType } from '../core/event.ts'
import { homeCountry, nightIn } from '../core/night.ts'
import { queueKeys } from '../core/queue.ts'
import { readReference } from '../core/reference.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { awayAt } from '../store/absence.ts'
import { chosenAnswering } from '../store/answering.ts'
import { countApprovals } from '../store/approval.ts'
import { readDraft } from '../store/draft.ts'
import { heldBack } from '../store/held-back.ts'
import { countMentions } from '../store/mention.ts'
import { type AddressFacts, consentsOf, opensPerson, readAddress, readPerson } from '../store/person.ts'
import { referralsOfRequest } from '../store/referral.ts'
import { findByReference, loadRequest } from '../store/request.ts'
import { countRequests } from '../store/request-count.ts'
import { factsOfRequest } from '../store/request-facts.ts'
import { findLine, listRequests, type RequestLine } from '../store/request-list.ts'
import { staffNames, staffNear } from '../store/seat.ts'
import { threadOfRequest } from '../store/thread.ts'
import { seesCampaigns } from '../turn/act-campaign.ts'
import { leavesNow } from '../turn/reached.ts'
import { allowedOf } from './allowed.ts'
import type { Console } from './asked.ts'
import { loadFollowUpViews } from './followup-view.ts'
import { loadAlerts } from './load-alerts.ts'
import { loadGuarded } from './load-guarded.ts'
import { loadSaved, storeLook } from './load-saved.ts'
import { loadSharing } from './load-sharing.ts'
import { threadView } from './load-thread.ts'
import type { ConsoleParts } from './parts.ts'
import { shownPerson } from './shown-person.ts'
import type { Facts, Look, PresentColleague, Rail, Reach, RequestView, Row, Rows, Thread } from './view.ts'

type Parts = Pick<ConsoleParts, 'database' | 'clock' | 'placeName' | 'channels'>

const rowsOnPage = 30
/** Beside a request the list is there to go on to the next: a screenful, so that the page stays light. */
const rowsBeside = 12
const messagesInThread = 60

/** What the thread has no sentence for; note_written has its bubble. */
export const hidden: readonly EventType[] = [
  'message_created',
  'flow_entered',
  'flow_ended',
  'answer_kept',
  'answer_refused',
  'answer_doubted',
  'silence_reached',
  'language_guessed',
  'request_joined',
  'request_answered',
  'notice_shown',
  'speaker_changed',
  'person_confirmed',
]

export async function loadRail({ database, clock, channels }: Parts, staff: Staff): Promise<Rail> {
  const [{ byQueue, ...views }, saved, alerts, mentions, approvals, troubled] = await Promise.all([
    countRequests(database, staff, clock.now()),
    loadSaved({ database, clock }, staff),
    loadAlerts({ database }, staff),
    countMentions(database.prisma, staff),
    mayApprove(staff) ? countApprovals(database.prisma, staff) : 0,
    heldBack(
      database.pool,
      channels.map(({ id }) => id),
      clock.now(),
    ),
  ])
  const queues = byQueue.filter(({ queue }) => queueKeys.includes(queue))
  return { views, queues, saved, alerts, mentions, approvals, heldBack: troubled }
}

export async function loadRows(
  parts: Parts,
  staff: Staff,
  look: Look,
  where: { readonly after?: string; readonly beside?: boolean },
): Promise<Rows> {
  const { filter, order } = look
  const limit = where.beside ? rowsBeside : rowsOnPage
  const page = { now: parts.clock.now(), limit, after: where.after, filter, order }
  const { lines, next } = await listRequests(parts.database, staff, storeLook(look), page)
  return { rows: lines.map(rowOf), ...(next === undefined ? {} : { next }) }
}

/** The id of the request that an address names, or `request:not_found` for what is wrong, absent or hidden alike. */
export async function requestAt(
  { database }: Pick<Parts, 'database'>,
  staff: Staff,
  address: string,
): Promise<string> {
  const reference = readReference(address)
  const id = reference && (await findByReference(database.prisma, staff, reference))
  if (!id) throw new Failure('request:not_found')
  return id
}

/** Everything of one request; fails with `request:not_found` for whoever may not see it. */
export async function loadRequestView(
  parts: Parts & Pick<Console, 'presence'>,
  staff: Staff,
  id: string,
): Promise<RequestView> {
  const { prisma } = parts.database
  const request = await loadRequest(prisma, staff, id)
  const [facts, thread, colleagues, draft, present, away, sharing] = await Promise.all([
    loadFacts(parts, staff, id),
    threadOfRequest(parts.database, request, { limit: messagesInThread, hidden }),
    staffNear(prisma, request),
    readDraft(parts.database, { staff: staff.id, request: id }),
    loadPresent(parts, staff, id),
    awayAt(prisma, parts.clock.now()),
    loadSharing(parts, staff, request),
  ])
  const allowed = allowedOf(facts, staff)
  return {
    facts,
    thread: await threadView(parts, thread),
    sharing,
    // What has joined another is parted from it, not opened again.
    allowed: { ...allowed, reopen: allowed.reopen && request.mergedInto === undefined },
    colleagues: colleagues
      .filter(({ id: one }) => one !== request.owner)
      .map(({ id: one, name, sex }) => ({
        ...{ id: one, name, awayUntil: away.get(one) },
        fits: sex !== undefined && sex === facts.person?.prefers,
      })),
    draft,
    present,
  }
}

/** Who else is at a request that the caller has found under the reader's access. */
export async function loadPresent(
  { database, presence }: Pick<Console, 'database' | 'presence'>,
  staff: Staff,
  id: string,
): Promise<readonly PresentColleague[]> {
  const others = presence.besides(id, staff.id)
  if (others.length === 0) return []
  const names = await staffNames(
    database.prisma,
    others.map((one) => one.staff),
  )
  return others.flatMap(({ staff: one, doing }) => {
    const name = names.get(one)
    return name === undefined ? [] : [{ id: one, name, doing }]
  })
}

/** The facts alone, for the panel. */
export async function loadFacts(parts: Parts, staff: Staff, id: string): Promise<Facts> {
  const { database } = parts
  const { prisma } = database
  const [request, line, facts] = await Promise.all([
    loadRequest(prisma, staff, id),
    findLine(database, staff, id),
    factsOfRequest(database, id),
  ])
  if (!line) throw new Failure('request:not_found')
  const { person, address } = request
  const [known, opens, reached, consents, names, followUps, referrals, leaves, guarded, answering] =
    await Promise.all([
      person === undefined ? undefined : readPerson(database, person),
      // Whoever holds a sealed matter reaches its person through it, and may find no page of theirs.
      person !== undefined && (request.visibility !== 'sealed' || opensPerson(prisma, staff, person)),
      address === undefined ? undefined : readAddress(database, address, person),
      person === undefined ? [] : consentsOf(prisma, { person }),
      staffNames(
        prisma,
        facts.attempts.map((one) => one.staff),
      ),
      loadFollowUpViews(parts, id),
      referralsOfRequest(database, id),
      address === undefined ? undefined : leavesNow({ ...database, clock: parts.clock }, address, person),
      loadGuarded(parts, staff, request),
      address && person ? chosenAnswering(database, { address, person }) : undefined,
    ])
  return {
    ...{ followUps, referrals, ...guarded },
    ...facts,
    row: rowOf(line),
    openedAt: request.openedAt,
    version: request.version,
    person: known && shownPerson(parts, known),
    personOpens: opens,
    campaignOpens: seesCampaigns(staff),
    consents,
    ...(request.saidAge === undefined || known?.minor ? {} : { saidAge: request.saidAge }),
    attempts: facts.attempts.map(({ staff: who, ...one }) => ({ ...one, by: names.get(who) ?? '' })),
    reach: reached && {
      ...reachOf(parts, reached, known?.phone),
      ...(leaves ? { leaves } : {}),
      ...(answering ? { answering } : {}),
    },
  }
}

/** The conversation alone. */
export async function loadThread(parts: Parts, staff: Staff, id: string): Promise<Thread> {
  const request = await loadRequest(parts.database.prisma, staff, id)
  return threadView(
    parts,
    await threadOfRequest(parts.database, request, { limit: messagesInThread, hidden }),
  )
}

/** How the person is reached, and what to mind: where their phone is from tells what hour it is there. */
export function reachOf(
  { clock, channels }: Pick<Parts, 'clock' | 'channels'>,
  reached: AddressFacts,
  phone: string | undefined,
): Reach {
  const number = phone ?? reached.phone
  const country = (number && parsePhoneNumberFromString(number)?.country) ?? homeCountry
  const hour = nightIn(country, clock.now())
  const abilities = channels.find(({ id }) => id === reached.channel)?.abilities
  const window = abilities?.answerWindow
  const heard = reached.lastHeardAt ?? reached.since
  return {
    ...reached,
    ...(abilities ? { carries: abilities.files } : {}),
    ...(hour === undefined
      ? {}
      : { night: country === homeCountry ? { clock: hour } : { clock: hour, country } }),
    ...(window === undefined ? {} : { windowEnds: new Date(heard.getTime() + window * 60 * 60_000) }),
  }
}

/** A line of the store as a row of a list. */
export function rowOf(line: RequestLine): Row {
  const { request } = line
  const { id, reference, kind, category, queue, visibility, priority, state, dueAt } = request
  return {
    ...{ id, reference, kind, category, queue, visibility, priority, state, dueAt },
    who: line.who,
    first: line.first,
    language:
      line.language === 'fr' || line.language === 'bm' || line.language === 'en' ? line.language : undefined,
    owner: line.owner,
    danger: line.danger,
    lastHeardAt: line.lastHeardAt,
    closedAt: line.closedAt,
    snoozedUntil: request.snoozedUntil,
  }
}
