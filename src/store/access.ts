/**
 * Who may see what, said once, as conditions that every query of the console carries. What one may not see does not
 * exist: no row, no count, no stub.
 *
 * A request. Open: members of its queue, where it waits for one office those of that office and those of none; its owner,
 * the owner of its case, a supervisor of its office, officers.
 * Restricted: members of its queue. Sealed: its named holders, whoever they are and wherever it lies. Whom a request
 * may be about is barred from it, whatever else they are. Who only administers or monitors sees no content at all.
 */
import { Prisma } from '../../prisma/client/client.ts'
import { aboutWorkers } from '../core/request.ts'
import { caseRoles, contentRoles, type Staff } from '../core/staff.ts'

/** A condition that no row meets. */
const nothing = { id: { in: [] as string[] } }

/** The requests that exist for this member of staff. */
export function requestsSeenBy(staff: Staff): Prisma.RequestWhereInput {
  if (!hasContent(staff)) return nothing
  const sealed = staff.suspended
    ? nothing
    : { visibility: 'sealed', holders: { some: { staffId: staff.id } } }
  const queues = [...staff.queues]
  const near = staff.office ? { OR: [{ officeId: staff.office }, { officeId: null }] } : {}
  const open: Prisma.RequestWhereInput[] = [
    { queue: { in: queues }, ...near },
    { ownerId: staff.id },
    ...(followsCases(staff) ? [{ case: { ownerId: staff.id } }] : []),
  ]
  if (staff.roles.includes('supervisor') && staff.office) open.push({ officeId: staff.office })
  return {
    // Found to be an ordinary matter, it is theirs again.
    NOT: { kind: { in: [...aboutWorkers] }, barred: { some: { staffId: staff.id } } },
    OR: [
      staff.roles.includes('officer') ? { visibility: 'open' } : { visibility: 'open', OR: open },
      { visibility: 'restricted', queue: { in: queues } },
      sealed,
    ],
  }
}

/**
 * Of these, the ones that may be named in a chat outside the office: what is hidden is not, and nobody who writes from a
 * shared phone.
 */
export function requestsInChatOf(staff: Staff): Prisma.RequestWhereInput {
  return {
    AND: [
      requestsSeenBy(staff),
      { visibility: 'open', OR: [{ addressId: null }, { address: { shared: false } }] },
    ],
  }
}

/**
 * The same as a condition on a request `r`, for statements that Prisma cannot say: it joins every case there is where a
 * look at the reader's own is enough. A test holds the two equal.
 */
export function requestsSeenSql(staff: Staff): Prisma.Sql {
  if (!hasContent(staff)) return Prisma.sql`false`
  const me = Prisma.sql`${staff.id}::uuid`
  const queues = Prisma.sql`r.queue = any(${[...staff.queues]}::text[])`
  const near = staff.office
    ? Prisma.sql`(r.office_id = ${staff.office}::uuid or r.office_id is null)`
    : Prisma.sql`true`
  const office =
    staff.roles.includes('supervisor') && staff.office
      ? Prisma.sql`r.office_id = ${staff.office}::uuid`
      : Prisma.sql`false`
  const cases = followsCases(staff)
    ? Prisma.sql`r.case_id in (select c.id from case_file c where c.owner_id = ${me})`
    : Prisma.sql`false`
  const open = staff.roles.includes('officer')
    ? Prisma.sql`true`
    : Prisma.sql`((${queues} and ${near}) or r.owner_id = ${me} or ${office} or ${cases})`
  return Prisma.sql`not (r.kind = any(${[...aboutWorkers]}::text[])
      and exists (select from request_barred b where b.request_id = r.id and b.staff_id = ${me}))
    and ((r.visibility = 'open' and ${open})
      or (r.visibility = 'restricted' and ${queues})
      or (r.visibility = 'sealed' and ${staff.suspended !== true}
        and exists (select from request_holder h where h.request_id = r.id and h.staff_id = ${me})))`
}

/**
 * The requests whose numbers this member of staff may read, as a condition on a request `r`: for officers those of every
 * office, for supervisors of their own, restricted ones only where they would see the request itself. Monitoring reads
 * numbers of open ones alone. A sealed matter is in no figure, not even of its holders': figures are printed and passed on.
 */
export function requestsCountedFor(staff: Staff): Prisma.Sql {
  if (!countsAny(staff)) return Prisma.sql`false`
  if (!hasContent(staff)) return Prisma.sql`r.visibility <> 'sealed' and r.visibility = 'open'`
  const everywhere = staff.roles.includes('officer') || staff.roles.includes('monitoring')
  const offices = everywhere ? Prisma.sql`true` : Prisma.sql`r.office_id = ${staff.office}::uuid`
  // That sealed ones are out is said by itself, because the indexes of figures are without them.
  return Prisma.sql`r.visibility <> 'sealed' and (r.visibility = 'open' or (r.visibility = 'restricted' and r.queue = any(${[...staff.queues]}::text[])))
    and ${offices}
    and not (r.kind = any(${[...aboutWorkers]}::text[]) and exists (
      select from request_barred b where b.request_id = r.id and b.staff_id = ${staff.id}::uuid))`
}

