/** Files that come are looked at before anybody can open them; what cannot be taken is told to whoever sent it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { fetchMedia } from '../../src/job/fetch-media.ts'
import { makeScanner } from '../../src/job/virus-scan.ts'
import { findMedia, openMedia } from '../../src/store/media.ts'
import { tellRefused } from '../../src/turn/file-refused.ts'
import { startClamd } from '../clamd.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from '../turn/office.ts'

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

const known = (bytes: Buffer) => (bytes.equals(eicar) ? 'stream: Eicar-Test FOUND' : 'stream: OK')
const media = () => office.database.prisma.media.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
const told = () => office.channel.sent('awa').at(-1)?.spoken.key

async function sends(bytes: Buffer): Promise<void> {
  await office.channel.brings('awa', { kind: 'file', file: office.channel.keeps('document', bytes) })
  await office.settled()
}
async function fetchAll(address?: string): Promise<void> {
  const refused = (id: string, why: 'too_large' | 'infected' | 'lost') =>
    tellRefused(office.desk, office.talk, id, why)
  const scanner = address ? { scanner: makeScanner(address) } : {}
  const parts = {
    ...office.database,
    channels: [office.channel],
    folder,
    log: office.log,
    clock: office.clock,
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
    await fetchAll(await startClamd(known))
    const { id, state } = await media()
    expect(state).toBe('stored')
    expect((await openMedia(office.database, folder, id)).bytes).toEqual(bytes)
  })

  test('in which something is found is kept and never opened, and its sender is told', async () => {
    await sends(eicar)
    await fetchAll(await startClamd(known))
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
    await fetchAll(says ? await startClamd(says) : join(folder, 'nobody.sock'))
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
