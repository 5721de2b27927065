/**
 * One turn while it is being written: what is known of the address, the person and the requests, and the rows that grow
 * as what happened is applied. A scene lives as long as one turn and is never shared.
 */
import type { By, Happening } from '../core/event.ts'
import type { StandingFollowUp } from '../core/followup.ts'
import type { Language } from '../core/language.ts'
import type { Incoming, Say, Spoken } from '../core/message.ts'
import type { NeedCategory } from '../core/need.ts'
import type { QueueKey } from '../core/queue.ts'
import type { ReferralState, StandingReferral } from '../core/referral.ts'
import type { Priority, RequestKind, RequestState } from '../core/request.ts'
import { type Visibility, visibilities } from '../core/visibility.ts'
import type { Session } from '../flow/session.ts'
import type { Card } from '../store/card.ts'
import type { Keys } from '../store/encryption.ts'
import type { Change, NewEvent, NewMessage, Plain, Standing } from '../store/road.ts'
import type { World } from '../world.ts'
import type { Surroundings } from './surroundings.ts'

/** What is known of a request in this turn; `visibility` always is, the rest where it was loaded. */
export type Matter = {
  readonly id: string
  readonly visibility: Visibility
  readonly kind?: RequestKind
  readonly queue?: QueueKey
  /** Null: it waits for everybody in its queue. Absent where nobody has looked. */
  readonly office?: string | null
  readonly priority?: Priority
  readonly state?: RequestState
  readonly category?: NeedCategory
  readonly openedAt?: Date
  readonly dueAt?: Date
  readonly owner?: string
  /** Who gave the last answer, where it can be contested. */
  readonly answeredBy?: string
  /** Who is barred from it already. */
  readonly barred?: readonly string[]
  /** The version that an act read. */
  readonly version?: number
  /** Rows that follow the request when it is hidden or shown; loaded for an act that may do so. */
  readonly messages?: readonly string[]
  readonly events?: readonly string[]
  /** Requests that have joined it: they are hidden and shown with it too. */
  readonly merged?: readonly string[]
  /** Feedback that it was made of. */
  readonly feedback?: readonly string[]
  /** Needs under it that have no result yet. */
  readonly needs?: readonly string[]
}

/** A follow-up as it was read; `diary` is the version of the calendar it stands in. */
export type KnownFollowUp = Pick<StandingFollowUp, 'id' | 'country' | 'version'> & {
  readonly at?: Date
  readonly staff?: string
  readonly diary?: number
}

/** A referral as it was read. */
export type KnownReferral = Pick<StandingReferral, 'id' | 'country' | 'version'> & {
  readonly state: ReferralState
  /** The need that it hands over. */
  readonly need?: string
}

export type Scene = {
  readonly world: World
  readonly turn: string
  readonly by: By
  readonly town: Surroundings
  readonly keys: Pick<Keys, 'make' | 'hash'>
  readonly render: (say: Say) => Spoken
  readonly address?: Standing['address']
  readonly session?: {
    readonly id: string
    readonly version: number
    readonly before?: Session
    readonly after: Session
    /** A sensitive flow talked before or after this turn. */
    readonly sensitive: boolean
    /** Consent to keep data, before this turn. */
    readonly consented: boolean
  }
  readonly handled?: { readonly message: string; readonly seq: bigint }
  /** The arrival, as it came. */
  readonly said?: Incoming
  readonly matters: Map<string, Matter>
  /** The member of staff of an act. */
  readonly staff?: string
  person?: NonNullable<Standing['person']>
  /** The person agrees that we keep what they tell of themselves, as far as this turn has come. */
  keeps: boolean
  /** For whom the person may write, and the requests that are theirs. */
  readonly helped?: Standing['helped']
  readonly behalf?: Set<string>
  /** The person was made in this turn. */
  met: boolean
  /** The invitation that was shown in this turn. */
  readonly card?: Card
  /** What corrected the message that is taken back in this turn. */
  readonly corrections?: readonly string[]
  /** A campaign that they got within a week. */
  readonly got?: Standing['campaign']
  /** The campaign that this turn answers. */
  campaign?: string
  /** Follow-ups as they were read, with the versions that must still stand. */
  readonly followUps?: readonly KnownFollowUp[]
  /** Referrals in the same way. */
  readonly referrals?: readonly KnownReferral[]
  /** A case number that somebody said is theirs. */
  claim?: string
  /** Another session speaks from here on. */
  switchTo?: string
  language: Language
  /** Requests that this turn opened or added to, in order. */
  readonly touched: string[]
  readonly messages: NewMessage[]
  readonly events: NewEvent[]
  readonly changes: Change[]
  /** Names of what open pages should fetch again. */
  readonly hints: Set<string>
}

