/** Which troubles of the database pass by themselves: the same statement may succeed in a moment. */
import { Failure } from '../failure.ts'

/** Lost or refused connections, a server that stops or starts, a lack of its means, a collision of transactions. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Failure) return error.trouble.retry
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/^(08|53|57|40)/.test(code)) return true
  if (/^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/.test(code)) return true
  // node-postgres gives these without a code.
  return /^(Connection terminated|timeout exceeded|Client has encountered a connection error)/.test(
    error.message,
  )
}
