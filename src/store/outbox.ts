/**
 * What waits to be sent. An address has one sender at a time, who holds a lease on it, and one message in the air: that
 * keeps the order. Answers go before campaigns; among each, the order in which they were written.
 *
 * A sender that dies leaves its message `sending`; `recover` makes it `unknown`, because the provider may have had it.
 * An unknown answer is sent once more, an unknown campaign message never, and both stay countable: a message that went
 * out a second time keeps `resent` as its failure.
 */
import type pg from 'pg'
import type { SendPriority, Spoken } from '../core/message.ts'
import type { Reached } from '../core/send-policy.ts'
import { type Keys, placeOf } from './encryption.ts'
import { parseSpoken, sentHashOf } from './message-body.ts'
import {
  type DeliveryReport,
  type Moved,
  type OutboxParts,
  openAgain,
  tellMoved,
  writeReports,
} from './outbox-report.ts'
import { type HeldFor, sendable, type TakenRow, takeSql } from './outbox-take.ts'
import { isRefusal, throughCollisions } from './pg-failure.ts'
import { parseSafeContact } from './safe-contact-shape.ts'

/** A sender for as long as it works; two workers never have the same holder. */
export type Sender = { readonly holder: string; readonly now: Date; readonly until: Date }

export type Outgoing = {
  readonly message: string
  readonly address: string
  readonly channel: string
  readonly to: string
  readonly spoken: Spoken
  readonly priority: SendPriority
  /** Counted from 1. */
  readonly attempt: number
  /** A member of staff said it. */
  readonly byStaff: boolean
  /** Whom it goes to, and on which phone; `phone` is E.164, where the address has one. */
  readonly reached: Omit<Reached, 'country'> & { readonly phone?: string }
  /** Nobody knows whether an earlier try arrived. */
  readonly resent: boolean
}

export type Outcome = { readonly message: string; readonly address: string } & (
  | { readonly is: 'sent'; readonly channel: string; readonly externalId: string }
  /** Never; `failure` is a failure code. */
  | { readonly is: 'failed'; readonly failure: string }
  /** Surely not sent; again at this moment. */
  | { readonly is: 'later'; readonly at: Date; readonly failure: string }
  /** Kept, and why; `at` is when their hour comes. */
  | { readonly is: 'held'; readonly why: HeldFor; readonly at?: Date }
  /** Perhaps sent, under this id; an answer goes out once more, not before this moment. */
  | { readonly is: 'unknown'; readonly at?: Date; readonly channel?: string; readonly externalId?: string }
)

export type Outbox = {
  /** Takes the lease of each address that nobody holds and gives its next message, now `sending`. */
  claim(sender: Sender, addresses: readonly string[]): Promise<readonly Outgoing[]>
  /**
   * Writes how messages went, and gives the next one of each of their addresses under the same lease, prolonged. An
   * address without a next one is free again. A later message never overtakes one that waits for its next try.
   */
  settle(sender: Sender, outcomes: readonly Outcome[]): Promise<readonly Outgoing[]>
  /** Holds on to what this sender holds, while it sends something long. */
  prolong(sender: Sender): Promise<void>
  /** Which of these addresses have a message to send now, whoever holds them. */
  waiting(addresses: readonly string[], now: Date): Promise<readonly string[]>
  /** Frees every address of this holder; what is `sending` stays so until `recover`. */
  release(holder: string): Promise<void>
  /** Addresses with a message to send now, answers first; at most `limit` messages are looked at. */
  due(now: Date, limit: number): Promise<readonly { readonly address: string; readonly channel: string }[]>
  /**
   * Frees addresses whose lease ended before `ended` and makes what they were sending `unknown`; gives how many were. A
   * start that knows to be alone on its database gives a moment beyond every lease.
   */
  recover(now: Date, ended?: Date): Promise<number>
  /** Moves states forward, never back; gives the reports whose message is not (yet) known. */
  report(reports: readonly DeliveryReport[]): Promise<readonly DeliveryReport[]>
  /** Messages whose fate is unknown, and those that went out a second time because it was. */
  unknown(): Promise<number>
}

