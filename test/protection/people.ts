/** People for tests of protection: met by the real flows, with a case and its owner. */

import { kindOf, type RequestKind } from '../../src/core/request.ts'
import type { Staff } from '../../src/core/staff.ts'
import type { Office } from '../turn/office.ts'

/** Somebody writes for the first time, chooses French, agrees, and leaves: known, with nothing open. */
export async function meet(office: Office, from: string, name?: string): Promise<string> {
  const more = name === undefined ? {} : { displayName: name }
  for (const text of ['bonjour', '1', '1', '00']) await office.says(from, text, more)
  return personOf(office, from)
}

/** The person who speaks on an address. */
export async function personOf(office: Office, from: string): Promise<string> {
  const { person_id: person } = await sessionOf(office, from)
  if (!person) throw new Error('nobody was met')
  return person
}

/** Makes a member of staff the owner of the person's case. */
export async function ownCase({ database }: Office, person: string, staff: Staff): Promise<void> {
  await database.prisma.case.updateMany({ where: { personId: person }, data: { ownerId: staff.id } })
}

/** The row of an address and the person of its session. */
export async function sessionOf({ database, channel }: Office, from: string) {
  const hash = database.keys.hash('address', `${channel.id}|${from}`)
  const { rows } = await database.pool.query<{ id: string; person_id: string | null; session: string }>(
    `select a.id, s.person_id, s.id as session from address a join session s on s.id = a.session_id
     where a.external_hash = $1`,
    [hash],
  )
  const [row] = rows
  if (!row) throw new Error('nobody wrote from there')
  return row
}

/** The requests of a kind, oldest first. */
export async function requestsOf({ database }: Office, kind: RequestKind) {
  return database.prisma.request.findMany({
    where: { kind },
    orderBy: { id: 'asc' },
    include: { holders: true },
  })
}

/** The one request of a kind. */
export async function requestOf(office: Office, kind: RequestKind) {
  const [one, more] = await requestsOf(office, kind)
  if (!one || more) throw new Error(`there is not one request of ${kind} in ${kindOf(kind).queue}`)
  return one
}

/** The keys of the sentences that were said. */
export function keysOf(
  sent: readonly { readonly spoken: { readonly key?: string } }[],
): (string | undefined)[] {
  return sent.map(({ spoken }) => spoken.key)
}

/** An act of this member of staff, by a form of its own. */
export function actOf({ clock }: Office, staff: Staff, request: string) {
  return { staff, request, form: clock.id() }
}
