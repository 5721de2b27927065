import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Role, Staff } from '../../src/core/staff.ts'
import type { Visibility } from '../../src/core/visibility.ts'
import { erasePerson } from '../../src/store/erasure.ts'
import { loadMedia, storeMedia, waitingMedia } from '../../src/store/media.ts'
import { loadPerson } from '../../src/store/person.ts'
import { findByReference, loadRequest } from '../../src/store/request.ts'
import { countRequests } from '../../src/store/request-count.ts'
import { listRequests, requestsOfPeople } from '../../src/store/request-list.ts'
import type { RequestLook } from '../../src/store/request-look.ts'
import type { Change } from '../../src/store/road.ts'
import { threadOfRequest } from '../../src/store/thread.ts'
import { realClock } from '../../src/world.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { answerTo, event, letIn, makeChannel, noon } from './turns.ts'

const id = () => realClock.id()
const later = new Date(noon.getTime() + 60_000)
const page = { now: later, limit: 50 }

function member(roles: readonly Role[], queues: readonly string[], more: Partial<Staff> = {}): Staff {
  return { id: id(), name: 'X', email: 'x', roles, language: 'fr', queues, ...more }
}

let database: TestDatabase
let channel: string
let references: number
beforeEach(async () => {
  database = await cloneDatabase()
  channel = await makeChannel(database)
  references = 10_000_000
})

type Opened = {
  queue: string
  visibility: Visibility
  text: string
  more?: Record<string, string>
  holder?: string
}

/** A person who says one thing that opens a request, and the request. */
async function open(from: string, n: number, { queue, visibility, text, more, holder }: Opened) {
  const met = await letIn(database, channel, from, n, { kind: 'text', text })
  const request = id()
  references += 1
  const { key } = met.standing.address
  const changes: Change[] = [
    {
      insert: 'request',
      plain: {
        ...{
          id: request,
          reference: String(references),
          kind: 'request.info',
          queue,
          visibility,
          priority: 3,
        },
        ...{
          address_id: met.standing.address.id,
          key_id: key,
          opened_at: noon,
          due_at: noon,
          last_heard_at: noon,
        },
        ...more,
      },
      secret: { text_enc: text },
      key,
    },
  ]
  if (holder)
    changes.push({ insert: 'request_holder', plain: { request_id: request, staff_id: holder, since: noon } })
  const opened = event({ type: 'person_described', secret: { name: text } }, { request, visibility })
  const rows = answerTo(met, ['merci'], { changes, events: [opened] })
  const handled = { message: met.arrived.message, seq: met.arrived.seq, visibility, request }
  const went = await database.road.commit([{ ...rows, handled }])
  expect(went).toEqual(['through'])
  return { request, address: met.standing.address.id, reference: String(references) }
}

const looks: readonly RequestLook[] = [
  'mine',
  'queues',
  'unassigned',
  'overdue',
  'closed',
  { queue: 'psea' },
  { queue: 'needs' },
]

async function listed(staff: Staff): Promise<ReadonlySet<string>> {
  const pages = await Promise.all(looks.map((look) => listRequests(database, staff, look, page)))
  return new Set(pages.flatMap(({ lines }) => lines.map((line) => line.request.id)))
}

