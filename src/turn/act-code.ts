/** Staff end the code of somebody who forgot it, once they have made sure who it is. */
import { type IdentityCheck, mustBeIdentified } from '../core/match.ts'
import { codesOf } from '../store/reached.ts'
import type { Change } from '../store/road.ts'
import type { Desk } from './act.ts'
import { type ByStaff, doneBefore, enact, loadSubject } from './beside.ts'

/** On all phones of the person. Fails with `person:not_found`, and with `identity:unchecked` while too little was checked. */
export async function endCode(
  desk: Desk,
  act: ByStaff & { readonly person: string },
  checks: readonly IdentityCheck[],
): Promise<void> {
  const subject = await loadSubject(desk, act.staff, act.person)
  if (await doneBefore(desk, act)) return
  mustBeIdentified(checks)
  const codes = await codesOf(desk.prisma, act.person)
  if (codes.length === 0) return
  // The codes for help end with them: whoever calls with one later sets new ones.
  const plain = { code_hash: null, alarm_hash: null, code_tries: 0, opened_at: null }
  const changes = codes.map(({ session }): Change => ({ update: 'session', id: session, plain }))
  await enact(desk, act, {
    ...{ subject, changes },
    happenings: () => [{ type: 'code_ended', checks: [...new Set(checks)] }],
  })
}
