/** What cannot be tried on this machine, said by name: the reporter only counts it. */
import type { TestContext } from 'vitest'

/** Skips the test that runs unless `holds`, and says so with its name and the reason. */
export function skipUnless(context: TestContext, holds: boolean, why: string): void {
  if (holds) return
  console.warn(`skipped: ${context.task.name} (${why})`)
  context.skip(why)
}
