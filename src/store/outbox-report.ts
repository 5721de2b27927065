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

/** With what an outbox works; `moved` hears of requests whose messages have come further. */
export type OutboxParts = {
  readonly pool: pg.Pool
  readonly keys: Keys
  readonly moved: (requests: readonly string[]) => void
}

/** A row whose message has come further. */
export type Moved = { readonly request_id: string | null }

export function tellMoved({ moved }: OutboxParts, rows: readonly Moved[]): void {
  const requests = new Set(rows.flatMap((row) => row.request_id ?? []))
  if (requests.size > 0) moved([...requests])
}

// A person read what they were delivered, and were delivered what was sent: a report that comes late changes nothing. A
// failure is final unless it arrived all the same.
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
    update message m set state = l.state, state_at = l.at,
      failure = case l.state when 'failed' then coalesce(l.why, 'channel:refused') else m.failure end
    from last l where m.id = l.id and case l.state
      when 'failed' then m.state in ('sending', 'unknown', 'sent')
      when 'sent' then m.state in ('sending', 'unknown', 'failed')
      when 'delivered' then m.state not in ('delivered', 'read')
      else m.state <> 'read' end
    returning m.id, m.request_id
  )
  select k.n, m.request_id from known k left join moved m on m.id = k.id`

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
