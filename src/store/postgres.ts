/**
 * The PostgreSQL that ships with the program: one server per data folder, on loopback, with a port and a password of its
 * own. Node may be killed at any moment: the server it leaves behind is stopped by the next start, which alone holds the
 * folder, so no statement of a dead process can still commit afterwards.
 */
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Failure } from '../failure.ts'
import { holdFolder } from './hold.ts'
import {
  type Account,
  endProcess,
  findAccount,
  findPrograms,
  isAlive,
  type Programs,
  runToEnd,
  startProgram,
} from './postgres-program.ts'

export type Postgres = {
  /** For the database `baro`; stays the same while the server is restarted underneath. */
  readonly connectionString: string
  /** Stops the server and frees the folder; open connections are ended. */
  stop(): Promise<void>
}

type Cluster = {
  readonly folder: string
  readonly programs: Programs
  readonly account: Account
  readonly password: string
  readonly log: (line: string) => void
  readonly throwAway: boolean
}

/**
 * Starts the server of a data folder, making both when they do not exist. Fails with `database:in_use` while another
 * living Baro has the folder, with `config:invalid` when root's folder cannot be reached by the server's account, and
 * with `database:unreachable` (`why`: the server's last words) when it does not come up.
 */
export async function startPostgres(options: {
  readonly dataDir: string
  readonly log: (line: string) => void
  /** The folder goes with the process: nothing is waited for on the disk, and a crash of the machine may spoil it. */
  readonly throwAway?: boolean
}): Promise<Postgres> {
  const { throwAway = false } = options
  const dataDir = resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true })
  const hold = await holdFolder(dataDir)
  try {
    const programs = await findPrograms()
    const account = await findAccount(dataDir, programs)
    const folder = join(dataDir, 'postgres')
    await stopOrphan(folder, options.log)
    const password = await makeCluster(dataDir, folder, programs, account, throwAway)
    const cluster = { folder, programs, account, password, log: options.log, throwAway }
    const server = await keepRunning(cluster)
    await writeSecret(dataDir, { password, port: server.port })
    await makeDatabase(cluster, server.port)
    return {
      connectionString: urlOf(cluster, server.port, 'baro'),
      async stop() {
        await server.stop()
        await hold.release()
      },
    }
  } catch (error) {
    await hold.release()
    throw error
  }
}

/**
 * The server of a data folder that another living Baro runs, for a command beside it; nothing to stop. Fails with
 * `database:unreachable` when there is none.
 */
export async function joinPostgres(dataDir: string): Promise<{ readonly connectionString: string }> {
  const { password, port = 0 } = await readSecret(resolve(dataDir))
  return { connectionString: urlOf({ password }, port, 'baro') }
}

/** Flags, so that an upgrade of the program brings its settings along. No statement and no value reaches a log. */
function settings(port: number, throwAway: boolean): string[] {
  const flags = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '192MB',
    max_wal_size: '2GB',
    random_page_cost: 1.1,
    jit: 'off',
    wal_compression: 'on',
    log_destination: 'stderr',
    logging_collector: 'off',
    // Errors go to whoever made them; the log is for the server's own health. Details would show values of keys.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: -1,
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_checkpoints: 'off',
    log_autovacuum_min_duration: -1,
    ...(throwAway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  return Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** The orphan of a killed Node: alive, of our folder. A stale file whose number some other program got is removed. */
async function stopOrphan(folder: string, log: (line: string) => void): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
  if (!pid || !isAlive(pid)) return
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => folder)
  if (!command.includes(folder)) {
    await rm(file)
    return
  }
  log('stopping the server that a killed process left behind')
  await endProcess(pid)
}

