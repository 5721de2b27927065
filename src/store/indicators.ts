/**
 * The counts behind the indicators of accountability, under the access of who reads them. Sealed matters are in none but
 * the totals of whole quarters that are over.
 */
import { Prisma } from '../../prisma/client/client.ts'
import type { Period, Split, Tally } from '../core/indicators.ts'
import { silentAfterDays } from '../core/loop.ts'
import type { Staff } from '../core/staff.ts'
import { firstIdAt } from '../world.ts'
import { requestsCountedFor } from './access.ts'
import type { Database } from './database.ts'

type Client = Database['prisma']

export type IndicatorScope = Period & { readonly office?: string }

const byWhat: Readonly<Record<Split, Prisma.Sql>> = {
  kind: Prisma.sql`r.kind`,
  region: Prisma.sql`coalesce(p.region, r.region, '')`,
  sex: Prisma.sql`coalesce(p.sex, '')`,
  age: Prisma.sql`case when p.birth_year is null then ''
    else case width_bucket(extract(year from r.opened_at)::int - p.birth_year, array[18, 25, 35, 50])
      when 0 then 'under_18' when 1 then 'from_18' when 2 then 'from_25' when 3 then 'from_35' else 'from_50' end end`,
  channel: Prisma.sql`coalesce(r.channel_kind, '')`,
  language: Prisma.sql`coalesce(r.language, '')`,
}

type TallyRow = Omit<Tally, 'medianMinutes'> & { readonly whole: boolean; readonly median: number | null }

/** The requests opened in the period: all of them, and split by one thing. */
export async function tallyRequests(
  prisma: Client,
  staff: Staff,
  { from, until, office }: IndicatorScope,
  by: Split,
  now: Date,
): Promise<{ readonly all?: Tally; readonly rows: readonly Tally[] }> {
  const silentBefore = new Date(now.getTime() - silentAfterDays * 86_400_000)
  const rows = await prisma.$queryRaw<TallyRow[]>`
    select coalesce(x.name, '') as name, grouping(x.name) = 1 as whole, count(*)::int as opened,
      count(x.first_answer_at)::int as answered,
      count(*) filter (where x.first_in_time)::int as "inTime",
      count(*) filter (where not x.first_in_time
        or (x.first_answer_at is null and x.state = 'open' and x.due_at < ${now}))::int as late,
      count(*) filter (where x.state = 'closed')::int as closed,
      count(*) filter (where x.state = 'closed' and x.told)::int as told,
      count(*) filter (where x.loop_answer = 'yes')::int as yes,
      count(*) filter (where x.loop_answer = 'no')::int as no,
      count(*) filter (where x.loop_answer is null and x.loop_asked_at < ${silentBefore})::int as silent,
      count(*) filter (where x.state = 'closed' and x.kind like 'complaint.%')::int as "complaintsClosed",
      count(*) filter (where x.state = 'closed' and x.kind like 'complaint.%' and x.appealed_at is not null)::int as appealed,
      extract(epoch from percentile_cont(0.5) within group (order by x.first_answer_at - x.opened_at))::float8 / 60 as median
    from (
      select ${byWhat[by]} as name, r.kind, r.state, r.opened_at, r.due_at, r.first_answer_at, r.first_in_time,
        r.loop_answer, r.loop_asked_at, r.appealed_at, r.first_answer_at is not null and exists (
          select from message m where m.request_id = r.id and m.direction = 'out'
            and m.staff_id is not null and m.state in ('sent', 'delivered', 'read')) as told
      from request r left join person p on p.id = r.person_id
      where r.opened_at >= ${from} and r.opened_at < ${until} and ${scoped(staff, office)}
    ) x
    group by grouping sets ((x.name), ())`
  const tallies = rows.map(({ whole, median, ...counts }) => ({
    whole,
    tally: { ...counts, ...(median === null ? {} : { medianMinutes: Math.round(median) }) },
  }))
  const all = tallies.find(({ whole, tally }) => whole && tally.opened > 0)?.tally
  return {
    ...(all ? { all } : {}),
    rows: tallies.flatMap(({ whole, tally }) => (whole ? [] : [tally])),
  }
}

