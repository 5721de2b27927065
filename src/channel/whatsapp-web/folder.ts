/**
 * The folder in which the browser keeps the session: who of several processes has it, and what a dead one left in it. The
 * browser's own lock names a machine and a process; after a move to another machine, or a death, it locks for ever. So a
 * lock of our own, whose holder is seen to live, decides, and under it theirs is taken away.
 */
import { mkdir, open, readFile, readlink, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../../failure.ts'
import type { Clock } from '../../world.ts'

export type Folder = {
  /** Where the browser keeps its profile. */
  readonly profile: string
  /** Forgets the session: whoever pairs next begins anew. */
  forget(): Promise<void>
  release(): Promise<void>
}

const beatMilliseconds = 5_000
/** A holder that did not touch its lock for so long has died, wherever it was. */
const deadAfterMilliseconds = 30_000
const theirLocks = ['SingletonLock', 'SingletonCookie', 'SingletonSocket']

/** Takes the folder; fails with `channel:unreachable` while another living process has it. */
export async function takeFolder(folder: string, clock: Pick<Clock, 'now'>): Promise<Folder> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = join(folder, 'session.lock')
  const profile = join(folder, 'profile')
  if (!(await take(lock)) && !(await takeFromTheDead(lock, clock))) {
    throw new Failure('channel:unreachable', { theirs: 'the session is in use' })
  }
  const beat = setInterval(() => {
    const now = clock.now()
    utimes(lock, now, now).catch(() => undefined)
  }, beatMilliseconds)
  beat.unref()
  try {
    await endOrphan(profile)
    for (const name of theirLocks) await rm(join(profile, name), { force: true })
  } catch (cause) {
    clearInterval(beat)
    await rm(lock, { force: true })
    throw new Failure('channel:unreachable', { theirs: 'the folder cannot be written' }, { cause })
  }
  return {
    profile,
    forget: () => rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
    async release() {
      clearInterval(beat)
      await rm(lock, { force: true })
    },
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx', 0o600)
    await file.writeFile(`${hostname()} ${process.pid}`)
    await file.close()
    return true
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false
    throw new Failure('channel:unreachable', { theirs: 'the folder cannot be written' }, { cause })
  }
}

async function takeFromTheDead(lock: string, clock: Pick<Clock, 'now'>): Promise<boolean> {
  const [[host = '', pid = ''], touched] = await Promise.all([
    readFile(lock, 'utf8').then(
      (text) => text.split(' '),
      () => [],
    ),
    stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    ),
  ])
  const silent = clock.now().getTime() - touched > deadAfterMilliseconds
  const here = host === hostname()
  // In a container every life has the same number: our own is a life before this one.
  const dead = here && (Number(pid) === process.pid || !isAlive(Number(pid)))
  if (!silent && !dead) return false
  await rm(lock, { force: true })
  return take(lock)
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A browser on this profile that outlived its house; the link says `host-pid`, and its command line names the profile. */
async function endOrphan(profile: string): Promise<void> {
  const link = await readlink(join(profile, 'SingletonLock')).catch(() => '')
  const [, host, pid] = /^(.+)-(\d+)$/.exec(link) ?? []
  if (host !== hostname() || !isAlive(Number(pid))) return
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!line.includes(profile)) return
  try {
    process.kill(Number(pid), 'SIGKILL')
  } catch {
    // Gone in this moment.
  }
}
