/** The real program as a child process, in a folder of its own, for tests of starting and stopping. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type Program = {
  readonly child: ChildProcess
  /** Everything it wrote so far. */
  said(): string
  /** Resolves with the address it listens on; fails when it ends before. */
  readonly open: Promise<string>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

export type Place = { readonly folder: string; remove(): Promise<void> }

/** A folder that any user may pass through: the embedded server runs under an account of its own when we are root. */
export async function makePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'baro-house-'))
  await chmod(folder, 0o755)
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) }
}

export type Running = {
  readonly settings?: Readonly<Record<string, string>>
  /** Under whom it runs; ourselves when absent. */
  readonly account?: { readonly uid: number; readonly gid: number }
  /** The built program (build.ts); from its sources when absent. */
  readonly built?: string
}

/** Runs one command of the program with these settings; its data and key lie in `place` unless the settings say otherwise. */
export function run(
  place: Place,
  words: readonly string[],
  { settings, account, built }: Running = {},
): Program {
  const main = built === undefined ? ['--import', 'tsx', join(root, 'src/main.ts')] : [built]
  const child = spawn(process.execPath, [...main, ...words], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      DATA_DIR: join(place.folder, 'data'),
      BARO_KEY_FILE: join(place.folder, 'baro.key'),
      LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...account,
  })
  let said = ''
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  const open = new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString('utf8')
      const address = /http:\/\/[\d.]+:\d+/.exec(said)?.[0]
      if (address) resolve(address)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    void ended.then(({ code }) => reject(new Error(`the program ended with ${code}:\n${said}`)))
  })
  open.catch(() => undefined)
  return { child, said: () => said, open, ended }
}

/** What the health page answers. */
export async function ready(program: Program): Promise<number> {
  return (await fetch(`${await program.open}/health/ready`)).status
}

/** Ends a program as an operator would, and waits. */
export async function stop(program: Program): Promise<number | null> {
  program.child.kill('SIGTERM')
  return (await program.ended).code
}

/** Ends a program as a power cut would. */
export async function cut(program: Program): Promise<void> {
  program.child.kill('SIGKILL')
  await program.ended
}

/** Waits until `holds`; fails with `what` and what the program said when it ends or a minute and a half passes before. */
export async function until(what: string, program: Program, holds: () => boolean): Promise<void> {
  const end = performance.now() + 90_000
  while (!holds()) {
    const over = program.child.exitCode !== null || program.child.signalCode !== null
    if (over || performance.now() > end) throw new Error(`never: ${what}\n${program.said()}`)
    await pause(25)
  }
}