describe('a sealed request', () => {
  test('does not exist for anybody but its holders: not in lists, counts, look-ups, threads or files', async () => {
    const holder = member(['psea'], ['psea'])
    const sealed = await open('awa', 1, {
      queue: 'psea',
      visibility: 'sealed',
      text: 'confidence',
      holder: holder.id,
    })
    const plain = await open('awa', 2, { queue: 'needs', visibility: 'open', text: 'un toit' })
    const everybody = [
      member(['psea'], ['psea']),
      member(['protection', 'supervisor', 'officer'], ['protection', 'psea', 'needs']),
      member(['admin'], ['psea', 'needs']),
      member(['monitoring'], ['psea', 'needs']),
      member(['case_worker'], ['needs']),
    ]
    for (const staff of everybody) {
      expect(await listed(staff)).not.toContain(sealed.request)
      const counts = await countRequests(database, staff, later)
      expect(counts.byQueue.find((one) => one.queue === 'psea')?.open ?? 0).toBe(0)
      expect(counts.overdue).toBeLessThanOrEqual(1)
      await expect(loadRequest(database.prisma, staff, sealed.request)).rejects.toMatchObject({
        code: 'request:not_found',
      })
      expect(await findByReference(database.prisma, staff, sealed.reference)).toBeUndefined()
    }
    const worker = member(['case_worker'], ['needs'])
    const seen = await loadRequest(database.prisma, worker, plain.request)
    const { items } = await threadOfRequest(database, seen, { limit: 50 })
    expect(JSON.stringify(items)).not.toContain('confidence')
    expect(JSON.stringify(items)).toContain('un toit')
    expect(await listed(holder)).toContain(sealed.request)
    expect((await countRequests(database, holder, later)).byQueue).toEqual([
      { queue: 'psea', open: 1, late: 1 },
    ])
    const own = await loadRequest(database.prisma, holder, sealed.request)
    expect(JSON.stringify(await threadOfRequest(database, own, { limit: 50 }))).toContain('confidence')
  })

  test('puts its person on nobody’s list of people', async () => {
    const holder = member(['psea'], ['psea'])
    const key = database.keys.make('person', id(), noon)
    const person = id()
    const plain = { id: person, key_id: key.id, created_at: noon }
    const turn = { turn: id(), at: noon, messages: [], events: [] }
    await database.road.act({ ...turn, changes: [key.row, { insert: 'person', plain }] })
    await open('awa', 1, {
      ...{ queue: 'psea', visibility: 'sealed', text: 'confidence', holder: holder.id },
      more: { person_id: person },
    })
    await expect(loadPerson(database, holder, person)).rejects.toMatchObject({ code: 'person:not_found' })
    await open('awa', 2, { queue: 'needs', visibility: 'open', text: 'un toit', more: { person_id: person } })
    const worker = member(['case_worker'], ['needs'])
    expect((await loadPerson(database, worker, person)).id).toBe(person)
    expect(await requestsOfPeople(database, worker, [person])).toHaveLength(1)
    expect(await requestsOfPeople(database, holder, [person])).toHaveLength(1)
  })
})

test('an open request is seen by its queue in its office, its owner, its office’s supervisor and officers', async () => {
  const office = id()
  const owner = member(['case_worker'], ['followup'])
  const { request } = await open('awa', 1, {
    ...{ queue: 'needs', visibility: 'open', text: 'un toit' },
    more: { owner_id: owner.id, office_id: office },
  })
  const sees = async (staff: Staff) => (await listed(staff)).has(request)
  expect(await sees(member(['assistant'], ['needs']))).toBe(true)
  expect(await sees(member(['assistant'], ['needs'], { office }))).toBe(true)
  expect(await sees(member(['assistant', 'supervisor'], ['needs'], { office: id() }))).toBe(false)
  expect(await sees(owner)).toBe(true)
  expect(await sees(member(['supervisor'], [], { office }))).toBe(true)
  expect(await sees(member(['officer'], []))).toBe(true)
  expect(await sees(member(['supervisor'], [], { office: id() }))).toBe(false)
  expect(await sees(member(['case_worker'], ['followup']))).toBe(false)
  expect(await sees(member(['admin', 'monitoring'], ['needs']))).toBe(false)
})

test('a restricted request is seen by its queue only, whoever owns it', async () => {
  const owner = member(['case_worker', 'officer'], ['needs'])
  const { request } = await open('awa', 1, {
    ...{ queue: 'intake', visibility: 'restricted', text: 'à écouter' },
    more: { owner_id: owner.id },
  })
  expect(await listed(owner)).not.toContain(request)
  expect(await listed(member(['assistant'], ['intake']))).toContain(request)
})

