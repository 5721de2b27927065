/**
 * Keeps what was uploaded in the web chat until a job has fetched it, in a folder that all processes share or in memory.
 * Each file is encrypted with a key of its own that stands in its handle and nowhere else: who has the disk but not the
 * row reads nothing. What is older than three days was fetched long ago and goes.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import type { Clock } from '../world.ts'

const lives = 3 * 24 * 3_600_000
const sweepEvery = 3_600_000
/** What the memory may hold at most; the oldest goes first. */
const memoryHolds = 64 * 1024 * 1024
const handleShape = /^([\w-]{8,64})\.([\w-]{43})$/

export type ChatFiles = {
  /** Resolves with the handle once the bytes are kept. */
  keep(bytes: Buffer): Promise<string>
  /** Fails with `media:gone` for an unknown handle and `media:too_large` above `limit`. */
  fetch(handle: string, limit: number): Promise<Buffer>
}

/** `folder` is made when it is missing; without one, files live in memory and go with the process. */
export function makeChatFiles(clock: Clock, folder: string | undefined): ChatFiles {
  const shelf = folder === undefined ? memoryShelf() : diskShelf(folder, clock)
  return {
    async keep(bytes) {
      const name = clock.id()
      const key = randomBytes(32)
      await shelf.write(name, encrypt(bytes, key, name))
      return `${name}.${key.toString('base64url')}`
    },
    async fetch(handle, limit) {
      const [, name, key] = handleShape.exec(handle) ?? []
      const kept = name === undefined ? undefined : await shelf.read(name)
      if (name === undefined || key === undefined || !kept) throw new Failure('media:gone')
      if (kept.length - overhead > limit) throw new Failure('media:too_large', { limit })
      return decrypt(kept, Buffer.from(key, 'base64url'), name)
    },
  }
}

type Shelf = {
  write(name: string, bytes: Buffer): Promise<void>
  read(name: string): Promise<Buffer | undefined>
}

function memoryShelf(): Shelf {
  const files = new Map<string, Buffer>()
  let held = 0
  return {
    async write(name, bytes) {
      files.set(name, bytes)
      held += bytes.length
      for (const [oldest, kept] of files) {
        if (held <= memoryHolds || oldest === name) break
        files.delete(oldest)
        held -= kept.length
      }
    },
    read: async (name) => files.get(name),
  }
}

function diskShelf(folder: string, clock: Clock): Shelf {
  let sweptAt = Number.NEGATIVE_INFINITY
  return {
    async write(name, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const now = clock.now().getTime()
      if (now - sweptAt > sweepEvery) {
        sweptAt = now
        await sweep(folder, now)
      }
      // Flushed, because the arrival that names it is durable right after.
      await writeFile(join(folder, name), bytes, { mode: 0o600, flush: true })
    },
    async read(name) {
      try {
        return await readFile(join(folder, name))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
  }
}

async function sweep(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    try {
      if (now - (await stat(file)).mtimeMs > lives) await unlink(file)
    } catch (error) {
      // Another process swept it.
      if (!isMissing(error)) throw error
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

const overhead = 12 + 16

function encrypt(bytes: Buffer, key: Buffer, name: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

function decrypt(kept: Buffer, key: Buffer, name: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, kept.subarray(0, 12)).setAAD(Buffer.from(name))
    decipher.setAuthTag(kept.subarray(-16))
    return Buffer.concat([decipher.update(kept.subarray(12, -16)), decipher.final()])
  } catch {
    // Another key, or a damaged file: either way these bytes are lost.
    throw new Failure('media:gone')
  }
}
