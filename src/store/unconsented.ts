/**
 * Forgetting what was said by people who never agreed that we keep it. Only where nothing else keeps it: no person, no
 * request. What belongs to a request stays with it.
 */
import type pg from 'pg'

// Consent is per session, so an address with one session that agreed is kept whole. Media rows go with their messages;
// their ids are given so that the bytes can be dropped too. Without any request nothing of the address stays readable.
const expireSql = `
  with a as (
    select a.id, a.key_id, exists (select from request r where r.address_id = a.id) as asked
    from address a
    where a.last_heard_at < $1 and exists (
        select from message m where m.address_id = a.id and m.request_id is null and m.created_at < $1
          and m.state not in ('received', 'queued', 'sending'))
      and not exists (select from person_address p where p.address_id = a.id)
      and not exists (select from session s where s.address_id = a.id and s.person_id is not null)
      and not exists (
        select from (
          select distinct on (c.session_id) c.answer from consent c
          where c.address_id = a.id and c.item = 'keep_data' order by c.session_id, c.at desc
        ) last where last.answer = 'given')
    order by a.last_heard_at limit $2
  ), old as (
    select m.id from message m join a on a.id = m.address_id
    where m.request_id is null and m.created_at < $1 and m.state not in ('received', 'queued', 'sending')
  ), files as (
    delete from media f using old where f.message_id = old.id returning f.id
  ), silenced as (
    update event e set secret_enc = null from a where e.address_id = a.id and e.request_id is null
  ), idle as (
    update session s set state_enc = null, wake_at = null, version = s.version + 1 from a
    where s.address_id = a.id and not a.asked
  ), hidden as (
    update address b set display_enc = null, phone_enc = null, phone_hash = null from a
    where b.id = a.id and not a.asked
  )
  select (select count(*)::int from a) as addresses,
    coalesce((select array_agg(id::text) from old), '{}') as messages,
    coalesce((select array_agg(id::text) from files), '{}') as media,
    coalesce((select array_agg(key_id::text) from a where not asked), '{}') as keys`

/** Forgets up to `limit` addresses last heard before `before`; gives files to drop and keys to erase. */
export async function expireUnconsented(
  pool: pg.Pool,
  before: Date,
  limit: number,
): Promise<{
  readonly addresses: number
  readonly media: readonly string[]
  readonly keys: readonly string[]
}> {
  const { rows } = await pool.query<{
    addresses: number
    messages: string[]
    media: string[]
    keys: string[]
  }>(expireSql, [before, limit])
  const [found] = rows
  if (!found) return { addresses: 0, media: [], keys: [] }
  // After the files that point at them.
  await pool.query('delete from message where id = any($1::uuid[])', [found.messages])
  return found
}
