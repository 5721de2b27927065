/**
 * The entries of a zip, checked before anything is made of them: what they say of their size is compared with what they
 * come to, and the sum is limited, so that a small file cannot fill the memory. What is handed on is written anew with
 * headers of our own: nothing that hides between the entries gets through.
 */
import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { Failure } from '../failure.ts'

type Entry = {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly data: Buffer
  readonly size: number
}

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const
const endLength = 22
const entriesAtMost = 2_000
const stored = 0
const deflated = 8

/** Reads the directory; fails with `table:unreadable` when it is none, is encrypted, or is not whole. */
export function readZip(bytes: Buffer): readonly Entry[] {
  try {
    return entriesOf(bytes)
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure('table:unreadable', {}, { cause })
  }
}

/** Unpacks every entry and forgets it; fails with `table:too_large` when they come to more than `limit` bytes. */
export async function weigh(entries: readonly Entry[], limit: number): Promise<void> {
  let sum = 0
  for (const { method, data, size } of entries) {
    let own = 0
    for await (const piece of method === stored ? [data] : unpacked(data)) {
      own += piece.length
      sum += piece.length
      if (sum > limit) throw new Failure('table:too_large')
    }
    if (own !== size) throw new Failure('table:unreadable')
  }
}

/** A zip with these entries in this order. */
export function zipStream(entries: readonly Entry[]): Readable {
  return Readable.from(pieces(entries))
}

/** An entry of our own. */
export function storedEntry(name: string, text: string): Entry {
  const data = Buffer.from(text)
  return { name, method: stored, crc: 0, data, size: data.length }
}

function* pieces(entries: readonly Entry[]): Generator<Buffer> {
  for (const entry of entries) {
    yield localHeader(entry)
    if (entry.data.length > 0) yield entry.data
  }
  const end = Buffer.alloc(endLength)
  end.writeUInt32LE(signature.end, 0)
  yield end
}

function localHeader({ name, method, crc, data, size }: Entry): Buffer {
  const label = Buffer.from(name)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(signature.local, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(method, 8)
  head.writeUInt32LE(crc, 14)
  head.writeUInt32LE(data.length, 18)
  head.writeUInt32LE(size, 22)
  head.writeUInt16LE(label.length, 26)
  return Buffer.concat([head, label])
}

function entriesOf(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0) throw new Failure('table:unreadable')
  const count = bytes.readUInt16LE(end + 10)
  if (count > entriesAtMost) throw new Failure('table:too_large')
  let at = bytes.readUInt32LE(end + 16)
  const entries: Entry[] = []
  for (let n = 0; n < count; n += 1) {
    if (bytes.readUInt32LE(at) !== signature.central) throw new Failure('table:unreadable')
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place))
    entries.push(entryAt(bytes, at, name ?? 0))
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}

function entryAt(bytes: Buffer, at: number, nameLength: number): Entry {
  const isEncrypted = (bytes.readUInt16LE(at + 8) & 1) === 1
  const method = bytes.readUInt16LE(at + 10)
  const local = bytes.readUInt32LE(at + 42)
  if (isEncrypted || (method !== stored && method !== deflated)) throw new Failure('table:unreadable')
  if (bytes.readUInt32LE(local) !== signature.local) throw new Failure('table:unreadable')
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const to = from + bytes.readUInt32LE(at + 20)
  if (to > bytes.length) throw new Failure('table:unreadable')
  return {
    name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
    method,
    crc: bytes.readUInt32LE(at + 16),
    data: bytes.subarray(from, to),
    size: bytes.readUInt32LE(at + 24),
  }
}

async function* unpacked(data: Buffer): AsyncGenerator<Buffer> {
  try {
    // Pieces as they come: what is too much is noticed before it is there.
    for await (const piece of Readable.from([data]).pipe(createInflateRaw())) yield piece as Buffer
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure('table:unreadable', {}, { cause })
  }
}
