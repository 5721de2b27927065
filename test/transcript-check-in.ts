/** What staff do about how somebody is, in a transcript. */
import type { Staff } from '../src/core/staff.ts'
import { wakeSessions } from '../src/job/wake-sessions.ts'
import { wantCheckIn } from '../src/turn/act-check-in.ts'
import type { Cast } from './transcript-stage.ts'

/** `asks by chat how they are`: the first person of the head, who is linked to a case. */
export async function actOnCheckIn({ office }: Cast, staff: Staff, deed: string): Promise<boolean> {
  if (deed !== ' asks by chat how they are') return false
  const { id: person } = await office.database.prisma.person.findFirstOrThrow({ orderBy: { id: 'asc' } })
  await wantCheckIn(office.desk, { staff, person, form: office.clock.id() })
  await wakeSessions({ pool: office.database.pool, lanes: office.lanes, clock: office.clock })
  return true
}
