import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { startPostgres } from '../../src/store/postgres.ts'
import { testMasterKey } from '../database.ts'

const leftovers: (() => Promise<void>)[] = []
afterEach(async () => {
  while (leftovers.length > 0) await leftovers.pop()?.()
})

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baro-pg-'))
  // What dies with a killed server may still write while its folder goes.
  leftovers.push(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))
  return folder
}

let used = ''
/** The tests beyond the very first start begin with a copy of this one: it was made, migrated and stopped before. */
beforeAll(async () => {
  used = await mkdtemp(join(tmpdir(), 'baro-pg-used-'))
  const postgres = await startPostgres({ dataDir: used, throwAway: true, log: () => {} })
  await migrate(postgres.connectionString)
  await postgres.stop()
})
afterAll(() => rm(used, { recursive: true, force: true }))

async function copyUsed(): Promise<string> {
  const folder = await makeFolder()
  // With their owners: the server runs under an account of its own when we are root.
  await promisify(execFile)('cp', ['-a', `${used}/.`, folder])
  return folder
}

async function start(dataDir: string, log: (line: string) => void = () => {}) {
  const postgres = await startPostgres({ dataDir, log })
  let stopped = false
  const stop = async () => {
    if (!stopped) await postgres.stop()
    stopped = true
  }
  leftovers.push(stop)
  return { ...postgres, stop }
}

/** Starts the server in another process; gives it once the server answers. */
async function startElsewhere(dataDir: string): Promise<{ child: ChildProcess; connectionString: string }> {
  const file = fileURLToPath(new URL('./postgres-child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', file, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  leftovers.push(async () => {
    if (child.exitCode === null && child.signalCode === null) await ended(child, 'SIGTERM')
  })
  const line = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the other process ended')))
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve)
  })
  return { child, connectionString: line.slice(3) }
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

async function ask(connectionString: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

test('what was written is there after a stop, and two folders run beside each other', async () => {
  const [one, other] = [await makeFolder(), await makeFolder()]
  const [first, second] = await Promise.all([start(one), start(other)])
  await ask(first.connectionString, 'create table kept as select 7 as n')
  await expect(ask(second.connectionString, 'select n from kept')).rejects.toThrow()
  await first.stop()
  const again = await start(one)
  expect(await ask(again.connectionString, 'select n from kept')).toEqual([7])
  expect(again.connectionString).not.toBe(second.connectionString)
})

test('the password is kept for its owner, nothing listens beyond this machine, and fsync is on', async () => {
  const dataDir = await makeFolder()
  const { connectionString } = await start(dataDir)
  expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600)
  const url = new URL(connectionString)
  expect(url.password.length).toBeGreaterThan(20)
  url.password = 'guessed'
  await expect(ask(url.href, 'select 1')).rejects.toThrow('password')
  const settings = [
    'listen_addresses',
    'unix_socket_directories',
    'fsync',
    'full_page_writes',
    'log_statement',
  ]
  const values = await ask(
    connectionString,
    `select ${settings.map((name) => `current_setting('${name}')`).join()}`,
  )
  expect(values).toEqual(['127.0.0.1', '', 'on', 'on', 'none'])
})

test('no value reaches the log, not even of a statement that fails', async () => {
  const lines: string[] = []
  const { connectionString } = await start(await copyUsed(), (line) => lines.push(line))
  await ask(connectionString, 'create table names (name text unique)')
  await ask(connectionString, "insert into names values ('Awa Exemple')")
  await expect(ask(connectionString, "insert into names values ('Awa Exemple')")).rejects.toThrow()
  await expect(ask(connectionString, "select 'Awa Exemple'::int")).rejects.toThrow()
  expect(lines.join('\n')).not.toContain('Awa')
  expect(lines.length).toBeGreaterThan(0)
})

test('a folder that another living process has is refused, with the process in the facts', async () => {
  const dataDir = await copyUsed()
  const { child } = await startElsewhere(dataDir)
  const refused = startPostgres({ dataDir, log: () => {} })
  await expect(refused).rejects.toMatchObject({
    code: 'database:in_use',
    facts: { folder: dataDir, process: child.pid },
  })
  await ended(child, 'SIGTERM')
  const { connectionString } = await start(dataDir)
  expect(await ask(connectionString, 'select 1')).toEqual([1])
})

test('the server that a killed process left behind is stopped, and what it had committed is there', async () => {
  const dataDir = await copyUsed()
  const { child, connectionString } = await startElsewhere(dataDir)
  await ask(connectionString, 'create table kept as select 7 as n')
  const orphan = await postmasterOf(dataDir)
  await ended(child, 'SIGKILL')
  expect(await ask(connectionString, 'select n from kept')).toEqual([7])
  const again = await start(dataDir)
  expect(await postmasterOf(dataDir)).not.toBe(orphan)
  expect(() => process.kill(orphan, 0)).toThrow()
  expect(await ask(again.connectionString, 'select n from kept')).toEqual([7])
})

test('after everything was killed it starts clean', async () => {
  const dataDir = await copyUsed()
  const { child, connectionString } = await startElsewhere(dataDir)
  await ask(connectionString, 'create table kept as select 7 as n')
  const server = await postmasterOf(dataDir)
  await ended(child, 'SIGKILL')
  process.kill(server, 'SIGKILL')
  const again = await start(dataDir)
  expect(await ask(again.connectionString, 'select n from kept')).toEqual([7])
})

test('a server that dies alone comes back under the same address', async () => {
  const dataDir = await copyUsed()
  const { connectionString } = await start(dataDir)
  const trouble: string[] = []
  const database = await openDatabase({
    connectionString,
    masterKey: testMasterKey,
    onTrouble: (code) => trouble.push(code),
  })
  leftovers.push(() => database.close())
  process.kill(await postmasterOf(dataDir), 'SIGKILL')
  let answer: unknown
  for (let tries = 0; tries < 100 && answer !== 1; tries++) {
    await new Promise((done) => setTimeout(done, 100))
    answer = await database.pool.query('select 1 as one').then(
      ({ rows }) => rows[0]?.one,
      () => undefined,
    )
  }
  expect(answer).toBe(1)
  expect(await database.prisma.staff.count()).toBe(0)
})

test('ending idle connections is news and no crash', async () => {
  const postgres = await start(await copyUsed())
  const trouble: string[] = []
  const database = await openDatabase({
    connectionString: postgres.connectionString,
    masterKey: testMasterKey,
    onTrouble: (code) => trouble.push(code),
  })
  await Promise.all([1, 2, 3].map(() => database.pool.query('select 1')))
  await postgres.stop()
  await new Promise((done) => setTimeout(done, 100))
  expect(trouble).toContain('57P01')
  await database.close()
})
