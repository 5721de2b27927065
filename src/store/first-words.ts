/** To how many people a business wrote first in the last day, on all its numbers, and how many more a campaign may. */
import type pg from 'pg'
import { firstsLeft } from '../core/daily-tier.ts'
import { uuid7 } from '../world.ts'

const day = 24 * 60 * 60_000
/** Until it is looked at again when nobody can say when a place is free. */
const soon = 60 * 60_000

/** `again`: when the next place may be free. */
export type FirstWords = { readonly left: number; readonly again: Date }

// Whoever had written within a day before it was not written to first. Ids begin with the time at which they were made.
const usedSql = `
  with mine as (select id, settings ->> 'business' as business, settings ->> 'limit' as most from channel where id = $1),
    house as (
      select c.id from channel c, mine
      where c.id = mine.id or (mine.business is not null and c.settings ->> 'business' = mine.business)
    ), firsts as (
      select m.address_id, min(m.created_at) as at from message m join address a on a.id = m.address_id
      where m.id >= $2 and m.direction = 'out' and a.channel_id in (select id from house)
        and m.state in ('queued', 'sending', 'unknown', 'sent', 'delivered', 'read')
        and not exists (select from message i where i.address_id = m.address_id and i.direction = 'in'
          and i.created_at <= m.created_at and i.created_at > m.created_at - interval '24 hours')
      group by 1
    )
  select mine.most, (select count(*)::int from firsts) as used, (select min(at) from firsts) as oldest from mine`

/** Undefined where the provider of this account is not known to limit it. */
export async function firstWords(
  pool: Pick<pg.Pool, 'query'>,
  channel: string,
  now: Date,
): Promise<FirstWords | undefined> {
  const since = uuid7(now.getTime() - day, new Uint8Array(10))
  const { rows } = await pool.query<{ most: string | null; used: number; oldest: Date | null }>({
    name: 'first_words',
    text: usedSql,
    values: [channel, since],
  })
  const [row] = rows
  const left = row && firstsLeft(row.most ?? undefined, row.used)
  if (!row || left === undefined) return undefined
  const again = row.oldest ? Math.max(row.oldest.getTime() + day, now.getTime() + soon) : now.getTime() + soon
  return { left, again: new Date(again) }
}
