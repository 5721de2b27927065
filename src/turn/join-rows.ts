/**
 * Two files of one person become one to look at, by a link that can be undone. Nothing is rewritten: both keep their own
 * history. What changes is who speaks on the addresses of the one that is joined, and that goes back when they are parted.
 */
import { Failure } from '../failure.ts'
import type { Database } from '../store/database.ts'
import type { Change } from '../store/road.ts'

type Db = Database['prisma']

/** Who says so, and when. */
export type Sworn = { readonly staff: string; readonly at: Date }

/** Joins `from` to `into`. Fails with `person:joined` when one of them is joined already, or is the same file. */
export async function joinRows(
  prisma: Db,
  from: string,
  into: string,
  by: Sworn,
): Promise<readonly Change[]> {
  const [one, other] = await Promise.all([
    prisma.person.findUnique({ where: { id: from }, include: { others: { take: 1, select: { id: true } } } }),
    prisma.person.findUnique({ where: { id: into } }),
  ])
  if (!one || !other || one.erasedAt || other.erasedAt) throw new Failure('person:not_found')
  if (from === into || one.sameAsId || other.sameAsId || one.others.length > 0) {
    throw new Failure('person:joined')
  }
  const links = await prisma.personAddress.findMany({ where: { personId: from, until: null } })
  const theirs = await prisma.personAddress.findMany({ where: { personId: into, until: null } })
  const fresh = links.filter(({ addressId }) => !theirs.some((link) => link.addressId === addressId))
  return [
    { update: 'person', id: from, plain: { same_as_id: into } },
    // Its phones are others from here on: it is looked at again (store/person-words.ts).
    { update: 'person', id: into, plain: { same_as_id: null } },
    ...fresh.map(
      ({ addressId }): Change => ({
        insert: 'person_address',
        plain: {
          ...{ person_id: into, address_id: addressId, since: by.at },
          ...{ verified_at: by.at, verified_by: by.staff, from_id: from },
        },
      }),
    ),
    ...(await sessionRows(prisma, { addresses: ids(links), of: from }, into)),
  ]
}

/** Parts `from` from the file it was joined to; fails with `person:not_found` when it is joined to none. */
export async function partRows(prisma: Db, from: string, by: Sworn): Promise<readonly Change[]> {
  const one = await prisma.person.findUnique({ where: { id: from } })
  if (!one?.sameAsId) throw new Failure('person:not_found')
  const into = one.sameAsId
  const links = await prisma.personAddress.findMany({ where: { personId: into, fromId: from, until: null } })
  return [
    { update: 'person', id: from, plain: { same_as_id: null } },
    { update: 'person', id: into, plain: { same_as_id: null } },
    ...links.map(
      ({ addressId }): Change => ({
        update: 'person_address',
        id: `${into}/${addressId}`,
        plain: { until: by.at, ended_by: 'undone' },
      }),
    ),
    ...(await sessionRows(prisma, { addresses: ids(links), of: into }, from)),
  ]
}

/** Whoever speaks there next is this person. */
async function sessionRows(
  prisma: Db,
  on: { readonly addresses: readonly string[]; readonly of: string },
  person: string,
): Promise<readonly Change[]> {
  const sessions = await prisma.session.findMany({
    where: { addressId: { in: [...on.addresses] }, personId: on.of },
    select: { id: true },
  })
  return sessions.map(({ id }) => ({ update: 'session', id, plain: { person_id: person } }))
}

function ids(links: readonly { readonly addressId: string }[]): string[] {
  return links.map(({ addressId }) => addressId)
}
