/** What conversations leave in the database: people, requests, who may know of them, and until when they are due. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Happening } from '../../src/core/event.ts'
import { kindOf, type RequestKind } from '../../src/core/request.ts'
import type { Engine } from '../../src/flow/engine.ts'
import { requestsSeenBy } from '../../src/store/access.ts'
import { placeOf } from '../../src/store/encryption.ts'
import { idleSession } from '../../src/turn/session.ts'
import type { World } from '../../src/world.ts'
import { oneDatabase } from '../one-database.ts'
import { handClock, hire, openOffice } from './office.ts'

const emptyDatabase = oneDatabase()

type Script = (world: World, text: string) => readonly Happening[]

/** An engine that lets happen what the test says. */
function scripted(script: Script): Engine {
  return {
    respond(session, input, situation, world) {
      const text = input.kind === 'text' ? input.text : ''
      const happenings = script(world, text)
      const opened = happenings.find((one) => one.type === 'request_opened')
      const state = session ?? idleSession(undefined, situation.now)
      const { request, kind, priority } = opened ?? {}
      const lastRequest =
        request && kind && priority !== undefined
          ? { request, kind, priority, at: situation.now.getTime() }
          : state.lastRequest
      return { session: { ...state, lastRequest }, happenings }
    },
  }
}

const consent: Happening = {
  type: 'consent_recorded',
  ...{
    item: 'keep_data',
    answer: 'given',
    text: 'notice.consent',
    wording: 'w',
    language: 'fr',
    medium: 'text',
  },
}

function opening(
  world: World,
  kind: RequestKind,
  more: Partial<Happening & { type: 'request_opened' }> = {},
): Happening {
  const { queue, visibility, priority } = kindOf(kind)
  return {
    type: 'request_opened',
    ...{
      request: world.id(),
      reference: world.reference(),
      kind,
      queue,
      visibility,
      priority,
      cause: 'asked',
    },
    ...more,
  }
}

async function open(script: Script, at = '2026-03-02T09:00:00Z') {
  const database = emptyDatabase()
  const office = await openOffice(database, { engine: scripted(script), clock: handClock(new Date(at)) })
  onTestFinished(() => office.close())
  return office
}

describe('a person', () => {
  test('exists from the first consent on, with a case at the stage of contact', async () => {
    const office = await open((_, text) => (text === 'oui' ? [consent] : []))
    const { prisma } = office.database
    await office.says('awa', 'bonjour')
    expect(await prisma.person.count()).toBe(0)
    await office.says('awa', 'oui')
    await office.says('awa', 'oui')
    const [person, ...more] = await prisma.person.findMany({ include: { cases: true, addresses: true } })
    expect(more).toEqual([])
    expect(person).toMatchObject({ cases: [{ stage: 'contact' }], addresses: [{ until: null }] })
    const session = await prisma.session.findFirstOrThrow()
    expect(session.personId).toBe(person?.id)
    expect(await prisma.consent.count()).toBe(2)
  })

  test('is described in encrypted columns, and a case number only asks staff to compare', async () => {
    const secret = {
      name: 'Awa Test',
      place: { region: 'mopti', said: 'Mopti' },
      birthYear: 1990,
      phone: '+22376000001',
      caseNumber: 'ML-TEST-001',
    }
    const office = await open((_, text) =>
      text === 'oui' ? [consent] : [{ type: 'person_described', secret }],
    )
    const { prisma, keys } = office.database
    await office.says('awa', 'oui')
    await office.says('awa', 'Awa')
    const person = await prisma.person.findFirstOrThrow()
    expect(person).toMatchObject({ region: 'mopti', birthYear: 1990, minor: false })
    expect(keys.read(person.keyId, placeOf('person', 'name_enc', person.id), person.nameEnc)).toBe('Awa Test')
    expect(Buffer.from(person.phoneHash ?? [])).toEqual(keys.hash('phone', '+22376000001'))
    const file = await prisma.case.findFirstOrThrow()
    expect(file.numberHash).toBeNull()
    const request = await prisma.request.findFirstOrThrow()
    expect(request).toMatchObject({ kind: 'request.identity', queue: 'identity', region: 'mopti' })
  })

  test.each([
    ['keeps the year that the file has, and what was said is left to look at', ['oui', '36', '15'], 1990, 15],
    ['of whom the file had no year is the child that they say they are', ['oui', '15'], 2011, null],
  ])('%s', async (_name, said, birthYear, saidAge) => {
    let request = ''
    const office = await open((world, text) => {
      if (text === 'oui') return [consent]
      if (text === '36') return [{ type: 'person_described', secret: { birthYear: 1990 } }]
      request = world.id()
      return [
        { type: 'person_described', secret: { birthYear: 2011 } },
        opening(world, 'protection.child', { request }),
        { type: 'age_said', request, years: 15 },
      ]
    })
    const { prisma } = office.database
    for (const text of said) await office.says('awa', text)
    const minor = birthYear === 2011
    expect(await prisma.person.findFirstOrThrow()).toMatchObject({ birthYear, minor })
    expect(await prisma.request.findUniqueOrThrow({ where: { id: request } })).toMatchObject({ saidAge })
  })

  test('without consent nothing of what they say of themselves is kept', async () => {
    const office = await open(() => [{ type: 'person_described', secret: { name: 'Awa Test' } }])
    await office.says('awa', 'Awa')
    expect(await office.database.prisma.event.count({ where: { type: 'person_described' } })).toBe(0)
  })

  test('another speaker gets a session of their own; the first keeps consent and person', async () => {
    const office = await open((_, text) =>
      text === 'oui' ? [consent] : [{ type: 'speaker_changed', to: 'other' }],
    )
    const { prisma } = office.database
    await office.says('awa', 'oui')
    await office.says('awa', 'autre')
    await office.says('awa', 'oui')
    const sessions = await prisma.session.findMany({ orderBy: { id: 'asc' } })
    expect(new Set(sessions.map(({ personId }) => personId)).size).toBe(2)
    const address = await prisma.address.findFirstOrThrow()
    const consents = await prisma.consent.findMany({ orderBy: { id: 'asc' } })
    expect(consents.map(({ sessionId }) => sessionId === address.sessionId)).toEqual([false, true])
  })

  test('who blocked us is live again once they write', async () => {
    const office = await open(() => [])
    const { prisma } = office.database
    await office.says('awa', 'bonjour')
    await office.channel.block('awa')
    expect(await prisma.address.findFirstOrThrow()).toMatchObject({ state: 'blocked' })
    expect(await prisma.event.count({ where: { type: 'address_blocked' } })).toBe(1)
    await office.says('awa', 'bonjour')
    expect(await prisma.address.findFirstOrThrow()).toMatchObject({ state: 'live' })
  })
})

