/**
 * The hot road between a turn and the database: one statement to arrive and load, one transaction to commit. Both take
 * many lanes at once. Hand-written SQL on the pool that Prisma shares; a Prisma transaction costs ten times as much here
 * (README, "Measured").
 *
 * The lane. There is no lock: a turn commits only if no earlier arrival of its address is unhandled and the session's
 * version is the one it read. Whoever loses reloads. So any number of processes may try, and only the lowest unhandled
 * arrival of an address gets through; a process that dies leaves nothing held.
 */

import type { ConsentItem } from '../core/consent.ts'
import type { By, Happening } from '../core/event.ts'
import type { StandingFollowUp } from '../core/followup.ts'
import type { Language } from '../core/language.ts'
import type { Lock } from '../core/lock.ts'
import type { Incoming, SendPriority, Spoken } from '../core/message.ts'
import type { ProxyMatter } from '../core/proxy.ts'
import type { StandingReferral } from '../core/referral.ts'
import type { RequestKind } from '../core/request.ts'
import type { SafeContact } from '../core/safe-contact.ts'
import type { Visibility } from '../core/visibility.ts'
import type { OwnRequest, Session } from '../flow/session.ts'
import type { StandingLoop } from './standing-loop.ts'

/** What a turn on an address starts from. */
export type Standing = {
  readonly address: {
    readonly id: string
    readonly channel: string
    readonly channelKind: string
    readonly key: string
    readonly language?: Language
    readonly state: 'live' | 'blocked' | 'closed'
    readonly shared: boolean
    readonly stopped: 'no' | 'campaigns' | 'all'
  }
  readonly session: {
    readonly id: string
    readonly version: number
    readonly state?: Session
    /** The code that whoever speaks set on this phone. */
    readonly lock?: Lock
  }
  readonly person?: {
    readonly id: string
    readonly key: string
    readonly case?: string
    readonly owner?: string
    /** Who had the case before. */
    readonly pastOwners?: readonly string[]
    readonly office?: string
    readonly region?: string
    readonly minor: boolean
    /** As the file has it; only where a conversation read it. */
    readonly birthYear?: number
    /** The day of the return, ISO; only where an act on the file read it. */
    readonly returnedOn?: string
    /** When they are to be asked how they are. */
    readonly checkInAt?: Date
    readonly caseClosed?: true
    /** Named, or linked to a case number. */
    readonly known: boolean
    /** By which record they write for somebody, and somebody for them; it may have ended. */
    readonly proxy?: string
    readonly helpedBy?: string
  }
  /** For whom they may write; looked up where there is such a record. */
  readonly helped?: Helped
  readonly consent: Readonly<Partial<Record<ConsentItem, 'given' | 'refused' | 'withdrawn'>>>
  /** Not closed, visibility open, newest last, at most ten. */
  readonly requests: readonly OwnRequest[]
  /** Somebody asked to replace this address: the request that a "2" said here disputes. */
  readonly disputable?: { readonly request: string; readonly at: Date }
  /** The last campaign that this address got, and the codes of its question. */
  readonly campaign?: {
    readonly id: string
    /** Under whom it stands in the ledger. */
    readonly recipient: string
    readonly at: Date
    readonly values?: readonly string[]
    /** The survey that one of them begins. */
    readonly flow?: string
  }
  /** Their follow-ups that may be spoken of, what is to be said soonest first; absent: none. */
  readonly followUps?: readonly StandingFollowUp[]
  /** Matters that they may be asked about, or are being asked about; absent: none. */
  readonly loops?: readonly StandingLoop[]
  /** Referrals of whoever speaks that may be spoken of, in the same order; absent: none. */
  readonly referrals?: readonly StandingReferral[]
  /** How they are reached without harm; only with a follow-up or a referral. */
  readonly safe?: SafeContact
  /** Who is barred from a matter that may be added to; looked up before a turn. */
  readonly barred?: ReadonlyMap<string, readonly string[]>
  /** A restricted or sealed one that staff answered: what is said next belongs to it. It is never told of. */
  readonly confided?: {
    readonly id: string
    readonly reference: string
    readonly kind: RequestKind
    readonly visibility: Visibility
  }
}

/** Somebody for whom a relative writes: what belongs to them is opened as if they had written. */
export type Helped = {
  readonly matters: readonly ProxyMatter[]
  readonly person: NonNullable<Standing['person']>
  readonly address?: Standing['address']
}

/** An arrival that is now a row. */
export type Arrived = {
  readonly message: string
  readonly seq: bigint
  /** Earlier arrivals of this address are still unhandled: the lane must take those first. */
  readonly behind: boolean
  readonly incoming: Incoming
}

