/** One matter that staff owe an answer on: its kinds (domain notes 3.3), its states, and where it goes. */
import type { NeedCategory, NeedResult } from './need.ts'
import type { QueueKey } from './queue.ts'
import type { Visibility } from './visibility.ts'

/** 0 danger, 1 critical, 2 high, 3 normal, 4 low (domain notes 1.9). Automatic rules only lower the number. */
export type Priority = 0 | 1 | 2 | 3 | 4

/** How long staff may take: an unbroken time for danger, working time of the office for everything else. */
export type Term =
  | { readonly minutes: number }
  | { readonly workingHours: number }
  | { readonly workingDays: number }

type Kind = {
  readonly queue: QueueKey
  readonly visibility: Visibility
  readonly priority: Priority
  /** Until the first human answer. Absent: by the priority alone (priority.ts). */
  readonly term?: Term
}

/** The taxonomy of domain notes 3.3. Terms are the programme's defaults. */
export const requestKinds = {
  'request.followup': { queue: 'followup', visibility: 'open', priority: 3 },
  'request.need': { queue: 'needs', visibility: 'open', priority: 3 },
  'request.info': { queue: 'information', visibility: 'open', priority: 3, term: { workingDays: 2 } },
  'request.person': { queue: 'information', visibility: 'open', priority: 3, term: { workingDays: 2 } },
  'request.contact_change': { queue: 'identity', visibility: 'open', priority: 3, term: { workingDays: 2 } },
  'request.identity': { queue: 'identity', visibility: 'open', priority: 3, term: { workingDays: 2 } },
  'request.data': { queue: 'data', visibility: 'restricted', priority: 3, term: { minutes: 30 * 24 * 60 } },
  'complaint.service': { queue: 'complaints', visibility: 'open', priority: 3, term: { workingDays: 10 } },
  'complaint.eligibility': {
    queue: 'complaints',
    visibility: 'open',
    priority: 3,
    term: { workingDays: 10 },
  },
  'complaint.staff_conduct': {
    queue: 'conduct',
    visibility: 'restricted',
    priority: 3,
    term: { workingDays: 10 },
  },
  'complaint.fraud': { queue: 'conduct', visibility: 'restricted', priority: 2 },
  'complaint.sea': { queue: 'psea', visibility: 'sealed', priority: 0, term: { minutes: 24 * 60 } },
  'complaint.data_breach': {
    queue: 'data',
    visibility: 'restricted',
    priority: 2,
    term: { minutes: 72 * 60 },
  },
  'protection.gbv': { queue: 'protection', visibility: 'sealed', priority: 0 },
  'protection.trafficking': { queue: 'protection', visibility: 'sealed', priority: 0 },
  'protection.child': { queue: 'protection', visibility: 'sealed', priority: 0 },
  'protection.suicide': { queue: 'protection', visibility: 'sealed', priority: 0 },
  'security.threat': { queue: 'protection', visibility: 'restricted', priority: 1 },
  out_of_scope: { queue: 'information', visibility: 'open', priority: 3 },
  unclear: { queue: 'intake', visibility: 'restricted', priority: 3, term: { workingHours: 2 } },
} as const satisfies Record<string, Kind>

export type RequestKind = keyof typeof requestKinds

/** The facts of a kind, freed of the literal types of the table. */
export function kindOf(kind: RequestKind): Kind {
  return requestKinds[kind]
}

/**
 * Matters that may be about the worker of the person's own case: restricted complaints, and what nobody has heard yet.
 * That worker, those below them and their supervisor are shut out of them (domain notes 3.2, S6, S10).
 */
export function mayBeAboutWorker(kind: RequestKind): boolean {
  return kind === 'unclear' || (kind.startsWith('complaint.') && kindOf(kind).visibility !== 'open')
}

/** All kinds that may be about the worker. */
export const aboutWorkers = (Object.keys(requestKinds) as RequestKind[]).filter(mayBeAboutWorker)

/** What people tell us of the programme's work and owe no answer to; a complaint is a request. */
export const feedbackKinds = ['praise', 'suggestion', 'question', 'rumour'] as const
export type FeedbackKind = (typeof feedbackKinds)[number]

/**
 * open: staff owe the next word. waiting: the person does. answered: staff answered and may close. closed: done, with
 * an outcome.
 */
export const requestStates = ['open', 'waiting', 'answered', 'closed'] as const
export type RequestState = (typeof requestStates)[number]

export const outcomes = [
  'answered',
  'given',
  'referred',
  'refused',
  'unreachable',
  'reported',
  'duplicate',
  'out_of_scope',
] as const
export type Outcome = (typeof outcomes)[number]

/** A request as the rules see it: no text, no name. */
export type Request = {
  readonly id: string
  readonly reference: string
  readonly kind: RequestKind
  readonly queue: QueueKey
  readonly visibility: Visibility
  readonly priority: Priority
  readonly state: RequestState
  readonly owner?: string
  readonly address?: string
  readonly person?: string
  readonly case?: string
  readonly office?: string
  readonly category?: NeedCategory
  readonly openedAt: Date
  readonly dueAt: Date
  readonly firstAnswerAt?: Date
  readonly contactAttempted: boolean
  /** The day on which it was reported to those outside who look into it (reported.ts). */
  readonly reportedOn?: Date
  /** Said in the chat, and not looked at: below eighteen, where the file has no child. */
  readonly saidAge?: number
  readonly needResult?: NeedResult
  /** Needs under it of which nobody has said what came of them; not only a need may have some, once two are merged. */
  readonly openNeeds?: readonly string[]
  /** Put aside by staff until then. */
  readonly snoozedUntil?: Date
  /** The earlier request that this one has joined. */
  readonly mergedInto?: string
  /** Whether the person is to be told that it takes longer, or was: they are told once. */
  readonly delay?: 'owed' | 'told'
  /** Grows with every change; an act that read an older version changes nothing. */
  readonly version: number
}
