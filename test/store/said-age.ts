/** A request in which somebody said that they are a child, for tests of what is not done to them until staff have looked. */
import type { Database } from '../../src/store/database.ts'
import type { Clock } from '../../src/world.ts'

let references = 61_000_000

export async function saysFifteen(
  { prisma }: Pick<Database, 'prisma'>,
  clock: Clock,
  personId: string,
  visibility: 'open' | 'sealed' = 'open',
): Promise<void> {
  references += 1
  const now = clock.now()
  await prisma.request.create({
    data: {
      ...{ id: clock.id(), reference: String(references), personId, visibility, saidAge: 15 },
      ...{ kind: 'request.info', queue: 'intake', priority: 3, state: 'closed', cause: 'asked' },
      ...{ openedAt: now, dueAt: now, lastHeardAt: now },
    },
  })
}
