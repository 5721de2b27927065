/** Keeps the texts of the office told in this process: on every hint, and now and then in case one was lost. */
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { Hints } from '../turn/hint.ts'
import { retellTexts, type Teller, textsHint } from '../turn/office-texts.ts'
import { type Clockwork, everySoOften } from './clockwork.ts'

const lookMilliseconds = 60_000

export function keepTexts(parts: {
  readonly prisma: Database['prisma']
  readonly conversation: Teller
  readonly hints: Pick<Hints, 'listen'>
  readonly log: Log
}): Clockwork {
  const { prisma, conversation, hints, log } = parts
  const retell = () => retellTexts(prisma, conversation)
  const unlisten = hints.listen((names) => {
    if (names.includes(textsHint)) retell().catch((error: unknown) => log.error('texts are as before', error))
  })
  const looking = everySoOften('texts', lookMilliseconds, retell, log)
  return {
    async close() {
      unlisten()
      await looking.close()
    },
  }
}
