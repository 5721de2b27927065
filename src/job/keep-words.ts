/**
 * Keeps the words by which messages and people are found, beside the road: a message is found some seconds after it was
 * written, and nobody waits for that. It goes on where it stopped, so a database that was filled before is looked at as well.
 */
import { wordsOf } from '../flow/answer/search-words.ts'
import type { Database } from '../store/database.ts'
import { keepWords, rememberWordsKept, wordlessMessages, wordsKeptUntil } from '../store/message-words.ts'
import { keepPersonWords } from '../store/person-words.ts'
import { type Clock, firstIdAt, timeOfId } from '../world.ts'

export type WordParts = Pick<Database, 'pool' | 'prisma' | 'keys'> & { readonly clock: Pick<Clock, 'now'> }

const messagesAtOnce = 500
const peopleAtOnce = 200
/** One round is some seconds of work, so that closing the house does not wait for a whole database. */
const roundsAtMost = 40
/** An id is made before its row is written: so much later every row of its time is there. */
const settledMilliseconds = 2 * 60_000
/** Any number that nobody else in this database takes. */
const advisoryLock = 8_410_003

/** Looks at what is new; tells how much, or undefined when another process is at it. */
export async function keepAllWords(
  parts: WordParts,
): Promise<{ readonly messages: number; readonly people: number } | undefined> {
  const client = await parts.pool.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      advisoryLock,
    ])
    if (!rows[0]?.mine) return undefined
    try {
      return { people: await keepPeople(parts), messages: await keepMessages(parts) }
    } finally {
      await client.query('select pg_advisory_unlock($1)', [advisoryLock])
    }
  } finally {
    client.release()
  }
}

async function keepPeople(parts: WordParts): Promise<number> {
  let kept = 0
  for (let round = 0; round < roundsAtMost; round++) {
    const some = await keepPersonWords(parts, peopleAtOnce)
    kept += some
    if (some < peopleAtOnce) break
  }
  return kept
}

async function keepMessages(parts: WordParts): Promise<number> {
  const { pool, clock } = parts
  let kept = 0
  let until = await wordsKeptUntil(pool)
  for (let round = 0; round < roundsAtMost; round++) {
    const some = await wordlessMessages(parts, until, messagesAtOnce)
    await keepWords(
      parts,
      some.map(({ id, text }) => ({ id, words: wordsOf(text) })),
    )
    kept += some.length
    const caughtUp = some.length < messagesAtOnce
    const reached = caughtUp ? clock.now() : timeOfId(some.at(-1)?.id ?? until)
    const settled = firstIdAt(new Date(reached.getTime() - settledMilliseconds))
    if (settled > until) {
      until = settled
      await rememberWordsKept(pool, until)
    }
    if (caughtUp) break
  }
  return kept
}
