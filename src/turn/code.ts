/**
 * Four digits that arrive: read as a code only where one was set or is being set. On a phone that several use, the code of
 * somebody who spoke there before says that it is they again.
 */
import { codeIn, judgeCode } from '../core/lock.ts'
import type { Incoming } from '../core/message.ts'
import { known } from '../flow/known.ts'
import { forgetTries, tryOnce } from '../store/attempt.ts'
import { codeMark } from '../store/code-mark.ts'
import type { Database } from '../store/database.ts'
import type { Standing } from '../store/road.ts'
import type { Clock } from '../world.ts'

/** The mark of a code; `moved` when another speaks there from now on, so that all must be read anew. */
export type CodeRead = { readonly is: 'mark'; readonly mark: string } | { readonly is: 'moved' }
export type Codes = (standing: Standing, incoming: Incoming) => Promise<CodeRead | undefined>

/** Whoever holds a shared phone may not try the codes of all others. */
const triesADay = { kind: 'code', most: 3, within: 24 * 60 * 60_000 } as const
/** As many people with a code as share a phone. */
const speakersAtMost = 4

export function makeCodes(
  { pool, prisma, keys }: Pick<Database, 'pool' | 'prisma' | 'keys'>,
  clock: Clock,
): Codes {
  return async ({ address, session }, { content, edit }) => {
    const code = content.kind === 'text' && edit === 0 ? codeIn(content.text) : undefined
    if (code === undefined) return undefined
    const { lock, state } = session
    const chooses = state?.open === true && state.stack.at(-1)?.flow === known.code
    const mark = lock || chooses ? await codeMark(keys, session.id, code) : undefined
    if (mark !== undefined && (chooses || (lock && judgeCode(lock, mark) !== 'refused')))
      return { is: 'mark', mark }
    if (address.shared && (await movedTo(code))) return { is: 'moved' }
    return mark === undefined ? undefined : { is: 'mark', mark }

    async function movedTo(code: string): Promise<boolean> {
      const others = await prisma.session.findMany({
        where: { addressId: address.id, id: { not: session.id }, codeHash: { not: null } },
        orderBy: { updatedAt: 'desc' },
        take: speakersAtMost,
        select: { id: true, codeHash: true, alarmHash: true },
      })
      if (others.length === 0) return false
      const now = clock.now()
      if ((await tryOnce({ pool, keys }, triesADay, address.id, now)) !== undefined) return false
      for (const one of others) {
        const known = await codeMark(keys, one.id, code)
        const own = [one.codeHash, one.alarmHash].some(
          (hash) => hash && Buffer.from(hash).toString('base64') === known,
        )
        if (!own) continue
        const moved = await pool.query(
          'update address set session_id = $2 where id = $1 and session_id = $3',
          [...[address.id, one.id, session.id]],
        )
        await forgetTries({ pool, keys }, triesADay.kind, address.id)
        return (moved.rowCount ?? 0) > 0
      }
      return false
    }
  }
}