/** The outbox of one database; `moved` hears of requests whose messages have just come further. */
export function makeOutbox(pool: pg.Pool, keys: Keys, moved: OutboxParts['moved'] = () => {}): Outbox {
  const parts: OutboxParts = { pool, keys, moved }
  const take = (sender: Sender, addresses: readonly string[], mine: boolean) =>
    throughCollisions(() => takeNext(parts, sender, addresses, mine))
  return {
    claim: (sender, addresses) => take(sender, addresses, false),
    async settle(sender, outcomes) {
      await throughCollisions(() => writeOutcomes(parts, sender, outcomes))
      return take(
        sender,
        outcomes.map(({ address }) => address),
        true,
      )
    },
    async prolong({ holder, until }) {
      await pool.query('update address set send_until = $2 where send_holder = $1', [holder, until])
    },
    async waiting(addresses, now) {
      const { rows } = await pool.query<{ id: string }>({
        name: 'outbox_waiting',
        text: waitingSql,
        values: [addresses, now],
      })
      return rows.map(({ id }) => id)
    },
    async release(holder) {
      await pool.query('update address set send_holder = null, send_until = null where send_holder = $1', [
        holder,
      ])
    },
    async due(now, limit) {
      const { rows } = await pool.query<{ address: string; channel: string }>({
        name: 'outbox_due',
        text: dueSql,
        values: [now, limit],
      })
      return [...new Map(rows.map((row) => [row.address, row])).values()]
    },
    async recover(now, ended = now) {
      const { rows } = await throughCollisions(() => pool.query<Moved>(recoverSql, [now, ended]))
      tellMoved(parts, rows)
      return rows.length
    },
    report: (reports) => throughCollisions(() => writeReports(parts, reports)),
    async unknown() {
      const { rows } = await pool.query<{ n: number }>(
        "select count(*)::int as n from message where direction = 'out' and (state = 'unknown' or failure = 'resent')",
      )
      return rows[0]?.n ?? 0
    },
  }
}

async function takeNext(
  parts: OutboxParts,
  sender: Sender,
  addresses: readonly string[],
  mine: boolean,
): Promise<readonly Outgoing[]> {
  if (addresses.length === 0) return []
  const { pool, keys } = parts
  const { rows } = await pool.query<TakenRow>({
    name: 'outbox_take',
    text: takeSql,
    values: [addresses, sender.holder, sender.now, sender.until, mine],
  })
  await keys.load(
    rows.flatMap((row) => [
      ...[row.key_id, row.address_key],
      ...(row.person_key && row.safe_contact_enc ? [row.person_key] : []),
    ]),
  )
  const readable = rows.map((row) => outgoingOf(row, keys))
  const erased = rows.filter((_, i) => readable[i] === undefined)
  if (erased.length === 0) return readable.filter((one) => one !== undefined)
  // Whoever was erased is not written to.
  const failed = erased.map(({ id, address_id }) => {
    return { message: id, address: address_id, is: 'failed', failure: 'key:erased' } as const
  })
  await writeOutcomes(parts, sender, failed)
  const next = await takeNext(
    parts,
    sender,
    erased.map((row) => row.address_id),
    true,
  )
  return [...readable.filter((one) => one !== undefined), ...next]
}

function outgoingOf(row: TakenRow, keys: Keys): Outgoing | undefined {
  const body = keys.read(row.key_id, placeOf('message', 'body_enc', row.id), row.body_enc)
  const to = keys.read(row.address_key, placeOf('address', 'external_enc', row.address_id), row.external_enc)
  if (body === undefined || to === undefined) return undefined
  return {
    message: row.id,
    address: row.address_id,
    channel: row.channel_id,
    to,
    spoken: parseSpoken(body),
    priority: row.priority === 0 ? 'answer' : 'campaign',
    attempt: row.attempts,
    byStaff: row.staff_id !== null,
    reached: reachedOf(row, keys),
    resent: row.failure === 'resent',
  }
}

