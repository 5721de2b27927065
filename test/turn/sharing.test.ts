/** How staff share their work, against a real database: assign, put aside, merge and part, many at once with undo. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { RequestKind } from '../../src/core/request.ts'
import { kindOf } from '../../src/core/request.ts'
import type { Staff } from '../../src/core/staff.ts'
import { Failure } from '../../src/failure.ts'
import { findBulkAct } from '../../src/store/bulk-act.ts'
import { closeRequest, reclassifyRequest, reopenRequest, takeRequest } from '../../src/turn/act.ts'
import { assignRequest, snoozeRequest, wakeRequest } from '../../src/turn/act-assign.ts'
import { actOnMany, type BulkWish, undoMany } from '../../src/turn/act-bulk.ts'
import { mergeRequests, partRequest } from '../../src/turn/act-merge.ts'
import { idleSession } from '../../src/turn/session.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, monday, type Office, openOffice } from './office.ts'

const emptyDatabase = oneDatabase()
let office: Office
let mariam: Staff
let moussa: Staff

/** What somebody says is the kind of the request it opens. */
beforeEach(async () => {
  office = await openOffice(emptyDatabase(), {
    engine: {
      respond(session, input, situation, world) {
        const kind = (input.kind === 'text' ? input.text : 'unclear') as RequestKind
        const { queue, visibility, priority } = kindOf(kind)
        const request = world.id()
        const opening = { request, reference: world.reference(), kind, queue, visibility, priority }
        const need = { need: world.id(), request, category: 'work', urgency: 'can_wait' } as const
        return {
          session: session ?? idleSession(undefined, situation.now),
          happenings: [
            { type: 'request_opened', ...opening, cause: 'asked' },
            ...(kind === 'request.need' ? [{ type: 'need_recorded', ...need } as const] : []),
          ],
        }
      },
    },
  })
  const here = office
  onTestFinished(() => here.close())
  mariam = await hire(office, 'Mariam', ['case_worker'])
  moussa = await hire(office, 'Moussa', ['case_worker'])
})

const form = () => office.clock.id()
const row = (id: string) => office.database.prisma.request.findUniqueOrThrow({ where: { id } })
const events = (request: string, type: string) =>
  office.database.prisma.event.count({ where: { requestId: request, type } })
const codeOf = async (act: Promise<void>) => {
  try {
    await act
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
  return undefined
}
async function opens(from: string, kind: RequestKind): Promise<string> {
  await office.says(from, kind)
  office.clock.forward(60_000)
  const last = await office.database.prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })
  return last.id
}
const by = (staff: Staff, request: string) => ({ staff, request, form: form() })

describe('assigning', () => {
  test('gives it to a member of the queue who may see it, and to nobody else', async () => {
    const request = await opens('awa', 'request.followup')
    const fanta = await hire(office, 'Fanta', ['psea'])
    const to = (owner: string) =>
      assignRequest(office.desk, by(mariam, request), { owner, reason: 'elle connaît' })
    expect(await codeOf(to(fanta.id))).toBe('staff:not_found')
    await to(moussa.id)
    expect((await row(request)).ownerId).toBe(moussa.id)
    expect(office.news.at(-1)?.hints).toContain(`staff-${moussa.id}`)
  })

  test('never to whom the request may be about', async () => {
    const officer = await hire(office, 'Ousmane', ['officer'])
    const other = await hire(office, 'Oumar', ['officer'])
    const request = await opens('awa', 'complaint.fraud')
    const since = office.clock.now()
    const barred = { requestId: request, staffId: other.id, since }
    await office.database.prisma.requestBarred.create({ data: barred })
    const to = { owner: other.id, reason: 'x' }
    expect(await codeOf(assignRequest(office.desk, by(officer, request), to))).toBe('staff:not_found')
  })

  test('of two at once one stands, and the other is judged on what it is by then', async () => {
    const request = await opens('awa', 'request.followup')
    const codes = await Promise.all([
      codeOf(assignRequest(office.desk, by(mariam, request), { owner: mariam.id })),
      codeOf(assignRequest(office.desk, by(moussa, request), { owner: moussa.id })),
    ])
    expect(codes.toSorted()).toEqual(['request:reason_missing', undefined])
  })
})

