/**
 * Where the story is played: the product's own turns and acts (src/turn), on tables in memory and by the clock of the
 * story. What stands in the tables afterwards is what the product would have written.
 */
import type { Happening } from '../core/event.ts'
import type { Content, SpokenFile } from '../core/message.ts'
import { referenceOf } from '../core/reference.ts'
import type { Request } from '../core/request.ts'
import type { FlowBook } from '../flow/definition.ts'
import type { Engine } from '../flow/engine.ts'
import type { Session } from '../flow/session.ts'
import type { Keys } from '../store/encryption.ts'
import type { Arrived, Change, TurnRows } from '../store/road.ts'
import type { Locales } from '../text/locale.ts'
import { actRows } from '../turn/act-rows.ts'
import { inputOf } from '../turn/input.ts'
import type { Surroundings } from '../turn/surroundings.ts'
import { type TurnParts, takeTurn } from '../turn/turn.ts'
import { asStaff, type DemoStaff } from './cast.ts'
import { screenOf } from './delivery.ts'
import type { Dice } from './dice.ts'
import { type DemoMedia, type Ledger, openLedger } from './ledger.ts'
import type { DemoAddress, DemoChannelKind } from './people.ts'
import type { Said } from './sent-files.ts'
import { foundOf, personOf, requestOf, standingOf } from './standing.ts'
import { keepArrival, writeTurn } from './writing.ts'

export type Stage = {
  readonly engine: Engine
  readonly book: FlowBook
  readonly locales: Locales
  readonly voices: TurnParts['voices']
  readonly keys: Pick<Keys, 'make' | 'hash'>
  readonly town: Surroundings
  readonly ledger: Ledger
  /** Row id of each channel. */
  readonly channels: Readonly<Record<DemoChannelKind, string>>
  readonly dice: Dice
  readonly id: (at: Date) => string
  /** The reference of the next request. */
  readonly reference: () => string
}

/** An empty stage with the office around it. */
export function openStage(
  parts: Pick<Stage, 'engine' | 'book' | 'locales' | 'voices' | 'town' | 'channels' | 'dice' | 'id'> & {
    readonly hash: Keys['hash']
  },
): Stage {
  let opened = 0
  const { hash, ...rest } = parts
  return {
    ...rest,
    keys: { hash, make: nameKey },
    ledger: openLedger(),
    reference: () => referenceOf(opened++),
  }
}

/** Keys of the story are names; load.ts makes the real ones. */
const nameKey: Keys['make'] = (subject, id, at) => ({
  id,
  row: { insert: 'subject_key', plain: { id, subject, created_at: at } },
})

/** A person says something and the conversation answers; gives what happened. */
export function hears(stage: Stage, at: Date, address: DemoAddress, saying: Said): readonly Happening[] {
  const arrived = keepArrival(stage, at, address, saying)
  return play(stage, at, address, { input: inputOf(arrived), arrived })
}

/** A timer of the conversation on this address is due. */
export function wakes(stage: Stage, at: Date, address: DemoAddress): readonly Happening[] {
  return play(stage, at, address, { input: { kind: 'silence' } })
}

/** A person answers what staff asked in a request: it joins, and staff owe the next word. */
export function joins(stage: Stage, at: Date, address: DemoAddress, content: Content, request: string): void {
  const { message, seq } = keepArrival(stage, at, address, { content })
  const { ledger } = stage
  const { visibility, person } = requestOf(ledger, request)
  const happening = { type: 'request_joined', request, message } as const
  writeTurn(stage, {
    turn: stage.id(at),
    at,
    ...placeOf(stage, address),
    person: person === undefined ? undefined : personOf(ledger, person),
    handled: { message, seq, visibility, request },
    messages: [],
    events: [{ id: stage.id(at), by: 'person', happening, request, visibility }],
    changes: [{ update: 'request', id: request, plain: { state: 'open', last_heard_at: at } }],
  })
}

/** What a rule gives for a request, the words that go to the person with it, and changes that no event makes. */
export type Deed = (
  it: Request,
  message: string,
) => {
  readonly happenings: readonly Happening[]
  readonly text?: string
  /** A file that goes with the words. */
  readonly media?: DemoMedia
  readonly changes?: readonly Change[]
}

