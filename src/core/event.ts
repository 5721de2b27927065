/**
 * What happened, written once and never changed: the history that staff read is made of these. The engine's wishes and
 * the acts of staff both end as events; `turn/apply.ts` turns each into row changes in the same transaction.
 * Names are noun and past participle. `secret` fields are encrypted in storage; everything else must not be personal.
 */
import type { Answering } from './answering.ts'
import type { CampaignHappening } from './campaign-happening.ts'
import type { CaseHappening } from './case-happening.ts'
import type { CheckInHappening } from './check-in-happening.ts'
import type { ConsentAnswer, ConsentItem, ConsentMedium } from './consent.ts'
import type { Danger } from './danger.ts'
import type { FeedbackHappening } from './feedback-happening.ts'
import type { FileHappening } from './file-happening.ts'
import type { FollowUpHappening } from './followup-happening.ts'
import type { Language } from './language.ts'
import type { ListeningHappening } from './listening-happening.ts'
import type { LoopHappening } from './loop-happening.ts'
import type { Say } from './message.ts'
import type { NamelessHappening } from './nameless.ts'
import type { NeedCategory, NeedResult, Urgency } from './need.ts'
import type { Place } from './place.ts'
import type { QueueKey } from './queue.ts'
import type { ReferralHappening } from './referral-happening.ts'
import type { Outcome, Priority, RequestKind, RequestState } from './request.ts'
import type { SafeContact } from './safe-contact.ts'
import type { SafeHappening } from './safe-happening.ts'
import type { TaskHappening } from './task-happening.ts'
import type { Visibility } from './visibility.ts'

/**
 * Who caused an event: the person, the conversation, the passing of time, whoever runs the program at its keyboard, a partner
 * to whom somebody was referred, or a member of staff by id.
 */
export type By = 'person' | 'flow' | 'clock' | 'operator' | 'partner' | { readonly staff: string }

/** What a flow learnt about a person; every field is personal. */
export type Described = {
  readonly name?: string
  readonly place?: Place
  readonly birthYear?: number
  readonly sex?: 'woman' | 'man'
  /** E.164. */
  readonly phone?: string
  /** As the programme writes it, upper case. */
  readonly caseNumber?: string
  readonly returnCountry?: string
  /** ISO date. */
  readonly returnDate?: string
}

/** A new request as the conversation or staff ask for it; its queue, priority and due time follow by rule. */
export type Opening = {
  readonly request: string
  readonly reference: string
  readonly kind: RequestKind
  readonly queue: QueueKey
  readonly visibility: Visibility
  readonly priority: Priority
  readonly category?: NeedCategory
  readonly urgency?: Urgency
  /** Why: danger, a voice note, a text nobody understood, one after the case was closed, the person's own choice. */
  readonly cause: 'asked' | 'voice' | 'not_understood' | 'after_closure' | 'danger' | 'hand_over' | 'staff'
  readonly danger?: Danger
  /** Somebody who may write for them wrote it. */
  readonly behalf?: true
  /** How it reached us, where staff wrote it down. */
  readonly how?: 'came' | 'called' | 'box' | 'relative'
  /** In the person's own words. */
  readonly secret?: { readonly text?: string }
}

/** Why staff owe a call: nobody wrote, nothing could ask them to, or they did not give their code. */
export type CallCause = 'silent' | 'no_template' | 'not_delivered' | 'locked'

/** What can be done to several requests at once. */
export type BulkActName = 'take' | 'assign' | 'hand_over' | 'snooze' | 'close' | 'priority'

/** What a request goes back to when something is taken back; times are ISO, null says that there is none. */
export type RequestBack = {
  readonly queue?: QueueKey
  readonly owner?: string | null
  readonly priority?: Priority
  readonly state?: RequestState
  readonly dueAt?: string
  readonly snoozedUntil?: string | null
  /** Needs that are without a result again. */
  readonly needs?: readonly string[]
}

