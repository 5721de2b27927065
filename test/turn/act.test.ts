import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { RequestKind } from '../../src/core/request.ts'
import { kindOf } from '../../src/core/request.ts'
import type { Staff } from '../../src/core/staff.ts'
import { Failure } from '../../src/failure.ts'
import { placeOf } from '../../src/store/encryption.ts'
import {
  answerRequest,
  closeRequest,
  handOverRequest,
  reclassifyRequest,
  recordAttempt,
  reopenRequest,
  setRequestPriority,
  takeRequest,
  writeNote,
} from '../../src/turn/act.ts'
import { idleSession } from '../../src/turn/session.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from './office.ts'

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
        const ids = { request: world.id(), reference: world.reference() }
        const opened = {
          type: 'request_opened',
          ...ids,
          kind,
          queue,
          visibility,
          priority,
          cause: 'asked',
        } as const
        const need = {
          need: world.id(),
          request: ids.request,
          category: 'work',
          urgency: 'can_wait',
        } as const
        return {
          session: session ?? idleSession(undefined, situation.now),
          happenings: kind === 'request.need' ? [opened, { type: 'need_recorded', ...need }] : [opened],
        }
      },
    },
  })
  const here = office
  onTestFinished(() => here.close())
  mariam = await hire(office, 'Mariam', ['case_worker'])
  moussa = await hire(office, 'Moussa', ['case_worker', 'assistant'])
})

