/** What the office did lately is done on the filled database, by the product's own acts: their clock and their hands. */
import type { Staff } from '../core/staff.ts'
import type { Database } from '../store/database.ts'
import { staffOf, staffSelect } from '../store/staff.ts'
import type { Clock } from '../world.ts'
import { makeDice, makeIds } from './dice.ts'

export type StoryClock = Clock & { set(at: Date): void }

/** A clock that is set by hand, with ids as of the moment at which it stands. */
export function storyClock(seed: string, start: Date): StoryClock {
  let at = start
  const dice = makeDice(seed)
  const id = makeIds(dice.fork('ids'))
  return {
    now: () => at,
    id: () => id(at),
    dice: (below) => dice.below(below),
    set: (next) => {
      at = next
    },
  }
}

/** The first member of staff with this role. */
export async function memberOf({ prisma }: Pick<Database, 'prisma'>, role: string): Promise<Staff> {
  const row = await prisma.staff.findFirstOrThrow({
    where: { roles: { has: role } },
    orderBy: { email: 'asc' },
    select: staffSelect,
  })
  return staffOf(row)
}
