/** Arrivals become rows, and come back out of them in order. */
import type pg from 'pg'
import type { Incoming } from '../core/message.ts'
import type { Clock } from '../world.ts'
import { makeAddresses, type Place } from './address.ts'
import { type Keys, placeOf } from './encryption.ts'
import { arrivalHash, type Body, bodyOf, parseBody } from './message-body.ts'
import type { Arrived, Road, Standing } from './road.ts'
import { type StandingRow, standingColumns, standingJoins, standingOf } from './standing.ts'
import { safeKeysOf } from './standing-followup.ts'

type Arrival = Parameters<Road['arrive']>[0][number]
type Met = { readonly arrived: Arrived; readonly standing: Standing }

/** The three ways in of the road; `wrote` hears how many rows were written. */
export function makeArrivals(
  pool: pg.Pool,
  keys: Keys,
  clock: Clock,
  wrote: (rows: number) => void,
): Pick<Road, 'arrive' | 'next' | 'stand'> {
  const addresses = makeAddresses(pool, keys, clock)
  return {
    async arrive(arrivals) {
      const met: (Met | undefined)[] = arrivals.map(() => undefined)
      let waiting = arrivals.map((arrival, index) => ({ arrival, index }))
      while (waiting.length > 0) {
        const places = await addresses.find(waiting.map(({ arrival }) => arrival))
        const rows = await writeArrivals(
          pool,
          keys,
          clock,
          waiting.map(({ arrival }) => arrival),
          places,
        )
        wrote(waiting.length)
        await keys.load(safeKeysOf(rows.values()))
        const again: typeof waiting = []
        for (const [i, one] of waiting.entries()) {
          const row = rows.get(i + 1)
          if (row === undefined) {
            // The row of the address is not as remembered (erased, or of a database restored): look again.
            addresses.forget(one.arrival.incoming)
            again.push(one)
          } else if (row.message !== null) {
            met[one.index] = metOf(row, one.arrival.incoming, keys)
          }
        }
        waiting = again
      }
      return met
    },
    async next(wanted) {
      const { rows } = await pool.query<NextRow>({ name: 'road_next', text: nextSql, values: [wanted] })
      await keys.load([...rows.flatMap((row) => [row.key_id, row.message_key]), ...safeKeysOf(rows)])
      const byAddress = new Map(rows.map((row) => [row.address_id, metOf(row, incomingOf(row, keys), keys)]))
      return wanted.map((address) => byAddress.get(address))
    },
    async stand(wanted) {
      const { rows } = await pool.query<StandingRow>({ name: 'road_stand', text: standSql, values: [wanted] })
      await keys.load([...rows.map((row) => row.key_id), ...safeKeysOf(rows)])
      const byAddress = new Map(rows.map((row) => [row.address_id, standingOf(row, keys)]))
      return wanted.map((address) => byAddress.get(address))
    },
  }
}

type ArriveRow = StandingRow & {
  readonly n: number
  /** Null: a repeat. */
  readonly message: string | null
  readonly seq: string
  readonly behind: boolean
}
type NextRow = ArriveRow & {
  readonly message: string
  readonly message_key: string
  readonly body_enc: Buffer
  readonly sent_at: Date
}

/** The row of each arrival by its place, counted from 1; none where the address is not as remembered. */
async function writeArrivals(
  pool: pg.Pool,
  keys: Keys,
  clock: Clock,
  arrivals: readonly Arrival[],
  places: readonly Place[],
): Promise<ReadonlyMap<number, ArriveRow>> {
  const cells = arrivals.map(({ id, at, incoming }, i) => {
    const place = places[i]
    if (!place) throw new Error('an arrival has no address')
    const body = bodyOf(incoming)
    const file = incoming.content.kind === 'file' ? incoming.content.file : undefined
    return {
      id,
      at,
      incoming,
      place,
      file,
      body: keys.encrypt(place.key, placeOf('message', 'body_enc', id), body),
    }
  })
  const { rows } = await pool.query<ArriveRow>({
    name: 'road_arrive',
    text: arriveSql,
    values: [
      cells.map((it) => it.place.address),
      cells.map((it) => it.place.key),
      cells.map((it) => it.id),
      cells.map((it) => arrivalHash(keys, it.incoming)),
      cells.map((it) => it.incoming.content.kind),
      cells.map((it) => it.body),
      cells.map((it) => it.incoming.sentAt),
      cells.map((it) => it.at),
      cells.map((it) => (it.file ? clock.id() : null)),
      cells.map((it) => it.file?.kind ?? null),
      cells.map((it) => it.file?.mime ?? null),
      cells.map((it) => it.file?.bytes ?? null),
      cells.map((it) => it.file?.seconds ?? null),
    ],
  })
  return new Map(rows.map((row) => [row.n, row]))
}

