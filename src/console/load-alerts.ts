/** The alerts of a reader, with the names of those who have seen them. */
import type { Staff } from '../core/staff.ts'
import { alertsOf } from '../store/alert.ts'
import { staffNames } from '../store/seat.ts'
import type { ConsoleParts } from './parts.ts'
import type { AlertView } from './view.ts'

export async function loadAlerts(
  { database }: Pick<ConsoleParts, 'database'>,
  staff: Staff,
): Promise<readonly AlertView[]> {
  const alerts = await alertsOf(database.prisma, staff)
  const seers = alerts.flatMap(({ acknowledged }) => acknowledged ?? [])
  const names = seers.length === 0 ? new Map() : await staffNames(database.prisma, seers)
  return alerts.map(({ acknowledged: seer, ...alert }) => ({
    ...alert,
    ...(seer ? { acknowledged: { name: names.get(seer) ?? '', mine: seer === staff.id } } : {}),
  }))
}
