/** A holder of a sealed matter opens its words to a colleague. */
import { Failure } from '../failure.ts'
import { decideOpening } from '../store/opening.ts'
import { grantMatter, listWaiting, sealOf } from '../store/sealed-key.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'
import { letInAll } from './seal.ts'

/**
 * A holder decides on the written wish of somebody who guards such matters: agreed, they hold it too and read it at once.
 * Nothing when it waits no longer. Fails with `key:shut` when whoever agrees cannot open it.
 */
export async function decideOnOpening(
  desk: Desk,
  act: Act,
  it: { readonly wish: string; readonly agreed: boolean },
): Promise<void> {
  const at = desk.clock.now()
  if (it.agreed && !(await sealOf(desk, act.request)).opens)
    throw new Failure('key:shut', { request: act.request })
  await perform(desk, act, async ({ request }) => {
    const wish = { id: it.wish, request: request.id, agreed: it.agreed }
    const decided = await decideOpening(desk, act.staff, wish, at)
    if (!decided) return { happenings: [] }
    return {
      happenings: [
        decided.added === undefined
          ? { type: 'opening_refused', request: request.id }
          : { type: 'holder_added', request: request.id, holder: decided.added },
      ],
    }
  })
  await letInAll(desk, act.request)
}

/**
 * Opens the words to a colleague who holds the matter and waits, and those of all else that both hold. Nothing when they
 * wait no longer. Fails with `key:shut` when whoever acts cannot open them.
 */
export async function letIn(desk: Desk, act: Act, holder: string): Promise<void> {
  await perform(desk, act, async ({ request }) => {
    const waiting = await listWaiting(desk.pool, request.id)
    if (!waiting.some(({ staff, ready }) => staff === holder && ready)) return { happenings: [] }
    const granted = await grantMatter(desk, { request: request.id, staff: holder }, desk.clock.now())
    if (granted === 0) throw new Failure('key:shut', { request: request.id })
    return { happenings: [{ type: 'holder_let_in', request: request.id, holder }] }
  })
}
