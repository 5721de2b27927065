/** Files that come are looked at before anybody can open them; what cannot be taken is told to whoever sent it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { fetchMedia } from '../../src/job/fetch-media.ts'
import { makeScanner } from '../../src/job/virus-scan.ts'
import { findMedia, openMedia } from '../../src/store/media.ts'
import { tellRefused } from '../../src/turn/file-refused.ts'
import { oneDatabase } from '../one-database.ts'
import { conversation, hire, type Office, openOffice } from '../turn/office.ts'

const emptyDatabase = oneDatabase()
const eicar = Buffer.from('a file that the scanner knows')
let office: Office
let folder: string

beforeEach(async () => {
  office = await openOffice(emptyDatabase())
  folder = await mkdtemp(join(tmpdir(), 'baro-scan-'))
  const [here, there] = [office, folder]
  onTestFinished(async () => {
    await here.close()
    await rm(there, { recursive: true, force: true })
  })
})

/** A daemon as clamd answers INSTREAM; `says` is its answer to what it was given. */
async function daemon(says: (bytes: Buffer) => string): Promise<string> {
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    const parts: Buffer[] = []
    socket.on('data', (part) => {
      parts.push(part)
      const all = Buffer.concat(parts)
      if (all.length < 4 || all.readUInt32BE(all.length - 4) !== 0) return
      expect(all.subarray(0, 10).toString()).toBe('zINSTREAM\u0000')
      const chunks: Buffer[] = []
      for (let at = 10; ; ) {
        const length = all.readUInt32BE(at)
        if (length === 0) break
        chunks.push(all.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
      socket.end(`${says(Buffer.concat(chunks))}\u0000`)
    })
  })
  const path = join(folder, 'clamd.sock')
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
  return path
}

const known = (bytes: Buffer) => (bytes.equals(eicar) ? 'stream: Eicar-Test FOUND' : 'stream: OK')
const media = () => office.database.prisma.media.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
const told = () => office.channel.sent('awa').at(-1)?.spoken.key

async function sends(bytes: Buffer): Promise<void> {
  await office.channel.brings('awa', { kind: 'file', file: office.channel.keeps('document', bytes) })
  await office.settled()
}
async function fetchAll(address?: string): Promise<void> {
  const refused = (id: string, why: 'too_large' | 'infected') =>
    tellRefused(office.desk, conversation.locales, id, why)
  const scanner = address ? { scanner: makeScanner(address) } : {}
  const parts = {
    ...office.database,
    channels: [office.channel],
    folder,
    log: office.log,
    refused,
    ...scanner,
  }
  await fetchMedia(parts, new AbortController().signal)
  await office.settled()
}

describe('a file that comes', () => {
  test('and is clean, however long, can be opened', async () => {
    const bytes = Buffer.alloc(200_000, 7)
    await sends(bytes)
    await fetchAll(await daemon(known))
    const { id, state } = await media()
    expect(state).toBe('stored')
    expect((await openMedia(office.database, folder, id)).bytes).toEqual(bytes)
  })

  test('in which something is found is kept and never opened, and its sender is told', async () => {
    await sends(eicar)
    await fetchAll(await daemon(known))
    const { id, state, bytes } = await media()
    expect([state, bytes]).toEqual(['infected', eicar.length])
    await expect(openMedia(office.database, folder, id)).rejects.toMatchObject({ code: 'media:gone' })
    const guard = await hire(office, 'Mariam', ['supervisor', 'protection', 'case_worker'])
    await expect(findMedia(office.database, guard, id)).rejects.toMatchObject({
      code: /media:infected|message:not_found/,
    })
    expect(told()).toBe('file.infected')
  })

  test.each([
    ['nobody listens', undefined],
    ['the scanner gives up', () => 'INSTREAM size limit exceeded. ERROR'],
  ])('waits and costs no try while %s', async (_, says) => {
    await sends(Buffer.from('x'))
    await fetchAll(says ? await daemon(says) : join(folder, 'nobody.sock'))
    expect(await media()).toMatchObject({ state: 'waiting', attempts: 0 })
    await fetchAll()
    expect(await media()).toMatchObject({ state: 'stored' })
  })

  test('and is too large is told to whoever sent it', async () => {
    await sends(Buffer.alloc(21 * 1024 * 1024))
    await fetchAll()
    expect([(await media()).state, told()]).toEqual(['too_large', 'file.too_large'])
  })
})