const form = () => office.clock.id()
const request = () => office.database.prisma.request.findFirstOrThrow()
const codeOf = async (act: Promise<void>) => {
  try {
    await act
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
  return undefined
}
async function opened(kind: RequestKind, staff: Staff = mariam) {
  await office.says('awa', kind)
  const { id } = await request()
  return { staff, request: id, form: form() }
}

describe('answering', () => {
  test('sends the words to the person, takes the request and records the first answer', async () => {
    const act = await opened('request.followup')
    await answerRequest(office.desk, act, { text: ' Une équipe passe demain matin. ' })
    await office.settled()
    const [sent] = office.channel.sent('awa').slice(-1)
    expect(sent?.spoken).toEqual({ text: 'Une équipe passe demain matin.', language: 'fr' })
    const row = await request()
    expect(row).toMatchObject({ ownerId: mariam.id, state: 'answered', firstAnswerAt: office.clock.now() })
    const message = await office.database.prisma.message.findFirstOrThrow({ where: { staffId: mariam.id } })
    expect(message).toMatchObject({ requestId: row.id, state: 'sent' })
  })

  test('a form that is pressed twice answers once', async () => {
    const act = await opened('request.followup')
    await Promise.all([1, 2, 3].map(() => answerRequest(office.desk, act, { text: 'Bonjour.' })))
    await answerRequest(office.desk, act, { text: 'Bonjour.' })
    await office.settled()
    expect(office.channel.sent('awa').filter(({ spoken }) => spoken.text === 'Bonjour.')).toHaveLength(1)
  })

  test('nobody writes to a person who wants no message at all, or to an empty end', async () => {
    const act = await opened('request.followup')
    await office.database.prisma.address.updateMany({ data: { stopped: 'all' } })
    expect(await codeOf(answerRequest(office.desk, act, { text: 'Bonjour.' }))).toBe('person:stopped')
    expect(await codeOf(answerRequest(office.desk, act, { text: '  ' }))).toBe('form:invalid')
  })

  test('two colleagues cannot both take a request', async () => {
    const act = await opened('request.followup')
    const other = { ...act, staff: moussa, form: form() }
    const codes = await Promise.all([
      codeOf(takeRequest(office.desk, act)),
      codeOf(takeRequest(office.desk, other)),
    ])
    expect(codes.toSorted()).toEqual(['request:taken', undefined])
  })
})

describe('a request that one may not see', () => {
  test('does not exist, for every act', async () => {
    const act = await opened('complaint.sea')
    const acts = [
      takeRequest(office.desk, act),
      answerRequest(office.desk, act, { text: 'x' }),
      closeRequest(office.desk, act, { outcome: 'answered' }),
      writeNote(office.desk, act, 'x'),
    ]
    expect(await Promise.all(acts.map(codeOf))).toEqual(Array(4).fill('request:not_found'))
    expect(await codeOf(takeRequest(office.desk, { ...act, request: 'no id' }))).toBe('request:not_found')
  })
})

describe('closing', () => {
  test('a need is closed with its result, which its row keeps', async () => {
    const act = await opened('request.need')
    expect(await codeOf(closeRequest(office.desk, act, { outcome: 'answered' }))).toBe(
      'request:result_missing',
    )
    await closeRequest(office.desk, act, { outcome: 'given' })
    expect(await request()).toMatchObject({ state: 'closed', outcome: 'given' })
    expect(await office.database.prisma.need.findFirstOrThrow()).toMatchObject({ result: 'given' })
  })

  test('a second closure changes nothing, and it can be opened again', async () => {
    const act = await opened('request.followup')
    await closeRequest(office.desk, act, { outcome: 'answered' })
    const { version } = await request()
    await closeRequest(office.desk, { ...act, form: form() }, { outcome: 'duplicate' })
    expect(await request()).toMatchObject({ version, outcome: 'answered' })
    await reopenRequest(office.desk, { ...act, form: form() })
    expect(await request()).toMatchObject({ state: 'open', outcome: null, closedAt: null })
  })

  test('words of suicide are closed only after a try to reach the person', async () => {
    const fanta = await hire(office, 'Fanta', ['protection'])
    const act = await opened('protection.suicide', fanta)
    expect(await codeOf(closeRequest(office.desk, act, { outcome: 'answered' }))).toBe(
      'request:attempt_missing',
    )
    const attempt = { way: 'call', reached: true, note: 'elle va mieux' } as const
    await recordAttempt(office.desk, { ...act, form: form() }, attempt)
    await closeRequest(office.desk, { ...act, form: form() }, { outcome: 'answered' })
    expect(await request()).toMatchObject({ state: 'closed', contactAttempted: true })
  })
})

describe('handing over', () => {
  test('gives it to another queue without an owner, the reason encrypted', async () => {
    const act = await opened('request.followup')
    await takeRequest(office.desk, act)
    await handOverRequest(office.desk, { ...act, form: form() }, { queue: 'needs', reason: 'elle a faim' })
    expect(await request()).toMatchObject({ queue: 'needs', ownerId: null })
    const { prisma, keys } = office.database
    const event = await prisma.event.findFirstOrThrow({ where: { type: 'request_handed_over' } })
    expect(JSON.stringify(event.facts)).not.toContain('faim')
    await keys.load([event.keyId ?? ''])
    const secret = keys.read(event.keyId ?? '', placeOf('event', 'secret_enc', event.id), event.secretEnc)
    expect(secret).toContain('elle a faim')
  })

  test('to a colleague who does not sit there fails', async () => {
    const act = await opened('request.followup')
    const to = { queue: 'protection', owner: moussa.id } as const
    expect(await codeOf(handOverRequest(office.desk, act, to))).toBe('staff:not_found')
    await handOverRequest(office.desk, act, { queue: 'followup', owner: moussa.id })
    expect(await request()).toMatchObject({ ownerId: moussa.id })
  })
})

describe('reclassifying', () => {
  test('a false alarm comes back to light with all that was said in it', async () => {
    const fanta = await hire(office, 'Fanta', ['protection'])
    const act = await opened('protection.gbv', fanta)
    await reclassifyRequest(office.desk, act, 'request.info')
    const row = await request()
    expect(row).toMatchObject({ queue: 'information', visibility: 'open', priority: 3, kind: 'request.info' })
    const { prisma } = office.database
    expect(await prisma.message.count({ where: { requestId: row.id, visibility: { not: 'open' } } })).toBe(0)
    expect(await prisma.event.count({ where: { requestId: row.id, visibility: { not: 'open' } } })).toBe(0)
    await takeRequest(office.desk, { staff: mariam, request: row.id, form: form() })
  })

  test('what a listener seals is lost to the listener at once', async () => {
    const fanta = await hire(office, 'Fanta', ['psea'])
    const act = await opened('unclear', moussa)
    await reclassifyRequest(office.desk, act, 'complaint.sea')
    expect(await codeOf(takeRequest(office.desk, { ...act, form: form() }))).toBe('request:not_found')
    await takeRequest(office.desk, { ...act, staff: fanta, form: form() })
    const said = await office.database.prisma.message.findMany({ where: { direction: 'in' } })
    expect(said.map(({ visibility }) => visibility)).toEqual(['sealed'])
  })
})

test('raising shortens the term, lowering gives it back, and notes are kept encrypted', async () => {
  const act = await opened('request.followup')
  const usual = (await request()).dueAt
  await setRequestPriority(office.desk, act, 1)
  expect((await request()).dueAt).toEqual(new Date('2026-03-02T17:00:00Z'))
  await setRequestPriority(office.desk, { ...act, form: form() }, 3)
  expect((await request()).dueAt).toEqual(usual)
  await writeNote(office.desk, { ...act, form: form() }, 'rappeler le soir')
  const note = await office.database.prisma.event.findFirstOrThrow({ where: { type: 'note_written' } })
  expect(note).toMatchObject({ by: 'staff', staffId: mariam.id, requestId: act.request })
  expect(JSON.stringify(note.facts)).not.toContain('soir')
})