describe('a request', () => {
  test('is due by the working calendar, lies in its queue and hints at it', async () => {
    const office = await open((world) => [opening(world, 'request.need', { secret: { text: 'un toit' } })])
    await office.says('awa', 'un toit')
    const request = await office.database.prisma.request.findFirstOrThrow()
    expect(request).toMatchObject({ queue: 'needs', state: 'open', channelKind: 'fake', language: 'fr' })
    expect(request.dueAt).toEqual(new Date('2026-03-09T17:00:00Z'))
    expect(office.news.at(-1)?.hints).toContain('queue-needs')
    expect(office.news.at(-1)?.hints).toContain(`request-${request.id}`)
  })

  test('a need told after it makes it more urgent, never less', async () => {
    let request = ''
    const office = await open((world, text) => {
      if (text === 'ouvrir') {
        const opened = opening(world, 'request.need')
        request = opened.type === 'request_opened' ? opened.request : ''
        return [opened]
      }
      const urgency = text === 'vite' ? 'today' : 'can_wait'
      return [{ type: 'need_recorded', need: world.id(), request, category: 'health', urgency }]
    })
    const { prisma } = office.database
    await office.says('awa', 'ouvrir')
    await office.says('awa', 'vite')
    const raised = await prisma.request.findFirstOrThrow()
    expect(raised).toMatchObject({ priority: 1, category: 'health', dueAt: new Date('2026-03-02T17:00:00Z') })
  })

  test.each([
    ['at night', '2026-03-02T20:00:00Z', true],
    ['with less than three hours left', '2026-03-02T14:30:00Z', true],
    ['on a Saturday', '2026-03-07T10:00:00Z', true],
    ['in the morning', '2026-03-02T09:00:00Z', false],
  ])('a critical one %s goes to whoever is on duty: %#', async (_, at, toDuty) => {
    const office = await open((world) => [opening(world, 'request.need', { priority: 1 })], at)
    const mariam = await hire(office, 'Mariam', ['case_worker'])
    await onDuty(office, mariam.id, 'critical')
    await office.says('awa', 'un toit ce soir')
    const request = await office.database.prisma.request.findFirstOrThrow()
    expect(request.ownerId).toBe(toDuty ? mariam.id : null)
    if (toDuty)
      expect(request.dueAt.getTime() - request.openedAt.getTime()).toBeLessThanOrEqual(3 * 3_600_000)
    const alerted = office.news.at(-1)?.hints.has(`staff-${mariam.id}`)
    expect(alerted).toBe(toDuty)
  })

  test('without anybody on duty a critical one waits in its queue', async () => {
    const office = await open(
      (world) => [opening(world, 'request.need', { priority: 1 })],
      '2026-03-06T20:00:00Z',
    )
    await office.says('awa', 'un toit ce soir')
    const request = await office.database.prisma.request.findFirstOrThrow()
    expect(request).toMatchObject({ ownerId: null, dueAt: new Date('2026-03-09T17:00:00Z') })
  })
})

