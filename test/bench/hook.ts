/**
 * How soon Meta's web hook is answered: signed bodies over HTTP, one message each, evenly, through the whole house, which
 * answers the people meanwhile through a stand-in for Meta in the same process.
 */
import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readConfig } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import { makeLog } from '../../src/log.ts'
import { fixedMasterKey } from '../../src/store/master-key.ts'
import { realClock } from '../../src/world.ts'
import { appSecret, GraphApi, hookBody, phoneId, verifyToken } from '../channel/graph-api.ts'

type Measured = { readonly p50: number; readonly p99: number; readonly count: number }

export async function measureHook(options: {
  readonly connectionString: string
  readonly rate: number
  readonly seconds: number
}): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'baro-hook-'))
  const api = await GraphApi.start()
  const house = await openHouse({
    config: readConfig({
      ...{ PORT: '0', DATA_DIR: folder, DATABASE_URL: options.connectionString, ROLE: 'all' },
      ...{ WHATSAPP_CLOUD_TOKEN: api.token, WHATSAPP_CLOUD_PHONE_ID: phoneId },
      ...{ WHATSAPP_CLOUD_APP_SECRET: appSecret, WHATSAPP_CLOUD_VERIFY_TOKEN: verifyToken },
      WHATSAPP_CLOUD_API_ROOT: api.root,
    }),
    log: makeLog('warn'),
    clock: realClock,
    masterKey: fixedMasterKey(Buffer.alloc(32, 7)),
  })
  try {
    const url = `${house.address}/hooks/whatsapp`
    await bring(url, options.rate, 5)
    const times = await bring(url, options.rate, options.seconds)
    times.sort((one, other) => one - other)
    const at = (share: number) => Number((times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1))
    return { p50: at(0.5), p99: at(0.99), count: times.length }
  } finally {
    await house.close()
    await api.close()
    await rm(folder, { recursive: true, force: true })
  }
}

let brought = 0

async function bring(url: string, rate: number, seconds: number): Promise<number[]> {
  const times: number[] = []
  const asked: Promise<void>[] = []
  const start = performance.now()
  for (let n = 0; n < rate * seconds; n++) {
    const due = start + (n / rate) * 1000
    if (due > performance.now()) await pause(due - performance.now())
    asked.push(bringOne(url, n).then((time) => void times.push(time)))
  }
  await Promise.all(asked)
  return times
}

async function bringOne(url: string, n: number): Promise<number> {
  const timestamp = String(Math.floor(realClock.now().getTime() / 1000))
  const from = String(22_300_000_000 + (n % 1000))
  const message = { from, id: `wamid.${++brought}`, timestamp, type: 'text', text: { body: 'menu' } }
  const body = JSON.stringify(hookBody({ messages: [message] }))
  const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature }
  const start = performance.now()
  const answer = await fetch(url, { method: 'POST', body, headers })
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`the hook answered ${answer.status}`)
  return performance.now() - start
}
