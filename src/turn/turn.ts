/**
 * One turn: what somebody said, or the passing of time, walked through the engine and written down as rows. Pure but for
 * the clock's ids: reading and committing are receive.ts.
 */
import type { Happening } from '../core/event.ts'
import { kindOf, type Priority } from '../core/request.ts'
import type { Visibility } from '../core/visibility.ts'
import type { FlowBook } from '../flow/definition.ts'
import type { Engine, Sprint } from '../flow/engine.ts'
import type { Input } from '../flow/input.ts'
import { confidantOf } from '../flow/opening.ts'
import { besideFlows } from '../flow/sentences.ts'
import type { Session } from '../flow/session.ts'
import type { Card } from '../store/card.ts'
import type { Keys } from '../store/encryption.ts'
import type { Arrived, Change, Standing, TurnRows } from '../store/road.ts'
import { speak } from '../text/render.ts'
import type { Clock, World } from '../world.ts'
import { answerAloud, type Speech } from './aloud.ts'
import { apartFrom, emptied, isNameless, talksNameless } from './apart.ts'
import { apply } from './apply.ts'
import { askForMatch } from './apply-person.ts'
import { belonging, mattersOf } from './belonging.ts'
import { inputOf } from './input.ts'
import type { Original } from './original.ts'
import type { References } from './references.ts'
import type { Matter, Scene } from './scene.ts'
import { idleSession, leftState, newSession } from './session.ts'
import { recentCampaign, situationOf } from './situation.ts'
import type { Surroundings } from './surroundings.ts'

export type TurnParts = Speech & {
  readonly engine: Engine
  readonly book: FlowBook
  readonly keys: Pick<Keys, 'make' | 'hash'>
  readonly clock: Clock
  readonly references: References
}

/** What a turn came to: its rows, and the names of what open pages should fetch again once they are committed. */
export type Turned = { readonly rows: TurnRows; readonly hints: ReadonlySet<string> }

/**
 * Walks one input and writes down what followed. `arrived` is absent for the passing of time, `original` is the message
 * that an edit changes.
 */
export function takeTurn(
  parts: TurnParts,
  town: Surroundings,
  standing: Standing,
  what: { readonly input: Input; readonly arrived?: Arrived; readonly original?: Original },
): Turned {
  const world = worldOf(parts)
  const sprint = walk(parts, town, standing, what.input, world)
  return writeDown(parts, { town, standing, world, sprint, arrived: what.arrived, original: what.original })
}

/** What the engine makes of an input, as things stand. */
export function walk(
  parts: Pick<TurnParts, 'engine'> & Partial<Pick<TurnParts, 'screen'>>,
  town: Surroundings,
  standing: Standing,
  input: Input,
  world: World,
): Sprint {
  const voiceNotes = parts.screen?.(standing.address.channel).files?.voice
  const situation = { ...situationOf(standing, town, world.now), voiceNotes }
  return parts.engine.respond(standing.session.state, input, situation, world)
}

/**
 * The turn of an arrival that the program fails on: whoever wrote is told politely, what they said goes to intake or stays
 * with those in whom they confided, and the conversation begins anew, so that their next message is heard.
 */
export function apologize(
  parts: TurnParts,
  town: Surroundings,
  standing: Standing,
  arrived: Arrived,
): Turned {
  const world = worldOf(parts)
  const { content } = arrived.incoming
  const text = 'text' in content ? content.text : undefined
  const language = standing.address.language ?? standing.session.state?.spoken ?? 'fr'
  const { queue, visibility, priority } = kindOf('unclear')
  const nameless = talksNameless(standing.session.state)
  const confidant = confidantIn(standing, world.now)
  const { session, happenings: sorry } = answerAloud(
    parts,
    { town, standing, world },
    {
      says: [{ text: besideFlows.error, language }],
      session: idleSession(standing.session.state, world.now),
      sensitive: nameless || confidant !== undefined || isSensitive(parts.book, standing.session.state),
    },
  )
  const happenings: readonly Happening[] = [
    confidant
      ? { type: 'request_joined', request: confidant.id, message: arrived.message }
      : {
          type: 'request_opened',
          request: world.id(),
          reference: world.reference(),
          kind: 'unclear',
          ...{ queue, visibility, priority },
          cause: 'hand_over',
          secret: text === undefined ? undefined : { text },
        },
    ...sorry,
  ]
  // What was to be said without a name does not go to intake with one: it is to be said again.
  const sprint = { session, happenings: nameless ? sorry : happenings }
  return writeDown(parts, { town, standing, world, sprint, arrived, nameless })
}

/** The last resort, when even the apology cannot be written: the arrival counts as handled, nothing else is said. */
export function turnAway(parts: TurnParts, town: Surroundings, standing: Standing, arrived: Arrived): Turned {
  const world = worldOf(parts)
  const session = idleSession(standing.session.state, world.now)
  const confidant = confidantIn(standing, world.now)
  const original: Original | undefined = confidant && { visibility: 'sealed', request: confidant.id }
  const nameless = talksNameless(standing.session.state)
  const sprint = { session, happenings: [] }
  return writeDown(parts, { town, standing, world, sprint, arrived, original, nameless })
}

