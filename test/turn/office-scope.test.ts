/** An open request waits for the office of its person, as long as somebody of it sits in its queue. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type QueueKey, queueKeys } from '../../src/core/queue.ts'
import { kindOf, type RequestKind } from '../../src/core/request.ts'
import type { Staff } from '../../src/core/staff.ts'
import { shareWork } from '../../src/job/share-work.ts'
import { listAccounts, writeAccount } from '../../src/store/account.ts'
import { writeQueueSetting } from '../../src/store/queue-setting.ts'
import { countRequests } from '../../src/store/request-count.ts'
import { listRequests } from '../../src/store/request-list.ts'
import { dismissStaff, seatQueue } from '../../src/store/seat.ts'
import { handOverRequest, takeRequest } from '../../src/turn/act.ts'
import { assignRequest } from '../../src/turn/act-assign.ts'
import { actOnMany, undoMany } from '../../src/turn/act-bulk.ts'
import { assignCase } from '../../src/turn/act-person.ts'
import { officeFor } from '../../src/turn/routing.ts'
import { idleSession } from '../../src/turn/session.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from './office.ts'

const emptyDatabase = oneDatabase()
let office: Office
let kayes: string
let gao: string
let awa: Staff
let bakary: Staff
let roaming: Staff

/** `ml-gao request.need` tells where somebody lives and asks; without a region nobody knows. */
beforeEach(async () => {
  office = await openOffice(emptyDatabase(), {
    engine: {
      respond(session, input, situation, world) {
        const [kind = '', region] = (input.kind === 'text' ? input.text : '').split(' ').reverse()
        const { queue, visibility, priority } = kindOf(kind as RequestKind)
        const consent = { type: 'consent_recorded', item: 'keep_data', answer: 'given' } as const
        const wording = { text: 'notice.consent', wording: 'w', language: 'fr', medium: 'text' } as const
        const opening = { request: world.id(), reference: world.reference(), cause: 'asked' } as const
        return {
          session: session ?? idleSession(undefined, situation.now),
          happenings: [
            { ...consent, ...wording },
            ...(region
              ? [{ type: 'person_described', secret: { place: { region, said: region } } } as const]
              : []),
            { type: 'request_opened', ...opening, kind: kind as RequestKind, queue, visibility, priority },
          ],
        }
      },
    },
  })
  const here = office
  onTestFinished(() => here.close())
  const add = async (key: string) => {
    const id = office.clock.id()
    await office.database.prisma.office.create({ data: { id, key, name: key, regions: [`ml-${key}`] } })
    return id
  }
  kayes = await add('kayes')
  gao = await add('gao')
  awa = await hire(office, 'Awa', ['assistant'], { office: kayes })
  bakary = await hire(office, 'Bakary', ['assistant'], { office: gao })
  roaming = await hire(office, 'Coumba', ['assistant'])
})

const row = (id: string) => office.database.prisma.request.findUniqueOrThrow({ where: { id } })
async function opens(from: string, said: string): Promise<string> {
  await office.says(from, said)
  return (await office.database.prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })).id
}
const by = (staff: Staff, request: string) => ({ staff, request, form: office.clock.id() })
const admin = () => ({ clock: office.clock, by: roaming.id })

/** What somebody's queues show them, and that their counts say the same. */
async function seen(staff: Staff): Promise<readonly string[]> {
  const now = office.clock.now()
  const { lines } = await listRequests(office.database, staff, 'queues', { now, limit: 50 })
  expect((await countRequests(office.database, staff, now)).queues).toBe(lines.length)
  return lines.map(({ request }) => request.id).sort()
}

