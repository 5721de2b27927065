/**
 * Where the bytes of files lie, under names: a folder on disk, or a bucket of an S3-compatible store. What lies there is
 * encrypted already, whichever it is.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export type Bucket = {
  /** Undefined for what is not there. Fails with `media:unreachable`. */
  read(name: string): Promise<Buffer | undefined>
  /** Either the whole is there or nothing. Fails with `media:unreachable`. */
  write(name: string, bytes: Buffer): Promise<void>
  remove(name: string): Promise<void>
  /** Names with the time at which they were written, some at a time. */
  list(): AsyncIterable<readonly Lying[]>
}

export type Lying = { readonly name: string; readonly at: Date }

/** A folder by its path, or a bucket. */
export type MediaPlace = string | Bucket

export async function readAt(place: MediaPlace, name: string): Promise<Buffer | undefined> {
  if (typeof place !== 'string') return place.read(name)
  return readFile(join(place, name)).catch(() => undefined)
}

/** Either the whole file is there or none, also after a crash. */
export async function writeAt(place: MediaPlace, name: string, bytes: Buffer): Promise<void> {
  if (typeof place !== 'string') return place.write(name, bytes)
  const file = join(place, name)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
}

/** Nothing when it is not there. */
export async function removeAt(place: MediaPlace, name: string): Promise<void> {
  if (typeof place !== 'string') return place.remove(name)
  await rm(join(place, name), { force: true })
}

export async function* listAt(place: MediaPlace): AsyncIterable<readonly Lying[]> {
  if (typeof place !== 'string') {
    yield* place.list()
    return
  }
  // No folder: nothing was ever kept.
  for (const part of await readdir(place).catch(() => [])) {
    const names = (await readdir(join(place, part)).catch(() => [])).map((name) => `${part}/${name}`)
    yield await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(place, name))).mtime })))
  }
}

/** The last digits of an id are random: files spread over 256 folders. */
export function nameOfFile(id: string, size?: string): string {
  return `${id.slice(-2)}/${id}${size === undefined ? '' : `.${size}`}`
}
