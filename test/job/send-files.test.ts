/** Files on their way out: kept before their message is a row, read when it is sent, never lost or doubled. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { chatFile } from '../../src/store/chat-history.ts'
import { loadMedia, openMedia } from '../../src/store/media.ts'
import { answerRequest, closeRequest } from '../../src/turn/act.ts'
import { resendAnswer } from '../../src/turn/act-resend.ts'
import { type Upload, withKept } from '../../src/turn/outgoing.ts'
import { cloneDatabase } from '../database.ts'
import { hire, type Office, openOffice } from '../turn/office.ts'

let office: Office
let folder: string
beforeEach(async () => {
  const database = await cloneDatabase()
  folder = await mkdtemp(join(tmpdir(), 'baro-out-'))
  office = await openOffice(database, {
    open: async (media) => (await openMedia(database, folder, media)).bytes,
  })
})
afterEach(async () => {
  await office.close()
  await rm(folder, { recursive: true, force: true })
})

const voice: Upload = { kind: 'voice', mime: 'audio/ogg', bytes: Buffer.from('une voix'), seconds: 7 }
const plan: Upload = {
  kind: 'document',
  mime: 'application/pdf',
  bytes: Buffer.from('%PDF'),
  name: 'plan.pdf',
}

async function opened() {
  const staff = await hire(office, 'Mariam', ['supervisor', 'case_worker'])
  await office.says('awa', 'bonjour')
  const row = await office.database.prisma.request.findFirst()
  const request = row?.id ?? (await open())
  return { staff, request, form: office.clock.id() }
}

/** A request of the address that has just written. */
async function open(): Promise<string> {
  const { prisma } = office.database
  const address = await prisma.address.findFirstOrThrow()
  const id = office.clock.id()
  const now = office.clock.now()
  await prisma.request.create({
    data: {
      ...{ id, reference: '12345678', kind: 'request.info', queue: 'information', visibility: 'open' },
      ...{ priority: 3, addressId: address.id, openedAt: now, dueAt: now, lastHeardAt: now },
    },
  })
  return id
}

const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((it) => it.isFile())

test('words and files go out in one act, each file as its own message, whole and in order', async () => {
  const act = await opened()
  await withKept(office.desk, folder, act, [voice, plan], (kept) =>
    answerRequest(office.desk, act, { text: 'Écoutez.', files: kept }),
  )
  await office.settled()
  const sent = office.channel.sent('awa').slice(-2)
  expect(sent.map(({ spoken, bytes }) => [spoken.file?.kind, spoken.text, bytes?.toString()])).toEqual([
    ['voice', 'Écoutez.', 'une voix'],
    ['document', '', '%PDF'],
  ])
  const { prisma } = office.database
  const rows = await prisma.message.findMany({
    where: { staffId: act.staff.id },
    orderBy: { position: 'asc' },
    include: { media: true },
  })
  expect(rows.map(({ kind, state, media }) => [kind, state, media.length, media[0]?.state])).toEqual([
    ['voice', 'sent', 1, 'stored'],
    ['document', 'sent', 1, 'stored'],
  ])
  expect(await prisma.event.count({ where: { type: 'request_answered' } })).toBe(1)
  const document = rows[1]?.media[0]?.id ?? ''
  expect(await loadMedia(office.database, act.staff, folder, document)).toMatchObject({ name: 'plan.pdf' })
  // On disk nobody reads it without its key.
  expect((await files()).length).toBe(2)
})

test('a form pressed twice sends once and leaves no file behind, nor does an act that is refused', async () => {
  const act = await opened()
  const once = () =>
    withKept(office.desk, folder, act, [voice], (kept) =>
      answerRequest(office.desk, act, { text: '', files: kept }),
    )
  await Promise.all([once(), once()])
  await office.settled()
  expect(office.channel.sent('awa').filter(({ spoken }) => spoken.file)).toHaveLength(1)
  expect(await files()).toHaveLength(1)
  await closeRequest(office.desk, { ...act, form: office.clock.id() }, { outcome: 'answered' })
  const late = { ...act, form: office.clock.id() }
  const refused = withKept(office.desk, folder, late, [plan], (kept) =>
    answerRequest(office.desk, late, { text: '', files: kept }),
  )
  await expect(refused).rejects.toMatchObject({ code: 'request:closed' })
  expect(await files()).toHaveLength(1)
})

