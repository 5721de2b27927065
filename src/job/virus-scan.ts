/**
 * Asks a ClamAV daemon about a file (clamd, "INSTREAM"): over TCP or a socket of this machine. Without an answer nothing is
 * claimed to be clean.
 */
import { createConnection } from 'node:net'
import type { Scanner } from '../core/file.ts'
import { Failure } from '../failure.ts'

const patience = 60_000
const chunkBytes = 64 * 1024

/** `address` is `host:port`, or the path of a socket. */
export function makeScanner(address: string): Scanner {
  const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(address) ?? []
  const where = host ? { host, port: Number(port) } : { path: address }
  return {
    async scan(bytes) {
      const answer = await ask(where, bytes).catch((cause: unknown) => {
        throw new Failure('media:unscanned', {}, { cause })
      })
      if (/^stream: OK$/.test(answer)) return undefined
      const found = /^stream: (.+) FOUND$/.exec(answer)?.[1]
      // Too large for it, or an error of its own: not looked at is not clean.
      if (found === undefined) throw new Failure('media:unscanned', { theirs: answer.slice(0, 80) })
      return found
    },
  }
}

type Where = { readonly host: string; readonly port: number } | { readonly path: string }

/** Chunks with their length before them, one of no length at the end; the answer ends with a NUL. */
function ask(where: Where, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(where)
    const parts: Buffer[] = []
    socket.setTimeout(patience, () => socket.destroy(new Error('the scanner does not answer')))
    socket.on('error', reject)
    socket.on('data', (part: Buffer) => parts.push(part))
    socket.on('close', () => {
      const answer = Buffer.concat(parts).toString('utf8').replaceAll('\u0000', '').trim()
      if (answer === '') reject(new Error('the scanner said nothing'))
      else resolve(answer)
    })
    socket.write('zINSTREAM\u0000')
    for (let from = 0; from < bytes.length; from += chunkBytes) {
      const chunk = bytes.subarray(from, from + chunkBytes)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(chunk.length)
      socket.write(Buffer.concat([length, chunk]))
    }
    socket.end(Buffer.alloc(4))
  })
}
