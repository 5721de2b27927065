/**
 * The ledger of a campaign: one row for each person, whatever addresses they have, written when it is released. A row and
 * the message that it becomes are written in one transaction, so nobody gets it twice and nobody is passed over: not after
 * a crash, a pause, or a second worker on the same rows.
 *
 * A pause takes back what was written and is not yet in the air. Whatever changed since the release is asked once more
 * when the row's turn comes: who asked to be left alone meanwhile is left out.
 */
import type pg from 'pg'
import type { AudienceRules } from '../core/audience.ts'
import { Failure } from '../failure.ts'
import { type AudienceSettings, audienceSql, roomy } from './audience.ts'
import { inTransaction } from './commit.ts'

/** From so many on, a first few are written to before all the others. */
const canaryFrom = 50
/** One in so many. */
const canaryOf = 50

/**
 * Writes the ledger and sets the campaign going; gives what it came to, or undefined when it is not `scheduled` any more.
 * The order is by chance, so that the first few are like the others.
 */
export async function releaseCampaign(
  pool: pg.Pool,
  campaign: { readonly id: string; readonly version: number; readonly audience: AudienceRules },
  settings: AudienceSettings,
  form: string,
): Promise<{ readonly recipients: number; readonly leftOut: Readonly<Record<string, number>> } | undefined> {
  const { text, values } = audienceSql(campaign.audience, settings)
  const given = values.length
  return roomy(pool, async (client) => {
    const moved = await client.query(
      `update campaign set state = 'sending', released_at = $3, version = version + 1
        where id = $1 and version = $2 and state = 'scheduled'`,
      [campaign.id, campaign.version, settings.now],
    )
    if (moved.rowCount === 0) return undefined
    const { rows } = await client.query<{ reason: string; n: number }>(
      `with x as materialized (${text}), placed as (
        select x.*, row_number() over (order by hashtext(x.person::text || $${given + 1}::text), x.person) as place,
          count(*) over () as whole
        from x where x.reason is null
      ), kept as (
        insert into campaign_recipient (campaign_id, person_id, place, canary, address_id, channel_id, language, neutral)
        select $${given + 1}::uuid, p.person, p.place, p.whole >= ${canaryFrom} and p.place <= ceil(p.whole / ${canaryOf}.0),
          p.address, p.channel, p.language, p.neutral
        from placed p
      )
      select coalesce(reason, '') as reason, count(*)::int as n from x group by 1`,
      [...values, campaign.id],
    )
    const counts = Object.fromEntries(rows.map(({ reason, n }) => [reason, n]))
    const { '': recipients = 0, ...leftOut } = counts
    const neutral = await client.query<{ n: number }>(
      'select count(*)::int as n from campaign_recipient where campaign_id = $1 and neutral',
      [campaign.id],
    )
    const released = { recipients, neutral: neutral.rows[0]?.n ?? 0, leftOut }
    await client.query('update campaign set released = $2 where id = $1', [
      campaign.id,
      JSON.stringify(released),
    ])
    await noteAct(client, { id: form, campaign: campaign.id, act: 'started', at: settings.now })
    return { recipients, leftOut }
  })
}

/** Stops what is not yet in the air: its messages are taken back, and their rows wait again. Within the pause's own transaction. */
export async function takeBack(client: pg.PoolClient, campaign: string): Promise<number> {
  const { rowCount } = await client.query(
    `with back as (
      delete from message where campaign_id = $1 and direction = 'out' and state = 'queued' returning id
    )
    update campaign_recipient r set state = 'waiting', message_id = null, written_at = null
    from back where r.message_id = back.id`,
    [campaign],
  )
  return rowCount ?? 0
}

/**
 * Moves a campaign that runs to `paused` or `cancelled` and takes back what waits. Gives false when it is not in one of
 * `from`. Whoever is writing a batch of it is waited for: after this nothing of it leaves.
 */
export async function stopCampaign(
  pool: pg.Pool,
  it: {
    readonly id: string
    readonly from: readonly string[]
    readonly to: 'paused' | 'cancelled'
    readonly act: string
    readonly form: string
    readonly at: Date
    readonly staff?: string
    readonly note?: string
    readonly halt?: string
  },
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `update campaign set state = $2, halt = $4, version = version + 1,
        ended_at = case when $2 = 'cancelled' then $5::timestamptz end
        where id = $1 and state = any($3)`,
      [it.id, it.to, it.from, it.halt ?? null, it.at],
    )
    if (rowCount === 0) return false
    await takeBack(client, it.id)
    await noteAct(client, {
      ...{ id: it.form, campaign: it.id, act: it.act, at: it.at },
      ...(it.staff ? { staff: it.staff } : {}),
      ...(it.note ? { note: it.note } : {}),
    })
    return true
  })
}

/**
 * Once more to those whom it did not reach, and to nobody else; gives how many they are. Who blocked us is not among them,
 * nor one of whom nobody knows whether it arrived. Fails with `campaign:changed_meanwhile`.
 */
export async function retryFailed(
  pool: pg.Pool,
  it: {
    readonly id: string
    readonly version: number
    readonly act: string
    readonly form: string
    readonly staff: string
    readonly at: Date
  },
): Promise<number> {
  return inTransaction(pool, async (client) => {
    const moved = await client.query(
      `update campaign set state = 'sending', halt = null, ended_at = null, version = version + 1
        where id = $1 and version = $2`,
      [it.id, it.version],
    )
    if (moved.rowCount === 0) throw new Failure('campaign:changed_meanwhile', { campaign: it.id })
    await noteAct(client, { ...it, id: it.form, campaign: it.id })
    const { rowCount } = await client.query(
      `with gone as (
        delete from message where campaign_id = $1 and direction = 'out' and state = 'failed'
          and failure not in ('channel:blocked', 'key:erased', 'person:stopped') returning id
      )
      update campaign_recipient r set state = 'waiting', message_id = null, written_at = null, not_before = null
      from gone where r.message_id = gone.id`,
      [it.id],
    )
    return rowCount ?? 0
  })
}

/** What is left waits no more: too late for it, or the campaign was ended. */
export async function leaveOutTheRest(pool: pg.Pool, campaign: string, reason: string): Promise<void> {
  await pool.query(
    "update campaign_recipient set state = 'left_out', reason = $2 where campaign_id = $1 and state = 'waiting'",
    [campaign, reason],
  )
}

export async function noteAct(
  client: pg.PoolClient,
  it: {
    readonly id: string
    readonly campaign: string
    readonly act: string
    readonly at: Date
    readonly staff?: string
    readonly note?: string
  },
): Promise<void> {
  await client.query(
    'insert into campaign_act (id, campaign_id, act, staff_id, at, note) values ($1, $2, $3, $4, $5, $6)',
    [it.id, it.campaign, it.act, it.staff ?? null, it.at, it.note ?? null],
  )
}