test('a list comes in pages, what is due first at the head, with the first words and without a repeat', async () => {
  const staff = member(['assistant'], ['needs'])
  for (let n = 0; n < 7; n++) {
    const due_at = new Date(noon.getTime() + (7 - n) * 1000).toISOString()
    await open(`p${n}`, 1, { queue: 'needs', visibility: 'open', text: `besoin ${n}`, more: { due_at } })
  }
  const words: string[] = []
  let after: string | undefined
  do {
    const found = await listRequests(database, staff, 'queues', { now: later, limit: 3, after })
    for (const { first } of found.lines) if (first?.kind === 'text') words.push(first.text)
    after = found.next
  } while (after)
  expect(words).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `besoin ${n}`))
  const strange = await listRequests(database, staff, 'queues', {
    now: later,
    limit: 3,
    after: "1_' or true",
  })
  expect(strange.lines).toHaveLength(3)
})

test('a file is encrypted on disk and opens for those who see its request only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baro-media-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { request, address } = await open('awa', 1, {
    queue: 'intake',
    visibility: 'restricted',
    text: 'vocal',
  })
  const met = await letIn(database, channel, 'awa', 2, { kind: 'file', file: { kind: 'voice', handle: 'h' } })
  const handled = {
    message: met.arrived.message,
    seq: met.arrived.seq,
    visibility: 'restricted',
    request,
  } as const
  await database.road.commit([answerTo(met, [], { handled })])
  const [waiting] = await waitingMedia(database, { limit: 10, now: new Date() })
  expect(waiting).toMatchObject({ channel, file: { handle: 'h' } })
  const bytes = Buffer.from('a voice that nobody else may hear')
  await storeMedia(database, folder, waiting?.id ?? '', { bytes, mime: 'audio/ogg' })
  expect(await waitingMedia(database, { limit: 10, now: new Date() })).toEqual([])
  const [sub] = await readdir(folder)
  const file = await readFile(join(folder, sub ?? '', waiting?.id ?? ''))
  expect(file.includes('voice')).toBe(false)
  const listener = member(['assistant'], ['intake'])
  expect(await loadMedia(database, listener, folder, waiting?.id ?? '')).toMatchObject({
    kind: 'voice',
    mime: 'audio/ogg',
    bytes,
  })
  await open('awa', 3, { queue: 'needs', visibility: 'open', text: 'un toit' })
  const worker = loadMedia(database, member(['case_worker'], ['needs']), folder, waiting?.id ?? '')
  await expect(worker).rejects.toMatchObject({ code: 'message:not_found' })
  const row = await database.prisma.address.findUniqueOrThrow({ where: { id: address } })
  await database.keys.erase(row.keyId, noon)
  await expect(loadMedia(database, listener, folder, waiting?.id ?? '')).rejects.toMatchObject({
    code: 'key:erased',
  })
})

test('an erased person leaves requests without a word of theirs', async () => {
  const staff = member(['officer'], ['needs'])
  const key = database.keys.make('person', id(), noon)
  const person = id()
  const { address } = await open('awa', 1, { queue: 'needs', visibility: 'open', text: 'je suis Awa' })
  await database.road.act({
    ...{ turn: id(), at: noon, messages: [], events: [] },
    changes: [
      key.row,
      {
        ...{ insert: 'person', key: key.id, secret: { name_enc: 'Awa Exemple' } },
        plain: {
          id: person,
          key_id: key.id,
          created_at: noon,
          phone_hash: database.keys.hash('phone', '+22300000000'),
        },
      },
      { insert: 'person_address', plain: { person_id: person, address_id: address, since: noon } },
      { insert: 'case_file', plain: { id: id(), person_id: person, opened_at: noon } },
    ],
  })
  expect((await loadPerson(database, staff, person)).name).toBe('Awa Exemple')
  await erasePerson(database, person, noon)
  expect(await loadPerson(database, staff, person)).toMatchObject({ id: person, name: undefined })
  const { lines } = await listRequests(database, staff, 'queues', page)
  expect(lines).toHaveLength(1)
  expect(lines[0]?.first?.kind).not.toBe('text')
  expect(await database.prisma.person.findUniqueOrThrow({ where: { id: person } })).toMatchObject({
    phoneHash: null,
  })
})