function scoped(staff: Staff, office: string | undefined): Prisma.Sql {
  const counted = requestsCountedFor(staff)
  return office === undefined ? counted : Prisma.sql`${counted} and r.office_id = ${office}::uuid`
}

/** How people write, and what was done with what they say besides requests. */
export type Talk = {
  readonly messages: number
  readonly voice: number
  /** People who wrote. */
  readonly writers: number
  /** Of these, with a case that is open. */
  readonly ofCaseload: number
  /** People with a case that is open. */
  readonly caseload: number
  /** Requests that were opened because nobody understood what was said. */
  readonly notUnderstood: number
  readonly feedback: readonly { readonly kind: string; readonly n: number }[]
  readonly decisions: number
  /** Of campaigns that went out in the period. */
  readonly recipients: number
  readonly optOuts: number
}

type Said = Pick<Talk, 'messages' | 'voice' | 'writers' | 'ofCaseload' | 'caseload'>

/** Of all offices: a message belongs to none. Only what was said openly is counted. */
export async function tallyTalk(prisma: Client, { from, until }: Period): Promise<Talk> {
  const [[said], [lost], feedback, decisions, [sent]] = await Promise.all([
    prisma.$queryRaw<Said[]>`
      with caseload as (select distinct person_id from case_file where closed_at is null),
      said as (
        select m.person_id, count(*) as messages, count(*) filter (where m.kind = 'file' and exists (
          select from media f where f.message_id = m.id and f.kind in ('voice', 'audio'))) as voice
        from message m where m.id >= ${firstIdAt(from)}::uuid and m.id < ${firstIdAt(until)}::uuid
          and m.direction = 'in' and m.visibility = 'open'
        group by 1)
      select coalesce(sum(s.messages), 0)::int as messages, coalesce(sum(s.voice), 0)::int as voice,
        count(s.person_id)::int as writers, count(c.person_id)::int as "ofCaseload",
        (select count(*) from caseload)::int as caseload
      from said s left join caseload c on c.person_id = s.person_id`,
    prisma.$queryRaw<{ n: number }[]>`
      select count(*)::int as n from request where opened_at >= ${from} and opened_at < ${until}
        and visibility <> 'sealed' and cause = 'not_understood'`,
    prisma.$queryRaw<{ kind: string; n: number }[]>`
      select kind, count(*)::int as n from feedback where at >= ${from} and at < ${until} group by 1 order by 2 desc`,
    prisma.decision.count({ where: { decidedOn: { gte: from, lt: until } } }),
    prisma.$queryRaw<{ recipients: number; stopped: number }[]>`
      select count(*)::int as recipients, count(r.stopped_at)::int as stopped
      from campaign c join campaign_recipient r on r.campaign_id = c.id
      where c.released_at >= ${from} and c.released_at < ${until} and r.written_at is not null`,
  ])
  return {
    ...(said ?? { messages: 0, voice: 0, writers: 0, ofCaseload: 0, caseload: 0 }),
    ...{ notUnderstood: lost?.n ?? 0, feedback, decisions },
    ...{ recipients: sent?.recipients ?? 0, optOuts: sent?.stopped ?? 0 },
  }
}

export type SealedQuarter = {
  readonly from: Date
  readonly opened: number
  /** Complaints of abuse by staff or partners, and those passed on within a day. */
  readonly abuse: number
  readonly forwarded: number
}

/** Sealed matters of whole quarters before this moment, as totals and nothing else. */
export async function tallySealed(prisma: Client, period: Period): Promise<readonly SealedQuarter[]> {
  return prisma.$queryRaw<SealedQuarter[]>`
    select date_trunc('quarter', opened_at at time zone 'UTC') at time zone 'UTC' as from, count(*)::int as opened,
      count(*) filter (where kind = 'complaint.sea')::int as abuse,
      count(*) filter (where kind = 'complaint.sea' and outcome = 'reported'
        and closed_at < opened_at + interval '24 hours')::int as forwarded
    from request where visibility = 'sealed' and opened_at >= ${period.from} and opened_at < ${period.until}
    group by 1 order by 1`
}
