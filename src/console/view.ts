/** What pages show: plain values that the loaders fill and the views read. No row of the database comes further than here. */
import type { Answering } from '../core/answering.ts'
import type { Happening } from '../core/event.ts'
import type { FollowUpKind, FollowUpState } from '../core/followup.ts'
import type { Language } from '../core/language.ts'
import type { DeliveryState, SentKind } from '../core/message.ts'
import type { NeedCategory } from '../core/need.ts'
import type { QueueKey } from '../core/queue.ts'
import type { Priority, RequestKind, RequestState } from '../core/request.ts'
import type { Visibility } from '../core/visibility.ts'
import type { OpenAlert } from '../store/alert.ts'
import type { KeptDraft } from '../store/draft.ts'

import type { HeldBack } from '../store/held-back.ts'
import type { NamelessWord } from '../store/nameless.ts'
import type { OpeningWish } from '../store/opening.ts'
import type { AddressFacts, ConsentFacts, PersonFacts } from '../store/person.ts'
import type { ReferralRow } from '../store/referral.ts'
import type { RequestFacts } from '../store/request-facts.ts'
import type { RequestFilter } from '../store/request-look.ts'
import type { SaidBody } from '../store/said.ts'
import type { Lying, Waiting } from '../store/sealed-key.ts'
import type { Leaves } from '../turn/reached.ts'

/** The ways to look at requests that are nobody's place, in the order of the rail. */
export const views = ['mine', 'queues', 'unassigned', 'waiting', 'overdue', 'snoozed', 'closed'] as const
export type View = (typeof views)[number]

/** What a list shows: one of the views, or one queue; narrowed by filters, what is due first unless told otherwise. */
export type Look = ({ readonly view: View } | { readonly queue: QueueKey }) & {
  readonly filter?: RequestFilter
  readonly order?: 'newest'
}

/** An alert with the name of whoever has seen it. */
export type AlertView = Omit<OpenAlert, 'acknowledged'> & {
  readonly acknowledged?: { readonly name: string; readonly mine: boolean }
}

export type Rail = {
  readonly views: Readonly<Record<Exclude<View, 'closed'>, number>>
  readonly queues: readonly { readonly queue: QueueKey; readonly open: number; readonly late: number }[]
  /** Notes that name the reader and that they have not read. */
  readonly mentions: number
  /** What the reader must see now. */
  readonly alerts: readonly AlertView[]
  /** Accounts that cannot speak now. */
  readonly heldBack: readonly HeldBack[]
  /** Looks that the reader kept, with how many there are, up to 99 and one. */
  readonly saved: readonly {
    readonly id: string
    readonly name: string
    readonly look: Look
    readonly n: number
  }[]
  /** Changes of accounts that wait for the reader's agreement. */
  readonly approvals: number
}

/** What was said, as it can be shown. */
export type Body = SaidBody

export type Row = {
  readonly id: string
  readonly reference: string
  readonly who?: string
  /** The first thing said; absent when nothing is kept of it. */
  readonly first?: Body
  readonly kind: RequestKind
  readonly category?: NeedCategory
  readonly queue: QueueKey
  readonly visibility: Visibility
  readonly priority: Priority
  readonly state: RequestState
  readonly language?: Language
  readonly owner?: { readonly id: string; readonly name: string }
  readonly danger?: string
  /** When the person last said something: waiting time counts from here. */
  readonly lastHeardAt: Date
  readonly dueAt: Date
  readonly closedAt?: Date
  /** Put aside until then. */
  readonly snoozedUntil?: Date
}

export type Rows = { readonly rows: readonly Row[] /** Cursor of the next page. */; readonly next?: string }

export type Said = {
  readonly type: 'said'
  readonly id: string
  readonly at: Date
  readonly from: 'person' | 'staff' | 'machine'
  /** The member of staff who wrote it: id and name. */
  readonly staff?: string
  readonly name?: string
  readonly body: Body
  /** Of a correction: what was said before it. */
  readonly before?: Body
  /** It was corrected since. */
  readonly corrected?: true
  readonly language?: Language
  /** Of what we sent. */
  readonly delivery?: DeliveryState
  /** Why it failed: a failure code. */
  readonly failure?: string
  /** The request it belongs to. */
  readonly request?: string
  readonly visibility: Visibility
}

export type Happened = {
  readonly type: 'happened'
  readonly id: string
  readonly at: Date
  readonly happening: Happening
  /** The member of staff who did it: id and name. */
  readonly staff?: string
  readonly by?: string
  /** Names of staff that the happening mentions, by id. */
  readonly names: Readonly<Record<string, string>>
}

export type Item = Said | Happened

export type Thread = {
  readonly items: readonly Item[]
  /** Older ones were left out. */
  readonly earlier: boolean
}