/** What one turn writes. Everything in it happens or nothing does. */
export type TurnRows = {
  readonly turn: string
  readonly at: Date
  readonly address?: {
    readonly id: string
    readonly key: string
    readonly channel: string
    readonly session: string
  }
  readonly person?: { readonly id: string; readonly key: string }
  /** The key of what is told by somebody who has neither address nor name here. */
  readonly subject?: string
  /** The session as it is left; absent for acts that do not touch it. Commits only if `version` still stands. */
  readonly session?: {
    readonly id: string
    readonly version: number
    readonly state: Session
    readonly person?: string
    readonly switchTo?: string
  }
  /** The arrival this turn answers. */
  readonly handled?: {
    readonly message: string
    readonly seq: bigint
    readonly visibility: Visibility
    readonly request?: string
  }
  readonly messages: readonly NewMessage[]
  readonly events: readonly NewEvent[]
  readonly changes: readonly Change[]
}

export type NewMessage = {
  readonly id: string
  readonly spoken: Spoken
  readonly priority: SendPriority
  readonly visibility: Visibility
  readonly request?: string
  readonly staff?: string
}

export type NewEvent = {
  readonly id: string
  readonly by: By
  readonly happening: Happening
  readonly request?: string
  readonly visibility: Visibility
}

/** A change of a row outside the hot tables. `plain` columns go as they are; `secret` ones are encrypted with `key`. */
export type Change =
  | {
      readonly insert: TableName
      readonly plain: Readonly<Record<string, Plain>>
      readonly secret?: Readonly<Record<string, string | undefined>>
      readonly key?: string
    }
  | {
      readonly update: TableName
      readonly id: string
      /** The version that was read; the whole turn fails with `request:changed_meanwhile` if it no longer stands. */
      readonly version?: number
      /** Of a message: the state that was read; the turn fails in the same way when it is in another by then. */
      readonly state?: string
      readonly plain: Readonly<Record<string, Plain>>
      readonly secret?: Readonly<Record<string, string | undefined>>
      readonly key?: string
    }

export type Plain = string | number | boolean | Date | null | readonly string[] | Uint8Array

/** Tables a turn may change besides the hot ones; columns are named as in the database (snake case). */
export const tableNames = [
  'address',
  'subject_key',
  'session',
  'person',
  'person_address',
  'case_file',
  'request',
  'request_holder',
  'request_barred',
  'nameless_word',
  'mention',
  'listening',
  'alert',
  'proxy',
  'need',
  'follow_up',
  'diary',
  'task_mark',
  'survey_record',
  'referral',
  'feedback',
  'decision',
  'decision_basis',
  'consent',
  'contact_attempt',
  'card',
  'media',
  // Updates only: who answers a campaign is in its ledger.
  'campaign_recipient',
  'knock',
  // Updates, for what was said and done comes to light, or is closed, with the request it belongs to; an event of a
  // complaint without a name is written apart from the turn of whoever told it.
  'message',
  'event',
] as const
export type TableName = (typeof tableNames)[number]

/**
 * How the commit of one lane went. `behind`: somebody else was first, reload and try again. `refused`: the database does
 * not take what it writes (a reference given twice, a row that is gone); trying the same again cannot help.
 */
export type Went = 'through' | 'behind' | 'refused'

export type Road = {
  /**
   * Writes each arrival as a row, unique by (channel, address, external id, edit), with its address's next sequence
   * number; makes the address, its key and an empty session when it was never heard. A repeat falls away: its place in
   * the result is undefined. At most one arrival per address in one call; durable when it resolves.
   */
  arrive(
    arrivals: readonly { readonly id: string; readonly at: Date; readonly incoming: Incoming }[],
  ): Promise<readonly ({ arrived: Arrived; standing: Standing } | undefined)[]>
  /** The lowest unhandled arrival of each of these addresses with its standing; undefined where none is left. */
  next(
    addresses: readonly string[],
  ): Promise<readonly ({ arrived: Arrived; standing: Standing } | undefined)[]>
  /** Standing alone, for acts and silence. */
  stand(addresses: readonly string[]): Promise<readonly (Standing | undefined)[]>
  /** Commits many lanes in one transaction; a lane that went `behind` wrote nothing. */
  commit(turns: readonly TurnRows[]): Promise<readonly Went[]>
  /** Commits one act of staff; fails with `request:changed_meanwhile` when a version no longer stands. */
  act(turn: TurnRows): Promise<void>
}
