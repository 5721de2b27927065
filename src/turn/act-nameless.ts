/** Staff answer a complaint without a name: the words wait for whoever brings its code. */
import { blurred } from '../core/nameless.ts'
import * as rules from '../core/request-rules.ts'
import { Failure } from '../failure.ts'
import type { Change } from '../store/road.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'
import { uuidAt } from './apply-nameless.ts'

/** Fails with `person:not_found` for a request that has a name, and as any answer with `request:taken` and `request:closed`. */
export async function answerNameless(desk: Desk, act: Act, text: string): Promise<void> {
  await perform(desk, act, async ({ request }) => {
    const row = await desk.prisma.request.findUniqueOrThrow({
      where: { id: request.id },
      select: { codeHash: true, keyId: true, namelessWords: { where: { by: 'staff' }, take: 1 } },
    })
    if (!row.codeHash || !row.keyId) throw new Failure('person:not_found', { request: request.id })
    const at = blurred(desk.clock.now())
    const { key, changes } = await keyFor(desk, row.namelessWords[0]?.keyId ?? row.keyId, at)
    const word = uuidAt(desk.clock.id(), at)
    const plain = { id: word, request_id: request.id, by: 'staff', staff_id: act.staff.id, key_id: key, at }
    return {
      happenings: [
        ...rules.answer(request, act.staff.id, word),
        { type: 'nameless_answered', request: request.id, word },
      ],
      changes: [...changes, { insert: 'nameless_word', plain, secret: { text_enc: text }, key }],
    }
  })
}

/** Sealed since, its own key opens for its holders alone; an answer must be told while none of them is there. */
async function keyFor(
  { keys, clock }: Desk,
  key: string,
  at: Date,
): Promise<{ readonly key: string; readonly changes: readonly Change[] }> {
  await keys.load([key])
  if (!keys.isSealed(key)) return { key, changes: [] }
  const made = keys.make('complaint', clock.id(), at)
  return { key: made.id, changes: [made.row] }
}