describe('putting aside', () => {
  test('keeps the due time, and ends when the person adds to it, or staff take it back', async () => {
    const request = await opens('awa', 'request.followup')
    const { dueAt } = await row(request)
    const until = new Date(monday.getTime() + 3 * 86_400_000)
    await snoozeRequest(office.desk, by(mariam, request), until)
    expect(await row(request)).toMatchObject({ snoozedUntil: until, dueAt, state: 'open' })
    await wakeRequest(office.desk, by(mariam, request))
    expect(await row(request)).toMatchObject({ snoozedUntil: null, snoozedAt: null })
  })
})

describe('merging', () => {
  async function twoOfAwa() {
    const first = await opens('awa', 'request.followup')
    const second = await opens('awa', 'request.need')
    const person = await office.database.prisma.person.create({
      data: {
        ...{ id: form(), keyId: (await row(first)).keyId ?? '', createdAt: office.clock.now() },
      },
    })
    await office.database.prisma.request.updateMany({ data: { personId: person.id } })
    return { first, second }
  }

  test('closes the later with a link, and the earlier owes what came of its needs', async () => {
    const { first, second } = await twoOfAwa()
    await mergeRequests(office.desk, by(mariam, first), second)
    const [one, two] = [await row(first), await row(second)]
    expect(two).toMatchObject({ state: 'closed', outcome: 'duplicate', mergedIntoId: first })
    expect(one.dueAt).toEqual(new Date(Math.min(one.dueAt.getTime(), two.dueAt.getTime())))
    const end = { outcome: 'answered' } as const
    expect(await codeOf(closeRequest(office.desk, by(mariam, first), end))).toBe('request:result_missing')
    expect(await codeOf(reopenRequest(office.desk, by(mariam, second)))).toBe('request:merged')
    expect([await events(first, 'request_absorbed'), await events(second, 'request_merged')]).toEqual([1, 1])
  })

  test('leaves the person both references for one answer', async () => {
    const { first, second } = await twoOfAwa()
    const address = (await row(first)).addressId ?? ''
    await mergeRequests(office.desk, by(mariam, first), second)
    const [standing] = await office.database.road.stand([address])
    const { reference } = await row(second)
    expect(standing?.requests.map(({ id, joined }) => [id, joined])).toEqual([[first, [reference]]])
  })

  test('is taken apart again, also twice over', async () => {
    const { first, second } = await twoOfAwa()
    const before = [await row(first), await row(second)].map(({ dueAt, priority, state }) => ({
      dueAt,
      priority,
      state,
    }))
    for (let times = 0; times < 2; times++) {
      await mergeRequests(office.desk, by(mariam, second), first)
      await partRequest(office.desk, by(moussa, second))
      expect(await row(first)).toMatchObject({ ...before[0], mergedIntoId: null })
      expect(await row(second)).toMatchObject({ ...before[1], mergedIntoId: null, closedAt: null })
    }
    const need = await office.database.prisma.need.findFirstOrThrow()
    expect(need.requestId).toBe(second)
  })

  test('of two persons is refused, and of what one may not see as of what does not exist', async () => {
    const { first } = await twoOfAwa()
    const other = await opens('issa', 'request.followup')
    expect(await codeOf(mergeRequests(office.desk, by(mariam, first), other))).toBe('request:not_alike')
    const sealed = await opens('awa', 'complaint.sea')
    expect(await codeOf(mergeRequests(office.desk, by(mariam, first), sealed))).toBe('request:not_found')
    expect(await codeOf(mergeRequests(office.desk, by(mariam, first), 'no id'))).toBe('request:not_found')
  })

  test('what is sealed later is sealed with all that had joined it', async () => {
    const guard = await hire(office, 'Kadiatou', ['protection'])
    const { first, second } = await twoOfAwa()
    await mergeRequests(office.desk, by(mariam, first), second)
    await reclassifyRequest(office.desk, by(mariam, first), 'protection.gbv')
    expect(await row(second)).toMatchObject({
      visibility: 'sealed',
      kind: 'protection.gbv',
      queue: 'protection',
    })
    const open = { visibility: 'open', requestId: { in: [first, second] } }
    expect(await office.database.prisma.message.count({ where: open })).toBe(0)
    const holders = await office.database.prisma.requestHolder.findMany({ where: { requestId: second } })
    expect(holders.map(({ staffId }) => staffId)).toEqual([guard.id])
  })
})

