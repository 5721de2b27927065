/** The statement by which a sender takes the next message of each address, and what may be taken at all. */

import { openFor } from '../core/send-policy.ts'

/** Why a message is held: the provider's window is closed, their phone may be read by others, or it is not their hour. */
export const heldFor = ['channel:window_closed', 'phone:locked', 'person:not_now'] as const
export type HeldFor = (typeof heldFor)[number]

/**
 * What may be sent: waiting, an answer whose first try is unknown, or one that was held and whose time has come, as the row
 * of its address tells, unless they want nothing more; of a campaign only while it runs. What waits for an hour holds
 * nothing else up. Said so that the partial index is used; `now` is a parameter of the statement.
 */
export const sendable = (
  address: 'a' | 'f',
  now: string,
) => `m.direction = 'out' and m.state in ('queued', 'unknown', 'held')
  and case m.state when 'queued' then true
    when 'held' then ${address}.stopped <> 'all' and ${released(address, now)}
    else m.priority = 0 and m.failure is distinct from 'resent' end
  and (m.campaign_id is null or exists (select from campaign c where c.id = m.campaign_id and c.state = 'sending'))`

/** Whether what is held may be judged again (core/send-policy.ts). Where a code stands before it, only the code opens it. */
export const released = (address: 'a' | 'f', now: string) => `case m.failure
      when 'person:not_now' then m.next_try_at <= ${now}
      when 'phone:locked' then exists (select from session o where o.id = ${address}.session_id and not o.doubted
        and case when o.code_hash is null then ${address}.last_heard_at > m.state_at
          else o.opened_at > m.state_at or (o.opened_at > coalesce(o.alarmed_at, '-infinity')
            and o.opened_at > ${now}::timestamptz - interval '${openFor} milliseconds'
            and ${address}.last_heard_at > m.state_at) end)
      else ${address}.last_heard_at > m.state_at end`

// The head of an address is looked at whether or not its time has come: nothing overtakes it. A head that somebody else
// just took is checked again on its newest version and then gives nothing, lease included.
export const takeSql = `
  with i as (
    select distinct a from unnest($1::uuid[]) as a
  ), free as (
    select a.id, a.last_heard_at, a.stopped, a.session_id from address a join i on a.id = i.a
    where a.state <> 'closed' and case when $5 then a.send_holder = $2 else a.send_holder is null end
    order by a.id for no key update of a
  ), head as (
    select m.id from free f cross join lateral (
      select m.id, m.next_try_at from message m where m.address_id = f.id and ${sendable('f', '$3')}
        and (m.campaign_id is null or f.stopped = 'no')
      order by m.priority, m.position limit 1
    ) m where m.next_try_at is null or m.next_try_at <= $3
  ), taken as (
    update message m set state = 'sending', state_at = $3, attempts = m.attempts + 1,
      failure = case when m.state = 'unknown' then 'resent' when m.state = 'held' then null else m.failure end
    from head h where m.id = h.id and m.state in ('queued', 'unknown', 'held')
    returning m.id, m.address_id, m.key_id, m.body_enc, m.priority, m.attempts, m.failure, m.staff_id, m.person_id,
      m.request_id
  ), leased as (
    update address a set send_holder = case when t.id is null then null else $2 end,
      send_until = case when t.id is null then null else $4::timestamptz end
    from free f left join taken t on t.address_id = f.id
    where a.id = f.id and (t.id is not null or a.send_holder is not null)
  )
  select t.*, a.channel_id, a.key_id as address_key, a.external_enc, a.last_heard_at, a.phone_enc, a.shared,
    s.code_hash is not null as coded, s.opened_at,
    a.shared and (s.doubted or exists (
      select from message u where u.address_id = a.id and u.state = 'received' and u.direction = 'in')) as unsure, s.alarmed_at, p.key_id as person_key, p.safe_contact_enc,
    case when t.person_id is not null then coalesce(s.person_id in (t.person_id, p.same_as_id), false)
      else coalesce(t.request_id, t.id) > s.id end as present
  from taken t join address a on a.id = t.address_id join session s on s.id = a.session_id
  left join person p on p.id = t.person_id`

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
  readonly staff_id: string | null
  readonly person_id: string | null
  readonly phone_enc: Buffer | null
  readonly shared: boolean
  readonly coded: boolean
  readonly opened_at: Date | null
  readonly alarmed_at: Date | null
  readonly person_key: string | null
  readonly safe_contact_enc: Buffer | null
  readonly present: boolean
  readonly unsure: boolean
}
