/** A holder of a sealed matter opens its words to a colleague. */
import { Failure } from '../failure.ts'
import { grantMatter, listWaiting } from '../store/sealed-key.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'

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
