/** Staff who are away, in a transcript, and what becomes of their requests meanwhile. */
import type { Staff } from '../src/core/staff.ts'
import { shareWork } from '../src/job/share-work.ts'
import { addAbsence } from '../src/store/absence.ts'
import type { Cast } from './transcript-stage.ts'

const day = 24 * 3_600_000

/** `is away for 21d`: from now on. */
export async function actOnAbsence({ office }: Cast, staff: Staff, deed: string): Promise<boolean> {
  const [, days] = /^ is away for (\d+)d$/.exec(deed) ?? []
  if (days === undefined) return false
  const now = office.clock.now()
  const until = new Date(now.getTime() + Number(days) * day)
  const absence = { id: office.clock.id(), staff: staff.id, from: now, until, by: staff.id }
  await addAbsence(office.database.prisma, absence, now)
  return true
}

/** What the house does every minute, once somebody of the transcript is away. */
export async function shareAgain({ office }: Cast): Promise<void> {
  if ((await office.database.prisma.absence.count()) === 0) return
  await shareWork({ pool: office.database.pool, desk: office.desk, speech: office.talk })
  await office.settled()
}
