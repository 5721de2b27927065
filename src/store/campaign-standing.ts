/** How far a campaign has come, in the few numbers that decide what happens next. */
import type pg from 'pg'
import { noteAct } from './campaign-ledger.ts'
import { inTransaction } from './commit.ts'

export type Standing = {
  /** Whose turn is still to come; of those, the first few. */
  readonly waiting: number
  readonly waitingCanary: number
  readonly canary: number
  /** Written and not yet decided. */
  readonly inAir: number
  readonly written: number
  readonly failed: number
  readonly blocked: number
  /** Asked to be left alone after they got it. */
  readonly stopped: number
}

const standingSql = `
  select s.waiting, s.waiting_canary, s.canary, s.stopped, m.* from (
    select count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'waiting' and canary)::int as waiting_canary,
      count(*) filter (where canary)::int as canary,
      count(*) filter (where stopped_at is not null)::int as stopped
    from campaign_recipient where campaign_id = $1
  ) s, (
    select count(*)::int as written,
      count(*) filter (where state in ('queued', 'sending'))::int as in_air,
      count(*) filter (where state = 'failed')::int as failed,
      count(*) filter (where state = 'failed' and failure = 'channel:blocked')::int as blocked
    from message where campaign_id = $1 and direction = 'out'
  ) m`

export async function standingOf(pool: pg.Pool, campaign: string): Promise<Standing> {
  const { rows } = await pool.query<{
    waiting: number
    waiting_canary: number
    canary: number
    stopped: number
    written: number
    in_air: number
    failed: number
    blocked: number
  }>({ name: 'campaign_standing', text: standingSql, values: [campaign] })
  const [row] = rows
  if (!row) throw new Error('a count gives a row')
  const { waiting_canary: waitingCanary, in_air: inAir, ...rest } = row
  return { ...rest, waitingCanary, inAir }
}

/** The accounts on which somebody's turn could be now. */
export async function waitingChannels(
  pool: pg.Pool,
  campaign: string,
  now: Date,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ channel_id: string }>(
    `select distinct channel_id from campaign_recipient
      where campaign_id = $1 and state = 'waiting' and (not_before is null or not_before <= $2)`,
    [campaign, now],
  )
  return rows.map((row) => row.channel_id)
}

/** The first few are out: until this moment nobody else is written to. */
export async function setCanary(pool: pg.Pool, campaign: string, until: Date): Promise<void> {
  await pool.query(
    `update campaign set canary_until = $2 where id = $1 and state = 'sending' and canary_until is null`,
    [campaign, until],
  )
}

/** Through: nothing waits and nothing is in the air. */
export async function endCampaign(
  pool: pg.Pool,
  it: { readonly campaign: string; readonly form: string; readonly at: Date },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `update campaign set state = 'finished', ended_at = $2, version = version + 1 where id = $1 and state = 'sending'`,
      [it.campaign, it.at],
    )
    if (rowCount) await noteAct(client, { ...it, id: it.form, act: 'finished' })
  })
}

/** Who asked to be left alone, or is reached no more, is not written to by what still waits in the outbox. */
export async function dropStopped(pool: pg.Pool, now: Date): Promise<void> {
  await pool.query(
    `update message m set state = 'failed', failure = 'person:stopped', state_at = $1 from address a
      where a.id = m.address_id and m.direction = 'out' and m.state = 'queued' and m.priority = 1 and m.campaign_id is not null
        and (a.stopped <> 'no' or a.state <> 'live')`,
    [now],
  )
}
