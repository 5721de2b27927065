/**
 * The walk of one person, on one address, through flows: what the engine remembers between two messages. Stored
 * encrypted as JSON; `v` is its version, and a session of another version restarts politely.
 */
import type { Answering, Carried } from '../core/answering.ts'
import type { OwnCheckIn } from '../core/check-in.ts'
import type { ConsentItem } from '../core/consent.ts'
import type { Danger, DangerKind } from '../core/danger.ts'
import type { FollowUpKind, FollowUpPrompt, FollowUpState, SlotWish } from '../core/followup.ts'
import type { Language } from '../core/language.ts'
import type { Lock } from '../core/lock.ts'
import type { OwnLoop } from '../core/loop.ts'
import type { NeedCategory } from '../core/need.ts'
import type { Place } from '../core/place.ts'
import type { ProxyMatter } from '../core/proxy.ts'
import type { OwnReferral } from '../core/referral.ts'
import type { Priority, RequestKind, RequestState } from '../core/request.ts'

/** What one message said; `taken` marks one that was taken back. */
export type Line = { readonly value: string; readonly message?: string; readonly taken?: true }

/** What a person answered, as a flow keeps it. */
export type Answer =
  | { readonly is: 'code'; readonly value: string }
  | { readonly is: 'number'; readonly value: number }
  /** `message` is the row that said it; taken back, only those who guard a matter are told of it. */
  | ({ readonly is: 'text' } & Line)
  /** Said besides the questions, in several messages (unheard.ts). */
  | { readonly is: 'lines'; readonly lines: readonly Line[] }
  | { readonly is: 'place'; readonly value: Place }
  /** ISO date, in the office's zone. */
  | { readonly is: 'date'; readonly value: string }
  /** E.164. */
  | { readonly is: 'phone'; readonly value: string }
  /** A voice note or another file answered; the message holds it. */
  | { readonly is: 'voice'; readonly message: string }
  | { readonly is: 'nothing' }

/** What was written in an answer; what was taken back meanwhile only for those who guard a matter. */
export function linesOf(answer: Answer | undefined, guarded = true): readonly Line[] {
  const lines = answer?.is === 'lines' ? answer.lines : answer?.is === 'text' ? [answer] : []
  return lines.filter(({ taken }) => guarded || !taken)
}

/** One flow on the stack; the last frame is the one that talks. */
export type Frame = {
  readonly flow: string
  readonly hash: string
  /** The step at which this frame stands. */
  readonly step: string
  readonly answers: Readonly<Record<string, Answer>>
  /** Steps of questions answered so far, for "back" and "change". */
  readonly trail: readonly string[]
  /** The request this frame opened; later steps of it join the request. */
  readonly request?: string
  readonly reference?: string
  /** Whole days until that request is answered, as it was told. */
  readonly days?: number
  /** What was said here is in a record already, without a request of this frame. */
  readonly claimed?: boolean
  /** The step was not begun yet: something more urgent came before it. */
  readonly fresh?: boolean
  /** When the `wait` at which the frame stands is over; milliseconds since the epoch. */
  readonly until?: number
}

/** A list of choices we sent, so that a button, a quote or a bare digit is read against what the person saw. */
export type Shown = {
  /** Tag carried by the buttons: short, unique within the session. */
  readonly list: string
  readonly flow: string
  readonly step: string
  readonly values: readonly string[]
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Yes and no about a fuzzy match, not about the step's own question. */
  readonly doubt?: boolean
}

export type Session = {
  readonly v: 1
  readonly stack: readonly Frame[]
  /** Whether the top frame waits for an answer; false while idle. */
  readonly open: boolean
  /** Times in a row that the open question was not understood. */
  readonly tries: number
  /** A fuzzy match that was asked back: the next yes takes it. */
  readonly doubt?: { readonly value: string; readonly text: string }
  /** The last lists sent, newest last, at most five. */
  readonly shown: readonly Shown[]
  /** Number of lists sent so far: the next tag. */
  readonly lists: number
  /** When the person last wrote; milliseconds since the epoch. */
  readonly heardAt: number
  /** When silence or a wait is due; milliseconds since the epoch. */
  readonly wakeAt?: number
  /** No menu before this moment, only help and a person (S13); milliseconds since the epoch. */
  readonly quietUntil?: number
  /** Greeted since the last long pause. */
  readonly greeted: boolean
  /** The last request opened: the same words within ten minutes join it, and what is sent after it belongs to it. */
  readonly lastRequest?: {
    readonly request: string
    readonly reference?: string
    readonly kind: RequestKind
    readonly priority: Priority
    readonly at: number
  }
  /** Fingerprint of the last text, so that the same words said again are known. */
  readonly said?: { readonly words: string; readonly at: number }
  /** The open matter at intake: voice notes in a row and words nobody understood join it. */
  readonly intake?: { readonly request: string; readonly reference: string; readonly at: number }
  /** The open question waits for what a listener hears in these voice notes, oldest first. */
  readonly parked?: {
    readonly flow: string
    readonly hash: string
    readonly step: string
    readonly messages: readonly string[]
  }
  /** The last matter of danger; more of the same kind joins it. */
  readonly guarded?: {
    readonly request: string
    readonly reference: string
    readonly kind: DangerKind
    readonly at: number
  }
  /** A weak danger word that raises the request opened next. */
  readonly alarm?: { readonly danger: Danger; readonly at: number }
  /** The language we speak in while none was chosen. */
  readonly spoken?: Language
  /** The first contact was begun: language, notice, consent. */
  readonly welcomed?: boolean
  /** Another language was offered once. */
  readonly offered?: boolean
  /** When a language or script that we do not speak was answered with the choice of languages. */
  readonly foreignAt?: number
  /** They left by the quick exit: whatever is tried next shows only a greeting. */
  readonly left?: boolean
  /** What was said on a shared phone before it was known who speaks. */
  readonly held?: { readonly message: string; readonly text: string }
  /** Answered by voice or by text alone, as the person chose. */
  readonly answering?: Answering
  /** Whether everything they ever sent was a voice note; absent while they sent nothing that tells. */
  readonly onlySpeaks?: boolean
  /** What clips have cost them this month. */
  readonly carried?: Carried
  /** The same three as staff may know them: what a hidden turn made of them is not in it. */
  readonly openly?: Pick<Session, 'answering' | 'onlySpeaks' | 'carried'>
  /** The flow about which they were told that it is in French. */
  readonly toldFrench?: string
  /** The message that did not answer the open question: corrected, it is read again. */
  readonly unread?: string
  /** For what day a late message was last told its age, and when. */
  readonly late?: { readonly day: string; readonly at: number }
  /** How often a reference was asked for since that moment. */
  readonly lookups?: { readonly count: number; readonly since: number }
}

