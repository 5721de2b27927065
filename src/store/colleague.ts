/** Who else works here and may see a request: whom a note may name. */
import type { Staff } from '../core/staff.ts'
import { requestAccessRows, seesRequest } from './access-row.ts'
import type { Database } from './database.ts'
import { staffOf, staffSelect } from './staff.ts'

/** Active colleagues who may see a request, by name, without whoever asks; nobody for a request that is not there. */
export async function colleaguesAt(
  prisma: Database['prisma'],
  request: string,
  asking: string,
): Promise<readonly Staff[]> {
  const [[row], staff] = await Promise.all([
    requestAccessRows(prisma, [request]),
    prisma.staff.findMany({
      where: { active: true, id: { not: asking } },
      orderBy: { name: 'asc' },
      select: staffSelect,
    }),
  ])
  return row ? staff.map(staffOf).filter((one) => seesRequest(one, row)) : []
}
