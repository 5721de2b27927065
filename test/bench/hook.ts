/**
 * How soon Meta's web hook is answered: signed bodies over HTTP, one message each, evenly, through the whole house, which
 * answers the people meanwhile through a stand-in for Meta. Meta is a process of its own.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import { makeLog } from '../../src/log.ts'
import { fixedMasterKey } from '../../src/store/master-key.ts'
import { realClock } from '../../src/world.ts'
import { appSecret, phoneId, verifyToken } from '../channel/graph-api.ts'
import { type Measured, summed } from './latency.ts'
import type { Wish, Word } from './meta.ts'

export async function measureHook(options: {
  readonly connectionString: string
  readonly rate: number
  readonly seconds: number
}): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'baro-hook-'))
  const meta = fork(join(import.meta.dirname, 'meta.ts'), { execArgv: ['--import', 'tsx'] })
  const met = await heard(meta)
  if (!('root' in met)) throw new Error('Meta did not start')
  const house = await openHouse({
    config: readConfig({
      ...{ PORT: '0', DATA_DIR: folder, DATABASE_URL: options.connectionString, ROLE: 'all' },
      ...{ WHATSAPP_CLOUD_TOKEN: met.token, WHATSAPP_CLOUD_PHONE_ID: phoneId },
      ...{ WHATSAPP_CLOUD_APP_SECRET: appSecret, WHATSAPP_CLOUD_VERIFY_TOKEN: verifyToken },
      WHATSAPP_CLOUD_API_ROOT: met.root,
    }),
    log: makeLog('warn'),
    clock: realClock,
    masterKey: fixedMasterKey(Buffer.alloc(32, 7)),
  })
  try {
    const bring = async (seconds: number) => {
      const wish: Wish = { url: `${house.address}/hooks/whatsapp`, rate: options.rate, seconds }
      meta.send(wish)
      const word = await heard(meta)
      if (!('times' in word)) throw new Error('fault' in word ? word.fault : 'Meta brought nothing')
      return word.times
    }
    // People, keys and plans are met before anything is measured.
    await bring(5)
    return summed([...(await bring(options.seconds))])
  } finally {
    await house.close()
    meta.disconnect()
    await rm(folder, { recursive: true, force: true })
  }
}

async function heard(meta: ChildProcess): Promise<Word> {
  const [word] = await once(meta, 'message')
  return word as Word
}
