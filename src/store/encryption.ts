/**
 * What is personal is encrypted with the key of its subject: an address, a person, a complaint without a name, a sealed
 * matter. A subject's key lies in the database wrapped by a key derived from the master key, so erasing it there makes
 * everything it encrypted unreadable, wherever it was copied. Look-ups go by keyed hashes.
 *
 * A sealed matter has a pair instead (sealed-key.ts): anybody here encrypts with its public key, and what was encrypted opens
 * only for a holder who is asking (reader.ts). For everybody else such a key is shut, whoever has the master key.
 *
 * Every derived key has a number, so that it can be changed: the wrapping key's stands in the row, a hash carries its
 * own in the first byte.
 */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { Failure } from '../failure.ts'
import { boxTo, openBox } from './box.ts'
import { seal, unseal } from './cipher.ts'
import { type Reader, reader } from './reader.ts'
import type { Change } from './road.ts'

export type Subject =
  | 'address'
  | 'person'
  | 'complaint'
  | 'matter'
  | 'staff'
  | 'caseload'
  | 'channel'
  | 'campaign'

/** What a hash is of: the same text gives unrelated hashes for two of these. */
export type HashKind =
  | 'address'
  | 'message'
  | 'phone'
  | 'case_number'
  | 'who'
  | 'cookie'
  | 'word'
  | 'recovery'
  | 'invitation'
  | 'card'
  | 'code'
  | 'complaint'

export type Keys = {
  /** A fresh key: usable at once, durable with the row that the caller writes. */
  make(subject: Subject, id: string, at: Date): { readonly id: string; readonly row: Change }
  /** Brings these keys into memory; an erased one is remembered as such. Unknown ids fail with a plain Error. */
  load(ids: Iterable<string>): Promise<void>
  /** Encrypts with a loaded key; `place` (placeOf) binds the result to its field. Fails with `key:erased`. */
  encrypt(key: string, place: string, value: string | Uint8Array): Buffer
  /** The bytes again; fails with `key:erased` and `key:shut`, and with a plain Error when they were changed or moved. */
  decrypt(key: string, place: string, value: Uint8Array): Buffer
  /** The text again, or undefined when there is none, its subject was erased, or it is shut: for pages and lists. */
  read(key: string, place: string, value: Uint8Array | null | undefined): string | undefined
  isErased(key: string): boolean
  /** Whether a loaded key is of a sealed matter. */
  isSealed(key: string): boolean
  /** Whether a loaded key is of a sealed matter that does not open for whoever is asking. */
  isShut(key: string): boolean
  /** Knows the key of a sealed matter whose row is not written yet. */
  meet(key: string, publicKey: Buffer): void
  /** The key of a sealed matter that stays with the house until one of its holders has a pair (sealed-key.ts). */
  wrap(key: string, secret: Buffer): { readonly wrapped: Buffer; readonly wrapId: number }
  unwrap(row: { readonly id: string; readonly wrapped: Uint8Array; readonly wrapId: number }): Buffer
  /** 17 bytes: the number of the hashing key and 128 bits. */
  hash(kind: HashKind, value: string): Buffer
  /** Key of signed cookies. */
  readonly cookieKey: Buffer
  /** Empties the wrapped key for good; other processes forget theirs within five minutes. */
  erase(key: string, at: Date): Promise<void>
  /** Wraps up to `limit` keys again that an older wrapping key holds; tells how many were left to do. */
  rewrap(limit: number): Promise<number>
}

/** Numbers of the derived keys in use; raise one to change the key. */
export type KeyNumbers = {
  readonly wrapping: number
  readonly lookup: number
  readonly words: number
  readonly cookies: number
}

/** Ties an encrypted value to its place, so that it cannot be moved to another field or row. */
export function placeOf(table: string, column: string, row: string): string {
  return `${table}.${column}:${row}`
}

/** Where the grant of one holder of a sealed matter lies. */
export function grantPlace(key: string, staff: string): string {
  return placeOf('sealed_grant', 'box', `${key}/${staff}`)
}

const firstNumbers: KeyNumbers = { wrapping: 1, lookup: 1, words: 1, cookies: 1 }
/** Long enough to spare the database, short enough that an erasure elsewhere soon holds here. */
const memoryMilliseconds = 5 * 60_000
const memorySize = 20_000

