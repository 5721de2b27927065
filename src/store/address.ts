/**
 * Which row an address is, and with which key it is encrypted. The rows last met are remembered, so that an arrival of
 * somebody who wrote before is one statement; a remembered row that changed is noticed by that statement.
 */
import type pg from 'pg'
import type { Incoming } from '../core/message.ts'
import type { Clock } from '../world.ts'
import { type Keys, placeOf } from './encryption.ts'

export type Place = { readonly address: string; readonly key: string }

export type Addresses = {
  /** The row of each sender, made with its key and an empty session when it was never heard; keys are loaded. */
  find(arrivals: readonly { readonly at: Date; readonly incoming: Incoming }[]): Promise<readonly Place[]>
  /** Forgets what is remembered of this sender. */
  forget(incoming: Incoming): void
}

const memorySize = 20_000

/** The addresses of one database as this process remembers them. */
export function makeAddresses(pool: pg.Pool, keys: Keys, clock: Clock): Addresses {
  const memory = new Map<string, Place>()
  const remember = (who: string, place: Place) => {
    memory.delete(who)
    memory.set(who, place)
    const oldest = memory.keys().next()
    if (memory.size > memorySize && !oldest.done) memory.delete(oldest.value)
  }
  /** One that was forgotten whole is a stranger. */
  const meetAgain = async (arrival: Arriving): Promise<Place> => {
    memory.delete(nameOf(arrival.incoming))
    await write(pool, keys, clock, [arrival])
    await read(pool, keys, [arrival], remember)
    const place = placeFor(memory, arrival.incoming)
    await keys.load([place.key])
    return place
  }
  return {
    async find(arrivals) {
      const strange = arrivals.filter(({ incoming }) => !memory.has(nameOf(incoming)))
      if (strange.length > 0) {
        await read(pool, keys, strange, remember)
        const never = strange.filter(({ incoming }) => !memory.has(nameOf(incoming)))
        if (never.length > 0) {
          await write(pool, keys, clock, never)
          await read(pool, keys, never, remember)
        }
      }
      const places = arrivals.map(({ incoming }) => placeFor(memory, incoming))
      await keys.load(places.map(({ key }) => key))
      for (const [i, place] of places.entries()) {
        const arrival = arrivals[i]
        if (!arrival || !keys.isErased(place.key)) continue
        places[i] = (await renew(pool, keys, clock, arrival, place)) ?? (await meetAgain(arrival))
      }
      return places
    },
    forget: (incoming) => void memory.delete(nameOf(incoming)),
  }
}

type Arriving = { readonly at: Date; readonly incoming: Incoming }

function placeFor(memory: ReadonlyMap<string, Place>, incoming: Incoming): Place {
  const place = memory.get(nameOf(incoming))
  if (!place) throw new Error('an address was written and is not there')
  return place
}

function nameOf({ channel, from }: Incoming): string {
  return `${channel}|${from}`
}

/** The look-up of an address: nothing in the database tells the number behind it. */
export function addressHash(keys: Keys, channel: string, from: string): Buffer {
  return keys.hash('address', `${channel}|${from}`)
}

async function read(
  pool: pg.Pool,
  keys: Keys,
  arrivals: readonly Arriving[],
  remember: (who: string, place: Place) => void,
): Promise<void> {
  const hashes = arrivals.map(({ incoming }) => addressHash(keys, incoming.channel, incoming.from))
  const { rows } = await pool.query<{ n: number; id: string; key_id: string }>({
    name: 'address_find',
    text: `select i.n::int as n, a.id, a.key_id
      from unnest($1::uuid[], $2::bytea[]) with ordinality as i(channel, hash, n)
      join address a on a.channel_id = i.channel and a.external_hash = i.hash`,
    values: [arrivals.map(({ incoming }) => incoming.channel), hashes],
  })
  for (const row of rows) {
    const arrival = arrivals[row.n - 1]
    if (arrival) remember(nameOf(arrival.incoming), { address: row.id, key: row.key_id })
  }
}