function reachedOf(row: TakenRow, keys: Keys): Outgoing['reached'] {
  const { shared, present, unsure, coded } = row
  const phone = keys.read(row.address_key, placeOf('address', 'phone_enc', row.address_id), row.phone_enc)
  const safe =
    row.person_key === null || row.person_id === null
      ? undefined
      : keys.read(row.person_key, placeOf('person', 'safe_contact_enc', row.person_id), row.safe_contact_enc)
  return {
    ...{ shared, present, unsure, coded },
    ...(phone ? { phone } : {}),
    ...(safe ? { safe: parseSafeContact(safe) } : {}),
    ...(row.last_heard_at ? { heardAt: row.last_heard_at } : {}),
    ...(row.opened_at ? { openedAt: row.opened_at } : {}),
    ...(row.alarmed_at ? { alarmedAt: row.alarmed_at } : {}),
  }
}

// Only a message that is still in the air is settled; a yes that comes late still counts, so that it is not sent again.
const settleSql = `
  with settled as (
  update message m set state = r.state, state_at = $5, next_try_at = r.at,
    external_hash = coalesce(r.hash, m.external_hash),
    failure = case when m.failure = 'resent' and r.state <> 'failed' then 'resent' else r.failure end
  from unnest($1::uuid[], $2::text[], $3::bytea[], $4::timestamptz[], $6::text[]) as r(id, state, hash, at, failure)
  where m.id = r.id and (m.state = 'sending' or (r.state = 'sent' and m.state in ('queued', 'unknown', 'held')))
  returning m.request_id, m.address_id, m.staff_id, m.position, m.state
  ), again as (${openAgain('settled')}
  )
  select s.request_id, a.queue, a.owner_id, a.visibility from settled s left join again a on a.id = s.request_id`

async function writeOutcomes(
  parts: OutboxParts,
  sender: Sender,
  outcomes: readonly Outcome[],
): Promise<void> {
  if (outcomes.length === 0) return
  const { pool, keys } = parts
  const hashes = outcomes.map((it) => ('externalId' in it ? sentHashOf(keys, it) : null))
  const settle = (some: readonly (Buffer | null)[]) =>
    pool.query<Moved>({
      name: 'outbox_settle',
      text: settleSql,
      values: [
        outcomes.map((it) => it.message),
        outcomes.map((it) => (it.is === 'later' ? 'queued' : it.is)),
        some,
        outcomes.map((it) => ('at' in it ? (it.at ?? null) : null)),
        sender.now,
        outcomes.map(failureOf),
      ],
    })
  const settled = await settle(hashes).catch((error: unknown) => {
    // A provider that gives one id twice loses us its reports, never the fact that the message went out.
    if (!isRefusal(error)) throw error
    return settle(outcomes.map(() => null))
  })
  tellMoved(parts, settled.rows)
}

function failureOf(it: Outcome): string | null {
  if (it.is === 'held') return it.why
  return it.is === 'failed' || it.is === 'later' ? it.failure : null
}

const waitingSql = `
  select a.id from address a where a.id = any ($1::uuid[]) and exists (
    select from message m where m.address_id = a.id and ${sendable('a', '$2')} and (m.next_try_at is null or m.next_try_at <= $2))`

const dueSql = `
  select m.address_id as address, a.channel_id as channel from message m join address a on a.id = m.address_id
  where ${sendable('a', '$1')} and (m.next_try_at is null or m.next_try_at <= $1) and a.send_holder is null and a.state <> 'closed'
  order by m.priority, m.position limit $2`

const recoverSql = `
  with free as (
    select id from address where send_holder is not null and send_until <= $2 order by id for no key update
  ), lost as (
    update message m set state = 'unknown', state_at = $1 from free f
    where m.address_id = f.id and m.state = 'sending' returning m.request_id
  ), freed as (
    update address a set send_holder = null, send_until = null from free f where a.id = f.id
  )
  select request_id from lost`