describe('a sealed request', () => {
  test('exists for its holders only, with all that was said in its turn', async () => {
    const office = await open((world) => [
      { type: 'danger_noticed', danger: { kind: 'sea', strength: 'strong' } },
      opening(world, 'complaint.sea', { cause: 'danger', secret: { text: 'le monsieur du projet' } }),
      { type: 'message_created', message: world.id(), say: { text: 'common.left', language: 'fr' } },
    ])
    const [fanta, mariam, chief] = [
      await hire(office, 'Fanta', ['psea']),
      await hire(office, 'Mariam', ['case_worker']),
      await hire(office, 'Chief', ['officer', 'supervisor', 'admin']),
    ]
    await office.says('awa', 'le monsieur du projet')
    const { prisma } = office.database
    const seen = (staff: typeof fanta) => prisma.request.count({ where: requestsSeenBy(staff) })
    expect(await Promise.all([fanta, mariam, chief].map(seen))).toEqual([1, 0, 0])
    const said = await prisma.message.findMany()
    expect(new Set(said.map(({ visibility }) => visibility))).toEqual(new Set(['sealed']))
    const events = await prisma.event.findMany()
    expect(new Set(events.map(({ visibility }) => visibility))).toEqual(new Set(['sealed']))
    const hints = [...(office.news.at(-1)?.hints ?? [])]
    expect(hints.filter((name) => name.startsWith('queue-') || name.startsWith('person-'))).toEqual([])
    expect(hints).toContain(`staff-${fanta.id}`)
  })

  test('is never held by the worker of the case it may be about', async () => {
    const office = await open((world, text) =>
      text === 'oui' ? [consent] : [opening(world, 'complaint.sea')],
    )
    const worker = await hire(office, 'Worker', ['psea', 'case_worker'])
    const other = await hire(office, 'Other', ['psea'])
    await office.says('awa', 'oui')
    await office.database.prisma.case.updateMany({ data: { ownerId: worker.id } })
    await office.says('awa', 'mon agent')
    const holders = await office.database.prisma.requestHolder.findMany()
    expect(holders.map(({ staffId }) => staffId)).toEqual([other.id])
  })

  test('in a queue without staff is held by the other protection staff', async () => {
    const office = await open((world) => [opening(world, 'complaint.sea')])
    const officer = await hire(office, 'Protection', ['protection'])
    await office.says('awa', 'un')
    const holders = await office.database.prisma.requestHolder.findMany()
    expect(holders.map(({ staffId }) => staffId)).toEqual([officer.id])
  })

  test('is held by who is on duty if they guard such matters, and by nobody who was only put on the list', async () => {
    const office = await open((world) => [opening(world, 'complaint.sea')])
    const focal = await hire(office, 'Focal', ['psea'])
    const officer = await hire(office, 'Protection', ['protection'])
    const supervisor = await hire(office, 'Supervisor', ['supervisor'])
    for (const { id } of [supervisor, officer]) await onDuty(office, id, 'psea')
    await office.says('awa', 'un')
    const holders = await office.database.prisma.requestHolder.findMany()
    expect(new Set(holders.map(({ staffId }) => staffId))).toEqual(new Set([focal.id, officer.id]))
  })
})

test('what an unknown person says before consent is nobody’s to read yet', async () => {
  const office = await open(() => [])
  await office.says('awa', 'je veux mon argent')
  expect(await office.database.prisma.message.findFirstOrThrow()).toMatchObject({
    visibility: 'restricted',
    requestId: null,
  })
})

test('a message said before its request follows it', async () => {
  let first = ''
  const office = await open((world, text) => {
    if (text !== 'ouvrir') return []
    const opened = opening(world, 'unclear')
    const request = opened.type === 'request_opened' ? opened.request : ''
    return [opened, { type: 'request_joined', request, message: first }]
  })
  const { prisma } = office.database
  await office.says('awa', 'bonjour')
  first = (await prisma.message.findFirstOrThrow()).id
  await office.says('awa', 'ouvrir')
  const request = await prisma.request.findFirstOrThrow()
  expect(await prisma.message.findUnique({ where: { id: first } })).toMatchObject({
    requestId: request.id,
    visibility: 'restricted',
  })
})

async function onDuty(
  office: Awaited<ReturnType<typeof open>>,
  staffId: string,
  line: string,
): Promise<void> {
  const now = office.clock.now().getTime()
  const [from, until] = [new Date(now - 3_600_000), new Date(now + 86_400_000)]
  await office.database.prisma.duty.create({ data: { id: office.clock.id(), staffId, line, from, until } })
  office.watch.forget()
}