// Addresses are locked in one order, so that batches that share some wait for each other and do not cross. The sequence
// grows under that lock: whoever sees an arrival sees, committed, every earlier one of its address. A repeat takes a
// number too and leaves a gap; a place in the order is decided by what is unhandled, not by counting. The standing is read
// as it was before this statement, except the state: whoever is heard is reached again, also a stranger on a number that
// somebody left behind. Nobody knows yet what an arrival
// says, so nobody sees it: its turn decides who may.
const arriveSql = `
  with i as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $5::text[], $6::bytea[], $7::timestamptz[],
      $8::timestamptz[], $9::uuid[], $10::text[], $11::text[], $12::int[], $13::int[])
      with ordinality as i(address, key, message, hash, kind, body, sent_at, at, file, file_kind, mime, bytes, seconds, n)
  ), locked as (
    select i.n, a.id from i join address a on a.id = i.address and a.key_id = i.key
    order by a.id for no key update of a
  ), bumped as (
    update address a set last_seq = a.last_seq + 1, last_heard_at = i.at,
      state = 'live'
    from locked l join i using (n) where a.id = l.id
    returning a.id, a.last_seq as seq, a.state as state_after, i.n
  ), written as (
    insert into message (id, address_id, direction, seq, external_hash, kind, body_enc, key_id, state, visibility,
      turn_id, sent_at, created_at, state_at)
    select i.message, b.id, 'in', b.seq, i.hash, i.kind, i.body, i.key, 'received', 'restricted', i.message, i.sent_at,
      i.at, i.at
    from bumped b join i using (n) order by b.n
    on conflict (address_id, external_hash) do nothing
    returning id, address_id, seq
  ), files as (
    insert into media (id, message_id, key_id, kind, mime, bytes, seconds, state, created_at)
    select i.file, i.message, i.key, i.file_kind, i.mime, i.bytes, i.seconds, 'waiting', i.at
    from written w join i on i.message = w.id where i.file is not null
  )
  select b.n::int as n, w.id as message, w.seq, ${standingColumns}, b.state_after as state,
    exists (select from message e where e.address_id = b.id and e.state = 'received' and e.seq < w.seq) as behind
  from bumped b left join written w on w.address_id = b.id join address a on a.id = b.id ${standingJoins}`

const nextSql = `
  select 0 as n, m.id as message, m.seq, false as behind, m.key_id as message_key, m.body_enc, m.sent_at,
    ${standingColumns}
  from unnest($1::uuid[]) as i(address)
  join lateral (
    select id, seq, key_id, body_enc, sent_at from message
    where address_id = i.address and state = 'received' order by seq limit 1
  ) m on true
  join address a on a.id = i.address ${standingJoins}`

const standSql = `
  select ${standingColumns} from unnest($1::uuid[]) as i(address) join address a on a.id = i.address ${standingJoins}`

function metOf(row: ArriveRow, incoming: Incoming, keys: Keys): Met {
  const message = row.message ?? ''
  return {
    arrived: { message, seq: BigInt(row.seq), behind: row.behind, incoming },
    standing: standingOf(row, keys),
  }
}

/** The arrival as it came; one whose subject was erased meanwhile is something that nobody can read. */
function incomingOf(row: NextRow, keys: Keys): Incoming {
  const text = keys.read(row.message_key, placeOf('message', 'body_enc', row.message), row.body_enc)
  const from =
    keys.read(row.key_id, placeOf('address', 'external_enc', row.address_id), row.external_enc) ?? ''
  const unreadable: Body = { externalId: '', edit: 0, content: { kind: 'unsupported', theirs: 'erased' } }
  const body = text === undefined ? unreadable : parseBody(text)
  return { ...body, channel: row.channel_id, from, sentAt: row.sent_at }
}
