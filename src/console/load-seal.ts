/** Who reads a sealed request that the caller has found under the reader's access. */
import type { Staff } from '../core/staff.ts'
import { openingsOf } from '../store/opening.ts'
import { reader } from '../store/reader.ts'
import { listOpening, listWaiting, sealOf } from '../store/sealed-key.ts'
import type { ConsoleParts } from './parts.ts'
import type { SealView } from './view.ts'

export async function loadSeal(
  { database }: Pick<ConsoleParts, 'database'>,
  staff: Staff,
  request: string,
): Promise<SealView> {
  const [seal, opening, waiting, wishes] = await Promise.all([
    sealOf(database, request),
    listOpening(database.pool, request),
    listWaiting(database.pool, request),
    openingsOf(database, request),
  ])
  return {
    ...seal,
    ...{ wishes, opening, signedIn: reader() !== undefined },
    waiting: waiting.filter((one) => one.staff !== staff.id),
  }
}
