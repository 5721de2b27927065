/** Staff looked at an age that was said in the chat: it is not theirs, or the file has it from here on. */
import { isMinor, type PersonValues } from '../core/person.ts'
import { editPerson } from '../core/person-rules.ts'
import type { Change } from '../store/road.ts'
import { requestsWithSaidAge } from '../store/said-age.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'

/** It is not theirs. Nothing where none waits to be looked at. */
export async function settleAge(desk: Desk, act: Act): Promise<void> {
  await perform(desk, act, ({ request }) => ({
    happenings:
      request.saidAge === undefined ? [] : [{ type: 'age_settled', request: request.id, theirs: false }],
  }))
}

/**
 * Writes the year of birth in the file of whoever said it, as whoever sees the matter may: those who hold a sealed one find
 * no page of its person.
 */
export async function noteBirthYear(desk: Desk, act: Act, birthYear: string): Promise<void> {
  await perform(desk, act, async ({ request, person }) => {
    if (request.saidAge === undefined || !person) return { happenings: [] }
    const known = await desk.prisma.person.findUnique({
      where: { id: person.id },
      select: { birthYear: true },
    })
    const before = known?.birthYear == null ? {} : { birthYear: String(known.birthYear) }
    return {
      happenings: [
        ...editPerson(before, { birthYear }),
        { type: 'age_settled', request: request.id, theirs: true },
      ],
      changes: await ageKnown(desk, person.id, { birthYear }),
    }
  })
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
