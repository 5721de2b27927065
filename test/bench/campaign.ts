/**
 * What a campaign does on this machine: `npm run bench:campaign [-- --people 50000 --rate 300]`. Prints one JSON object last.
 *
 * The whole house on the embedded database, against a channel without limits, while other people write and are answered at
 * `rate` a second. audience_ms: counting everybody whom it would reach, at the median. sent_per_second: from the release to
 * the last hand-over.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ownAccount, rowFor } from '../../src/accounts.ts'
import { type FakeChannel, makeFake } from '../../src/channel/fake.ts'
import { readConfig } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import { makeLog } from '../../src/log.ts'
import { countAudience } from '../../src/store/audience.ts'
import { createCampaign, loadCampaign } from '../../src/store/campaign.ts'
import { fixedMasterKey } from '../../src/store/master-key.ts'
import { audienceSettings } from '../../src/turn/campaign-audience.ts'
import { type Clock, realClock } from '../../src/world.ts'
import { gather } from '../job/crowd.ts'
import { summed, talk } from './latency.ts'

const { values } = parseArgs({
  options: { people: { type: 'string', default: '50000' }, rate: { type: 'string', default: '300' } },
})
const [people, rate] = [Number(values.people), Number(values.rate)]

const dataDir = await mkdtemp(join(tmpdir(), 'baro-campaign-'))
const answered = new Map<string, (at: number) => void>()
let handedOver = 0
let doubled = 0
const reached = new Set<string>()
let channel: FakeChannel | undefined
const clock = byDay()
const house = await openHouse({
  config: readConfig({ PORT: '0', DATA_DIR: dataDir, ROLE: 'all' }),
  log: makeLog('error'),
  clock,
  masterKey: fixedMasterKey(Buffer.alloc(32, 7)),
  async more(parts) {
    const { id } = await rowFor(parts, 'fake', 'campaign')
    const passedOn = async (to: string) => {
      answered.get(to)?.(performance.now())
      if (!to.startsWith('soul-')) return
      if (reached.has(to)) doubled += 1
      reached.add(to)
      handedOver += 1
    }
    channel = makeFake({ id, clock: realClock, passedOn })
    return [ownAccount(channel, parts.database)]
  },
})
try {
  if (!channel) throw new Error('the house made no channel')
  const { database, conversation } = house
  for (let from = 0; from < people; from += 5_000) {
    const souls = Array.from({ length: Math.min(5_000, people - from) }, (_, i) => ({
      from: `soul-${from + i}`,
      name: `Fictif ${from + i}`,
    }))
    await gather(database, clock, channel.id, souls)
  }
  await database.pool.query('vacuum analyze')
  const id = clock.id()
  const texts = { fr: { text: 'Bonjour {name}, les kits de saison sont au marché lundi.' } }
  await createCampaign(database.prisma, {
    ...{ id, form: clock.id(), writer: clock.id(), at: clock.now() },
    content: { name: 'Kits', texts },
  })
  const { campaign } = await loadCampaign(database.prisma, id)
  const settings = audienceSettings(conversation, campaign, [channel.id], clock.now())
  const counted: number[] = []
  for (let round = 0; round < 7; round++) {
    const start = performance.now()
    const { reached: count } = await countAudience(database.pool, {}, settings)
    counted.push(performance.now() - start)
    if (count !== people) throw new Error(`${count} would be reached instead of ${people}`)
  }
  await talk(channel, answered, rate, 5)
  const alone = summed(await talk(channel, answered, rate, 8))

  const start = performance.now()
  await database.prisma.campaign.update({ where: { id }, data: { state: 'scheduled' } })
  let through = 0
  const watching = (async () => {
    while (handedOver < Math.floor(people * 0.02)) await pause(20)
    // Nobody has time to watch the first few here.
    while (!(await database.prisma.campaign.findUniqueOrThrow({ where: { id } })).canaryUntil)
      await pause(100)
    await database.prisma.campaign.update({ where: { id }, data: { canaryUntil: clock.now() } })
    const rest = performance.now()
    const before = handedOver
    while (handedOver < people) await pause(10)
    through = (people - before) / ((performance.now() - rest) / 1000)
    return performance.now() - start
  })()
  const times: number[] = []
  let done = false
  const all = watching.finally(() => {
    done = true
  })
  while (!done) times.push(...(await talk(channel, answered, rate, 2)))
  const took = await all
  const beside = summed(times)
  console.log(
    JSON.stringify({
      recipients: people,
      audience_ms: summed(counted).p50,
      sent_per_second: Math.round(through),
      release_to_last_s: Number((took / 1000).toFixed(1)),
      doubled,
      answers_per_second: rate,
      latency_ms: { alone: alone.p50, alone_p99: alone.p99, p50: beside.p50, p99: beside.p99 },
      answers_timed: beside.count,
    }),
  )
} finally {
  await house.close()
  await rm(dataDir, { recursive: true, force: true })
}

/** The real time, moved to ten in the morning: nobody is written to at night. */
function byDay(): Clock {
  const now = realClock.now().getTime()
  const morning = Math.floor(now / 86_400_000) * 86_400_000 + 10 * 3_600_000
  return { ...realClock, now: () => new Date(realClock.now().getTime() - now + morning) }
}
