import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { showReference } from '../../src/core/reference.ts'
import { wakeSessions } from '../../src/job/wake-sessions.ts'
import { chatHistory } from '../../src/store/chat-history.ts'
import { oneDatabase } from '../one-database.ts'
import { conversation, handClock, hire, type Office, openOffice } from '../turn/office.ts'
import { keysOf, meet, personOf, requestOf, requestsOf, sessionOf } from './people.ts'

const hour = 3_600_000
const database = oneDatabase()
let office: Office
beforeEach(async () => {
  const clock = handClock()
  office = await openOffice(database(), { clock })
  onTestFinished(() => office.close())
})

/** Somebody who is known, has asked a question, and says that others use the phone too. */
async function share(from: string): Promise<string> {
  const person = await meet(office, from)
  for (const text of [
    '0',
    '4',
    'quand ouvre le bureau de Kayes ?',
    'passe',
    'passe',
    'passe',
    'passe',
    '2',
  ]) {
    await office.says(from, text)
  }
  const { id } = await sessionOf(office, from)
  const { shared } = await office.database.prisma.address.findUniqueOrThrow({ where: { id } })
  expect(shared).toBe(true)
  return person
}

describe('on a phone that others use', () => {
  test('nothing is told of any request before it is known who writes, after half a day and after a week', async () => {
    await share('phone')
    const { reference } = await requestOf(office, 'request.info')
    for (const wait of [13, 8 * 24]) {
      office.clock.forward(wait * hour)
      const sent = await office.says('phone', 'bonjour')
      const texts = sent.map(({ spoken }) => spoken.text).join('\n')
      expect(keysOf(sent).at(-1)).toBe('speaker.who')
      expect(keysOf(sent)).not.toContain('common.open_requests')
      expect(texts).not.toContain(showReference(reference))
      await office.says('phone', '1')
    }
  })

  test('an old button asks first who presses it', async () => {
    await share('phone')
    await office.says('phone', '0')
    office.clock.forward(13 * hour)
    await office.channel.presses('phone', 6)
    await office.settled()
    const last = office.channel.sent('phone').slice(-1)
    expect(keysOf(last)).toEqual(['speaker.who'])
  })

  test('another person has neither the requests nor the name of the first, and the first not theirs', async () => {
    const first = await share('phone')
    const { reference } = await requestOf(office, 'request.info')
    office.clock.forward(13 * hour)
    await office.says('phone', 'bonjour')
    for (const text of ['2', '1', '2']) await office.says('phone', text)
    // Without consent: a complaint about the aid, by nobody.
    for (const text of ['1', '4', '1', 'rien n’est venu chez nous']) await office.says('phone', text)
    const complaint = await requestOf(office, 'complaint.service')
    expect(complaint.personId).toBeNull()
    const own = (await office.says('phone', 'où en est ma demande'))
      .map(({ spoken }) => spoken.text)
      .join('\n')
    expect(own).toContain(showReference(complaint.reference))
    expect(own).not.toContain(showReference(reference))
    office.clock.forward(13 * hour)
    await office.says('phone', 'bonjour')
    for (const text of ['2', '1', '1']) await office.says('phone', text)
    expect(await personOf(office, 'phone')).not.toBe(first)
    await office.says('phone', '00')
    const third = await office.says('phone', 'où en est ma demande')
    const texts = third.map(({ spoken }) => spoken.text).join('\n')
    for (const one of [complaint.reference, reference]) expect(texts).not.toContain(showReference(one))
    expect(keysOf(third)).toContain('status.none')
  })

  test('nothing is said without being asked', async () => {
    await share('phone')
    for (const text of ['0', '2', '1', 'ma jambe est cassee']) await office.says('phone', text)
    const before = office.channel.sent('phone').length
    office.clock.forward(9 * 24 * hour)
    await wakeSessions({ pool: office.database.pool, lanes: office.lanes, clock: office.clock })
    await office.settled()
    expect(office.channel.sent('phone').length).toBe(before)
  })
})

describe('in a sensitive conversation', () => {
  const opened: readonly (readonly [string, readonly string[]])[] = [
    ['danger', ['mon mari me bat']],
    ['a child', ['j’ai 15 ans']],
    ['a complaint', ['0', '3', '1']],
    ['a call for help', ['au secours']],
  ]

  test.each(opened)(
    '%s is left at once by 00 and by STOP, in one neutral line, and is no opt-out',
    async (_, texts) => {
      for (const word of ['00', 'STOP', 'stop svp']) {
        const from = `awa ${word}`
        await meet(office, from)
        for (const text of texts) await office.says(from, text)
        const left = await office.says(from, word)
        expect(keysOf(left), word).toEqual(['common.left'])
        const { id } = await sessionOf(office, from)
        const { stopped } = await office.database.prisma.address.findUniqueOrThrow({ where: { id } })
        expect(stopped).toBe('no')
      }
    },
  )

  test.each(opened)('%s is never spoken of by itself, and nothing of it comes back', async (_, texts) => {
    await meet(office, 'awa')
    for (const text of texts) await office.says('awa', text)
    const before = office.channel.sent('awa').length
    for (let day = 0; day < 9; day++) {
      office.clock.forward(24 * hour)
      await wakeSessions({ pool: office.database.pool, lanes: office.lanes, clock: office.clock })
      await office.settled()
    }
    expect(office.channel.sent('awa').length).toBe(before)
  })

  test.each(opened)('%s repeats no word of what was said', async (_, texts) => {
    await meet(office, 'awa')
    for (const text of texts) await office.says('awa', text)
    const story = 'Bakary Sangare m’a enfermee dans la reserve de Zinzana'
    const sent = [...(await office.says('awa', story)), ...(await office.says('awa', 'femmme'))]
    const said = sent.map(({ spoken }) => spoken.text).join('\n')
    for (const word of ['Bakary', 'Sangare', 'enferm', 'reserve', 'Zinzana', 'femmme']) {
      expect(said).not.toContain(word)
    }
    expect(keysOf(sent)).not.toContain('common.doubt')
  })
})

