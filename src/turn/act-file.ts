/** Asks for a file again that never came: from the next minute on it is fetched as if it had just been announced. */
import { wantFile } from '../core/late-file.ts'
import { Failure } from '../failure.ts'
import { findLateFile } from '../store/heard.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'

/** Fails with `message:not_found` for what nobody sent beside this request; changes nothing when it is not lost any more. */
export async function wantLateFile(desk: Desk, act: Act, media: string): Promise<void> {
  await perform(desk, act, async ({ request }) => {
    const found = await findLateFile(desk, request, media)
    if (!found) throw new Failure('message:not_found', { media })
    const plain = { state: 'waiting', attempts: 0, next_try_at: null }
    return { happenings: wantFile(found), changes: [{ update: 'media', id: media, plain }] }
  })
}