/** What the engine may know besides the session: facts that the turn loaded. Codes only, except where said. */
export type Situation = {
  readonly now: Date
  readonly language?: Language
  /** Consent to keep data: undefined while nobody asked. */
  readonly consent: Readonly<Partial<Record<ConsentItem, 'given' | 'refused' | 'withdrawn'>>>
  /** Whether the person behind the address is known (named, or linked to a case). Never told to anybody. */
  readonly known: boolean
  readonly shared: boolean
  /** The code that whoever speaks set on this phone. */
  readonly lock?: Lock
  readonly minor: boolean
  readonly caseClosed?: boolean
  /** What they may write about for somebody else; absent: nothing. */
  readonly helps?: readonly ProxyMatter[]
  /** Somebody may write for them. */
  readonly helped?: boolean
  readonly stopped: 'no' | 'campaigns' | 'all'
  /** Requests of this address that are not closed, newest last; sealed and restricted ones are not among them. */
  readonly requests: readonly OwnRequest[]
  /** A sealed or restricted request that staff answered: what nobody could class belongs there. Never told of. */
  readonly confided?: { readonly id: string; readonly reference: string; readonly kind: RequestKind }
  /** A request that a "2" from here disputes, while it is not settled: somebody asked to replace this number. */
  readonly disputable?: { readonly request: string; readonly at: Date }
  /** A campaign that they got within a week, and the codes of its question. */
  readonly campaign?: {
    readonly id: string
    readonly recipient: string
    readonly at: Date
    readonly values?: readonly string[]
    /** The survey that one of them begins. */
    readonly flow?: string
  }
  /** Follow-ups that may be spoken of here, what is to be said soonest first; absent: none. */
  readonly followUps?: readonly OwnFollowUp[]
  /** Matters that were answered: `due` to be asked about now, or asked about already; absent: none. */
  readonly loops?: readonly OwnLoop[]
  readonly checkIn?: OwnCheckIn
  /** Referrals of whoever speaks, in the same order; absent: none. */
  readonly referrals?: readonly OwnReferral[]
  /** Whether somebody is on duty for protection now: only then is a call promised. */
  readonly duty: boolean
  /** The same for sexual abuse by staff or partners, which others guard; absent: nobody is. */
  readonly pseaDuty?: boolean
  readonly emergencyNumber?: string
  readonly office: {
    readonly open: boolean
    /** When it opens next; now or later. */
    readonly opensAt: Date
    /** Where to come or call, as the programme wrote it; absent: not said. */
    readonly place?: string
  }
  /** Bytes of the largest voice note that the channel carries; absent: none. And of clips for a month; absent: no limit. */
  readonly voiceNotes?: number
  readonly voiceBudget?: number
  /** Due time by rule for a kind of request opened now, in whole days from today, at least 1. */
  readonly daysFor: (kind: RequestKind, priority: Priority) => number
}

export type OwnFollowUp = {
  readonly id: string
  readonly request: string
  readonly state: FollowUpState
  readonly kind: FollowUpKind
  readonly at: Date
  /** Where a meeting is, as the programme wrote it. */
  readonly place?: string
  /** What is to be said of it; `due` when it may be said now. */
  readonly prompt?: { readonly what: FollowUpPrompt; readonly due: boolean }
  /** They were asked without content to write: the prompt waits for their word. */
  readonly knocked: boolean
  /** The next times that would do for everybody; none where only staff may choose. */
  readonly slots: (wish: Omit<SlotWish, 'minutes' | 'from' | 'most'>) => readonly Date[]
  readonly isFree: (at: Date) => boolean
}

export type OwnRequest = {
  readonly id: string
  readonly reference: string
  /** References of requests that staff joined to it: the person may name them too. */
  readonly joined?: readonly string[]
  readonly kind: RequestKind
  readonly state: RequestState
  readonly category?: NeedCategory
  readonly openedAt: Date
  readonly dueAt: Date
}
