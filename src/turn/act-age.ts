/** Staff looked at an age that was said in the chat: it is not theirs, or the file has it from here on. */
import { isMinor, type PersonValues } from '../core/person.ts'
import type { Change } from '../store/road.ts'
import { requestsWithSaidAge } from '../store/said-age.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'

/** It is not theirs. Nothing where none waits to be looked at. */
export async function settleAge(desk: Desk, act: Act): Promise<void> {
  await perform(desk, act, ({ request }) => ({
    happenings: request.saidAge === undefined ? [] : [{ type: 'age_settled', request: request.id }],
  }))
}

/** Once the file has the child, nothing that was said is left to look at, in whatever matter. */
export async function ageKnown(
  { prisma, clock }: Pick<Desk, 'prisma' | 'clock'>,
  person: string,
  { birthYear }: PersonValues,
): Promise<readonly Change[]> {
  if (birthYear === undefined || !isMinor(Number(birthYear), clock.now())) return []
  const said = await requestsWithSaidAge(prisma, person)
  return said.map((id) => ({ update: 'request', id, plain: { said_age: null } }))
}
