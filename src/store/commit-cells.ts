/** The one statement of a commit, and the arrays that go into it. */
import { type Keys, placeOf } from './encryption.ts'
import { eventParts } from './event-parts.ts'
import type { NewEvent, TurnRows } from './road.ts'

/** The keys that the hot rows of this turn need. */
export function keysOfLane(turn: TurnRows): readonly string[] {
  return [turn.address?.key, turn.person?.key, turn.subject].filter((key) => key !== undefined)
}

// Lanes come sorted by session, so that two processes that meet the same sessions lock them in one order. `went` is the
// gate: only lanes in it write anything. A lane without a session (an act of staff) has nothing to lose and goes through.
export const commitSql = `
  with l as (
    select * from unnest($1::int[], $2::uuid[], $3::timestamptz[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[],
      $8::int[], $9::bytea[], $10::timestamptz[], $11::uuid[], $12::uuid[], $13::uuid[], $14::bigint[], $15::text[],
      $16::uuid[])
      as l(lane, turn, at, address, key, person, session, version, state, wake, speaker, switch, handled, seq,
        visibility, request)
  ), moved as (
    update session s set version = s.version + 1, state_enc = l.state, wake_at = l.wake, updated_at = l.at,
      person_id = coalesce(l.speaker, s.person_id)
    from l where s.id = l.session and s.version = l.version and (l.handled is null or (
      exists (select from message m where m.id = l.handled and m.state = 'received')
      and not exists (select from message m where m.address_id = l.address and m.state = 'received' and m.seq < l.seq)))
    returning l.lane
  ), went as (
    select lane from moved union all select lane from l where session is null
  ), heard as (
    update message m set state = 'handled', state_at = l.at, visibility = l.visibility, request_id = l.request,
      person_id = l.person
    from l join went using (lane) where m.id = l.handled
  ), switched as (
    update address a set session_id = l.switch from l join went using (lane)
    where a.id = l.address and l.switch is not null
  ), said as (
    insert into message (id, address_id, person_id, request_id, direction, kind, body_enc, key_id, language, state,
      priority, visibility, staff_id, turn_id, created_at, state_at)
    select n.id, l.address, l.person, n.request, 'out', n.kind, n.body, l.key, n.language, 'queued', n.priority,
      n.visibility, n.staff, l.turn, l.at, l.at
    from unnest($17::int[], $18::uuid[], $19::uuid[], $20::bytea[], $21::text[], $22::smallint[], $23::text[], $24::uuid[],
      $35::text[])
      with ordinality as n(lane, id, request, body, language, priority, visibility, staff, kind, n)
    join went using (lane) join l using (lane) order by n.n
  ), told as (
    insert into event (id, at, turn_id, type, by, staff_id, address_id, person_id, request_id, facts, secret_enc, key_id,
      visibility)
    select e.id, l.at, l.turn, e.type, e.by, e.staff, l.address, l.person, e.request, e.facts::jsonb, e.secret, e.key,
      e.visibility
    from unnest($25::int[], $26::uuid[], $27::text[], $28::text[], $29::uuid[], $30::uuid[], $31::text[], $32::bytea[],
      $33::uuid[], $34::text[])
      as e(lane, id, type, by, staff, request, facts, secret, key, visibility)
    join went using (lane) join l using (lane)
  )
  select lane from went`

/** The values of `commitSql`; the keys of every turn are loaded. */
export function laneCells(turns: readonly TurnRows[], keys: Keys): unknown[] {
  const lanes = turns
    .map((turn, lane) => ({ turn, lane }))
    .sort((one, other) => ((one.turn.session?.id ?? '') < (other.turn.session?.id ?? '') ? -1 : 1))
  const messages = turns.flatMap((turn, lane) => turn.messages.map((message) => ({ turn, lane, message })))
  const events = turns.flatMap((turn, lane) =>
    turn.events.map((event) => eventCells(turn, lane, event, keys)),
  )
  return [
    lanes.map(({ lane }) => lane),
    lanes.map(({ turn }) => turn.turn),
    lanes.map(({ turn }) => turn.at),
    lanes.map(({ turn }) => turn.address?.id),
    lanes.map(({ turn }) => turn.address?.key),
    lanes.map(({ turn }) => turn.person?.id),
    lanes.map(({ turn }) => turn.session?.id),
    lanes.map(({ turn }) => turn.session?.version),
    lanes.map(({ turn }) => stateCell(turn, keys)),
    lanes.map(({ turn }) => wakeCell(turn)),
    lanes.map(({ turn }) => turn.session?.person),
    lanes.map(({ turn }) => turn.session?.switchTo),
    lanes.map(({ turn }) => turn.handled?.message),
    lanes.map(({ turn }) => turn.handled?.seq),
    lanes.map(({ turn }) => turn.handled?.visibility),
    lanes.map(({ turn }) => turn.handled?.request),
    messages.map(({ lane }) => lane),
    messages.map(({ message }) => message.id),
    messages.map(({ message }) => message.request),
    messages.map(({ turn, message }) => {
      const place = placeOf('message', 'body_enc', message.id)
      return keys.encrypt(addressOf(turn).key, place, JSON.stringify(message.spoken))
    }),
    messages.map(({ message }) => message.spoken.language),
    messages.map(({ message }) => (message.priority === 'answer' ? 0 : 1)),
    messages.map(({ message }) => message.visibility),
    messages.map(({ message }) => message.staff),
    events.map((event) => event.lane),
    events.map((event) => event.id),
    events.map((event) => event.type),
    events.map((event) => event.by),
    events.map((event) => event.staff),
    events.map((event) => event.request),
    events.map((event) => event.facts),
    events.map((event) => event.secret),
    events.map((event) => event.key),
    events.map((event) => event.visibility),
    messages.map(
      ({ message }) => message.spoken.file?.kind ?? (message.spoken.template ? 'template' : 'text'),
    ),
  ]
}

function addressOf(turn: TurnRows): NonNullable<TurnRows['address']> {
  if (!turn.address) throw new Error('a turn without an address speaks or holds a session')
  return turn.address
}

function stateCell(turn: TurnRows, keys: Keys): Buffer | undefined {
  if (!turn.session) {
    // Nothing else could decide which of two processes handled the arrival.
    if (turn.handled) throw new Error('a turn handles an arrival without its session')
    return undefined
  }
  const place = placeOf('session', 'state_enc', turn.session.id)
  return keys.encrypt(addressOf(turn).key, place, JSON.stringify(turn.session.state))
}

function wakeCell(turn: TurnRows): Date | undefined {
  const wakeAt = turn.session?.state.wakeAt
  return wakeAt === undefined ? undefined : new Date(wakeAt)
}

function eventCells(turn: TurnRows, lane: number, event: NewEvent, keys: Keys) {
  const { facts, secret } = eventParts(event.happening)
  const key = secret === undefined ? undefined : (turn.person?.key ?? turn.subject ?? addressOf(turn).key)
  return {
    lane,
    id: event.id,
    type: event.happening.type,
    by: typeof event.by === 'string' ? event.by : 'staff',
    staff: typeof event.by === 'string' ? undefined : event.by.staff,
    request: event.request,
    facts: JSON.stringify(facts),
    secret:
      key && secret !== undefined
        ? keys.encrypt(key, placeOf('event', 'secret_enc', event.id), secret)
        : undefined,
    key,
    visibility: event.visibility,
  }
}
