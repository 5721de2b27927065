/** The log: one JSON line per fact, ids and codes only. Nothing personal may be handed to it. */
import pino from 'pino'
import { type Facts, Failure } from './failure.ts'

export type Log = {
  info(what: string, facts?: Facts): void
  warn(what: string, facts?: Facts): void
  /** A Failure is logged with its code and facts, and as information when it is the world's; anything else with its stack. */
  error(what: string, cause: unknown, facts?: Facts): void
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Writes to standard output; `level` from settings. */
export function makeLog(level: LogLevel): Log {
  const out = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
  return {
    info: (what, facts = {}) => out.info(facts, what),
    warn: (what, facts = {}) => out.warn(facts, what),
    error(what, cause, facts = {}) {
      if (cause instanceof Failure) {
        const line = { ...facts, ...cause.facts, code: cause.code }
        if (cause.trouble.ours) out.error(line, what)
        else out.info(line, what)
      } else {
        out.error({ ...facts, ...describe(cause) }, what)
      }
    },
  }
}

/**
 * The name, code and place of an unexpected error. Not its message: a database or a library may quote what a person
 * said in it.
 */
function describe(cause: unknown): Facts {
  if (!(cause instanceof Error)) return { error: typeof cause }
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
  // The stack begins with the message, and a line of that may begin like a frame.
  const stack = (cause.stack ?? '').replace(cause.message, '')
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    error: cause.name,
    theirs: code,
    at: frames
      .slice(0, 6)
      .map((line) => line.trim())
      .join(' | '),
  }
}
