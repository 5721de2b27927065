/** Files that come long after their message, or not at all. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { FileHandle } from '../../src/core/message.ts'
import { Failure } from '../../src/failure.ts'
import { fetchMedia } from '../../src/job/fetch-media.ts'
import { channelFacts } from '../../src/store/channel-facts.ts'
import { wantLateFile } from '../../src/turn/act-file.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, listLog, openOffice } from '../turn/office.ts'

const emptyDatabase = oneDatabase()
const hour = 3_600_000

test('a file that comes hours later is waited for, more and more seldom, and lost after a day until staff ask', async () => {
  const office = await openOffice(emptyDatabase())
  const folder = await mkdtemp(join(tmpdir(), 'baro-late-'))
  onTestFinished(async () => {
    await office.close()
    await rm(folder, { recursive: true })
  })
  let tries = 0
  const told: string[] = []
  const parts = {
    ...{ ...office.database, folder, log: listLog(), clock: office.clock },
    channels: [
      {
        id: office.channel.id,
        async fetch(file: FileHandle, limit: number) {
          tries += 1
          if (tries <= 13) throw new Failure('channel:unreachable')
          return office.channel.fetch(file, limit)
        },
      },
    ],
    refused: async (id: string, why: string) => void told.push(`${why} ${id}`),
  }
  const fetch = () => fetchMedia(parts, new AbortController().signal)
  const file = office.channel.keeps('voice', Buffer.from('OggS late'), { mime: 'audio/ogg' })
  await office.channel.brings('awa', { kind: 'file', file })
  await office.settled()
  const { prisma } = office.database
  const row = () => prisma.media.findFirstOrThrow()
  const began = office.clock.now().getTime()
  const times: number[] = []
  // A round each minute, as the sweeper's; whatever is due stands in the row, so a new process goes on with it.
  for (let minutes = 0; (await row()).state === 'waiting' && minutes < 2_000; minutes += 1) {
    const before = tries
    await fetch()
    if (tries > before) times.push((office.clock.now().getTime() - began) / 60_000)
    const { nextTryAt } = await row()
    if (nextTryAt) office.clock.set(nextTryAt)
  }
  expect(times).toHaveLength(13)
  expect(times.slice(0, 4)).toEqual([0, 1, 3, 8])
  expect(times.at(-1)).toBeGreaterThan(23 * 60)
  expect(times.at(-1)).toBeLessThanOrEqual(24 * 60)
  const { id, messageId, state } = await row()
  expect([state, told]).toEqual(['lost', [`lost ${id}`]])
  office.clock.forward(48 * hour)
  await fetch()
  expect(tries).toBe(13)

  const [facts] = await channelFacts(office.database.pool, office.clock.now())
  expect(facts?.lost).toBe(1)
  await prisma.message.update({ where: { id: messageId }, data: { visibility: 'sealed' } })
  expect((await channelFacts(office.database.pool, office.clock.now()))[0]?.lost).toBe(0)

  const staff = await hire(office, 'Mariam', ['assistant', 'case_worker'])
  await prisma.message.update({ where: { id: messageId }, data: { visibility: 'open' } })
  const request = (await prisma.request.findFirstOrThrow()).id
  await wantLateFile(office.desk, { staff, request, form: office.clock.id() }, id)
  expect(await row()).toMatchObject({ state: 'waiting', attempts: 0, nextTryAt: null })
  await fetch()
  expect((await row()).state).toBe('stored')
  // It is there: there is nothing to ask for.
  await wantLateFile(office.desk, { staff, request, form: office.clock.id() }, id)
  expect((await row()).state).toBe('stored')
  expect(await prisma.event.count({ where: { type: 'file_wanted', requestId: request } })).toBe(1)
  const elsewhere = { staff, request, form: office.clock.id() }
  await expect(wantLateFile(office.desk, elsewhere, office.clock.id())).rejects.toMatchObject({
    code: 'message:not_found',
  })
})
