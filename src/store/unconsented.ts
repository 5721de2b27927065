/**
 * Forgetting people who never agreed that we keep anything of them. Whoever asked for nothing is forgotten whole: what
 * remains are events without an address and without a word, which only count. Whoever asked for something keeps that
 * request with what belongs to it, and the way to answer it; all else goes.
 */
import type pg from 'pg'

const unsent = "('received', 'queued', 'sending')"

// Consent is per session, so an address with one session that agreed is kept whole. Media rows go with their messages;
// their ids are given so that the bytes can be dropped too. Without any request nothing of the address stays readable.
// Whoever is known is left aside first, in one go over two indexes: the other questions are asked of the few who remain.
const expireSql = `
  with unknown as materialized (
    select a.* from address a
    where a.last_heard_at < $1
      and not exists (select from person_address p where p.address_id = a.id)
      and not exists (select from session s where s.address_id = a.id and s.person_id is not null)
  ), a as (
    select a.id, a.key_id, exists (select from request r where r.address_id = a.id) as asked
    from unknown a
    where not exists (
        select from (
          select distinct on (c.session_id) c.answer from consent c
          where c.address_id = a.id and c.item = 'keep_data' order by c.session_id, c.at desc, c.id desc
        ) last where last.answer = 'given')
      and (
        not exists (select from request r where r.address_id = a.id)
          and not exists (select from message m where m.address_id = a.id
            and (m.created_at >= $1 or m.state in ${unsent}))
        or a.display_enc is not null or a.phone_enc is not null
        or exists (select from session s where s.address_id = a.id and s.state_enc is not null)
        or exists (select from message m where m.address_id = a.id and m.request_id is null and m.created_at < $1
          and m.state not in ${unsent}))
    order by a.last_heard_at limit $2
  ), old as (
    select m.id from message m join a on a.id = m.address_id
    where m.request_id is null and m.created_at < $1 and m.state not in ${unsent}
  ), files as (
    delete from media f using old where f.message_id = old.id returning f.id
  ), silenced as (
    update event e set secret_enc = null from a where e.address_id = a.id and e.request_id is null
  ), unsaid as (
    update feedback f set text_enc = null, elsewhere_enc = null from a where f.address_id = a.id
  ), idle as (
    update session s set state_enc = null, wake_at = null, version = s.version + 1 from a
    where s.address_id = a.id and s.state_enc is not null
  ), hidden as (
    update address b set display_enc = null, phone_enc = null, phone_hash = null from a where b.id = a.id
  )
  select (select count(*)::int from a) as addresses,
    coalesce((select array_agg(id::text) from old), '{}') as messages,
    coalesce((select array_agg(id::text) from files), '{}') as media,
    coalesce((select array_agg(id::text) from a where not asked), '{}') as strangers,
    coalesce((select array_agg(key_id::text) from a where not asked), '{}') as keys`

// Only once nothing hangs on it: what is still to be sent goes first.
const forgetSql = `
  with gone as (
    select a.id from address a where a.id = any($1::uuid[])
      and not exists (select from message m where m.address_id = a.id)
      and not exists (select from request r where r.address_id = a.id)
    for update
  ), walks as (
    delete from session s using gone where s.address_id = gone.id
  ), answers as (
    delete from consent c using gone where c.address_id = gone.id
  )
  delete from address a using gone where a.id = gone.id`

// On a phone that others use, somebody who agreed keeps the address; what another said on it who never did goes.
const sharedSql = `
  with old as (
    select m.id from message m join address a on a.id = m.address_id
    where a.shared and m.person_id is null and m.request_id is null and m.visibility = 'restricted'
      and m.created_at < $1 and m.state not in ${unsent}
    order by m.created_at limit $2
  ), files as (
    delete from media f using old where f.message_id = old.id returning f.id
  ), silenced as (
    update event e set secret_enc = null from address a
    where a.shared and e.address_id = a.id and e.person_id is null and e.request_id is null and e.at < $1
      and e.secret_enc is not null
  ), walks as (
    delete from session s using address a
    where a.shared and s.address_id = a.id and s.id <> a.session_id and s.person_id is null and s.updated_at < $1
  )
  select coalesce((select array_agg(id::text) from old), '{}') as messages,
    coalesce((select array_agg(id::text) from files), '{}') as media`

/**
 * Forgets up to `limit` addresses last heard before `before`, and what others said without consent on shared phones; gives
 * files to drop and keys to erase.
 */
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
    strangers: string[]
    keys: string[]
  }>(expireSql, [before, limit])
  const shared = await pool.query<{ messages: string[]; media: string[] }>(sharedSql, [before, limit * 10])
  const [found] = rows
  const [others] = shared.rows
  if (!found || !others) return { addresses: 0, media: [], keys: [] }
  // After the files that point at them.
  await pool.query('delete from message where id = any($1::uuid[])', [
    [...found.messages, ...others.messages],
  ])
  await pool.query(forgetSql, [found.strangers])
  return { addresses: found.addresses, media: [...found.media, ...others.media], keys: found.keys }
}
