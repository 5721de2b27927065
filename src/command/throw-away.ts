/** A database for one run: a folder that goes with the program, and a key that is nowhere written. */

import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { fixedMasterKey, type MasterKeySource } from '../store/master-key.ts'

export type ThrowAway = {
  readonly config: Config
  readonly masterKey: MasterKeySource
  remove(): Promise<void>
}

/**
 * Settings for a run that touches nothing real: loopback only, no channel accounts, no external database. Of the given
 * ones only the port and the loudness are taken; its job lines stand on its own database, apart from any real house.
 */
export async function makeThrowAway({ PORT, LOG_LEVEL }: Config, webChat: 'on' | 'off'): Promise<ThrowAway> {
  const folder = await mkdtemp(join(tmpdir(), 'baro-'))
  // The embedded server runs under an account of its own when we are root, and must be able to pass through.
  await chmod(folder, 0o755)
  const config = readConfig({
    PORT: String(PORT),
    LOG_LEVEL,
    DATA_DIR: join(folder, 'data'),
    WEB_CHAT: webChat,
  })
  return {
    config,
    masterKey: fixedMasterKey(randomBytes(32)),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}
