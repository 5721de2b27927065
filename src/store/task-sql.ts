/**
 * The tasks there are, as one statement over what is known: each kind says whom it is about, since when it may be asked for
 * and when it is due, and is not there any more once the thing it asks for is. What comes from a request is as hidden as
 * that, and of what is sealed no task speaks to anybody. Served by the indexes of the migration `task`.
 */
import { Prisma } from '../../prisma/client/client.ts'
import { outcomeDays } from '../core/referral.ts'
import type { Staff } from '../core/staff.ts'
import { shownAhead, type TaskKind, type TaskTerms, visitDays } from '../core/task.ts'
import { requestsSeenSql } from './access.ts'

/** Whose tasks; `all` and `office` are for who supervises, and the caller has asked whether the reader does. */
export type TaskScope =
  | { readonly of: 'owner'; readonly id: string }
  | { readonly of: 'office'; readonly id: string; readonly owner?: string | null }
  | { readonly of: 'all'; readonly owner?: string | null }
  | { readonly of: 'people'; readonly ids: readonly string[] }

type Asked = {
  readonly staff: Staff
  readonly scope: TaskScope
  readonly terms: TaskTerms
  readonly now: Date
  readonly kind?: TaskKind
}

/** Rows `kind, subject, step, person_id, owner_id, office_id, request_id, due_at`. */
export function tasksSql(asked: Asked): Prisma.Sql {
  const { now, kind } = asked
  const wanted = Object.entries(kinds).filter(([name]) => kind === undefined || name === kind)
  const all = Prisma.join(
    wanted.map(([, sql]) => sql(asked)),
    ' union all ',
  )
  return Prisma.sql`
    select t.kind, t.subject, t.step, t.person_id, t.owner_id, t.office_id, t.request_id,
      greatest(t.due_at, m.until) as due_at
    from (${all}) t (kind, subject, step, person_id, owner_id, office_id, request_id, since, due_at)
    left join task_mark m on m.subject_id = t.subject and m.kind = t.kind and m.step = t.step
    where (m.done_at is null or m.done_at < t.since) and (m.until is null or m.until <= ${now})`
}

const dayLength = 86_400_000
/** Bamako keeps UTC all year: a day is 24 hours, and adding hours asks no calendar. */
const days = (n: number) => Prisma.sql`make_interval(hours => ${n * 24}::int)`
const daysBefore = (now: Date, n: number) => new Date(now.getTime() - n * dayLength)

/**
 * Each gives what may be asked for, `since` when it is what it is and `due_at`. What is compared with the clock is a column
 * or the expression of an index, so that what is not due yet is not read.
 */
const kinds: Readonly<Record<TaskKind, (asked: Asked) => Prisma.Sql>> = {
  plan: (asked) => Prisma.sql`
    select 'plan', c.id, 0, c.person_id, c.owner_id, c.office_id, null::uuid, c.opened_at,
      ${returned} + ${days(asked.terms.plan)}
    from case_file c
    where c.closed_at is null and c.stage in ('contact', 'reception', 'orientation', 'screening', 'counselling')
      and ${returned} <= ${daysBefore(asked.now, asked.terms.plan - shownAhead)} and ${casesOf(asked)} and ${standing}`,

  check_in: (asked) => Prisma.sql`
    select 'check_in', c.id, 0, c.person_id, c.owner_id, c.office_id, null::uuid, ${delivered},
      ${delivered} + ${days(asked.terms.checkInUntil)}
    from case_file c
    where ${monitored} and (c.checked_in_at is null or c.checked_in_at < ${delivered})
      and ${delivered} <= ${daysBefore(asked.now, asked.terms.checkInFrom)} and ${casesOf(asked)} and ${standing}`,

  visit: (asked) => Prisma.sql`
    select 'visit', c.id, c.visits_kept + 1, c.person_id, c.owner_id, c.office_id, null::uuid, ${delivered},
      ${delivered} + v.term
    from (values ${visitTerms(asked)}) v (high_risk, kept, term, delivered_by)
    join case_file c on c.high_risk = v.high_risk and c.visits_kept = v.kept and ${delivered} <= v.delivered_by
    where ${monitored} and ${casesOf(asked)} and ${standing}`,

  partner_silent: (asked) => Prisma.sql`
    select 'partner_silent', x.id, 0, x.person_id, coalesce(r.owner_id, x.staff_id), r.office_id, r.id, x.sent_at,
      x.answer_due_at
    from referral x join request r on r.id = x.request_id
    where x.state = 'sent' and x.answer_due_at <= ${asked.now} and ${requestsOf(asked, Prisma.sql`coalesce(r.owner_id, x.staff_id)`)}`,

  outcome: (asked) => Prisma.sql`
    select 'outcome', x.id, 0, x.person_id, coalesce(r.owner_id, x.staff_id), r.office_id, r.id, x.answered_at, d.due_at
    from referral x join request r on r.id = x.request_id
    cross join lateral (
      select coalesce(case x.prompt when 'accepted' then x.answered_at + ${days(outcomeDays)} else x.ask_person_at end, (
          select max(e.at) from event e where e.request_id = r.id and e.type = 'referral_prompted'
        ), x.ended_at, x.answered_at) + ${days(asked.terms.outcome)} as due_at
    ) d
    where x.state in ('accepted', 'given') and x.came is null and d.due_at <= ${asked.now}
      and ${requestsOf(asked, Prisma.sql`coalesce(r.owner_id, x.staff_id)`)}`,

  home_visit: (asked) => Prisma.sql`
    select 'home_visit', f.person_id, 0, f.person_id, c.owner_id, c.office_id, (array_agg(r.id order by f.ended_at desc))[1],
      max(f.ended_at), max(f.ended_at) + ${days(asked.terms.home)}
    from follow_up f join request r on r.id = f.request_id join person p on p.id = f.person_id and p.erased_at is null
    left join lateral (
      select c.id, c.owner_id, c.office_id, c.person_id from case_file c
      where c.person_id = f.person_id and c.closed_at is null order by c.opened_at desc limit 1
    ) c on true
    where f.state = 'missed' and ${seenIn(asked)} and ${casesOf(asked)}
      and not exists (select from follow_up g where g.person_id = f.person_id and g.state = 'done' and g.ended_at > f.ended_at)
      and not exists (select from contact_attempt a where a.person_id = f.person_id and a.way = 'visit' and a.at > f.ended_at)
    group by f.person_id, c.id, c.owner_id, c.office_id having count(*) >= 3 and max(f.ended_at) <= ${asked.now}`,

  call: (asked) => Prisma.sql`
    select 'call', r.id, 0, r.person_id, r.owner_id, r.office_id, r.id, k.called_at, k.called_at + ${days(asked.terms.call)}
    from knock k join request r on r.address_id = k.address_id and r.state <> 'closed' and r.person_id is not null
    where k.called_at <= ${asked.now} and k.ended_at is null and ${requestsOf(asked, Prisma.sql`r.owner_id`)}
      and exists (select from event e where e.request_id = r.id and e.turn_id = k.id and e.type = 'call_asked')
      and not exists (select from contact_attempt a where a.request_id = r.id and a.way <> 'message' and a.at > k.called_at)`,

  guardian: (asked) => Prisma.sql`
    ${guardianOf(asked, Prisma.sql`case_file c join person p on p.id = c.person_id and p.minor and p.erased_at is null`)}
    union all
    ${guardianOf(
      asked,
      // Who said that they are a child is treated as one until staff have looked at it.
      Prisma.sql`(select distinct r.person_id from request r where r.said_age is not null and ${seenIn(asked)}) young
        join case_file c on c.person_id = young.person_id
        join person p on p.id = c.person_id and not p.minor and p.erased_at is null`,
    )}`,
}

