/** Staff write down how the person of a request is reached without harm. */
import { noteSafeContact } from '../core/request-rules.ts'
import type { SafeContact } from '../core/safe-contact.ts'
import { Failure } from '../failure.ts'
import { readSafeContact } from '../store/safe-contact.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'

/** Fails with `person:not_found` while nobody knows whose request it is. */
export async function recordSafeContact(desk: Desk, act: Act, safe: SafeContact): Promise<void> {
  await perform(desk, act, async ({ person, request }) => {
    if (!person) throw new Failure('person:not_found', { request: request.id })
    return { happenings: noteSafeContact(await readSafeContact(desk, person.id), safe) }
  })
}
