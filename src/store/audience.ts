/**
 * Who an audience is, asked of the database in one statement: everybody whom the rules mean, the address and language in
 * which each is reached, and for whoever is not, the first reason why.
 *
 * One row for each person, whatever files were found to be of one and whatever addresses they have. The live address on
 * which they last wrote is the one; a phone of their own goes before a shared one.
 */
import type pg from 'pg'
import type { AudienceRules, Count, LeftOutReason, Wording } from '../core/audience.ts'
import { inTransaction } from './commit.ts'
import { saidChildSql } from './said-age.ts'

export type ClosedWindows = {
  /** Accounts with such a provider. */
  readonly channels: readonly string[]
  /** Whoever wrote before this moment is heard no more. */
  readonly before: Date
  /** Where there is an approved template all the same: account and language, `account|fr`. */
  readonly told: readonly string[]
}

/** What the rules are read against. */
export type AudienceSettings = {
  readonly now: Date
  /** The languages there are words for. */
  readonly wordings: readonly Wording[]
  /** Not to be read by others on a shared phone. */
  readonly sensitive: boolean
  /** Accounts that may carry a campaign. */
  readonly channels: readonly string[]
  /** Where nothing but a template reaches whoever has not written for a while. */
  readonly closed?: ClosedWindows
  /** Region ids by the region that each was cut from. */
  readonly formerOf: Readonly<Record<string, string>>
}

const day = 86_400_000

/**
 * The audience as a statement that gives person, address, channel, language, neutral, region and reason (null: reached);
 * its values are to be given with it, numbered from 1.
 */
export function audienceSql(
  rules: AudienceRules,
  settings: AudienceSettings,
): { readonly text: string; readonly values: readonly unknown[] } {
  const values: unknown[] = []
  const use = (value: unknown) => `$${values.push(value)}`
  const { now, wordings, sensitive } = settings
  const plain = use(wordings.filter(({ neutral }) => !neutral).map(({ language }) => language))
  const neutral = use(wordings.filter((one) => one.neutral).map(({ language }) => language))
  const channels = use([...settings.channels])
  const where = conditionsOf(rules, settings, use)
  const unseen = `reachable.shared and ${sensitive ? 'true' : 'false'}`
  const text = `
  with meant as (
    select p.id, p.language, p.region, p.minor, p.erased_at, p.birth_year from person p
    where p.same_as_id is null ${where.map((one) => `and ${one}`).join(' ')}
  ), said as (
    select distinct on (c.person_id) c.person_id, c.answer from (
      select c.person_id, c.answer, c.at, c.id from meant join consent c on c.person_id = meant.id
        where c.item = 'information'
      union all
      select x.same_as_id, c.answer, c.at, c.id from person x join consent c on c.person_id = x.id
        where x.same_as_id is not null and c.item = 'information'
      union all
      select pa.person_id, c.answer, c.at, c.id from consent c join person_address pa on pa.address_id = c.address_id
        where c.person_id is null and c.item = 'information' and pa.until is null
    ) c order by c.person_id, c.at desc, c.id desc
  ), reachable as (
    select distinct on (pa.person_id) pa.person_id, a.id, a.channel_id, a.shared, a.stopped, a.language, a.last_heard_at
    from meant join person_address pa on pa.person_id = meant.id join address a on a.id = pa.address_id
    where pa.until is null and a.state = 'live' and a.channel_id = any(${channels}::uuid[])
    order by pa.person_id, (a.stopped = 'no') desc, a.shared, a.last_heard_at desc nulls last, a.id
  )
  select meant.id as person, reachable.id as address, reachable.channel_id as channel, told.language,
    (${unseen}) is true as neutral, coalesce(meant.region, '') as region,
    case when meant.erased_at is not null then 'erased'
      when meant.minor or ${use(now.getUTCFullYear())}::int - meant.birth_year < 18 or ${saidChildSql('meant.id')} then 'minor'
      when said.answer = 'withdrawn' or reachable.stopped <> 'no' then 'opted_out'
      when said.answer is distinct from 'given' then 'no_consent'
      when reachable.id is null then 'no_address'
      when not told.language = any(${plain}::text[]) then 'no_content'
      when ${unseen} and not told.language = any(${neutral}::text[]) then 'shared'
      ${closedSql(settings, unseen, use)}
    end as reason
  from meant
  left join said on said.person_id = meant.id
  left join reachable on reachable.person_id = meant.id
  cross join lateral (select coalesce(meant.language, reachable.language, 'fr') as language) told`
  return { text, values }
}