/** The keys of one database. `numbers` are for a change of keys; the first ones otherwise. */
export function makeKeys(pool: pg.Pool, master: Buffer, numbers: KeyNumbers = firstNumbers): Keys {
  const memory = makeMemory()
  const wrapper = makeWrapper(master, numbers.wrapping)
  const lookup = derive(master, 'lookup', numbers.lookup)
  const words = derive(master, 'words', numbers.words)
  return {
    make(subject, id, at) {
      const key = randomBytes(32)
      memory.keep(id, key)
      const plain = { id, subject, wrapped: wrapper.wrap(id, key), wrap_id: numbers.wrapping, created_at: at }
      return { id, row: { insert: 'subject_key', plain } }
    },
    async load(ids) {
      // Those that are known are used now too: the new ones must not push them out before they are read.
      const all = new Set(ids)
      const wanted = [...all].filter((id) => !memory.renew(id))
      if (wanted.length > 0) {
        const { rows } = await pool.query<KeyRow>({ name: 'keys_load', text: loadSql, values: [wanted] })
        for (const row of rows) memory.keep(row.id, keptOf(row, wrapper))
        // A key made here whose row is not written yet is known already; any other must have a row.
        if (wanted.some((id) => !memory.find(id))) throw new Error('a subject key has no row')
      }
      const who = reader()
      if (who)
        await openGrants(
          pool,
          who,
          [...all].filter((id) => isSealed(memory.find(id))),
        )
    },
    encrypt(key, place, value) {
      const kept = memory.use(key)
      const where = `${key}|${place}`
      return isSealed(kept) ? boxTo(kept.publicKey, where, value) : seal(kept, where, value)
    },
    decrypt: (key, place, value) => opened(memory.use(key), key, place, value),
    read(key, place, value) {
      if (!value || memory.find(key) === 'erased' || isShut(memory.find(key), key)) return undefined
      return opened(memory.use(key), key, place, value).toString('utf8')
    },
    isErased: (key) => memory.find(key) === 'erased',
    isSealed: (key) => isSealed(memory.find(key)),
    isShut: (key) => isShut(memory.find(key), key),
    meet: (key, publicKey) => memory.keep(key, { publicKey }),
    wrap: (key, secret) => ({ wrapped: wrapper.wrap(key, secret), wrapId: numbers.wrapping }),
    unwrap({ id, wrapped, wrapId }) {
      const secret = wrapper.unwrap({ id, wrapped: Buffer.from(wrapped), wrap_id: wrapId, public: null })
      if (!secret) throw new Error('a wrapped key is empty')
      return secret
    },
    hash(kind, value) {
      const [secret, number] = kind === 'word' ? [words, numbers.words] : [lookup, numbers.lookup]
      const digest = createHmac('sha256', secret).update(`${kind}|${value}`).digest()
      return Buffer.concat([Buffer.of(number), digest.subarray(0, 16)])
    },
    cookieKey: derive(master, 'cookies', numbers.cookies),
    async erase(key, at) {
      await pool.query(eraseSql, [key, at])
      memory.keep(key, 'erased')
    },
    rewrap: (limit) => rewrap(pool, wrapper, numbers.wrapping, limit),
  }
}

function derive(master: Buffer, purpose: string, number: number): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `baro/${purpose}/${number}`, 32))
}

/** Of a sealed matter only the half that encrypts is ever kept. */
type Sealed = { readonly publicKey: Buffer }
type Kept = Buffer | Sealed | 'erased'

function isSealed(kept: Kept | undefined): kept is Sealed {
  return typeof kept === 'object' && 'publicKey' in kept
}

function isShut(kept: Kept | undefined, key: string): boolean {
  return isSealed(kept) && typeof reader()?.opened.get(key) !== 'object'
}

function keptOf(row: KeyRow, wrapper: ReturnType<typeof makeWrapper>): Kept {
  return row.public ? { publicKey: row.public } : (wrapper.unwrap(row) ?? 'erased')
}

