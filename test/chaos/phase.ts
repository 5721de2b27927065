/** One phase of the chaos run: children on a database, people who write all the time, and a hand that kills. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { fixedMasterKey } from '../../src/store/master-key.ts'
import { type Postgres, startPostgres } from '../../src/store/postgres.ts'
import { masterKey, openProvider, type Passed } from './provider.ts'

export type PhaseSettings = {
  /** `alone`: one process with the database that ships. `two`: two processes on a database that stands apart. */
  readonly kind: 'alone' | 'two'
  readonly folder: string
  readonly kills: number
  readonly people: number
  readonly dice: (below: number) => number
  readonly tell: (line: string) => void
  /** Besides what every child is given. */
  readonly env?: Readonly<Record<string, string>>
}

export type Phase = {
  readonly database: Database
  readonly passed: readonly Passed[]
  /** What each person said and the program accepted. */
  readonly said: ReadonlyMap<string, readonly number[]>
  readonly kills: number
  readonly killsWithDatabase: number
  readonly tell: (line: string) => void
  close(): Promise<void>
}

export type Child = { process: ChildProcess; door?: string; dead: boolean }

const program = fileURLToPath(new URL('./child.ts', import.meta.url))
/** Leases of the dead run out after a minute, and the sweeper comes three times a minute. */
const standstill = 150_000

export async function runPhase(settings: PhaseSettings): Promise<Phase> {
  const { kind, folder, dice, tell } = settings
  const apart =
    kind === 'two' ? await startPostgres({ dataDir: join(folder, 'apart'), log: () => {} }) : undefined
  const children: Child[] = []
  const provider = await openProvider(
    () => children.flatMap(({ door, dead }) => (door && !dead ? [door] : [])),
    dice,
  )
  const start = (place: number) => {
    children[place] = startChild(settings, provider.address, apart)
  }
  for (let place = 0; place < (kind === 'two' ? 2 : 1); place++) start(place)
  const people = Array.from({ length: settings.people }, (_, n) => `${kind}-${n}`)
  await Promise.all(
    people.map((from) => provider.deliver({ from, externalId: `${from}-0`, text: 'bonjour' })),
  )
  tell(`${kind}: ${people.length} people are greeted`)

  const said = new Map<string, number[]>(people.map((from) => [from, []]))
  const talking = { going: true }
  const talks = people.map((from) => talk(from, said.get(from) ?? [], provider, dice, talking))
  const killed = await killAround(settings, children, start, apart)
  talking.going = false
  await Promise.all(talks)
  await provider.settled()
  tell(`${kind}: all is said, waiting for the last answers`)
  const connectionString = apart?.connectionString ?? (await embeddedUrl(folder))
  const database = await openDatabase({
    connectionString,
    masterKey: fixedMasterKey(masterKey),
    migrate: false,
  })
  await untilQuiet(database, tell)
  return {
    ...{ database, said, passed: provider.passed, tell },
    ...killed,
    async close() {
      await database.close()
      for (const child of children) await stopChild(child)
      await apart?.stop()
      await provider.close()
    },
  }
}

export function startChild(
  { folder, kind, env: more }: PhaseSettings,
  provider: string,
  apart: Postgres | undefined,
): Child {
  const url = apart ? { DATABASE_URL: apart.connectionString } : {}
  const env = {
    PATH: process.env['PATH'] ?? '',
    PORT: '0',
    DATA_DIR: join(folder, kind),
    CHAOS_PROVIDER: provider,
  }
  const child: Child = {
    process: spawn(process.execPath, ['--import', 'tsx', program], {
      env: { ...env, ...url, ...more },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
    dead: false,
  }
  if (child.process.stdout) {
    createInterface({ input: child.process.stdout }).on('line', (line) => {
      if (line.startsWith('open ')) child.door = line.slice(5)
    })
  }
  child.process.once('exit', () => {
    child.dead = true
  })
  return child
}

/** Several messages at once, so that they overtake each other on their way. */
async function talk(
  from: string,
  said: number[],
  provider: Awaited<ReturnType<typeof openProvider>>,
  dice: (below: number) => number,
  talking: { going: boolean },
): Promise<void> {
  let next = 100
  while (talking.going) {
    const numbers = Array.from({ length: 1 + dice(4) }, () => next++)
    await Promise.all(
      numbers.map((n) => provider.deliver({ from, externalId: `${from}-${n}`, text: String(n) })),
    )
    said.push(...numbers)
    await pause(dice(600))
  }
}

export async function killAround(
  { kills, dice, tell, kind, folder }: PhaseSettings,
  children: Child[],
  start: (place: number) => void,
  apart: Postgres | undefined,
): Promise<{ readonly kills: number; readonly killsWithDatabase: number }> {
  let withDatabase = 0
  for (let done = 0; done < kills; done++) {
    const place = dice(children.length)
    await untilOpen(children)
    await pause(300 + dice(2_500))
    const child = children[place]
    if (!child) continue
    const both = dice(3) === 0
    if (both) {
      withDatabase += 1
      await killServer(apart ? join(folder, 'apart') : join(folder, kind))
    }
    child.process.kill('SIGKILL')
    tell(`${kind}: kill ${done + 1}, ${both ? 'with its database' : 'the program alone'}`)
    await new Promise<void>((gone) => (child.dead ? gone() : child.process.once('exit', () => gone())))
    start(place)
  }
  await untilOpen(children)
  return { kills, killsWithDatabase: withDatabase }
}

export async function untilOpen(children: readonly Child[]): Promise<void> {
  for (let waited = 0; children.some(({ door }) => !door); waited += 50) {
    if (children.some(({ dead }) => dead)) throw new Error('a child ended by itself')
    if (waited > 120_000) throw new Error('a child does not open')
    await pause(50)
  }
}

/** The postmaster; its own children end when it is gone. */
async function killServer(dataDir: string): Promise<void> {
  const pid = Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
  if (pid > 1) process.kill(pid, 'SIGKILL')
}

async function embeddedUrl(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'alone', 'postgres.json'), 'utf8')
  const { password, port } = JSON.parse(text) as { password: string; port: number }
  return `postgresql://baro:${password}@127.0.0.1:${port}/baro`
}

/** Until every arrival is handled and every message has come to an end; what stands still for too long is lost. */
async function untilQuiet({ pool }: Database, tell: (line: string) => void): Promise<void> {
  let fewest = Number.POSITIVE_INFINITY
  for (let standing = 0; standing < standstill; standing += 500) {
    const { rows } = await pool.query<{ n: number }>(
      "select count(*)::int as n from message where state in ('received', 'queued', 'sending')",
    )
    const left = rows[0]?.n ?? 0
    if (left === 0) return
    if (standing % 20_000 === 0) tell(`${left} are on their way`)
    if (left < fewest) standing = 0
    fewest = Math.min(fewest, left)
    await pause(500)
  }
}

export async function stopChild(child: Child): Promise<void> {
  if (child.dead) return
  const gone = new Promise<void>((done) => child.process.once('exit', () => done()))
  child.process.kill('SIGTERM')
  const killer = setTimeout(() => child.process.kill('SIGKILL'), 15_000)
  await gone
  clearTimeout(killer)
}