function confidantIn(
  { session: { state }, confided }: Standing,
  now: Date,
): Standing['confided'] | undefined {
  const found = confidantOf({ session: state ?? {}, situation: { confided }, now: now.getTime() })
  return found && { visibility: 'sealed', ...found }
}

export function worldOf({ clock, references }: TurnParts): World {
  return { now: clock.now(), id: () => clock.id(), reference: () => references.take() }
}

type Written = {
  readonly town: Surroundings
  readonly standing: Standing
  readonly world: World
  readonly sprint: Sprint
  readonly arrived?: Arrived
  readonly original?: Original
  /** The invitation that was shown. */
  readonly card?: Card
  /** What staff did that this turn follows from. */
  readonly deed?: StaffDeed
  /** Somebody brought the code of a complaint without a name. */
  readonly nameless?: boolean
}

/** What a member of staff did with a request, and what the conversation makes of it in the same turn. */
export type StaffDeed = {
  readonly staff: string
  /** The key of the form, which is the turn's id. */
  readonly form: string
  readonly request: Matter & { readonly version: number; readonly priority: Priority }
  readonly happenings: readonly Happening[]
  readonly changes: readonly Change[]
}

export function writeDown(parts: TurnParts, it: Written): Turned {
  const scene = openScene(parts, it)
  for (const happening of [...(it.deed?.happenings ?? []), ...it.sprint.happenings]) apply(scene, happening)
  askForMatch(scene)
  return { rows: rowsOf(scene, it), hints: scene.hints }
}

function openScene(
  parts: TurnParts,
  { town, standing, world, sprint, arrived, original, card, deed }: Written,
): Scene {
  const { address, session, person, consent } = standing
  const screen = parts.screen(address.channel)
  return {
    world,
    turn: deed?.form ?? world.id(),
    by: deed ? { staff: deed.staff } : arrived ? 'person' : 'clock',
    staff: deed?.staff,
    town,
    keys: parts.keys,
    render: (say) => speak(say, screen, parts.locales),
    address,
    session: {
      id: session.id,
      version: session.version,
      before: session.state,
      after: sprint.session,
      sensitive: isSensitive(parts.book, session.state) || isSensitive(parts.book, sprint.session),
      consented: consent.keep_data === 'given',
    },
    handled: arrived && { message: arrived.message, seq: arrived.seq },
    said: arrived?.incoming,
    helped: standing.helped,
    behalf: new Set(),
    matters: mattersOf(standing, deed?.request),
    got: recentCampaign(standing, world.now),
    followUps: standing.followUps,
    referrals: standing.referrals,
    card,
    corrections: original?.corrections,
    person,
    keeps: consent.keep_data === 'given',
    met: false,
    language: address.language ?? session.state?.spoken ?? 'fr',
    touched: [],
    messages: [],
    events: [],
    changes: [],
    hints: new Set(),
  }
}

export function isSensitive(book: FlowBook, session: Session | undefined): boolean {
  const frame = session?.stack.at(-1)
  return frame !== undefined && book.version(frame.hash)?.sensitive === true
}

function rowsOf(scene: Scene, { standing, original, deed, nameless, arrived }: Written): TurnRows {
  const { address, session } = standing
  const apart = (nameless || isNameless(scene)) && scene.touched.length === 0
  const { visibility, request } = apart ? apartFrom(scene) : belonging(scene, original)
  const hidden = apart || isHidden(scene, visibility, request)
  if (original?.request) scene.hints.add(`request-${original.request}`)
  if (visibility === 'open') {
    for (const { id } of standing.requests) scene.hints.add(`request-${id}`)
    if (scene.person) scene.hints.add(`person-${scene.person.id}`)
  }
  return {
    turn: scene.turn,
    at: scene.world.now,
    address: { id: address.id, key: address.key, channel: address.channel, session: session.id },
    person: scene.person && { id: scene.person.id, key: scene.person.key },
    session: {
      id: session.id,
      version: session.version,
      state: leftState(scene, { hidden, input: arrived && inputOf(arrived) }),
      person: scene.met && !scene.switchTo ? scene.person?.id : undefined,
      switchTo: scene.switchTo,
    },
    handled: scene.handled && { ...scene.handled, visibility, request },
    messages: scene.messages.map((message) => ({ ...message, visibility, request })),
    events: apart
      ? scene.events.filter((event) => event.request)
      : scene.events.map((event) => (event.request ? event : { ...event, visibility })),
    changes: [
      ...(deed ? [touch(deed)] : []),
      ...scene.changes,
      ...(apart ? emptied(scene) : []),
      ...(scene.switchTo ? [newSession(scene, scene.switchTo)] : []),
      ...(deed?.changes ?? []),
    ],
  }
}

/** Whether its very existence is kept from some; what waits for consent, or for somebody to class it, is no secret yet. */
function isHidden({ session, matters }: Scene, visibility: Visibility, request: string | undefined): boolean {
  if (visibility === 'open') return false
  const kind = request === undefined ? undefined : matters.get(request)?.kind
  return (
    session?.sensitive === true || visibility === 'sealed' || (request !== undefined && kind !== 'unclear')
  )
}

/** Every act moves the version of its request, so that two at once cannot both stand. */
function touch({ request: { id, version, priority } }: StaffDeed): Change {
  return { update: 'request', id, version, plain: { priority } }
}