/** Opens what this reader was let in to; what they were not is remembered as such for as long as they ask. */
async function openGrants(pool: pg.Pool, who: Reader, sealed: readonly string[]): Promise<void> {
  const wanted = sealed.filter((id) => !who.opened.has(id))
  if (wanted.length === 0) return
  const { rows } = await pool.query<GrantRow>({ text: grantSql, values: [wanted, who.staff] })
  for (const id of wanted) who.opened.set(id, 'shut')
  for (const { key_id, box, public: publicKey } of rows) {
    const secret = openBox(who.pair, grantPlace(key_id, who.staff), box)
    who.opened.set(key_id, { publicKey, secret })
  }
}

function opened(kept: Buffer | Sealed, key: string, place: string, value: Uint8Array): Buffer {
  if (!isSealed(kept)) return unseal(kept, `${key}|${place}`, value)
  const pair = reader()?.opened.get(key)
  if (typeof pair !== 'object') throw new Failure('key:shut', { key })
  return openBox(pair, `${key}|${place}`, value)
}

/** The keys last used; the one longest unused makes room. */
function makeMemory() {
  const memory = new Map<string, { readonly key: Kept; readonly until: number }>()
  const find = (id: string): Kept | undefined => memory.get(id)?.key
  return {
    find,
    /** Moves a key that is fresh to the end of the line of those that make room; false when it is not, or unknown. */
    renew(id: string): boolean {
      const known = memory.get(id)
      if (!known || known.until <= performance.now()) return false
      memory.delete(id)
      memory.set(id, known)
      return true
    },
    keep(id: string, key: Kept) {
      memory.delete(id)
      memory.set(id, { key, until: performance.now() + memoryMilliseconds })
      const oldest = memory.keys().next()
      if (memory.size > memorySize && !oldest.done) memory.delete(oldest.value)
    },
    use(id: string): Buffer | Sealed {
      const key = find(id)
      if (!key) throw new Error('a key was used before it was loaded')
      if (key === 'erased') throw new Failure('key:erased', { key: id })
      return key
    },
  }
}

/** Wraps with the present wrapping key and unwraps with any that ever was. */
function makeWrapper(master: Buffer, present: number) {
  const keys = new Map<number, Buffer>()
  const keyOf = (number: number): Buffer => {
    const key = keys.get(number) ?? derive(master, 'wrapping', number)
    keys.set(number, key)
    return key
  }
  return {
    wrap: (id: string, key: Buffer) => seal(keyOf(present), `subject_key:${id}`, key),
    unwrap: ({ id, wrapped, wrap_id }: KeyRow) =>
      wrapped ? unseal(keyOf(wrap_id), `subject_key:${id}`, wrapped) : undefined,
  }
}

async function rewrap(
  pool: pg.Pool,
  wrapper: ReturnType<typeof makeWrapper>,
  present: number,
  limit: number,
): Promise<number> {
  const { rows } = await pool.query<KeyRow>(oldSql, [present, limit])
  for (const row of rows) {
    const key = wrapper.unwrap(row)
    if (key) await pool.query(rewrapSql, [row.id, wrapper.wrap(row.id, key), present])
  }
  const { rows: counts } = await pool.query<{ left: number }>(leftSql, [present])
  return counts[0]?.left ?? 0
}

type KeyRow = {
  readonly id: string
  readonly wrapped: Buffer | null
  readonly wrap_id: number
  readonly public: Buffer | null
}
type GrantRow = { readonly key_id: string; readonly box: Buffer; readonly public: Buffer }
const loadSql = 'select id, wrapped, wrap_id, public from subject_key where id = any($1::uuid[])'
const grantSql = `select g.key_id, g.box, k.public from sealed_grant g join subject_key k on k.id = g.key_id
  where g.key_id = any($1::uuid[]) and g.staff_id = $2 and k.public is not null`
const oldSql =
  'select id, wrapped, wrap_id, public from subject_key where wrap_id <> $1 and wrapped is not null limit $2'
const leftSql = 'select count(*)::int as left from subject_key where wrap_id <> $1 and wrapped is not null'
const rewrapSql = 'update subject_key set wrapped = $2, wrap_id = $3 where id = $1 and wrapped is not null'
const eraseSql = `with gone as (delete from sealed_grant where key_id = $1)
  update subject_key set wrapped = null, public = null, erased_at = coalesce(erased_at, $2) where id = $1`