test('after the quick exit a screen shows nothing of what was left', async () => {
  await meet(office, 'awa')
  await office.says('awa', 'je cherche un travail')
  for (const text of ['mon mari me bat', '1', '00']) await office.says('awa', text)
  const history = await chatHistory(office.database, {
    channel: office.channel.id,
    from: 'awa',
    now: office.clock.now(),
  })
  const shown = JSON.stringify(history)
  for (const word of ['mari', 'Une femme', 'femme', 'danger']) expect(shown).not.toContain(word)
  expect(shown).toContain('je cherche un travail')
  expect(history.at(-1)?.body).toEqual({ kind: 'text', text: 'Merci, à bientôt.' })
})

describe('after words of suicide', () => {
  test('no menu is shown for a day, whatever is said, pressed or typed', async () => {
    await meet(office, 'awa')
    await office.says('awa', '0')
    const menu = office.channel.sent('awa').at(-1)
    await office.says('awa', 'je veux en finir')
    for (const text of ['2', '1']) await office.says('awa', text)
    const said: (string | undefined)[] = []
    for (const text of [
      'menu',
      '0',
      'bonjour',
      '3',
      'manger',
      'français',
      'START',
      'je suis fatiguee de tout',
    ]) {
      said.push(...keysOf(await office.says('awa', text)))
    }
    const button = menu?.spoken.buttons?.[1]
    if (!menu || !button) throw new Error('there was no menu')
    await office.channel.brings('awa', { kind: 'choice', list: button.list, number: button.number })
    await office.settled()
    said.push(office.channel.sent('awa').at(-1)?.spoken.key)
    expect(said.filter((key) => /^(menu|more|need|followup)\./.test(key ?? ''))).toEqual([])
    expect(said).toContain('common.quiet')
    expect(await requestsOf(office, 'unclear')).toEqual([])
    office.clock.forward(25 * hour)
    expect(keysOf(await office.says('awa', 'menu'))).toContain('menu.title')
  })
})

test('what protects somebody outlives a fault of ours', async () => {
  const { engine } = conversation
  const failing: typeof engine = {
    respond(session, input, situation, world) {
      if (input.kind === 'text' && input.text === 'boom') throw new Error('a bug')
      return engine.respond(session, input, situation, world)
    },
  }
  const clock = handClock(new Date('2026-03-03T09:00:00Z'))
  const broken = await openOffice(database(), { clock, engine: failing })
  onTestFinished(() => broken.close())
  await meet(broken, 'awa')
  for (const text of ['je veux en finir', '2', '1']) await broken.says('awa', text)
  expect(keysOf(await broken.says('awa', 'boom'))).toEqual(['common.error'])
  expect(keysOf(await broken.says('awa', 'menu'))).toEqual(['common.quiet'])
  await broken.says('awa', 'il m’attend devant la mosquee')
  expect(await requestsOf(broken, 'unclear')).toEqual([])
})

describe('a number that is asked for', () => {
  test('is answered alike when it exists for somebody else and when it does not, for requests and for cases', async () => {
    const staff = await hire(office, 'Worker', ['case_worker'])
    await meet(office, 'awa')
    for (const text of ['0', '5']) await office.says('awa', text)
    const { reference } = await requestOf(office, 'request.person')
    await meet(office, 'fanta')
    const answers: (string | undefined)[][] = []
    for (const number of [reference, showReference(reference), '12345678', '999-99-999', 'ML-TEST-001']) {
      await office.says('fanta', 'où en est ma demande')
      answers.push(keysOf(await office.says('fanta', number)))
    }
    expect(new Set(answers.map((keys) => keys.join())).size).toBe(1)
    const known = await meet(office, 'bintou')
    await office.database.prisma.case.updateMany({
      where: { personId: known },
      data: {
        ownerId: staff.id,
        numberHash: new Uint8Array(office.database.keys.hash('case_number', 'ML-TEST-001')),
      },
    })
    const told: string[] = []
    for (const [from, number] of [
      ['x1', 'ML-TEST-001'],
      ['x2', 'ML-TEST-777'],
    ] as const) {
      await meet(office, from)
      for (const text of ['0', '1', '1', 'passe', 'passe', number, '1']) {
        told.push(...(await office.says(from, text)).map(({ spoken }) => `${from} ${spoken.key}`))
      }
    }
    const of = (from: string) => told.filter((key) => key.startsWith(from)).map((key) => key.slice(2))
    expect(of('x1')).toEqual(of('x2'))
  })
})