/** Puts a happening on record. */
export function record(scene: Scene, happening: Happening, request?: string): void {
  const visibility = request === undefined ? 'open' : matterOf(scene, request).visibility
  scene.events.push({ id: scene.world.id(), by: scene.by, happening, request, visibility })
}

/**
 * What is known of a request. The standing holds only open ones, so one that it lacks was opened in this turn, or is
 * remembered by the session, or is hidden: then it is treated as restricted.
 */
export function matterOf(scene: Scene, id: string): Matter {
  return scene.matters.get(id) ?? { id, visibility: 'restricted' }
}

/** Changes the row of a request, and what this turn knows of it. */
export function changeMatter(
  scene: Scene,
  id: string,
  plain: Extract<Change, { update: string }>['plain'],
  known: Partial<Matter> = {},
): void {
  const matter = matterOf(scene, id)
  scene.changes.push({ update: 'request', id, version: matter.version, plain })
  scene.matters.set(id, { ...matter, ...known })
  hintMatter(scene, { ...matter, ...known })
}

/** Priorities below it are urgent. */
const leastUrgent = 2

/** Staff owe the next step within a day of work. */
const nextDay = { workingDays: 1 } as const

/** Open again, and due on the next day of work: a person has to find another way. */
export function owe(scene: Scene, request: string): void {
  const dueAt = scene.town.calendar.dueAt(scene.world.now, nextDay)
  const plain = {
    ...{ state: 'open', due_at: dueAt, outcome: null, closed_at: null },
    ...{ snoozed_until: null, snoozed_at: null },
  }
  changeMatter(scene, request, plain, { state: 'open', dueAt })
}

/** The cells of a request that staff answer for the first time. */
export function firstAnswer(scene: Scene, request: string): Readonly<Record<string, Plain>> {
  const { now } = scene.world
  const { dueAt } = matterOf(scene, request)
  return { first_answer_at: now, ...(dueAt ? { first_in_time: now <= dueAt } : {}) }
}

/**
 * Nothing is owed before they have met at `at`: due within a day of work after it. What is urgent, or may be, keeps its
 * term: a visit next week is no answer to a danger today.
 */
export function owedAfter(scene: Scene, request: string, at: Date, answered: boolean): void {
  const first = answered ? firstAnswer(scene, request) : {}
  const { priority = 0 } = matterOf(scene, request)
  if (priority < leastUrgent) {
    if (answered) changeMatter(scene, request, first)
    return
  }
  const dueAt = scene.town.calendar.dueAt(at, nextDay)
  changeMatter(scene, request, { due_at: dueAt, delay_owed_at: null, ...first }, { dueAt })
}

/** What belongs to somebody for whom it was written is applied as theirs; all rows are of the same turn. */
export function onBehalf(scene: Scene, request: string): Scene {
  const { helped } = scene
  if (!helped || !scene.behalf?.has(request)) return scene
  return { ...scene, person: helped.person, address: helped.address }
}

/** Changes the row of the session that speaks, besides its state. */
export function changeSession(
  { session, changes }: Pick<Scene, 'session' | 'changes'>,
  plain: Extract<Change, { update: string }>['plain'],
): void {
  if (session) changes.push({ update: 'session', id: session.id, plain })
}

/**
 * Pages that show this request fetch again. Of what is sealed only the request itself is named, never its queue; what
 * waits for one office is told to those of the queue who see it.
 */
export function hintMatter(scene: Scene, matter: Matter): void {
  scene.hints.add(`request-${matter.id}`)
  if (matter.visibility === 'sealed') return
  const near = matter.visibility === 'open' && matter.office ? `-${matter.office}` : ''
  if (matter.queue) scene.hints.add(`queue-${matter.queue}${near}`)
  if (matter.owner) scene.hints.add(`staff-${matter.owner}`)
}

/** The more hidden of several. */
export function mostHidden(all: readonly Visibility[]): Visibility {
  const rank = Math.max(0, ...all.map((one) => visibilities.indexOf(one)))
  return visibilities[rank] ?? 'sealed'
}
