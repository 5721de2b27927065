/** How a code is known again and by nobody guessed: ten thousand of them are few, so each look takes its time. */
import { type BinaryLike, type ScryptOptions, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { Keys } from './encryption.ts'

const slowly = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt)

/** About forty milliseconds, beside the road; without the master key nobody can even begin. */
const cost = { N: 2 ** 14, r: 8, p: 1 }

/** The mark of four digits of one session: the same for the same digits there, and for nothing else. */
export async function codeMark(keys: Pick<Keys, 'hash'>, session: string, code: string): Promise<string> {
  const mark = await slowly(keys.hash('code', `${session}|${code}`), `code|${session}`, 32, cost)
  return mark.toString('base64')
}
