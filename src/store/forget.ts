/**
 * What was reported to those outside who look into it is kept here for a month and no longer (domain notes 4.4): every word
 * of the matter goes, in storage and in files; that it was, its reference and the day of the report stay.
 */
import type pg from 'pg'
import { inTransaction } from './commit.ts'
import type { Database } from './database.ts'

type World = { id(): string; now(): Date }

/** Closed matters that were reported on this day (ISO) or before, and whose words are still there. */
export async function forgettable(pool: pg.Pool, until: string, limit: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>({
    text: `select id from request where reported_on <= $1::date and forgotten_at is null and state = 'closed' limit $2`,
    values: [until, limit],
  })
  return rows.map(({ id }) => id)
}

/** What is emptied of requests, which are `$1`. */
const emptied = [
  'update request set text_enc = null, said_age = null where id = any($1::uuid[])',
  'update event set secret_enc = null where request_id = any($1::uuid[]) and secret_enc is not null',
  'update need set text_enc = null where request_id = any($1::uuid[])',
  'update contact_attempt set note_enc = null where request_id = any($1::uuid[])',
  'update feedback set text_enc = null, elsewhere_enc = null where request_id = any($1::uuid[])',
  'delete from nameless_word where request_id = any($1::uuid[])',
  'delete from draft where request_id = any($1::uuid[])',
  `delete from message_word w using message m where m.id = w.message_id and m.request_id = any($1::uuid[])`,
]

/**
 * Empties a request and what has joined it in one transaction, destroys their own keys, and puts it on record. Gives the
 * files that are to be dropped; a second time it does nothing.
 */
export async function forgetWords(
  { pool, keys }: Pick<Database, 'pool' | 'keys'>,
  request: string,
  world: World,
): Promise<readonly string[]> {
  const at = world.now()
  const { files, gone } = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string; key_id: string | null; own: boolean }>(
      `select r.id, r.key_id, coalesce(k.subject = 'matter', false) as own from request r
       left join subject_key k on k.id = r.key_id
       where (r.id = $1 or r.merged_into_id = $1) and r.forgotten_at is null for update of r`,
      [request],
    )
    const ids = rows.map((row) => row.id)
    if (!ids.includes(request)) return { files: [], gone: [] }
    for (const text of emptied) await client.query(text, [ids])
    const said = await client.query<{ id: string }>(
      'select id from message where request_id = any($1::uuid[])',
      [ids],
    )
    const media = await emptyMessages(
      client,
      said.rows.map((row) => row.id),
      world,
    )
    await client.query('update request set forgotten_at = $2 where id = any($1::uuid[])', [ids, at])
    await client.query(
      `insert into event (id, at, turn_id, type, by, request_id, facts, visibility)
       select $2, $3, $4, 'matter_forgotten', 'clock', id, jsonb_build_object('request', id), visibility
       from request where id = $1`,
      [request, world.id(), at, world.id()],
    )
    return { files: media, gone: rows.flatMap((row) => (row.own && row.key_id ? [row.key_id] : [])) }
  })
  for (const key of gone) await keys.erase(key, at)
  return files
}

/**
 * Puts nothing in place of these messages, under a key that is destroyed from its first moment. Gives the files that came or
 * went with them.
 */
export async function emptyMessages(
  client: pg.PoolClient,
  messages: readonly string[],
  world: World,
): Promise<readonly string[]> {
  const none = world.id()
  await client.query(
    `insert into subject_key (id, subject, wrapped, wrap_id, created_at, erased_at) values ($1, 'matter', null, 0, $2, $2)`,
    [none, world.now()],
  )
  await client.query(`update message set body_enc = ''::bytea, key_id = $2 where id = any($1::uuid[])`, [
    messages,
    none,
  ])
  const { rows } = await client.query<{ id: string }>(
    `update media set transcript_enc = null, state = 'gone' where message_id = any($1::uuid[]) returning id`,
    [messages],
  )
  return rows.map(({ id }) => id)
}
