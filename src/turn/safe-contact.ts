/** Staff write down how somebody is reached without harm: beside a request, or on the person's own page. */
import { noteSafeContact } from '../core/request-rules.ts'
import type { SafeContact } from '../core/safe-contact.ts'
import { Failure } from '../failure.ts'
import { readSafeContact } from '../store/safe-contact.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'
import { type PersonAct, performOnPerson } from './act-person.ts'

/** Fails with `person:not_found` while nobody knows whose request it is. */
export async function recordSafeContact(desk: Desk, act: Act, safe: SafeContact): Promise<void> {
  await perform(desk, act, async ({ person, request }) => {
    if (!person) throw new Failure('person:not_found', { request: request.id })
    return { happenings: noteSafeContact(await readSafeContact(desk, person.id), safe) }
  })
}

/** Outside of any request; whoever sees the person reads it. */
export async function recordSafeContactOf(desk: Desk, act: PersonAct, safe: SafeContact): Promise<void> {
  await performOnPerson(desk, act, async ({ id }) => noteSafeContact(await readSafeContact(desk, id), safe))
}