/** Whether they read figures at all: officers and monitoring of every office, supervisors of theirs. */
export function countsAny({ roles, office }: Staff): boolean {
  return roles.includes('officer') || roles.includes('monitoring') || countsOffice({ roles, office })
}

/** Whether figures of this office (of all, when absent) are theirs by name of staff and to the last one; others get neither. */
export function countsByName(staff: Staff, office: string | undefined): boolean {
  return staff.roles.includes('officer') || (countsOffice(staff) && staff.office === office)
}

function countsOffice({ roles, office }: Pick<Staff, 'roles' | 'office'>): boolean {
  return roles.includes('supervisor') && office !== undefined
}

/** The people who exist for this member of staff: those of their open requests, their cases, their office. */
export function personsSeenBy(staff: Staff): Prisma.PersonWhereInput {
  if (!hasContent(staff)) return nothing
  const ways: Prisma.PersonWhereInput[] = [
    ...(followsCases(staff) ? [{ cases: { some: { ownerId: staff.id } } }] : []),
    // A sealed matter must not put its person on anybody's list: holders reach the person through the request.
    { requests: { some: { AND: [requestsSeenBy(staff), { visibility: { not: 'sealed' } }] } } },
  ]
  if (staff.roles.includes('supervisor') && staff.office)
    ways.push({ cases: { some: { officeId: staff.office } } })
  if (staff.roles.includes('officer')) ways.push({ cases: { some: {} } })
  return { OR: ways }
}

/** The same for one file at hand: found to be of one person, two files are seen together. Too dear for a list. */
export function fileSeenBy(staff: Staff): Prisma.PersonWhereInput {
  const seen = personsSeenBy(staff)
  return { OR: [seen, { sameAs: seen }, { others: { some: seen } }] }
}

/**
 * Whom a question of identity may be about: for those who sit where identities are checked, everybody with a case number,
 * as far as that page shows them; for all others whom they see anyway.
 */
export function candidatesSeenBy(staff: Staff): Prisma.PersonWhereInput {
  const seen = personsSeenBy(staff)
  if (!hasContent(staff) || !staff.queues.includes('identity')) return seen
  // The cheap condition first: it is asked of every namesake.
  return { OR: [{ cases: { some: { numberHash: { not: null } } } }, seen] }
}

/** What a request that one may see lies in: the ids that its rows are found by. */
export type Matter = {
  readonly id: string
  readonly address?: string
  readonly person?: string
  /** Requests that have joined it, which the same eyes see. */
  readonly merged?: readonly string[]
}

/**
 * The messages beside a request that one may see: its own, and what was said openly on the same address by the same
 * person. What belongs to another restricted or sealed matter is not among them.
 */
export function messagesBeside(matter: Matter): Prisma.MessageWhereInput {
  if (matter.address === undefined) return { requestId: wholeOf(matter) }
  return {
    OR: [
      { requestId: wholeOf(matter) },
      { addressId: matter.address, visibility: 'open', ...samePerson(matter.person) },
    ],
  }
}

/** What happened beside a request that one may see, by the same rule. */
export function eventsBeside(matter: Matter): Prisma.EventWhereInput {
  if (matter.address === undefined) return { requestId: wholeOf(matter) }
  return {
    OR: [
      { requestId: wholeOf(matter) },
      { addressId: matter.address, visibility: 'open', requestId: null, ...samePerson(matter.person) },
    ],
  }
}

/** A message as the rule beside a request sees it. */
export type Lying = {
  readonly requestId: string | null
  readonly addressId: string
  readonly personId: string | null
  readonly visibility: string
}

/** Whether a message lies beside a request that one may see: `messagesBeside`, asked of a row that is at hand. */
export function liesBeside(matter: Matter, it: Lying): boolean {
  if (it.requestId === matter.id) return true
  if (matter.address === undefined || it.addressId !== matter.address || it.visibility !== 'open')
    return false
  return matter.person === undefined || it.personId === null || it.personId === matter.person
}

/**
 * What was said by and to people that one may see: openly, and in those of their requests that one may see, by id. Several
 * when two files were found to be of one person.
 */
export function messagesOfPeople(
  people: readonly string[],
  requests: readonly string[],
): Prisma.MessageWhereInput {
  return {
    OR: [{ personId: { in: [...people] }, visibility: 'open' }, { requestId: { in: [...requests] } }],
  }
}

/** What happened to them, by the same rule. */
export function eventsOfPeople(
  people: readonly string[],
  requests: readonly string[],
): Prisma.EventWhereInput {
  return {
    OR: [{ personId: { in: [...people] }, visibility: 'open' }, { requestId: { in: [...requests] } }],
  }
}

function wholeOf({ id, merged }: Matter): { in: string[] } {
  return { in: [id, ...(merged ?? [])] }
}

/** On a shared phone another person's words are nobody's business here; what nobody has claimed is. */
function samePerson(person: string | undefined): { OR?: { personId: string | null }[] } {
  return person === undefined ? {} : { OR: [{ personId: person }, { personId: null }] }
}

/** Whether cases can be theirs; nobody else's lists look through the cases there are. */
function followsCases({ roles }: Staff): boolean {
  return roles.some((role) => caseRoles.includes(role))
}

/** Whether any role of theirs comes with content. */
export function hasContent(staff: Staff): boolean {
  return staff.roles.some((role) => contentRoles.includes(role))
}
