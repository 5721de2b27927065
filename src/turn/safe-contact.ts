/** Staff write down how somebody is reached without harm: beside a request, or on the person's own page. */
import type { Happening } from '../core/event.ts'
import { noteSafeContact, preferWorker } from '../core/request-rules.ts'
import type { SafeContact, WorkerSex } from '../core/safe-contact.ts'
import { Failure } from '../failure.ts'
import { readSafeContact } from '../store/safe-contact.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'
import { type PersonAct, performOnPerson } from './act-person.ts'

/** How they are reached, and whom they would rather speak with. */
export type Wishes = { readonly safe: SafeContact; readonly worker: WorkerSex | undefined }

/** Fails with `person:not_found` while nobody knows whose request it is. */
export async function recordSafeContact(desk: Desk, act: Act, wishes: Wishes): Promise<void> {
  await perform(desk, act, async ({ person, request }) => {
    if (!person) throw new Failure('person:not_found', { request: request.id })
    return { happenings: await noted(desk, person.id, wishes) }
  })
}

/** Outside of any request; whoever sees the person reads it. */
export async function recordSafeContactOf(desk: Desk, act: PersonAct, wishes: Wishes): Promise<void> {
  await performOnPerson(desk, act, ({ id }) => noted(desk, id, wishes))
}

async function noted(desk: Desk, person: string, { safe, worker }: Wishes): Promise<readonly Happening[]> {
  const [before, row] = await Promise.all([
    readSafeContact(desk, person),
    desk.prisma.person.findUniqueOrThrow({ where: { id: person }, select: { prefers: true } }),
  ])
  return [...noteSafeContact(before, safe), ...preferWorker(row.prefers ?? undefined, worker)]
}
