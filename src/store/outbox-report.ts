/** What providers report of messages that went out, and who hears that a message has come further. */
import type pg from 'pg'
import type { Keys } from './encryption.ts'
import { sentHash } from './message-body.ts'

/** What a provider tells of a message of ours. */
export type DeliveryReport = {
  readonly channel: string
  readonly externalId: string
  readonly state: 'sent' | 'delivered' | 'read' | 'failed'
  readonly at: Date
  /** Why it failed, a failure code; without one it was refused. */
  readonly failure?: string
}

/** A request whose messages have come further; `again` when staff owe the next word in it again. */
export type MovedRequest = {
  readonly id: string
  readonly again?: { readonly queue: string; readonly owner?: string; readonly sealed: boolean }
}

/** With what an outbox works; `moved` hears of requests whose messages have come further. */
export type OutboxParts = {
  readonly pool: pg.Pool
  readonly keys: Keys
  readonly moved: (requests: readonly MovedRequest[]) => void
}

/** A row whose message has come further. */
export type Moved = {
  readonly request_id: string | null
  /** Of a request that is open again; null for every other. */
  readonly queue?: string | null
  readonly owner_id?: string | null
  readonly visibility?: string | null
}

export function tellMoved({ moved }: OutboxParts, rows: readonly Moved[]): void {
  const requests = new Map<string, MovedRequest>()
  for (const { request_id: id, queue, owner_id: owner, visibility } of rows) {
    if (id === null) continue
    const again = queue ? { queue, sealed: visibility === 'sealed', ...(owner ? { owner } : {}) } : undefined
    requests.set(id, again ? { id, again } : (requests.get(id) ?? { id }))
  }
  if (requests.size > 0) moved([...requests.values()])
}

/**
 * What an answer that never arrived undoes: its request waits for staff again, unless they have said more in it since.
 * `lost` gives the messages that just failed, as rows of the table.
 */
export const openAgain = (lost: string) => `
  update request q set state = 'open', version = q.version + 1
  from ${lost} f where f.state = 'failed' and f.staff_id is not null and q.id = f.request_id and q.state = 'answered'
    and not exists (select from message l where l.address_id = f.address_id and l.request_id = q.id
      and l.direction = 'out' and l.staff_id is not null and l.position > f.position and l.state <> 'failed')
  returning q.id, q.queue, q.owner_id, q.visibility`

// A person read what they were delivered, and were delivered what was sent: a report that comes late changes nothing. A
// failure is final unless it arrived all the same; a window that was closed after all only puts an answer off.
const held =
  "l.state = 'failed' and l.why = 'channel:window_closed' and m.priority = 0 and m.kind <> 'template'"

const reportSql = `
  with r as (
    select * from unnest($1::int[], $2::bytea[], $3::text[], $4::timestamptz[], $5::text[]) as r(n, hash, state, at, why)
  ), known as (
    select r.n, m.id, r.state, r.at, r.why from r join message m on m.external_hash = r.hash
    where m.direction = 'out' and m.external_hash is not null
  ), last as (
    select distinct on (id) * from known
    order by id, array_position(array['failed', 'sent', 'delivered', 'read'], state) desc, at
  ), moved as (
    update message m set state = case when ${held} then 'held' else l.state end,
      state_at = case when ${held} then greatest(l.at, m.state_at) else l.at end,
      failure = case l.state when 'failed' then coalesce(l.why, 'channel:refused') else m.failure end
    from last l where m.id = l.id and case l.state
      when 'failed' then m.state in ('sending', 'unknown', 'sent')
      when 'sent' then m.state in ('sending', 'unknown', 'failed')
      when 'delivered' then m.state not in ('delivered', 'read')
      else m.state <> 'read' end
    returning m.id, m.request_id, m.address_id, m.staff_id, m.position, m.state
  ), again as (${openAgain('moved')}
  )
  select k.n, m.request_id, a.queue, a.owner_id, a.visibility
  from known k left join moved m on m.id = k.id left join again a on a.id = m.request_id`

/** Writes what providers report, forward only; gives the reports whose message is not (yet) known. */
export async function writeReports(
  parts: OutboxParts,
  reports: readonly DeliveryReport[],
): Promise<readonly DeliveryReport[]> {
  const { pool, keys } = parts
  const { rows } = await pool.query<Moved & { n: number }>({
    name: 'outbox_report',
    text: reportSql,
    values: [
      reports.map((_, n) => n),
      reports.map(({ channel, externalId }) => sentHash(keys, channel, externalId)),
      reports.map(({ state }) => state),
      reports.map(({ at }) => at),
      reports.map(({ failure }) => failure ?? null),
    ],
  })
  tellMoved(parts, rows)
  const known = new Set(rows.map((row) => row.n))
  return reports.filter((_, n) => !known.has(n))
}
