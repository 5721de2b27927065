/** What becomes of sealed words when an act moves their matter: other holders, or none. */
import type { Database } from '../store/database.ts'
import { mergedInto } from '../store/linked.ts'
import type { Change } from '../store/road.ts'
import { grantMatter, listWaiting } from '../store/sealed-key.ts'
import { unsealed } from '../store/unseal.ts'
import type { Clock } from '../world.ts'
import type { Found } from './act-load.ts'

type SealDesk = Pick<Database, 'pool' | 'prisma' | 'keys'> & { readonly clock: Clock }

/** Whoever was made a holder by an act reads at once what its doer reads. */
export async function letInAll(desk: SealDesk, request: string): Promise<void> {
  for (const { staff, ready } of await listWaiting(desk.pool, request)) {
    if (ready) await grantMatter(desk, { request, staff }, desk.clock.now())
  }
}

/**
 * The changes that put the words of a matter which is sealed no longer under the key of its person again. Fails with
 * `key:shut` when whoever acts cannot open them.
 */
export async function takenOut(
  desk: SealDesk,
  { request, person, address }: Pick<Found, 'request' | 'person' | 'address'>,
): Promise<readonly Change[]> {
  const made = desk.keys.make('matter', desk.clock.id(), desk.clock.now())
  const theirs = person?.key ?? address?.key
  const all = [request.id, ...(await mergedInto(desk.prisma, request.id))]
  return [...(theirs === undefined ? [made.row] : []), ...(await unsealed(desk, all, theirs ?? made.id))]
}
