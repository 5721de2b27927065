/** How long a person waits: from the channel's arrival to the channel's send, through the whole house. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ownAccount, rowFor } from '../../src/accounts.ts'
import { type FakeChannel, makeFake } from '../../src/channel/fake.ts'
import { readConfig } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import { makeLog } from '../../src/log.ts'
import { fixedMasterKey } from '../../src/store/master-key.ts'
import { realClock } from '../../src/world.ts'

export type Measured = { readonly p50: number; readonly p99: number; readonly count: number }

/** Messages come evenly, from a thousand people who each wait for the answer; the first seconds only warm up. */
export async function measureLatency(options: {
  readonly connectionString: string
  readonly rate: number
  readonly seconds: number
}): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'baro-latency-'))
  const answered = new Map<string, (at: number) => void>()
  let channel: FakeChannel | undefined
  const house = await openHouse({
    config: readConfig({ PORT: '0', DATA_DIR: folder, DATABASE_URL: options.connectionString, ROLE: 'all' }),
    log: makeLog('warn'),
    clock: realClock,
    masterKey: fixedMasterKey(Buffer.alloc(32, 7)),
    async more(parts) {
      const { id } = await rowFor(parts, 'fake', 'latency')
      const passedOn = async (to: string) => answered.get(to)?.(performance.now())
      channel = makeFake({ id, clock: realClock, passedOn })
      return [ownAccount(channel, parts.database)]
    },
  })
  try {
    if (!channel) throw new Error('the house made no channel')
    await talk(channel, answered, options.rate, 5)
    const times = await talk(channel, answered, options.rate, options.seconds)
    return summed(times)
  } finally {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Milliseconds, at the median and at the 99th percentile. */
export function summed(times: number[]): Measured {
  times.sort((one, other) => one - other)
  const at = (share: number) => Number((times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1))
  return { p50: at(0.5), p99: at(0.99), count: times.length }
}

/** Says "menu" so often a second, for so long; gives how many milliseconds each answer took. */
export async function talk(
  channel: FakeChannel,
  answered: Map<string, (at: number) => void>,
  rate: number,
  seconds: number,
): Promise<number[]> {
  const times: number[] = []
  const waiting: Promise<void>[] = []
  const start = performance.now()
  for (let n = 0; n < rate * seconds; n++) {
    const due = start + (n / rate) * 1000
    if (due > performance.now()) await pause(due - performance.now())
    const from = `person ${n % 1000}`
    const said = performance.now()
    const answer = new Promise<number>((resolve) => answered.set(from, resolve))
    waiting.push(
      channel
        .says(from, 'menu')
        .then(() => answer)
        .then((at) => void times.push(at - said)),
    )
  }
  const patience = pause(30_000, 'late', { ref: false })
  if ((await Promise.race([Promise.all(waiting), patience])) === 'late') {
    throw new Error(`${waiting.length - times.length} messages got no answer`)
  }
  return times
}