/** Writes what was never heard; somebody else's row for the same sender wins. */
async function write(pool: pg.Pool, keys: Keys, clock: Clock, arrivals: readonly Arriving[]): Promise<void> {
  const made = arrivals
    .map((arrival) => ({
      ...arrival,
      hash: addressHash(keys, arrival.incoming.channel, arrival.incoming.from),
    }))
    // One order everywhere, so that two processes that meet the same strangers wait for each other and do not cross.
    .sort((one, other) => Buffer.compare(one.hash, other.hash))
    .map(({ incoming, at, hash }) => {
      const id = clock.id()
      const key = keys.make('address', clock.id(), at)
      return {
        id,
        at,
        hash,
        channel: incoming.channel,
        session: clock.id(),
        ...cellsOf(keys, id, key, incoming),
      }
    })
  await pool.query({
    name: 'address_write',
    text: writeSql,
    values: [
      made.map((it) => it.id),
      made.map((it) => it.channel),
      made.map((it) => it.hash),
      made.map((it) => it.key),
      made.map((it) => it.wrapped),
      made.map((it) => it.wrapId),
      made.map((it) => it.external),
      made.map((it) => it.display),
      made.map((it) => it.phoneHash),
      made.map((it) => it.phone),
      made.map((it) => it.session),
      made.map((it) => it.at),
    ],
  })
}

const writeSql = `
  with i as (
    select * from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::uuid[], $5::bytea[], $6::smallint[], $7::bytea[],
      $8::bytea[], $9::bytea[], $10::bytea[], $11::uuid[], $12::timestamptz[])
      as i(id, channel, hash, key, wrapped, wrap_id, external, display, phone_hash, phone, session, at)
  ), a as (
    insert into address (id, channel_id, external_hash, key_id, external_enc, display_enc, phone_hash, phone_enc,
      session_id, created_at)
    select id, channel, hash, key, external, display, phone_hash, phone, session, at from i
    on conflict (channel_id, external_hash) do nothing
    returning id
  ), k as (
    insert into subject_key (id, subject, wrapped, wrap_id, created_at)
    select i.key, 'address', i.wrapped, i.wrap_id, i.at from i join a using (id)
  )
  insert into session (id, address_id, updated_at) select i.session, i.id, i.at from i join a using (id)`

type Made = ReturnType<Keys['make']>

/** The encrypted columns of an address under a fresh key. */
function cellsOf(keys: Keys, id: string, made: Made, incoming: Incoming) {
  const enc = (column: string, text: string | undefined) =>
    text === undefined ? null : keys.encrypt(made.id, placeOf('address', column, id), text)
  return {
    key: made.id,
    wrapped: made.row.plain['wrapped'],
    wrapId: made.row.plain['wrap_id'],
    external: enc('external_enc', incoming.from),
    display: enc('display_enc', incoming.displayName),
    phone: enc('phone_enc', incoming.phone),
    phoneHash: incoming.phone === undefined ? null : keys.hash('phone', incoming.phone),
  }
}

/**
 * An erased address that writes again begins anew: another key, an empty session, nothing of before readable. Undefined
 * when its row is gone.
 */
async function renew(
  pool: pg.Pool,
  keys: Keys,
  clock: Clock,
  arrival: Arriving,
  old: Place,
): Promise<Place | undefined> {
  const made = keys.make('address', clock.id(), arrival.at)
  const cells = cellsOf(keys, old.address, made, arrival.incoming)
  await pool.query(
    `with a as (
       update address set key_id = $3, external_enc = $4, display_enc = $5, phone_enc = $6, phone_hash = $7,
         session_id = $10
       where id = $1 and key_id = $2 returning id
     ), k as (
       insert into subject_key (id, subject, wrapped, wrap_id, created_at)
       select $3, 'address', $8, $9, $11 from a
     )
     insert into session (id, address_id, updated_at) select $10, id, $11 from a`,
    [
      ...[old.address, old.key, cells.key, cells.external, cells.display, cells.phone, cells.phoneHash],
      ...[cells.wrapped, cells.wrapId, clock.id(), arrival.at],
    ],
  )
  const { rows } = await pool.query<{ key_id: string }>('select key_id from address where id = $1', [
    old.address,
  ])
  const key = rows[0]?.key_id
  if (!key) return undefined
  await keys.load([key])
  return { address: old.address, key }
}
