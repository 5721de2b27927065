/** Calls into a browser can hang for ever: every one of them is given a limit. */

/** The answer, or an Error named `what` when it does not come in time. */
export async function within<T>(what: string, milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer: ${what}`)), milliseconds)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
    answer.catch(() => undefined)
  }
}

/** Remembers the last `most` names; `add` says whether a name is met for the first time. */
export function makeMemory(most: number): { add(name: string): boolean; has(name: string): boolean } {
  const names = new Set<string>()
  return {
    has: (name) => names.has(name),
    add(name) {
      if (names.has(name)) return false
      names.add(name)
      const [oldest] = names
      if (names.size > most && oldest !== undefined) names.delete(oldest)
      return true
    },
  }
}