/** Makes the cluster beside its place and moves it there when whole, so that a crash leaves either none or a good one. */
async function makeCluster(
  dataDir: string,
  folder: string,
  programs: Programs,
  account: Account,
  throwAway: boolean,
): Promise<string> {
  if (await stat(join(folder, 'PG_VERSION')).catch(() => undefined))
    return (await readSecret(dataDir)).password
  const password = randomBytes(24).toString('base64url')
  const young = `${folder}.new`
  const passwordFile = join(dataDir, 'postgres.pw')
  await rm(young, { recursive: true, force: true })
  await mkdir(young, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(young, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  const flags = ['--username=baro', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8']
  if (throwAway) flags.push('--no-sync')
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-locale']
  try {
    await runToEnd(startProgram(programs.initdb, [`--pgdata=${young}`, ...flags, ...locale], account))
  } finally {
    await rm(passwordFile, { force: true })
  }
  await writeSecret(dataDir, { password })
  await rename(young, folder)
  return password
}

/** Runs the server and starts it again, on the same port, should it die while nobody asked it to stop. */
async function keepRunning(cluster: Cluster): Promise<{ readonly port: number; stop(): Promise<void> }> {
  let stopping = false
  const port = await freePort()
  let child = await launch(cluster, port)
  const watch = () => {
    child.once('exit', async () => {
      if (stopping) return
      cluster.log('the server died and is started again')
      try {
        child = await launch(cluster, port)
        watch()
      } catch (error) {
        cluster.log(error instanceof Error ? error.message : 'the server does not start')
      }
    })
  }
  watch()
  // Also when Node ends without having closed the house: only `kill -9` leaves a server behind.
  const atExit = () => child.kill('SIGINT')
  process.once('exit', atExit)
  return {
    port,
    async stop() {
      stopping = true
      process.removeListener('exit', atExit)
      if (child.pid && child.exitCode === null && child.signalCode === null) await endProcess(child.pid)
    },
  }
}

/** A server that answers. What goes away by itself (a taken port, memory of a dying server) is tried again for a while. */
async function launch(cluster: Cluster, port: number): Promise<ChildProcess> {
  for (let tries = 1; ; tries++) {
    // Detached: Ctrl-C in a terminal reaches the house only, which closes its connections before it stops the server.
    const args = ['-D', cluster.folder, ...settings(port, cluster.throwAway)]
    const child = startProgram(cluster.programs.postgres, args, cluster.account, { detached: true })
    let words = ''
    if (child.stderr) {
      createInterface({ input: child.stderr }).on('line', (line) => {
        if (/FATAL|HINT/.test(line)) words = line
        cluster.log(line)
      })
    }
    child.unref()
    if (await answersSoon(cluster, port, child)) return child
    const passing = /still in use|already exists|could not create any TCP/.test(words)
    if (!passing || tries === 20) throw new Failure('database:unreachable', { why: words || 'no word', port })
    await pause(250)
  }
}

/** True once a connection works; false when the process ends before. Recovery after a crash may take minutes. */
async function answersSoon(cluster: Cluster, port: number, child: ChildProcess): Promise<boolean> {
  for (let waited = 0; waited < 300_000; waited += 30) {
    if (child.exitCode !== null || child.signalCode !== null) return false
    if (await withClient(urlOf(cluster, port, 'postgres'), async () => true).catch(() => false)) return true
    await pause(30)
  }
  child.kill('SIGQUIT')
  return false
}

async function makeDatabase(cluster: Cluster, port: number): Promise<void> {
  await withClient(urlOf(cluster, port, 'postgres'), async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = 'baro'")
    if (rowCount === 0) await client.query('create database baro')
  })
}

async function withClient<T>(connectionString: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

function urlOf(cluster: Pick<Cluster, 'password'>, port: number, database: string): string {
  return `postgresql://baro:${cluster.password}@127.0.0.1:${port}/${database}`
}

type Secret = { readonly password: string; readonly port?: number }

async function writeSecret(dataDir: string, secret: Secret): Promise<void> {
  const file = join(dataDir, 'postgres.json')
  await writeFile(`${file}.new`, JSON.stringify(secret), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

async function readSecret(dataDir: string): Promise<Secret> {
  const file = join(dataDir, 'postgres.json')
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Secret
  } catch (cause) {
    throw new Failure('database:unreachable', { why: 'the file with the password is gone', file }, { cause })
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
