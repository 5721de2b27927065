/**
 * The tables of a story as the database takes them, encrypted as the product does it: a key for each subject, each value
 * bound to its place, hashes for what is looked up.
 */
import type { Cells } from '../store/copy.ts'
import { type Keys, placeOf } from '../store/encryption.ts'
import { eventParts } from '../store/event-parts.ts'
import { digestOf } from '../store/media.ts'
import { arrivalHash, bodyOf } from '../store/message-body.ts'
import type { DemoEvent, DemoMessage, DemoRow, DemoSession, DemoTable, Ledger } from './ledger.ts'

/** Parents before children. */
const order: readonly DemoTable[] = [
  ...(['channel', 'office', 'staff', 'queue_staff', 'duty', 'holiday', 'address', 'person'] as const),
  ...(['person_address', 'case_file', 'request', 'request_holder', 'need', 'follow_up', 'feedback'] as const),
  ...(['survey_record'] as const),
  ...(['request_barred', 'listening', 'alert', 'consent', 'contact_attempt', 'mention'] as const),
]

/** Every table that has rows, in the order in which they may be written; messages and events in the order of time. */
export function* tablesOf(
  ledger: Ledger,
  keys: Keys,
  passwordHash: string,
): Generator<readonly [table: string, rows: Cells[]]> {
  yield ['subject_key', keyCells(ledger, keys)]
  for (const table of order) yield [table, rowCells(ledger, table, keys, passwordHash)]
  yield ['session', [...ledger.sessions.values()].map((one) => sessionCells(one, ledger, keys))]
  const messages = [...ledger.messages.values()].sort(byMoment)
  yield ['message', messages.map((one, index) => messageCells(one, index, ledger, keys))]
  yield ['media', messages.flatMap((one) => mediaCells(one))]
  yield ['event', [...ledger.events.values()].sort(byMoment).map((one) => eventCells(one, keys))]
}

/** The story's keys are names; here each becomes a real one under the same id. */
function keyCells(ledger: Ledger, keys: Keys): Cells[] {
  return [...(ledger.tables.get('subject_key')?.values() ?? [])].map(({ plain }) => {
    const subject = plain['subject'] as 'address' | 'person' | 'matter'
    return keys.make(subject, String(plain['id']), plain['created_at'] as Date).row.plain
  })
}

function rowCells(ledger: Ledger, table: DemoTable, keys: Keys, passwordHash: string): Cells[] {
  return [...(ledger.tables.get(table) ?? [])].map(([id, row]) => ({
    ...row.plain,
    ...secretCells(table, id, row, keys),
    ...(table === 'staff' ? { password_hash: passwordHash } : {}),
    ...(table === 'address' ? addressHashes(ledger, row, keys) : {}),
  }))
}

function secretCells(table: string, id: string, { secret }: DemoRow, keys: Keys): Cells {
  return Object.fromEntries(
    Object.entries(secret).map(([column, { text, key }]) => [
      column,
      keys.encrypt(key, placeOf(table, column, id), text),
    ]),
  )
}

/** The look-ups by which store/address.ts finds somebody again. */
function addressHashes(ledger: Ledger, { plain, secret }: DemoRow, keys: Keys): Cells {
  const { external_enc: external, phone_enc: phone } = secret
  const channel = ledger.get('channel', String(plain['channel_id'])).plain
  return {
    external_hash: keys.hash('address', `${String(channel['id'])}|${external?.text ?? ''}`),
    phone_hash: phone && keys.hash('phone', phone.text),
  }
}

function sessionCells(
  { id, address, person, version, state, doubted = false, at }: DemoSession,
  ledger: Ledger,
  keys: Keys,
): Cells {
  const key = String(ledger.get('address', address).plain['key_id'])
  return {
    id,
    address_id: address,
    person_id: person,
    ...{ version, doubted },
    state_enc: state && keys.encrypt(key, placeOf('session', 'state_enc', id), JSON.stringify(state)),
    wake_at: state?.wakeAt === undefined ? undefined : new Date(state.wakeAt),
    updated_at: at,
  }
}

function messageCells(message: DemoMessage, index: number, ledger: Ledger, keys: Keys): Cells {
  const { id, address, key, person, request, visibility, turn, at, state, failure, said } = message
  const common = {
    ...{ id, position: index + 1, address_id: address, key_id: key, person_id: person, request_id: request },
    ...{ visibility, turn_id: turn, created_at: at, state, failure, state_at: new Date(at.getTime() + 1500) },
  }
  const enc = (text: string) => keys.encrypt(key, placeOf('message', 'body_enc', id), text)
  if ('out' in said) {
    const { out, staff } = said
    const body_enc = enc(JSON.stringify(out))
    return {
      ...common,
      direction: 'out',
      kind: out.file?.kind ?? 'text',
      language: out.language,
      staff_id: staff,
      attempts: 1,
      body_enc,
    }
  }
  const { in: content, seq, externalId, edit, sentAt, displayName, phone } = said
  const channel = String(ledger.get('address', address).plain['channel_id'])
  const incoming = { channel, from: '', externalId, edit, sentAt, content, displayName, phone }
  return {
    ...{ ...common, direction: 'in', seq, kind: content.kind, sent_at: sentAt },
    external_hash: arrivalHash(keys, incoming),
    body_enc: enc(bodyOf(incoming)),
  }
}

/** What could not be kept is said as it is; the bytes of what was kept lie on disk already. */
function mediaCells({ id, key, at, said }: DemoMessage): Cells[] {
  const { media } = said
  if (!media) return []
  const { kind, mime, seconds, state, bytes, loudness } = media
  const row = {
    id: media.id,
    message_id: id,
    key_id: key,
    kind,
    mime,
    seconds,
    bytes: bytes.length,
    loudness,
  }
  return [{ ...row, sha256: state === 'stored' ? digestOf(bytes) : undefined, state, created_at: at }]
}

function eventCells(
  { id, at, turn, by, happening, address, person, request, key, visibility }: DemoEvent,
  keys: Keys,
): Cells {
  const { facts, secret } = eventParts(happening)
  const staff = typeof by === 'string' ? undefined : by.staff
  return {
    ...{
      id,
      at,
      turn_id: turn,
      type: happening.type,
      by: typeof by === 'string' ? by : 'staff',
      staff_id: staff,
    },
    ...{ address_id: address, person_id: person, request_id: request, facts, visibility },
    secret_enc:
      secret === undefined ? undefined : keys.encrypt(key, placeOf('event', 'secret_enc', id), secret),
    key_id: secret === undefined ? undefined : key,
  }
}

function byMoment(one: { at: Date; id: string }, other: { at: Date; id: string }): number {
  return one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1)
}
