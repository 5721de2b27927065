/** What became of a campaign, counted from its ledger. Nobody is named, and what may be shown of it is decided elsewhere. */
import type pg from 'pg'

/** What became of somebody's message. */
export const campaignOutcomes = [
  'read',
  'delivered',
  'sent',
  'failed',
  'unknown',
  'waiting',
  'left_out',
] as const
export type CampaignOutcome = (typeof campaignOutcomes)[number]

/** People who have all of this in common. */
export type CampaignGroup = {
  readonly language: string
  /** Region id; `''` where none is known. */
  readonly region: string
  /** Kind of channel. */
  readonly channel: string
  readonly outcome: CampaignOutcome
  /** Of those who were left out or not reached: why. */
  readonly reason: string
  readonly answered: boolean
  /** The code of what they chose; `''` for none. */
  readonly answer: string
  readonly stopped: boolean
  readonly n: number
}

// A message that was erased with its person has gone out some day, and more nobody knows.
const groupsSql = `
  select g.language, g.region, c.kind as channel, g.outcome, g.reason, g.answered, g.answer, g.stopped, g.n from (
    select r.language, coalesce(p.region, '') as region, r.channel_id,
      case when r.state = 'waiting' then 'waiting' when r.state = 'left_out' then 'left_out'
        when m.state in ('queued', 'sending', 'held') then 'waiting' else coalesce(m.state, 'unknown') end as outcome,
      coalesce(case when r.state = 'left_out' then r.reason when m.state = 'failed' then m.failure end, '') as reason,
      r.answered_at is not null as answered, coalesce(r.answer, '') as answer, r.stopped_at is not null as stopped,
      count(*)::int as n
    from campaign_recipient r
    left join message m on m.id = r.message_id
    left join person p on p.id = r.person_id
    where r.campaign_id = $1
    group by 1, 2, 3, 4, 5, 6, 7, 8
  ) g join channel c on c.id = g.channel_id`

export async function groupsOf(pool: pg.Pool, campaign: string): Promise<readonly CampaignGroup[]> {
  const known = counted.get(pool)
  if (known?.campaign === campaign && performance.now() - known.at < freshMilliseconds) return known.groups
  const { rows } = await pool.query<CampaignGroup>({
    ...{ name: 'campaign_groups', text: groupsSql, values: [campaign] },
  })
  // What is counted in no time is counted anew each time.
  if (rows.reduce((sum, { n }) => sum + n, 0) >= dearFrom) {
    counted.set(pool, { campaign, at: performance.now(), groups: rows })
  }
  return rows
}

/** A page asks three times, for itself and for its pictures; the last large one that was counted stands that long. */
const freshMilliseconds = 10_000
const dearFrom = 5_000
const counted = new WeakMap<
  pg.Pool,
  { readonly campaign: string; readonly at: number; readonly groups: readonly CampaignGroup[] }
>()

/** How many people chose what in the survey that it began, by the name that each answer is kept under. */
export async function surveyOf(
  pool: pg.Pool,
  campaign: string,
): Promise<readonly { readonly keep: string; readonly value: string; readonly n: number }[]> {
  const { rows } = await pool.query<{ keep: string; value: string; n: number }>(
    `select s.key as keep, s.value, count(*)::int as n from campaign_recipient r, jsonb_each_text(r.survey) s
      where r.campaign_id = $1 and r.survey is not null group by 1, 2 order by 1, 3 desc`,
    [campaign],
  )
  return rows
}

/** How many messages were written in each stretch of time, by its beginning; stretches in which none was are left out. */
export async function paceOfCampaign(
  pool: pg.Pool,
  campaign: string,
): Promise<{
  readonly minutes: number
  readonly steps: readonly { readonly at: Date; readonly n: number }[]
}> {
  const { rows: ends } = await pool.query<{ first: Date | null; last: Date | null }>(
    'select min(written_at) as first, max(written_at) as last from campaign_recipient where campaign_id = $1',
    [campaign],
  )
  const { first, last } = ends[0] ?? { first: null, last: null }
  if (!first || !last) return { minutes: 1, steps: [] }
  const minutes = stretchOf((last.getTime() - first.getTime()) / 60_000)
  const { rows } = await pool.query<{ at: Date; n: number }>(
    `select date_bin(make_interval(mins => $2), written_at, '2000-01-01T00:00:00Z') as at, count(*)::int as n
      from campaign_recipient where campaign_id = $1 and written_at is not null group by 1 order by 1`,
    [campaign, minutes],
  )
  return { minutes, steps: rows }
}

/** A stretch that makes about twenty of so many minutes, of those that a clock has. */
function stretchOf(minutes: number): number {
  const stretches = [1, 5, 15, 60, 240]
  return stretches.find((one) => minutes / one <= 24) ?? 24 * 60
}