describe('an open request', () => {
  test('waits for the office of the region that was named, where somebody of it sits in the queue', async () => {
    const near = await opens('p1', 'ml-kayes request.need')
    const far = await opens('p2', 'ml-sikasso request.need')
    const unknown = await opens('p3', 'request.need')
    // No office of Kayes sits where complaints are read.
    const complaint = await opens('p4', 'ml-kayes complaint.service')
    expect((await row(near)).officeId).toBe(kayes)
    for (const id of [far, unknown, complaint]) expect((await row(id)).officeId).toBeNull()
    expect(await seen(awa)).toEqual([near, far, unknown].sort())
    expect(await seen(bakary)).toEqual([far, unknown].sort())
    expect(await seen(roaming)).toEqual([near, far, unknown].sort())
    expect(office.news.flatMap(({ hints }) => [...hints])).toContain(`queue-needs-${kayes}`)
  })

  test('is nobody’s of another office to act on, and in turn goes to who sees it', async () => {
    const request = await opens('p1', 'ml-kayes request.need')
    await expect(takeRequest(office.desk, by(bakary, request))).rejects.toMatchObject({
      code: 'request:not_found',
    })
    const to = { owner: bakary.id, reason: 'loin' }
    await expect(assignRequest(office.desk, by(awa, request), to)).rejects.toMatchObject({
      code: 'staff:not_found',
    })
    await writeQueueSetting(office.database.prisma, 'needs', { assignment: 'round_robin' })
    await dismissStaff(office.database.prisma, roaming.id, admin())
    const { pool } = office.database
    await shareWork({ pool, desk: office.desk, speech: office.talk })
    expect((await row(request)).ownerId).toBe(awa.id)
  })

  test('handed to a queue where its office has nobody, it is everybody’s there, and back again when that is undone', async () => {
    const request = await opens('p1', 'ml-kayes request.need')
    await handOverRequest(office.desk, by(awa, request), { queue: 'complaints', reason: 'plainte' })
    expect((await row(request)).officeId).toBeNull()
    const other = await opens('p2', 'ml-kayes request.need')
    const form = office.clock.id()
    const wish = { act: 'hand_over', queue: 'complaints', reason: 'plainte' } as const
    await actOnMany(office.desk, { staff: awa, form }, [other], wish)
    expect(await row(other)).toMatchObject({ queue: 'complaints', officeId: null })
    const officer = await hire(office, 'Officer', ['officer'])
    await handOverRequest(office.desk, by(officer, request), { queue: 'needs' })
    expect((await row(request)).officeId).toBe(kayes)
    const owner = { ...awa, roles: ['officer'] as const }
    await undoMany(office.desk, { staff: owner, form: office.clock.id() }, form)
    expect(await row(other)).toMatchObject({ queue: 'needs', officeId: kayes })
  })

  test('goes with its case to another office', async () => {
    const request = await opens('p1', 'ml-kayes request.need')
    const officer = await hire(office, 'Officer', ['officer'])
    const { personId } = await row(request)
    const act = { staff: officer, person: personId ?? '', form: office.clock.id() }
    await assignCase(office.desk, act, { office: gao, reason: 'a déménagé' })
    expect((await row(request)).officeId).toBe(gao)
    expect(await seen(awa)).toEqual([])
    expect(await seen(bakary)).toEqual([request])
  })
})

describe('once the last of an office has left a queue', () => {
  const leaving: readonly (readonly [string, () => Promise<readonly string[]>])[] = [
    ['shut out', () => dismissStaff(office.database.prisma, awa.id, admin())],
    ['unseated', () => seatQueue(office.database.prisma, 'needs', [bakary.id], admin())],
    ['moved', () => edit({ office: gao })],
    ['given other queues', () => edit({ office: kayes, queues: ['information'] })],
  ]
  async function edit(more: { office: string; queues?: readonly QueueKey[] }) {
    const account = (await listAccounts(office.database.prisma)).find(({ id }) => id === awa.id)
    if (!account) throw new Error('she works here')
    return writeAccount(office.database.prisma, awa.id, { ...account, ...more }, admin())
  }

  test.each(leaving)(
    '(%s) its open requests are everybody’s there, and history says so',
    async (_, leave) => {
      const request = await opens('p1', 'ml-kayes request.need')
      const elsewhere = await opens('p2', 'ml-gao request.need')
      const closed = await opens('p3', 'ml-kayes request.need')
      await office.database.prisma.request.update({ where: { id: closed }, data: { state: 'closed' } })
      const before = (await row(request)).version
      expect(await leave()).toContain('queue-needs')
      expect(await row(request)).toMatchObject({ officeId: null, version: before + 1 })
      expect((await row(elsewhere)).officeId).toBe(gao)
      expect((await row(closed)).officeId).toBe(kayes)
      expect(await seen(bakary)).toEqual([request, elsewhere].sort())
      const events = await office.database.prisma.event.findMany({ where: { type: 'office_released' } })
      expect(events).toMatchObject([
        { requestId: request, by: 'staff', staffId: roaming.id, facts: { request, office: kayes } },
      ])
    },
  )

  test('they are released within a minute whatever took the seat away', async () => {
    const request = await opens('p1', 'ml-kayes request.need')
    await office.database.prisma.staff.update({ where: { id: awa.id }, data: { officeId: null } })
    const { pool } = office.database
    await shareWork({ pool, desk: office.desk, speech: office.talk })
    expect((await row(request)).officeId).toBeNull()
    const event = await office.database.prisma.event.findFirstOrThrow({ where: { type: 'office_released' } })
    expect(event).toMatchObject({ by: 'clock', staffId: null, requestId: request })
    // Whoever is left of another office is no reason to look at theirs.
    await shareWork({ pool, desk: office.desk, speech: office.talk })
    expect(await office.database.prisma.event.count({ where: { type: 'office_released' } })).toBe(1)
  })
})

test('a closed queue is central: the office says where a matter comes from, whoever sits there', async () => {
  const town = await office.watch.current()
  const closed = queueKeys.filter((queue) => officeFor(town, queue, { region: 'ml-kayes' }) === kayes)
  expect(closed.filter((queue) => !town.staffOf.get(queue)?.includes(awa.id))).toEqual([
    'conduct',
    'protection',
    'psea',
    'data',
  ])
  const request = await opens('p1', 'ml-kayes unclear')
  const listener = await hire(office, 'Dado', ['assistant'], { office: gao, queues: ['intake'] })
  expect(await seen(listener)).toEqual([request])
})
