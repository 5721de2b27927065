/** What somebody took back is nowhere in what was made of it, unless those who guard a matter must know it. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { wordsOf } from '../../src/flow/answer/search-words.ts'
import { keepAllWords } from '../../src/job/keep-words.ts'
import { unsayWords } from '../../src/job/unsay-words.ts'
import { placeOf } from '../../src/store/encryption.ts'
import { messagesWithWords } from '../../src/store/message-words.ts'
import { reclassifyRequest } from '../../src/turn/act.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from '../turn/office.ts'

const database = oneDatabase()

async function open(): Promise<Office> {
  const office = await openOffice(database())
  onTestFinished(() => office.close())
  for (const text of ['bonjour', '1', '1']) await office.says('awa', text)
  return office
}

/** Says these, and gives how the provider calls the last of them. */
async function says(office: Office, ...texts: readonly string[]): Promise<string> {
  let last = ''
  for (const text of texts) {
    last = await office.channel.says('awa', text)
    await office.settled()
  }
  return last
}

async function takesBack(office: Office, externalId: string): Promise<void> {
  await office.channel.brings('awa', { kind: 'unsupported', theirs: 'revoke' }, { externalId, edit: 1 })
  await office.settled()
}

const run = (office: Office) => unsayWords({ ...office.database, clock: office.clock })

/** Every text of these rows that can still be read, and that anybody would be shown. */
async function readable(): Promise<string> {
  const { prisma, keys } = database()
  const [requests, needs, feedback, events] = await Promise.all([
    prisma.request.findMany(),
    prisma.need.findMany(),
    prisma.feedback.findMany(),
    prisma.event.findMany(),
  ])
  await keys.load([...requests, ...needs, ...feedback, ...events].flatMap(({ keyId }) => keyId ?? []))
  const rows = [
    ...requests.map((it) => [it.keyId, placeOf('request', 'text_enc', it.id), it.textEnc] as const),
    ...needs.map((it) => [it.keyId, placeOf('need', 'text_enc', it.id), it.textEnc] as const),
    ...feedback.map((it) => [it.keyId, placeOf('feedback', 'text_enc', it.id), it.textEnc] as const),
    ...events.map((it) => [it.keyId, placeOf('event', 'secret_enc', it.id), it.secretEnc] as const),
  ]
  return rows.map(([key, place, value]) => (key ? keys.read(key, place, value) : '')).join('\n')
}

const story = 'ma fille ne va plus à l’école'

describe('words that were taken back', () => {
  test('leave the request, its need, what is on record and the search', async () => {
    const office = await open()
    const told = await says(office, 'menu', '2', '6', story)
    await says(office, '2')
    await keepAllWords({ ...office.database, clock: office.clock })
    expect(await readable()).toContain(story)
    expect((await messagesWithWords(database(), wordsOf('fille'), 5)).ids).toHaveLength(1)

    await takesBack(office, told)
    expect(await run(office)).toBe(1)
    expect(await readable()).not.toContain('fille')
    expect((await messagesWithWords(database(), wordsOf('fille'), 5)).ids).toEqual([])
    const [request] = await database().prisma.request.findMany()
    expect(request).toMatchObject({ kind: 'request.need', state: 'open', category: 'school' })
    expect(await run(office)).toBe(0)
    await keepAllWords({ ...office.database, clock: office.clock })
    expect((await messagesWithWords(database(), wordsOf('fille'), 5)).ids).toEqual([])
  })

  test('leave an opinion, and nothing that others or other messages said', async () => {
    const office = await open()
    const told = await says(office, 'menu', '3', '5', '2', 'mettez un banc dehors')
    await office.says('issa', 'mettez un banc dehors')
    await says(office, 'menu', '2', '6', story, '2')
    await takesBack(office, told)
    await run(office)
    expect(await readable()).toContain(story)
    const { rows } = await database().pool.query(
      `select f.text_enc is null as gone, count(*)::int as n from feedback f group by 1`,
    )
    expect(rows).toEqual([{ gone: true, n: 1 }])
    expect(await readable()).not.toContain('banc')
  })

  test('of a listener go with their message, but not what is guarded', async () => {
    const office = await open()
    const { prisma } = database()
    const visibilities: Record<string, string> = {}
    for (const text of ['menu', 'je veux mourir']) {
      const told = await says(office, text)
      const { id, keyId, visibility } = await prisma.message.findFirstOrThrow({
        where: { direction: 'in' },
        orderBy: { position: 'desc' },
      })
      visibilities[id] = visibility
      const file = { id: office.clock.id(), messageId: id, keyId, state: 'stored', kind: 'voice' }
      const transcriptEnc = Buffer.from('of a listener')
      await prisma.media.create({ data: { ...file, transcriptEnc, createdAt: office.clock.now() } })
      await takesBack(office, told)
    }
    expect(Object.values(visibilities)).toEqual(['open', 'sealed'])
    await run(office)
    for (const { messageId, transcriptEnc } of await prisma.media.findMany()) {
      expect(transcriptEnc === null).toBe(visibilities[messageId] === 'open')
    }
  })

  test('stay with those who guard a matter, and leave it when it is handed back as open', async () => {
    const office = await open()
    const staff = await hire(office, 'Oumou', ['protection'])
    const told = await says(office, 'je veux mourir, ma belle-mère m’a enfermée')
    await takesBack(office, told)
    await run(office)
    const [matter] = await database().prisma.request.findMany({ where: { danger: { not: null } } })
    if (!matter) throw new Error('nobody noticed the danger')
    expect(matter.visibility).not.toBe('open')
    expect(await readable()).toContain('enfermée')

    await reclassifyRequest(
      office.desk,
      { staff, request: matter.id, form: office.clock.id() },
      'request.info',
    )
    await run(office)
    expect(await readable()).not.toContain('enfermée')
  })
})