/** How the person is reached: what will happen on sending. */
export type Reach = Pick<
  AddressFacts,
  'channelKind' | 'language' | 'state' | 'shared' | 'stopped' | 'displayName'
> & {
  /** The hour where they are, while it is night there; their country unless it is Mali. */
  readonly night?: { readonly clock: string; readonly country?: string }
  /** What becomes of an answer that is sent now. */
  readonly leaves?: Leaves
  /** Until when the provider takes an answer from us; absent where it always does. */
  readonly windowEnds?: Date
  /** How they chose to be answered there. */
  readonly answering?: Answering
  /** How many bytes of each kind its channel can carry; absent where that is not known here. */
  readonly carries?: Readonly<Partial<Record<SentKind, number>>>
}

export type FollowUpView = {
  readonly id: string
  readonly state: FollowUpState
  readonly kind?: FollowUpKind
  readonly at?: Date
  readonly staff?: string
  readonly askedAt: Date
  /** Proposed, and the person does not know yet. */
  readonly untold: boolean
}

/** A referral in one line. */
export type ReferralLine = Pick<ReferralRow, 'id' | 'partner' | 'service' | 'state' | 'answerDueAt'>

export type SealView = {
  readonly lying: Lying
  readonly opens: boolean
  /** The reader gave their password in this session, as every session begins. */
  readonly signedIn: boolean
  /** Names of those who read it, for one who cannot. */
  readonly opening: readonly string[]
  readonly waiting: readonly Waiting[]
  /** Who asks in writing to hold it too. */
  readonly wishes: readonly OpeningWish[]
}

export type ReportView = {
  readonly out: readonly { readonly id: string; readonly name: string }[]
  readonly others: readonly { readonly id: string; readonly name: string }[]
  /** Where others look into it. */
  readonly report?: { readonly by: Date; readonly on?: Date; readonly forgottenOn?: Date }
}

/** What is known beside a request. */
export type Facts = Pick<
  RequestFacts,
  'cause' | 'region' | 'office' | 'outcome' | 'needs' | 'campaign' | 'loop' | 'appealedAt'
> & {
  /** Whether the reader may open what else was answered to its campaign. */
  readonly campaignOpens: boolean
  readonly person?: PersonFacts
  /** Whether the reader may open the page of the person. */
  readonly personOpens: boolean
  readonly consents: readonly ConsentFacts[]
  readonly row: Row
  /** What was said in a complaint without a name. */
  readonly nameless?: readonly NamelessWord[]
  /** Of a sealed matter: who reads it. */
  readonly seal?: SealView
  /** Of a matter that may be about staff: who must not hear of it, and its report. */
  readonly about?: ReportView
  /** Said in the chat, where the file has no child: to be looked at. */
  readonly saidAge?: number
  readonly followUps: readonly FollowUpView[]
  readonly referrals: readonly ReferralLine[]
  readonly openedAt: Date
  readonly version: number
  readonly reach?: Reach
  readonly attempts: readonly (Omit<RequestFacts['attempts'][number], 'staff'> & { readonly by: string })[]
}

/** What the reader may do with a request, decided once by the rules and not by the page. */
export type Allowed = {
  readonly take: boolean
  readonly answer: boolean
  readonly handOver: boolean
  readonly close: boolean
  readonly reopen: boolean
  readonly falseAlarm: boolean
  readonly sort: boolean
  readonly priority: boolean
  readonly attempt: boolean
  readonly note: boolean
}

export type Colleague = {
  readonly id: string
  readonly name: string
  /** They are away until then. */
  readonly awayUntil?: Date
  /** They are whom the person would rather speak with. */
  readonly fits?: boolean
}

/** Another request of the same person, as a link names it. */
export type Twin = Pick<Row, 'id' | 'reference' | 'kind' | 'category'>

/** How staff may share the work of a request. */
export type Sharing = {
  readonly assign: boolean
  readonly snooze: boolean
  readonly wake: boolean
  /** The earlier request that it has joined. */
  readonly into?: Twin
  /** What has joined it. */
  readonly joined: readonly Twin[]
  /** What it could be joined with. */
  readonly alike: readonly Twin[]
}

export type RequestView = {
  readonly sharing: Sharing
  readonly facts: Facts
  readonly thread: Thread
  readonly allowed: Allowed
  /** Whom it can be handed to: members of its queue who may see it. */
  readonly colleagues: readonly Colleague[]
  /** What the reader began to write. */
  readonly draft?: KeptDraft
  readonly present: readonly PresentColleague[]
}

/** A colleague who is at the same request at this moment. */
export type PresentColleague = Colleague & { readonly doing: 'reading' | 'writing' }