/** Who answers for the children whose cases these are. */
function guardianOf(asked: Asked, cases: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select 'guardian', c.id, 0, c.person_id, c.owner_id, c.office_id, null::uuid, d.since,
      d.since + ${days(asked.terms.guardian)}
    from ${cases}
    left join lateral (
      select s.answer, s.at from consent s where s.person_id = c.person_id and s.item = 'guardian'
      order by s.at desc, s.id desc limit 1
    ) said on true
    cross join lateral (select greatest(c.opened_at, said.at) as since) d
    where c.closed_at is null and said.answer is distinct from 'given' and d.since <= ${asked.now} and ${casesOf(asked)}`
}

/** By risk and visits kept: how long after the delivery the next visit is due, and until when it must have been to be shown. */
function visitTerms({ terms, now }: Asked): Prisma.Sql {
  const rows = [true, false].flatMap((risk) =>
    visitDays(terms, risk).map(
      (day, kept) =>
        Prisma.sql`(${risk}::boolean, ${kept}::smallint, ${days(day)}, ${daysBefore(now, day - shownAhead)}::timestamptz)`,
    ),
  )
  return Prisma.join(rows)
}

/** A month runs from the return, where its day is known. */
const returned = Prisma.sql`coalesce(c.returned_on::timestamp at time zone 'UTC', c.opened_at)`
const monitored = Prisma.sql`c.closed_at is null and c.stage = 'monitoring'`
/** Monitoring follows the delivery: what was to be delivered is there since then. */
const delivered = Prisma.sql`coalesce(c.stage_since, c.opened_at)`
/** Of somebody who was erased nothing is to be done; they are few. */
const standing = Prisma.sql`not exists (select from person p where p.id = c.person_id and p.erased_at is not null)`

/** The cases asked about, as `c`. */
function casesOf({ scope }: Asked): Prisma.Sql {
  switch (scope.of) {
    case 'owner':
      return Prisma.sql`c.owner_id = ${scope.id}::uuid`
    case 'people':
      return Prisma.sql`c.person_id = any(${[...scope.ids]}::uuid[])`
    case 'office':
      return Prisma.sql`c.office_id = ${scope.id}::uuid and ${ownerIs(scope.owner, Prisma.sql`c.owner_id`)}`
    case 'all':
      return Prisma.sql`c.id is not null and ${ownerIs(scope.owner, Prisma.sql`c.owner_id`)}`
    default:
      return scope satisfies never
  }
}

/** The requests asked about, as `r`, among those that the reader may see. */
function requestsOf(asked: Asked, owner: Prisma.Sql): Prisma.Sql {
  const { scope } = asked
  const seen = seenIn(asked)
  switch (scope.of) {
    case 'owner':
      return Prisma.sql`${owner} = ${scope.id}::uuid and ${seen}`
    case 'people':
      return Prisma.sql`r.person_id = any(${[...scope.ids]}::uuid[]) and ${seen}`
    case 'office':
      return Prisma.sql`r.office_id = ${scope.id}::uuid and ${ownerIs(scope.owner, owner)} and ${seen}`
    case 'all':
      return Prisma.sql`${ownerIs(scope.owner, owner)} and ${seen}`
    default:
      return scope satisfies never
  }
}

function seenIn({ staff }: Asked): Prisma.Sql {
  return Prisma.sql`r.visibility <> 'sealed' and ${requestsSeenSql(staff)}`
}

/** Null asks for what nobody has. */
function ownerIs(owner: string | null | undefined, column: Prisma.Sql): Prisma.Sql {
  if (owner === undefined) return Prisma.sql`true`
  return owner === null ? Prisma.sql`${column} is null` : Prisma.sql`${column} = ${owner}::uuid`
}
