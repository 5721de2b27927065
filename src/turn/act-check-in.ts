/** Staff want somebody to be asked in the chat how they are. */
import { nextDaytime } from '../core/followup.ts'
import { homeCountry } from '../core/night.ts'
import { usualTerms } from '../core/task.ts'
import { Failure } from '../failure.ts'
import { offerCheckIns } from '../store/check-in.ts'
import { saidAgeOf } from '../store/said-age.ts'
import { readTaskTerms } from '../store/task.ts'
import type { Desk } from './act.ts'
import { type PersonAct, performOnPerson } from './act-person.ts'

/**
 * Asked by day, once nothing else is being asked. Fails with `check_in:not_by_chat` for a child, and where nobody can be
 * asked: no phone of their own, a wish for silence, no consent.
 */
export async function wantCheckIn(desk: Desk, act: PersonAct): Promise<void> {
  await performOnPerson(desk, act, async ({ id, file, minor }) => {
    if (!file || file.closed) throw new Failure('case:not_found')
    const child = minor || (await saidAgeOf(desk.prisma, act.staff, id)).is === 'seen'
    if (child || !(await mayAsk(desk, id))) throw new Failure('check_in:not_by_chat')
    const at = nextDaytime(desk.clock.now(), homeCountry)
    return [{ type: 'check_in_wanted', case: file.id, at: at.toISOString() }]
  })
}

/** A phone that others read counts where its code keeps it. */
async function mayAsk({ prisma }: Desk, person: string): Promise<boolean> {
  const sessions = await prisma.session.findMany({
    where: { personId: person },
    select: { id: true, addressId: true, codeHash: true },
  })
  const [addresses, consents] = await Promise.all([
    prisma.address.findMany({
      where: { id: { in: sessions.map(({ addressId }) => addressId) }, state: 'live', stopped: 'no' },
      select: { id: true, shared: true },
    }),
    prisma.consent.findMany({
      where: { sessionId: { in: sessions.map(({ id }) => id) }, item: 'keep_data' },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
      select: { sessionId: true, answer: true },
    }),
  ])
  const agreed = new Map(consents.map(({ sessionId, answer }) => [sessionId, answer === 'given']))
  return sessions.some(({ id, addressId, codeHash }) => {
    const address = addresses.find((one) => one.id === addressId)
    return address !== undefined && agreed.get(id) === true && (!address.shared || codeHash !== null)
  })
}

/** Has those asked whose check-in falls due by itself; gives how many. */
export async function offerDueCheckIns(
  desk: Pick<Desk, 'prisma' | 'clock'> & { readonly pool: Parameters<typeof offerCheckIns>[0] },
): Promise<number> {
  const { checkInFrom } = (await readTaskTerms(desk.prisma)) ?? usualTerms
  return offerCheckIns(desk.pool, checkInFrom, desk.clock.now())
}
