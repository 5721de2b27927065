/**
 * One office for the tests that start the program again and again: a cluster that is migrated and closed, and its key. What
 * is not about the very first start gets a copy of it, far sooner than making one.
 */
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { readConfig } from '../../src/config.ts'
import { makeLog } from '../../src/log.ts'
import { openStore } from '../../src/store-door.ts'
import { realClock } from '../../src/world.ts'
import { makePlace, type Place } from './program.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of an office that was opened once and closed. */
    office: string
  }
}

let made: Place | undefined

export async function setup(project: TestProject): Promise<void> {
  made = await makePlace()
  const config = readConfig({
    DATA_DIR: join(made.folder, 'data'),
    BARO_KEY_FILE: join(made.folder, 'baro.key'),
  })
  const opened: (() => Promise<void>)[] = []
  try {
    await openStore({ config, log: makeLog('error'), clock: realClock, throwAway: true }, opened)
  } finally {
    for (const close of opened.reverse()) await close()
  }
  project.provide('office', made.folder)
}

export async function teardown(): Promise<void> {
  await made?.remove()
}