test('a passing failure sends the file once more, a file that is gone has failed and says why', async () => {
  const act = await opened()
  office.channel.fail(new Failure('channel:throttled', { afterSeconds: 3 }))
  await withKept(office.desk, folder, act, [voice], (kept) =>
    answerRequest(office.desk, act, { text: 'un', files: kept }),
  )
  await office.settled()
  const { prisma } = office.database
  const find = () => prisma.message.findFirstOrThrow({ where: { staffId: act.staff.id } })
  expect(await find()).toMatchObject({ state: 'queued', failure: 'channel:throttled' })
  office.clock.forward(5_000)
  const message = await find()
  office.desk.passOn({
    outgoing: new Map([[office.channel.id, [message.addressId]]]),
    hints: new Set(),
  })
  await office.settled()
  expect(await find()).toMatchObject({ state: 'sent', attempts: 2 })
  expect(office.channel.sent('awa').filter(({ spoken }) => spoken.file)).toHaveLength(1)

  await rm(folder, { recursive: true, force: true })
  const again = { ...act, form: office.clock.id() }
  await withKept(office.desk, folder, again, [plan], async (kept) => {
    await rm(folder, { recursive: true, force: true })
    await answerRequest(office.desk, again, { text: '', files: kept })
  })
  await office.settled()
  expect(await prisma.message.findFirstOrThrow({ where: { kind: 'document' } })).toMatchObject({
    ...{ state: 'failed', failure: 'media:gone' },
  })
})

test('an answer that never arrives puts its request back among those that wait for staff', async () => {
  const act = await opened()
  const { prisma } = office.database
  const request = () => prisma.request.findUniqueOrThrow({ where: { id: act.request } })
  office.channel.fail(new Failure('channel:refused'))
  await answerRequest(office.desk, act, { text: 'Venez lundi.' })
  await office.settled()
  expect(await request()).toMatchObject({ state: 'open', ownerId: act.staff.id })
  const lost = await prisma.message.findFirstOrThrow({ where: { staffId: act.staff.id } })
  await resendAnswer(office.desk, { ...act, form: office.clock.id() }, lost.id)
  expect((await request()).state).toBe('answered')
  await office.settled()
  expect(await prisma.message.findUniqueOrThrow({ where: { id: lost.id } })).toMatchObject({ state: 'sent' })
  // The provider changes its mind later on; by then another answer has gone out, and it is answered.
  await answerRequest(office.desk, { ...act, form: office.clock.id() }, { text: 'Ou mardi.' })
  await office.settled()
  const [first] = office.channel.sent('awa').filter(({ spoken }) => spoken.text === 'Venez lundi.')
  const report = {
    ...{ channel: office.channel.id, externalId: first?.externalId ?? '' },
    ...{ state: 'failed' as const, at: office.clock.now() },
  }
  await office.outbox.report([report])
  expect((await request()).state).toBe('answered')
  const [second] = office.channel.sent('awa').filter(({ spoken }) => spoken.text === 'Ou mardi.')
  await office.outbox.report([{ ...report, externalId: second?.externalId ?? '' }])
  expect((await request()).state).toBe('open')
})

test('the web chat opens a file for the address it went to and for no other', async () => {
  const act = await opened()
  await withKept(office.desk, folder, act, [plan], (kept) =>
    answerRequest(office.desk, act, { text: '', files: kept }),
  )
  await office.settled()
  await office.says('issa', 'bonjour')
  const { id: media } = await office.database.prisma.media.findFirstOrThrow()
  const ask = (from: string, one = media) =>
    chatFile({ ...office.database, clips: [] }, folder, {
      ...{ channel: office.channel.id, from, media: one, now: office.clock.now() },
    })
  expect((await ask('awa'))?.bytes.toString()).toBe('%PDF')
  expect(await ask('awa')).toMatchObject({ name: 'plan.pdf', mime: 'application/pdf' })
  expect(await ask('issa')).toBeUndefined()
  expect(await ask('nobody')).toBeUndefined()
  expect(await ask('awa', 'no id')).toBeUndefined()
})