/** A member of staff does what the rule gives; nothing when it gives nothing. */
export function acts(stage: Stage, at: Date, staff: DemoStaff, request: string, deed: Deed): void {
  const { ledger, town, keys } = stage
  const found = foundOf(ledger, request)
  const message = stage.id(at)
  const { happenings, text, media, changes = [] } = deed(found.request, message)
  if (happenings.length === 0) return
  const { visibility } = found.request
  const file = media && fileOf(media)
  const spoken = text === undefined ? [] : [{ text, language: found.language, ...(file ? { file } : {}) }]
  const messages = spoken.map(
    (words) =>
      ({ id: message, spoken: words, priority: 'answer', visibility, request, staff: staff.id }) as const,
  )
  const act = { staff: asStaff(staff), request, form: stage.id(at) }
  const reclassified = happenings.some(({ type }) => type === 'request_reclassified')
  const linked = reclassified ? ledger.linked(request, found.address?.id) : undefined
  const { rows } = actRows({
    act,
    found,
    linked: linked && { ...linked, merged: [], feedback: [] },
    deed: { happenings, messages },
    world: worldAt(stage, at),
    town,
    keys,
  })
  writeTurn(stage, { ...rows, changes: [...rows.changes, ...changes] })
  const said = ledger.messages.get(message)?.said
  if (media && said && 'out' in said) Object.assign(said, { media })
}

/** As the message names it; `voice` and `photo` are kinds that we send. */
function fileOf({ id, kind, mime, seconds, bytes }: DemoMedia): SpokenFile {
  return { media: id, kind, mime, bytes: bytes.length, ...(seconds === undefined ? {} : { seconds }) }
}

/** Changes that staff make to the file of a person outside every request, with their place in history. */
export function files(
  stage: Stage,
  at: Date,
  staff: DemoStaff,
  it: { readonly person: string; readonly happening: Happening; readonly changes: readonly Change[] },
): void {
  const { happening, changes } = it
  const event = { id: stage.id(at), by: { staff: staff.id }, happening, visibility: 'open' } as const
  const person = personOf(stage.ledger, it.person)
  writeTurn(stage, { turn: stage.id(at), at, person, messages: [], events: [event], changes })
}

/** The app tells that the person blocked us. */
export function blocks(stage: Stage, at: Date, address: DemoAddress): void {
  const event = {
    id: stage.id(at),
    by: 'person',
    happening: { type: 'address_blocked' },
    visibility: 'open',
  } as const
  const changes = [{ update: 'address', id: address.id, plain: { state: 'blocked' } }] as const
  writeTurn(stage, {
    turn: stage.id(at),
    at,
    ...placeOf(stage, address),
    messages: [],
    events: [event],
    changes,
  })
}

/** The conversation on an address as it stands, and the person who speaks there once they agreed. */
export function speaking(
  { ledger }: Stage,
  address: DemoAddress,
): { readonly session?: Session; readonly person?: string } {
  if (!ledger.row('address', address.id)) return {}
  const { session, person } = standingOf(ledger, address.id)
  return { session: session.state, person: person?.id }
}

function play(
  stage: Stage,
  at: Date,
  address: DemoAddress,
  what: { readonly input: ReturnType<typeof inputOf>; readonly arrived?: Arrived },
): readonly Happening[] {
  const { engine, book, locales, voices, keys, town, ledger } = stage
  const parts: TurnParts = {
    engine,
    book,
    locales,
    voices,
    keys,
    clock: { now: () => at, id: () => stage.id(at), dice: (below) => stage.dice.below(below) },
    references: { ready: async () => {}, take: stage.reference },
    screen: () => screenOf(address.channel),
  }
  const { rows } = takeTurn(parts, town, standingOf(ledger, address.id), what)
  writeTurn(stage, rows)
  return rows.events.map(({ happening }) => happening)
}

function worldAt(stage: Stage, at: Date) {
  return { now: at, id: () => stage.id(at), reference: stage.reference }
}

function placeOf({ ledger }: Stage, { id }: DemoAddress): Pick<TurnRows, 'address'> {
  const { address, session } = standingOf(ledger, id)
  return { address: { ...address, session: session.id } }
}
