/** What a refusal of PostgreSQL means: the class of its code decides whether the same can be tried again. */

/** Two transactions met in a way that cost one of them; the same again succeeds. */
export function isCollision(error: unknown): boolean {
  const code = codeOf(error)
  return code === '40P01' || code === '40001'
}

/** The rows themselves are not taken: a value given twice, a missing partner, a wrong type. */
export function isRefusal(error: unknown): boolean {
  const code = codeOf(error)
  return code.startsWith('22') || code.startsWith('23')
}

/** A value that only one row may have is there already, as Prisma says it. */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === 'P2002'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** Runs `work` again, at most ten times, when it collided. */
export async function throughCollisions<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!isCollision(error) || tries === 10) throw error
    }
  }
}
