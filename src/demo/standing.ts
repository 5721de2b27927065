/** What a turn of the story starts from, read from the tables in memory as store/standing.ts reads it from the database. */
import type { ConsentItem } from '../core/consent.ts'
import type { Language } from '../core/language.ts'
import type { NeedCategory } from '../core/need.ts'
import type { QueueKey } from '../core/queue.ts'
import type { Priority, Request, RequestKind, RequestState } from '../core/request.ts'
import type { Visibility } from '../core/visibility.ts'
import type { OwnRequest } from '../flow/session.ts'
import type { Standing } from '../store/road.ts'
import type { Found } from '../turn/act-load.ts'
import type { DemoRow, Ledger } from './ledger.ts'

// The casts below are of values that turns wrote: the columns of prisma/schema.prisma are text.

export function standingOf(ledger: Ledger, id: string): Standing {
  const { plain } = ledger.get('address', id)
  const session = ledger.sessions.get(String(plain['session_id']))
  if (!session) throw new Error('an address of the story has no session')
  const consent: Partial<Record<ConsentItem, 'given' | 'refused' | 'withdrawn'>> = {}
  for (const row of ledger.by('consent', session.id)) {
    consent[row.plain['item'] as ConsentItem] = row.plain['answer'] as 'given'
  }
  return {
    address: {
      id,
      channel: String(plain['channel_id']),
      channelKind: channelKindOf(ledger, id),
      key: String(plain['key_id']),
      language: some<Language>(plain['language']),
      state: some<'live'>(plain['state']) ?? 'live',
      shared: plain['shared'] === true,
      stopped: some<'no' | 'campaigns' | 'all'>(plain['stopped']) ?? 'no',
    },
    session: { id: session.id, version: session.version, state: session.state },
    person: session.person === undefined ? undefined : personOf(ledger, session.person),
    consent,
    requests: ownRequests(ledger, id, session.person),
  }
}

export function channelKindOf(ledger: Ledger, address: string): string {
  const channel = String(ledger.get('address', address).plain['channel_id'])
  return String(ledger.get('channel', channel).plain['kind'])
}

/** A request as an act of staff finds it (turn/act-load.ts). */
export function foundOf(ledger: Ledger, id: string): Found {
  const request = requestOf(ledger, id)
  const { plain } = ledger.get('request', id)
  const standing = request.address ? standingOf(ledger, request.address) : undefined
  return {
    request,
    language: some<Language>(plain['language']) ?? 'fr',
    address: standing && { ...standing.address, session: standing.session.id },
    person: request.person ? { ...personOf(ledger, request.person), known: true } : undefined,
    needs: ledger
      .by('need', id)
      .filter(({ plain: need }) => !need['result'])
      .map(idOf),
  }
}

/** The request as rules read it. */
export function requestOf(ledger: Ledger, id: string): Request {
  const { plain } = ledger.get('request', id)
  return {
    id,
    reference: String(plain['reference']),
    kind: plain['kind'] as RequestKind,
    queue: plain['queue'] as QueueKey,
    visibility: plain['visibility'] as Visibility,
    priority: plain['priority'] as Priority,
    state: plain['state'] as RequestState,
    owner: some(plain['owner_id']),
    address: some(plain['address_id']),
    person: some(plain['person_id']),
    case: some(plain['case_id']),
    office: some(plain['office_id']),
    category: some<NeedCategory>(plain['category']),
    openedAt: plain['opened_at'] as Date,
    dueAt: plain['due_at'] as Date,
    firstAnswerAt: (plain['first_answer_at'] as Date | null | undefined) ?? undefined,
    contactAttempted: plain['contact_attempted'] === true,
    reportedOn: plain['reported_on'] instanceof Date ? plain['reported_on'] : undefined,
    version: Number(plain['version'] ?? 0),
  }
}

export function personOf(ledger: Ledger, id: string): NonNullable<Standing['person']> {
  const { plain, secret } = ledger.get('person', id)
  const file = ledger.by('case_file', id).at(-1)
  return {
    id,
    key: String(plain['key_id']),
    case: some(file?.plain['id']),
    owner: some(file?.plain['owner_id']),
    office: some(file?.plain['office_id']),
    region: some(plain['region']),
    minor: plain['minor'] === true,
    known: secret['name_enc'] !== undefined || Boolean(file?.plain['number_hash']),
  }
}

function ownRequests(ledger: Ledger, address: string, person: string | undefined): OwnRequest[] {
  const shared = ledger.get('address', address).plain['shared'] === true
  return ledger
    .by('request', address)
    .filter(({ plain }) => plain['visibility'] === 'open' && plain['state'] !== 'closed')
    .filter(({ plain }) => !shared || !plain['person_id'] || plain['person_id'] === person)
    .slice(-10)
    .map((row) => {
      const { id, reference, kind, state, category, openedAt, dueAt } = requestOf(ledger, idOf(row))
      return { id, reference, kind, state, category, openedAt, dueAt }
    })
}

function idOf({ plain }: DemoRow): string {
  return String(plain['id'])
}

function some<T extends string = string>(value: unknown): T | undefined {
  return typeof value === 'string' ? (value as T) : undefined
}
