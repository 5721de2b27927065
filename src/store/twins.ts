/** Files that look like one person, found without anybody asking: they have a phone or a case number in common. */
import { compareSides, type Match } from '../core/match.ts'
import type { Staff } from '../core/staff.ts'
import { personsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { type Claimant, sidesOfPeople } from './find-candidates.ts'

type Part = Pick<Database, 'pool' | 'prisma' | 'keys'>

/** A phone that many have is one of an office or a shop, not of a person. */
const sharedAtMost = 4
const pairsAtMost = 200

/** A family shares a phone and a name: only where every word of a name agrees may it be one person. */
function isLikely(match: Match): boolean {
  return !match.for.includes('name_part') && !match.against.includes('name') && !match.against.includes('sex')
}

/** Who may be the same person as this one; for nearly everybody one look-up that finds nobody. */
export async function twinsOf(part: Part, staff: Staff, person: string): Promise<readonly Claimant[]> {
  const { rows } = await part.pool.query<{ id: string }>({
    name: 'twins_of',
    text: `select p.id from person me join person p on p.phone_hash = me.phone_hash
        where me.id = $1 and p.id <> $1 and p.same_as_id is null and p.erased_at is null
      union
      select c.person_id from case_file mine join case_file c on c.number_hash = mine.number_hash
        where mine.person_id = $1 and c.person_id <> $1
      limit $2`,
    values: [person, sharedAtMost],
  })
  if (rows.length === 0) return []
  const seen = await part.prisma.person.findMany({
    where: { AND: [personsSeenBy(staff), { id: { in: rows.map(({ id }) => id) } }] },
    select: { id: true },
  })
  const sides = await sidesOfPeople(part, [person, ...seen.map(({ id }) => id)])
  const one = sides.get(person)
  const others = [...sides.values()].filter(({ id }) => id !== person)
  return one ? others.filter((other) => isLikely(compareSides(one, other))) : []
}

export type Pair = { readonly one: Claimant; readonly other: Claimant; readonly match: Match }

/** Pairs of files that the reader sees and that share a phone, the youngest first (index person_phone_live). */
export async function listTwins(part: Part, staff: Staff, limit: number): Promise<readonly Pair[]> {
  const { rows } = await part.pool.query<{ ids: string[] }>({
    name: 'twins',
    // Counting needs the index alone; only who is left is looked at.
    text: `with twice as (
        select phone_hash from person where phone_hash is not null and same_as_id is null and erased_at is null
        group by phone_hash having count(*) between 2 and $1)
      select array_agg(p.id order by p.id) as ids from twice join person p using (phone_hash)
      where p.same_as_id is null and p.erased_at is null
      group by phone_hash order by max(p.id::text) desc limit $2`,
    values: [sharedAtMost, pairsAtMost],
  })
  const seen = await part.prisma.person.findMany({
    where: { AND: [personsSeenBy(staff), { id: { in: rows.flatMap(({ ids }) => ids) } }] },
    select: { id: true },
  })
  const known = new Set(seen.map(({ id }) => id))
  const groups = rows.map(({ ids }) => ids.filter((id) => known.has(id))).filter((ids) => ids.length > 1)
  const sides = await sidesOfPeople(part, groups.flat())
  const pairs = groups.flatMap((ids) =>
    ids.flatMap((id, n) => ids.slice(n + 1).flatMap((other) => pairOf(sides.get(id), sides.get(other)))),
  )
  return pairs.filter(({ match }) => isLikely(match)).slice(0, limit)
}

function pairOf(one: Claimant | undefined, other: Claimant | undefined): readonly Pair[] {
  return one && other ? [{ one, other, match: compareSides(one, other) }] : []
}
