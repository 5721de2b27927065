/** The rows of turns as they come to stand in the tables of the story, as store/arrive.ts and store/commit.ts write them. */
import type { Session } from '../flow/session.ts'
import type { Arrived, Change, TurnRows } from '../store/road.ts'
import { delivery } from './delivery.ts'
import type { Dice } from './dice.ts'
import type { Ledger } from './ledger.ts'
import type { DemoAddress, DemoChannelKind } from './people.ts'
import type { Said } from './sent-files.ts'
import { channelKindOf } from './standing.ts'

/** What writing needs of the stage. */
type Desk = {
  readonly ledger: Ledger
  readonly channels: Readonly<Record<DemoChannelKind, string>>
  readonly dice: Dice
  readonly id: (at: Date) => string
}

/** The arrival as a row, on an address that is made when it was never heard. */
export function keepArrival(stage: Desk, at: Date, address: DemoAddress, said: Said): Arrived {
  const { ledger } = stage
  const channel = stage.channels[address.channel]
  if (!ledger.row('address', address.id)) meet(ledger, address, channel, at)
  const { plain } = ledger.get('address', address.id)
  const seq = Number(plain['last_seq'] ?? 0) + 1
  Object.assign(plain, { last_seq: seq, last_heard_at: at })
  const message = stage.id(at)
  const { content, media, sentAt = at, edits } = said
  const externalId = edits ?? `demo-${address.external}-${seq}`
  const edit = edits === undefined ? 0 : 1
  const { external, display: displayName, phone } = address
  const rest = { externalId, edit, sentAt, displayName, phone }
  ledger.addMessage({
    ...{
      id: message,
      address: address.id,
      key: address.key,
      visibility: 'open',
      turn: message,
      at,
      state: 'handled',
    },
    said: { in: content, seq, ...rest, media },
  })
  return { message, seq: BigInt(seq), behind: false, incoming: { channel, from: external, content, ...rest } }
}

/** Everything that a turn wrote. */
export function writeTurn({ ledger, dice }: Pick<Desk, 'ledger' | 'dice'>, rows: TurnRows): void {
  const { turn, at, address, person, handled } = rows
  for (const change of rows.changes) {
    if ('insert' in change && change.insert === 'session') openSession(ledger, change, at)
    else if ('update' in change && change.update === 'session') doubtSession(ledger, change)
    else ledger.change(change)
  }
  moveSession(ledger, rows)
  const heard = handled && ledger.messages.get(handled.message)
  if (heard)
    Object.assign(heard, { visibility: handled.visibility, request: handled.request, person: person?.id })
  if (address) {
    const kind = channelKindOf(ledger, address.id)
    const blocked = ledger.get('address', address.id).plain['state'] === 'blocked'
    for (const { id, spoken, visibility, request, staff } of rows.messages) {
      ledger.addMessage({
        ...{ id, address: address.id, key: address.key, person: person?.id, request, visibility, turn, at },
        ...delivery({ kind, blocked }, dice),
        said: { out: spoken, staff },
      })
    }
  }
  for (const event of rows.events) {
    const key = person?.key ?? address?.key ?? ''
    ledger.addEvent({ ...event, at, turn, key, address: address?.id, person: person?.id })
  }
}

function moveSession(ledger: Ledger, { session, address, at }: TurnRows): void {
  const it = session && ledger.sessions.get(session.id)
  if (!session || !it) return
  it.version += 1
  it.state = session.state
  it.at = at
  it.person = session.person ?? it.person
  if (address && session.switchTo) ledger.get('address', address.id).plain['session_id'] = session.switchTo
}

/** Whether it is sure who speaks there. */
function doubtSession(ledger: Ledger, { id, plain }: Extract<Change, { update: string }>): void {
  const it = ledger.sessions.get(id)
  if (it) it.doubted = plain['doubted'] === true
}

function openSession(ledger: Ledger, { plain, secret }: Change, at: Date): void {
  const [id, address] = [String(plain['id']), String(plain['address_id'])]
  const person = typeof plain['person_id'] === 'string' ? plain['person_id'] : undefined
  const text = secret?.['state_enc']
  // Written by newSession of turn/turn.ts.
  const state = text === undefined ? undefined : (JSON.parse(text) as Session)
  ledger.sessions.set(id, { id, address, person, version: 0, state, at })
}

/** As store/address.ts meets somebody never heard. */
function meet(ledger: Ledger, address: DemoAddress, channel: string, at: Date): void {
  const { id, key, session, external, display, phone } = address
  ledger.change({ insert: 'subject_key', plain: { id: key, subject: 'address', created_at: at } })
  ledger.change({
    insert: 'address',
    plain: { id, channel_id: channel, key_id: key, session_id: session, state: 'live', created_at: at },
    secret: { external_enc: external, display_enc: display, phone_enc: phone },
    key,
  })
  ledger.sessions.set(session, { id: session, address: id, version: 0, at })
}
