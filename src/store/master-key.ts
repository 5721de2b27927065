/**
 * The master key: the one secret that a backup of the database does not hold. It is made once, at the very first start,
 * and never again: a database that knows a key and does not find it refuses to open, because a fresh key would make
 * everything written before unreadable.
 */
import { hkdfSync, randomBytes } from 'node:crypto'
import { constants, copyFile, link, open, readFile, realpath, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import type pg from 'pg'
import { Failure } from '../failure.ts'

/** Where the key is, and what is there. */
export type MasterKeySource = {
  /** 32 bytes; absent while the file does not exist. */
  readonly bytes?: Buffer
  /** Said to people: a setting or a file. */
  readonly where: string
  /** Looks again: a process that started together with us may have made it meanwhile. */
  find(): Promise<Buffer | undefined>
  /** Writes a fresh key (mode 0600) and gives it; the one that is there when somebody was faster. */
  make(): Promise<Buffer>
}

/**
 * Reads the key from the setting itself or else from its file. Fails with `config:invalid` when it is not 32 bytes in
 * base64 or hex, or when the file would lie inside the data folder, where one lost disk would take both.
 */
export async function readMasterKey(options: {
  readonly key?: string | undefined
  readonly file: string
  readonly dataDir: string
}): Promise<MasterKeySource> {
  if (options.key !== undefined) {
    const bytes = parseKey(options.key, 'BARO_KEY')
    return { bytes, where: 'BARO_KEY', find: async () => bytes, make: async () => bytes }
  }
  const file = resolve(options.file)
  if (await isInside(file, options.dataDir)) {
    throw new Failure('config:invalid', {
      setting: 'BARO_KEY_FILE',
      why: 'must not lie inside DATA_DIR',
      file,
    })
  }
  const find = async () => {
    const text = await readIfThere(file)
    return text === undefined ? undefined : parseKey(text, 'BARO_KEY_FILE')
  }
  return { bytes: await find(), where: file, find, make: () => writeKey(file) }
}

/** A source for tests and throw-away databases: these bytes, nowhere written. */
export function fixedMasterKey(bytes: Buffer): MasterKeySource {
  return { bytes, where: 'a fixed key', find: async () => bytes, make: async () => bytes }
}

/**
 * The key that fits this database. The first one to come is remembered by its fingerprint; afterwards fails with
 * `key:missing` when there is none and with `key:different` when it is another. Makes a key only for a database that
 * never had one.
 */
export async function settleMasterKey(pool: pg.Pool, source: MasterKeySource): Promise<Buffer> {
  const known = await readFingerprint(pool)
  if (known === undefined) {
    const bytes = source.bytes ?? (await source.make())
    await pool.query(
      "insert into setting (key, value) values ('master_key', to_jsonb($1::text)) on conflict do nothing",
      [fingerprintOf(bytes)],
    )
    return fitting(bytes, await readFingerprint(pool), source)
  }
  const bytes = source.bytes ?? (await source.find())
  if (bytes === undefined) throw new Failure('key:missing', { where: source.where })
  return fitting(bytes, known, source)
}

function fitting(bytes: Buffer, fingerprint: string | undefined, source: MasterKeySource): Buffer {
  if (fingerprintOf(bytes) !== fingerprint) throw new Failure('key:different', { where: source.where })
  return bytes
}

async function readFingerprint(pool: pg.Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ value: string }>("select value from setting where key = 'master_key'")
  return rows[0]?.value
}

/** Tells one key from another and nothing about either. */
function fingerprintOf(bytes: Buffer): string {
  return Buffer.from(hkdfSync('sha256', bytes, '', 'baro/fingerprint', 16)).toString('hex')
}

function parseKey(text: string, setting: string): Buffer {
  const trimmed = text.trim()
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64')
  if (bytes.length !== 32)
    throw new Failure('config:invalid', { setting, why: 'must be 32 bytes in base64 or hex' })
  return bytes
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all: written beside its place and put there in one step, which only the first of several may do. */
async function writeKey(file: string): Promise<Buffer> {
  const bytes = randomBytes(32)
  const young = `${file}.${randomBytes(6).toString('hex')}`
  try {
    const handle = await open(young, 'wx', 0o600)
    try {
      await handle.writeFile(`${bytes.toString('base64')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    // A file system without links copies, still only when nothing is there.
    await link(young, file).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EEXIST') throw cause
      return copyFile(young, file, constants.COPYFILE_EXCL)
    })
    return bytes
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST')
      return parseKey(await readFile(file, 'utf8'), 'BARO_KEY_FILE')
    throw new Failure(
      'config:invalid',
      { setting: 'BARO_KEY_FILE', why: 'cannot be written', file },
      { cause },
    )
  } finally {
    await rm(young, { force: true })
  }
}

async function isInside(file: string, folder: string): Promise<boolean> {
  const real = async (path: string) => await realpath(path).catch(() => resolve(path))
  const way = relative(await real(folder), join(await real(dirname(file)), 'key'))
  return !way.startsWith('..')
}