describe('several at once', () => {
  const bulk = async (staff: Staff, requests: readonly string[], wish: BulkWish) => {
    const key = form()
    await actOnMany(office.desk, { staff, form: key }, requests, wish)
    const told = await findBulkAct(office.database.prisma, staff.id, key)
    if (!told) throw new Error('nothing is known of it')
    return told
  }

  test('each is done or told why not, and what one may not see is not told of', async () => {
    const free = await opens('awa', 'request.followup')
    const taken = await opens('issa', 'request.followup')
    const sealed = await opens('fanta', 'complaint.sea')
    await takeRequest(office.desk, by(moussa, taken))
    const { items } = await bulk(mariam, [free, taken, sealed, free, 'no id'], { act: 'take' })
    expect(items.map(({ request, failure }) => [request, failure])).toEqual([
      [free, undefined],
      [taken, 'request:taken'],
    ])
    expect((await row(free)).ownerId).toBe(mariam.id)
  })

  test('no need is closed among others without what came of it', async () => {
    const [plain, need] = [await opens('awa', 'request.followup'), await opens('issa', 'request.need')]
    const { items } = await bulk(mariam, [plain, need], { act: 'close', outcome: 'answered' })
    expect(items.map(({ failure }) => failure)).toEqual([undefined, 'request:result_missing'])
    await bulk(mariam, [need], { act: 'close', outcome: 'given' })
    expect(await office.database.prisma.need.findFirstOrThrow()).toMatchObject({ result: 'given' })
  })

  test('pressed twice it is done once', async () => {
    const free = await opens('awa', 'request.followup')
    const key = { staff: mariam, form: form() }
    await Promise.all([1, 2].map(() => actOnMany(office.desk, key, [free], { act: 'take' })))
    await actOnMany(office.desk, key, [free], { act: 'take' })
    expect(await events(free, 'request_taken')).toBe(1)
  })

  const wishes: readonly BulkWish[] = [
    { act: 'take' },
    { act: 'snooze', until: new Date(monday.getTime() + 86_400_000) },
    { act: 'close', outcome: 'given' },
    { act: 'priority', priority: 1 },
    { act: 'hand_over', queue: 'needs', reason: 'x' },
  ]
  test.each(wishes)('$act is undone to what it was, for ten minutes', async (wish) => {
    const requests = [await opens('awa', 'request.followup'), await opens('issa', 'request.need')]
    const facts = async () => {
      const rows = await Promise.all(requests.map(row))
      return rows.map(({ version: _, snoozedAt: __, ...rest }) => rest)
    }
    const before = await facts()
    const { id, items } = await bulk(mariam, requests, wish)
    expect(items.filter(({ undo }) => undo).length).toBeGreaterThan(0)
    expect(await facts()).not.toEqual(before)
    await undoMany(office.desk, { staff: mariam, form: form() }, id)
    expect(await facts()).toEqual(before)
    expect(await office.database.prisma.need.findFirstOrThrow()).toMatchObject({
      result: null,
      closedAt: null,
    })
    const again = undoMany(office.desk, { staff: mariam, form: form() }, id)
    expect(await codeOf(again)).toBe('bulk:too_late')
  })

  test('what somebody touched since stays, the rest goes back', async () => {
    const requests = [
      await opens('awa', 'request.followup'),
      await opens('issa', 'request.followup'),
    ] as const
    const { id } = await bulk(mariam, requests, { act: 'priority', priority: 1 })
    await closeRequest(office.desk, by(moussa, requests[0]), { outcome: 'answered' })
    await undoMany(office.desk, { staff: mariam, form: form() }, id)
    const told = await findBulkAct(office.database.prisma, mariam.id, id)
    expect(told?.items.map(({ undone }) => undone)).toEqual(['request:changed_meanwhile', true])
    expect(await row(requests[0])).toMatchObject({ state: 'closed', priority: 1 })
    expect(await row(requests[1])).toMatchObject({ priority: 3 })
  })

  test('after ten minutes, or by somebody else, nothing is undone', async () => {
    const free = await opens('awa', 'request.followup')
    const { id } = await bulk(mariam, [free], { act: 'take' })
    expect(await codeOf(undoMany(office.desk, { staff: moussa, form: form() }, id))).toBe('bulk:too_late')
    office.clock.forward(10 * 60_000 + 1)
    expect(await codeOf(undoMany(office.desk, { staff: mariam, form: form() }, id))).toBe('bulk:too_late')
    expect((await row(free)).ownerId).toBe(mariam.id)
  })
})
