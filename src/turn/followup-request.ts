/** The request that a follow-up of a person belongs to: the one they wait for, or one that staff open for it. */
import { kindOf } from '../core/request.ts'
import { requestsSeenBy } from '../store/access.ts'
import type { Desk } from './act.ts'
import { type ByStaff, doneBefore, enact, loadSubject } from './beside.ts'

/**
 * Gives its reference; undefined where the reader would not see what they opened. Fails with `person:not_found` for whoever
 * may not see the person.
 */
export async function followUpRequestOf(
  desk: Desk,
  by: ByStaff,
  person: string,
): Promise<string | undefined> {
  const subject = await loadSubject(desk, by.staff, person)
  const seen = { personId: person, kind: 'request.followup', visibility: 'open', state: { not: 'closed' } }
  const find = () =>
    desk.prisma.request.findFirst({
      where: { AND: [seen, requestsSeenBy(by.staff)] },
      orderBy: { id: 'desc' },
      select: { reference: true },
    })
  const known = await find()
  if (known || (await doneBefore(desk, by))) return known?.reference
  const { queue, visibility, priority } = kindOf('request.followup')
  // They are asked where they wrote last, if they may be written to at all.
  const address = subject.addresses.find(({ state, stopped }) => state === 'live' && stopped !== 'all')
  const request = desk.clock.id()
  await enact(desk, by, {
    subject,
    ...(address ? { address } : {}),
    happenings: (world) => [
      {
        ...{ type: 'request_opened', request, reference: world.reference(), kind: 'request.followup' },
        ...{ queue, visibility, priority, cause: 'staff' },
      },
      { type: 'request_taken', request, owner: by.staff.id },
    ],
  })
  return (await find())?.reference
}