/** A template has one wording, which is not for the eyes of others. */
function closedSql({ closed }: AudienceSettings, unseen: string, use: (value: unknown) => string): string {
  if (!closed || closed.channels.length === 0) return ''
  return `when reachable.channel_id = any(${use([...closed.channels])}::uuid[])
        and coalesce(reachable.last_heard_at, '-infinity') < ${use(closed.before)}
        and (${unseen} or not (reachable.channel_id::text || '|' || told.language) = any(${use([...closed.told])}::text[]))
        then 'window_closed'`
}

function conditionsOf(
  rules: AudienceRules,
  { now, formerOf }: AudienceSettings,
  use: (value: unknown) => string,
): readonly string[] {
  const before = (days: number) => use(new Date(now.getTime() - days * day))
  const ofCase = (condition: string) =>
    `exists (select from case_file c where c.person_id = p.id and ${condition})`
  const heard = (condition: string) =>
    `exists (select from person_address pa join address a on a.id = pa.address_id
      where pa.person_id = p.id and pa.until is null and a.last_heard_at ${condition})`
  const all: (string | undefined)[] = [
    rules.regions && regionCondition(rules, formerOf, use),
    rules.cercles && `p.cercle = any(${use([...rules.cercles])}::text[])`,
    rules.languages && `coalesce(p.language, 'fr') = any(${use([...rules.languages])}::text[])`,
    rules.countries && `p.return_country = any(${use([...rules.countries])}::text[])`,
    rules.returnedFrom && `p.return_date >= ${use(rules.returnedFrom)}::date`,
    rules.returnedUntil && `p.return_date <= ${use(rules.returnedUntil)}::date`,
    rules.stages && ofCase(`c.stage = any(${use([...rules.stages])}::text[])`),
    rules.offices && ofCase(`c.office_id = any(${use([...rules.offices])}::uuid[])`),
    rules.list &&
      ofCase(
        `c.number_hash in (select number_hash from case_list_row where list_id = ${use(rules.list)}::uuid)`,
      ),
    // What is hidden puts nobody on a list.
    rules.needs &&
      `p.id in (select n.person_id from need n join request r on r.id = n.request_id
        where n.result is null and r.visibility = 'open' and n.category = any(${use([...rules.needs])}::text[]))`,
    rules.queues &&
      `p.id in (select r.person_id from request r where r.state <> 'closed' and r.visibility = 'open'
        and r.queue = any(${use([...rules.queues])}::text[]))`,
    rules.heardWithin === undefined ? undefined : heard(`>= ${before(rules.heardWithin)}`),
    rules.silentFor === undefined ? undefined : `not ${heard(`>= ${before(rules.silentFor)}`)}`,
    rules.gotCampaign &&
      `p.id in (select person_id from campaign_recipient where campaign_id = ${use(rules.gotCampaign)}::uuid
        and state = 'written')`,
    rules.saidRumour && saidRumour(use(rules.saidRumour)),
  ]
  return all.filter((one) => one !== undefined)
}

/**
 * Whoever told it, as the file says that goes on for them; without a person, whoever alone writes from there. An answer of
 * before is not given again.
 */
