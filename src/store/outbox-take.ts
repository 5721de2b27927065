/** The statement by which a sender takes the next message of each address, and what may be taken at all. */

/**
 * What may be sent: waiting, an answer whose first try is unknown, or one that was held until its person wrote again, as
 * the row of its address tells, unless they want nothing more; of a campaign only while it runs. Said so that the partial index is used.
 */
export const sendable = (
  address: 'a' | 'f',
) => `m.direction = 'out' and m.state in ('queued', 'unknown', 'held')
  and case m.state when 'queued' then true when 'held' then ${address}.stopped <> 'all' and ${address}.last_heard_at > m.state_at
    else m.priority = 0 and m.failure is distinct from 'resent' end
  and (m.campaign_id is null or exists (select from campaign c where c.id = m.campaign_id and c.state = 'sending'))`

/** Why an answer is held. */
export const windowClosed = 'channel:window_closed'

// The head of an address is looked at whether or not its time has come: nothing overtakes it. A head that somebody else
// just took is checked again on its newest version and then gives nothing, lease included.
export const takeSql = `
  with i as (
    select distinct a from unnest($1::uuid[]) as a
  ), free as (
    select a.id, a.last_heard_at, a.stopped from address a join i on a.id = i.a
    where a.state <> 'closed' and case when $5 then a.send_holder = $2 else a.send_holder is null end
    order by a.id for no key update of a
  ), head as (
    select m.id from free f cross join lateral (
      select m.id, m.next_try_at from message m where m.address_id = f.id and ${sendable('f')}
        and (m.campaign_id is null or f.stopped = 'no')
      order by m.priority, m.position limit 1
    ) m where m.next_try_at is null or m.next_try_at <= $3
  ), taken as (
    update message m set state = 'sending', state_at = $3, attempts = m.attempts + 1,
      failure = case when m.state = 'unknown' then 'resent' when m.failure = '${windowClosed}' then null else m.failure end
    from head h where m.id = h.id and m.state in ('queued', 'unknown', 'held')
    returning m.id, m.address_id, m.key_id, m.body_enc, m.priority, m.attempts, m.failure
  ), leased as (
    update address a set send_holder = case when t.id is null then null else $2 end,
      send_until = case when t.id is null then null else $4::timestamptz end
    from free f left join taken t on t.address_id = f.id
    where a.id = f.id and (t.id is not null or a.send_holder is not null)
  )
  select t.*, a.channel_id, a.key_id as address_key, a.external_enc, a.last_heard_at
  from taken t join address a on a.id = t.address_id`

export type TakenRow = {
  readonly id: string
  readonly address_id: string
  readonly key_id: string
  readonly body_enc: Buffer
  readonly priority: number
  readonly attempts: number
  readonly failure: string | null
  readonly channel_id: string
  readonly address_key: string
  readonly external_enc: Buffer
  readonly last_heard_at: Date | null
}