export type Happening =
  // The conversation.
  | { readonly type: 'message_created'; readonly message: string; readonly say: Say }
  | { readonly type: 'flow_entered'; readonly flow: string }
  | { readonly type: 'flow_ended'; readonly flow: string; readonly how: 'done' | 'left' | 'restarted' }
  | {
      readonly type: 'answer_kept'
      readonly flow: string
      readonly step: string
      /** The code of a choice, a yes or a no; absent for free answers. */
      readonly value?: string
      readonly secret?: { readonly said: string }
    }
  | { readonly type: 'answer_refused'; readonly flow: string; readonly step: string; readonly tries: number }
  | { readonly type: 'answer_doubted'; readonly flow: string; readonly step: string; readonly value: string }
  | { readonly type: 'silence_reached'; readonly flow: string; readonly step: string }
  | { readonly type: 'danger_noticed'; readonly danger: Danger; readonly flow?: string }
  | { readonly type: 'language_guessed'; readonly language: Language }
  | { readonly type: 'message_edited'; readonly message: string; readonly original?: string }
  /** The person took back what they had sent: `message` is the original, and nobody is shown it any more. */
  | { readonly type: 'message_deleted'; readonly message: string }
  // The person.
  | { readonly type: 'language_chosen'; readonly language: Language }
  | { readonly type: 'answering_chosen'; readonly how: Answering }
  | { readonly type: 'notice_shown'; readonly text: string; readonly language: Language }
  | {
      readonly type: 'consent_recorded'
      readonly item: ConsentItem
      readonly answer: ConsentAnswer
      /** Locale key and hash of the wording that was shown. */
      readonly text: string
      readonly wording: string
      readonly language: Language
      readonly medium: ConsentMedium
    }
  | { readonly type: 'person_described'; readonly secret: Described }
  | { readonly type: 'person_confirmed' }
  | { readonly type: 'card_made'; readonly card: string }
  | { readonly type: 'card_used'; readonly card: string }
  | {
      readonly type: 'person_imported'
      readonly case: string
      /** Nobody had this case number before. */
      readonly made: boolean
      /** Who has the case from here on, where the table says somebody else than before. */
      readonly owner?: string
      readonly language?: Language
      /** What the table says that was not known before. */
      readonly secret: Described
    }
  | { readonly type: 'speaker_changed'; readonly to: 'same' | 'other' }
  | { readonly type: 'phone_shared'; readonly shared: boolean }
  | { readonly type: 'safe_contact_noted'; readonly secret: SafeContact }
  | { readonly type: 'messages_stopped'; readonly how: 'campaigns' | 'all' }
  | { readonly type: 'messages_started' }
  | { readonly type: 'address_blocked' }
  /** The provider says that this number was given up for another; the other one is personal. */
  | { readonly type: 'number_left'; readonly secret?: { readonly to: string } }
  /** The provider says that another phone or person may be behind the number. */
  | { readonly type: 'identity_doubted' }
  // Requests.
  | ({ readonly type: 'request_opened' } & Opening)
  | { readonly type: 'request_joined'; readonly request: string; readonly message?: string }
  | {
      readonly type: 'request_raised'
      readonly request: string
      readonly priority: Priority
      readonly danger?: Danger
    }
  | { readonly type: 'request_lowered'; readonly request: string; readonly priority: Priority }
  | { readonly type: 'request_taken'; readonly request: string; readonly owner: string }
  | {
      readonly type: 'request_handed_over'
      readonly request: string
      readonly queue: QueueKey
      readonly secret?: { readonly reason: string }
    }
  | {
      readonly type: 'request_answered'
      readonly request: string
      readonly message: string
      readonly first: boolean
    }
  | {
      readonly type: 'message_resent'
      readonly request: string
      readonly message: string
      /** Nothing was said since: with it, the request is answered again. */
      readonly answers: boolean
    }
  /** A file that never came is asked for again. */
  | {
      readonly type: 'file_wanted'
      readonly message: string
      readonly media: string
      readonly request?: string
    }
  | {
      readonly type: 'transcript_written'
      readonly message: string
      readonly media: string
      /** The request that the voice note belongs to. */
      readonly request?: string
      readonly secret: { readonly text: string }
    }
  | {
      readonly type: 'request_reclassified'
      readonly request: string
      readonly kind: RequestKind
      readonly falseAlarm: boolean
    }
  | {
      readonly type: 'request_closed'
      readonly request: string
      readonly outcome: Outcome
      readonly needResult?: NeedResult
      readonly secret?: { readonly note: string }
    }
  | { readonly type: 'request_reopened'; readonly request: string; readonly cause: 'person' | 'staff' }
  | {
      readonly type: 'request_assigned'
      readonly request: string
      readonly owner: string
      readonly secret?: { readonly reason: string }
    }
  /** Nobody has it any more: whoever had it is away. */
  | { readonly type: 'request_returned'; readonly request: string; readonly owner: string }
  /** Nobody of the office that it waited for sits in its queue any more: it waits for everybody there. */
  | { readonly type: 'office_released'; readonly request: string; readonly office: string }
  /** The person was told that it takes longer; `until` is what they were told. */
  | {
      readonly type: 'delay_told'
      readonly request: string
      readonly message: string
      readonly until: string
    }
  /** The person was asked without content to write: the provider's window is closed, or others may read there. */
  | { readonly type: 'knock_sent'; readonly message: string; readonly locked?: true }
  /** The answer cannot reach them: they are to be called, and why. */
  | {
      readonly type: 'call_asked'
      readonly request: string
      readonly cause: CallCause
    }
  | { readonly type: 'request_snoozed'; readonly request: string; readonly until: string }
  | {
      readonly type: 'request_woken'
      readonly request: string
      readonly cause: 'time' | 'person' | 'staff'
    }
  /** It goes on in the earlier request `into`, and is closed itself. */
  | {
      readonly type: 'request_merged'
      readonly request: string
      readonly into: string
      readonly reference: string
      readonly state: RequestState
    }
  /** The later request `merged` has joined it; `was` is what it goes back to when they are parted. */
  | {
      readonly type: 'request_absorbed'
      readonly request: string
      readonly merged: string
      readonly reference: string
      readonly needs: readonly string[]
      readonly dueAt: string
      readonly priority: Priority
      readonly was: { readonly dueAt: string; readonly priority: Priority }
    }
  /** Two merged ones go their own ways again; told to both. */
  | {
      readonly type: 'request_parted'
      readonly request: string
      readonly reference: string
      readonly back: RequestBack
      readonly needs?: readonly string[]
    }
  /** What was done to several requests at once was taken back for this one. */
  | {
      readonly type: 'act_undone'
      readonly request: string
      readonly act: BulkActName
      readonly back: RequestBack
    }
  | {
      readonly type: 'note_written'
      readonly request: string
      /** Colleagues whom it names, who may see the request. */
      readonly mentions?: readonly string[]
      readonly secret: { readonly note: string }
    }
  | CampaignHappening
  | CaseHappening
  | CheckInHappening
  | FeedbackHappening
  | FileHappening
  | FollowUpHappening
  | SafeHappening
  | ListeningHappening
  | ReferralHappening
  | LoopHappening
  | NamelessHappening
  | TaskHappening

export type EventType = Happening['type']
export type HappeningOf<T extends EventType> = Extract<Happening, { type: T }>

/** A happening with its place in history. */
export type Event = Happening & { readonly id: string; readonly at: Date; readonly by: By }
