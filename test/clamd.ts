/** A virus scanner as clamd answers INSTREAM, on a socket of this machine; it goes with the test that started it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'

/** `says` is its answer to what it was given. Gives the path of its socket. */
export async function startClamd(says: (bytes: Buffer) => string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baro-clamd-'))
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const parts: Buffer[] = []
    socket.on('data', (part) => {
      parts.push(part)
      const given = wholeOf(Buffer.concat(parts))
      if (given) socket.end(`${says(given)}\u0000`)
    })
  })
  const path = join(folder, 'clamd.sock')
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(async () => {
    await new Promise<void>((resolve) => void server.close(() => resolve()))
    await rm(folder, { recursive: true, force: true })
  })
  return path
}

/** The chunks that were sent, once the empty one has come. */
function wholeOf(all: Buffer): Buffer | undefined {
  if (all.length < 4 || all.readUInt32BE(all.length - 4) !== 0) return undefined
  expect(all.subarray(0, 10).toString()).toBe('zINSTREAM\u0000')
  const chunks: Buffer[] = []
  for (let at = 10; ; ) {
    const length = all.readUInt32BE(at)
    if (length === 0) return Buffer.concat(chunks)
    chunks.push(all.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
}
