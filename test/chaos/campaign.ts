/**
 * `npm run chaos:campaign -- --kills 20 [--people 5000]`: a campaign goes out through two processes on one database, at the
 * pace of a provider, while one of them is killed without warning again and again, now and then with the database. When it
 * has ended each recipient is counted at the provider. Prints one JSON object last; exit status 1 when it is not clean.
 *
 * `missed` were not written to though the ledger says so, or not at all. `unknown` are those of whom nobody can know: the
 * sender died between the provider's yes and its note. They are never sent again; `unknown_arrived` of them arrived.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createCampaign } from '../../src/store/campaign.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { fixedMasterKey } from '../../src/store/master-key.ts'
import { startPostgres } from '../../src/store/postgres.ts'
import { type Clock, realClock } from '../../src/world.ts'
import { gather } from '../job/crowd.ts'
import { makeDice } from './dice.ts'
import { type Child, killAround, startChild, stopChild, untilOpen } from './phase.ts'
import { masterKey, openProvider } from './provider.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    people: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(process.pid) },
  },
})
const people = Number(values.people)
const dice = makeDice(Number(values.seed))
const started = performance.now()
const day = 86_400_000
/** To ten in the morning: at night nobody is sent anything. */
const ahead = Math.floor(Date.now() / day) * day + 10 * 3_600_000 - Date.now()
const clock: Clock = { ...realClock, now: () => new Date(realClock.now().getTime() + ahead) }
const tell = (line: string) => void process.stderr.write(`${line}\n`)

const folder = await mkdtemp(join(tmpdir(), 'baro-chaos-'))
const apart = await startPostgres({ dataDir: join(folder, 'apart'), log: () => {} })
const children: Child[] = []
const provider = await openProvider(() => [], dice)
const settings = {
  ...({ kind: 'two', folder, kills: Number(values.kills), people, dice, tell } as const),
  // As fast as Telegram lets a bot speak, so that the kills fall into the sending.
  env: { CHAOS_KIND: 'telegram', CHAOS_AHEAD: String(ahead) },
}
const start = (place: number) => {
  children[place] = startChild(settings, provider.address, apart)
}
try {
  start(0)
  await untilOpen(children)
  start(1)
  await untilOpen(children)
  const { connectionString } = apart
  const database = await openDatabase({
    ...{ connectionString, masterKey: fixedMasterKey(masterKey), migrate: false },
  })
  try {
    const result = await runCampaign(database)
    process.stdout.write(`${JSON.stringify(result)}\n`)
    process.exitCode = result.doubled + result.missed > 0 ? 1 : 0
  } finally {
    await database.close()
  }
} finally {
  for (const child of children) await stopChild(child)
  await apart.stop()
  await provider.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function runCampaign(database: Database) {
  const { prisma } = database
  const channel = await prisma.channel.findFirstOrThrow({ where: { account: 'chaos' } })
  const named = new Map<string, string>()
  for (let from = 0; from < people; from += 2_500) {
    const souls = Array.from({ length: Math.min(2_500, people - from) }, (_, i) => ({
      from: `soul-${from + i}`,
    }))
    const made = await gather(database, clock, channel.id, souls)
    for (const [index, person] of made.entries()) named.set(person, souls[index]?.from ?? '')
  }
  const id = clock.id()
  await createCampaign(prisma, {
    ...{ id, form: clock.id(), writer: clock.id(), at: clock.now() },
    content: { name: 'Kits', texts: { fr: { text: 'Les kits de saison sont au marché lundi.' } } },
  })
  await prisma.campaign.update({ where: { id }, data: { state: 'scheduled' } })
  tell(`${people} people are to be written to`)
  // Nobody has time to watch the first few here.
  await until(async () => provider.passed.length > 0)
  await until(async () => {
    const { count } = await prisma.campaign.updateMany({
      where: { id, canaryUntil: { not: null } },
      data: { canaryUntil: clock.now() },
    })
    return count > 0
  })
  const atFirstKill = provider.passed.length
  const killed = await killAround(settings, children, start, apart)
  const atLastKill = provider.passed.length
  tell(`all are killed, ${atLastKill} were written to`)
  await until(async () => (await stateOf(database, id)) === 'finished')
  return { ...(await countAll(database, id, named)), ...killed, ...timed(atFirstKill, atLastKill) }
}

/** What was sent between the kills shows that they fell into the sending. */
function timed(atFirstKill: number, atLastKill: number) {
  return {
    sent_between_kills: atLastKill - atFirstKill,
    seed: Number(values.seed),
    seconds: Math.round((performance.now() - started) / 1000),
  }
}

async function stateOf({ prisma }: Database, id: string): Promise<string> {
  return (await prisma.campaign.findUniqueOrThrow({ where: { id } })).state
}

async function countAll({ pool }: Database, campaign: string, named: ReadonlyMap<string, string>) {
  const { rows } = await pool.query<{ person: string; state: string }>(
    `select r.person_id as person, coalesce(m.state, r.state) as state from campaign_recipient r
      left join message m on m.id = r.message_id where r.campaign_id = $1`,
    [campaign],
  )
  const times = new Map<string, number>()
  for (const { to } of provider.passed) times.set(to, (times.get(to) ?? 0) + 1)
  const fates = rows.map(({ person, state }) => ({ state, got: times.get(named.get(person) ?? '') ?? 0 }))
  const count = (so: (fate: { readonly state: string; readonly got: number }) => boolean) =>
    fates.filter(so).length
  return {
    recipients: rows.length,
    doubled: count(({ got }) => got > 1),
    missed: people - rows.length + count(({ state, got }) => got === 0 && state !== 'unknown'),
    unknown: count(({ state }) => state === 'unknown'),
    unknown_arrived: count(({ state, got }) => state === 'unknown' && got > 0),
  }
}

/** Until it is so; while the database is away it is asked again. */
async function until(so: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 600_000; waited += 200) {
    if (await so().catch(() => false)) return
    await pause(200)
  }
  throw new Error('it does not come to an end')
}