function saidRumour(rumour: string): string {
  return `p.id in (
      select coalesce(x.same_as_id, x.id) from feedback f join person x on x.id = f.person_id
        where f.rumour_id = ${rumour}::uuid and f.visibility = 'open'
      union
      select min(pa.person_id::text)::uuid from feedback f join person_address pa on pa.address_id = f.address_id
        where f.rumour_id = ${rumour}::uuid and f.visibility = 'open' and f.person_id is null and pa.until is null
        group by f.address_id having count(*) = 1
    ) and not exists (
      select from campaign_recipient cr join campaign c on c.id = cr.campaign_id
      where cr.person_id = p.id and cr.state = 'written' and c.audience->>'saidRumour' = ${rumour}::uuid::text
    )`
}

/** People still name the region that theirs was cut from: without a cercle nobody knows which of the two it is. */
function regionCondition(
  { regions = [], former }: AudienceRules,
  formerOf: Readonly<Record<string, string>>,
  use: (value: unknown) => string,
): string {
  const present = `p.region = any(${use([...regions])}::text[])`
  const older = regions.flatMap((region) => formerOf[region] ?? [])
  if (!former || older.length === 0) return present
  return `(${present} or (p.cercle is null and p.region = any(${use(older)}::text[])))`
}

type CountRow = {
  readonly reason: LeftOutReason | null
  readonly language: string | null
  readonly kind: string | null
  readonly region: string
  readonly neutral: boolean
  readonly n: number
}

/** How many it is, by everything that the page shows. */
export async function countAudience(
  pool: pg.Pool,
  rules: AudienceRules,
  settings: AudienceSettings,
): Promise<Count> {
  const { text, values } = audienceSql(rules, settings)
  const query = `select x.reason, case when x.reason is null or x.reason = 'no_content' then x.language end as language, c.kind,
      case when x.reason is null then x.region end as region, x.neutral, count(*)::int as n
    from (select x.reason, x.language, case when x.reason is null then x.channel end as channel, x.region,
      x.reason is null and x.neutral as neutral from (${text}) x) x left join channel c on c.id = x.channel
    group by 1, 2, 3, 4, 5`
  const { rows } = await roomy(pool, (client) => client.query<CountRow>(query, [...values]))
  const sum = (of: (row: CountRow) => string | null | undefined) => {
    const sums: Record<string, number> = {}
    for (const row of rows) {
      const name = of(row)
      if (name !== null && name !== undefined) sums[name] = (sums[name] ?? 0) + row.n
    }
    return sums
  }
  const total = (some: readonly CountRow[]) => some.reduce((all, { n }) => all + n, 0)
  const reached = rows.filter(({ reason }) => reason === null)
  return {
    meant: total(rows),
    reached: total(reached),
    neutral: total(reached.filter(({ neutral }) => neutral)),
    leftOut: sum(({ reason }) => reason),
    languages: sum(({ reason, language }) => (reason === null ? language : undefined)),
    untold: sum(({ reason, language }) => (reason === 'no_content' ? language : undefined)),
    channels: sum(({ reason, kind }) => (reason === null ? kind : undefined)),
    regions: sum(({ reason, region }) => (reason === null ? region : undefined)),
  }
}

/** With room to sort a hundred thousand people in memory: on the disk it takes twice as long. */
export function roomy<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query("set local work_mem = '64MB'")
    return work(client)
  })
}

/** A few of those who would get it, by id and in no order that means anything. */
export async function sampleAudience(
  pool: pg.Pool,
  rules: AudienceRules,
  settings: AudienceSettings,
  count: number,
): Promise<readonly string[]> {
  const { text, values } = audienceSql(rules, settings)
  const { rows } = await pool.query<{ person: string }>(
    `select person from (${text}) x where reason is null order by hashtext(person::text) limit $${values.length + 1}`,
    [...values, count],
  )
  return rows.map(({ person }) => person)
}

/** The countries that people came back from, as they stand in the files; one step in the index for each. */
export async function countriesOfReturn(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ country: string }>(
    `with recursive next as (
      select min(return_country) as country from person
      union all
      select (select min(return_country) from person where return_country > next.country) from next
        where next.country is not null
    )
    select country from next where country is not null limit 200`,
  )
  return rows.map(({ country }) => country)
}
