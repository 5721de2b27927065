import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Staff } from '../../src/core/staff.ts'
import { loadMedia, storeMedia } from '../../src/store/media.ts'
import { answerRequest, handOverRequest, reclassifyRequest } from '../../src/turn/act.ts'
import { makeOgg } from '../ogg.ts'
import { oneDatabase } from '../one-database.ts'
import { handClock, hire, type Office, openOffice } from '../turn/office.ts'
import { seenBy } from './eyes.ts'
import { actOf, keysOf, meet, ownCase, requestOf, requestsOf, sessionOf } from './people.ts'

/** A sentence that the product knows as sexual abuse by somebody of the project. */
const danger = 'le monsieur du projet a dit que je dois coucher avec lui pour avoir l’aide'
const secret = 'il habite derriere la mosquee de Zinzana'

const database = oneDatabase()
let office: Office
let worker: Staff
let listener: Staff
let officer: Staff
let supervisor: Staff
let psea: Staff
let outsiders: readonly Staff[]
beforeEach(async () => {
  const clock = handClock()
  office = await openOffice(database(), { clock })
  onTestFinished(() => office.close())
  worker = await hire(office, 'Worker', ['case_worker'])
  listener = await hire(office, 'Listener', ['assistant'])
  officer = await hire(office, 'Officer', ['officer'])
  supervisor = await hire(office, 'Supervisor', ['supervisor'])
  psea = await hire(office, 'Psea', ['psea'])
  const admin = await hire(office, 'Admin', ['admin'])
  const monitoring = await hire(office, 'Monitoring', ['monitoring'])
  const protection = await hire(office, 'Protection', ['protection'])
  outsiders = [worker, listener, officer, supervisor, admin, monitoring, protection]
})

const see = (staff: Staff) => seenBy(office.database, staff, office.clock.now())

/** Nobody but the holders finds any of these words. */
async function hiddenFromOutsiders(...words: readonly string[]): Promise<void> {
  for (const staff of outsiders) {
    const seen = await see(staff)
    expect(
      words.filter((word) => seen.includes(word)),
      staff.name,
    ).toEqual([])
  }
}

/** A woman whom the worker accompanies, and what she says of the man of the project, to the end of the script. */
async function tellsAll(from: string): Promise<void> {
  await ownCase(office, await meet(office, from), worker)
  await office.says(from, 'je cherche un travail')
  for (const text of [danger, '1', '1']) await office.says(from, text)
}

describe('a sealed matter', () => {
  test('is known to its holders and to nobody else, with every answer of its script', async () => {
    await tellsAll('awa')
    const { id, reference } = await requestOf(office, 'complaint.sea')
    expect(await see(psea)).toContain('coucher')
    await hiddenFromOutsiders('coucher', id, reference, 'complaint.sea', 'sealed', 'danger.who', 'Une femme')
  })

  test('keeps an edit of what was said in it, made after its script is over', async () => {
    await ownCase(office, await meet(office, 'awa'), worker)
    const externalId = await office.channel.says('awa', danger)
    await office.settled()
    for (const text of ['1', '1']) await office.says('awa', text)
    await office.says('awa', `je le dis mieux: ${secret}`, { externalId, edit: 7 })
    await hiddenFromOutsiders(secret, 'je le dis mieux')
    expect(await see(psea)).toContain(secret)
  })

  test('keeps an edit that is made a week later', async () => {
    await ownCase(office, await meet(office, 'awa'), worker)
    const externalId = await office.channel.says('awa', danger)
    await office.settled()
    office.clock.forward(8 * 24 * 3_600_000)
    await office.says('awa', secret, { externalId, edit: 7 })
    await hiddenFromOutsiders(secret)
    expect(await see(psea)).toContain(secret)
  })

  test('takes in what is said and sent on the same day and belongs nowhere else', async () => {
    await tellsAll('awa')
    const texts = await office.says('awa', secret)
    expect(keysOf(texts)).toEqual(['common.added'])
    await office.channel.brings('awa', { kind: 'file', file: { kind: 'voice', handle: 'v', seconds: 9 } })
    await office.channel.brings('awa', { kind: 'file', file: { kind: 'photo', handle: 'p' } })
    await office.settled()
    expect(await requestsOf(office, 'unclear')).toEqual([])
    await hiddenFromOutsiders(secret, '"voice"', '"photo"')
    const seen = await see(psea)
    for (const word of [secret, '"voice"', '"photo"']) expect(seen).toContain(word)
  })

  test('keeps for its holders a voice note that was deleted on the phone', async () => {
    await tellsAll('awa')
    const voice = { kind: 'file', file: { kind: 'voice', handle: 'v', seconds: 9 } } as const
    await office.channel.brings('awa', voice, { externalId: 'note', edit: 0 })
    await office.settled()
    const { prisma, keys } = office.database
    const { id } = await prisma.media.findFirstOrThrow()
    const folder = await mkdtemp(join(tmpdir(), 'baro-media-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await storeMedia(office.database, folder, id, { bytes: makeOgg(9), mime: 'audio/ogg' })
    await office.channel.brings(
      'awa',
      { kind: 'unsupported', theirs: 'revoke' },
      { externalId: 'note', edit: 1 },
    )
    await office.settled()
    expect(
      (await prisma.message.findFirstOrThrow({ where: { media: { some: { id } } } })).deletedAt,
    ).not.toBeNull()
    await hiddenFromOutsiders('"voice"', '"deleted"')
    const seen = await see(psea)
    expect(seen).toContain('"deleted"')
    expect(seen).toContain('"voice"')
    expect((await loadMedia({ prisma, keys }, psea, folder, id)).kind).toBe('voice')
    await expect(loadMedia({ prisma, keys }, worker, folder, id)).rejects.toThrow('message:not_found')
  })

  test('takes in what somebody unknown says next, before any consent is asked', async () => {
    for (const text of [danger, '1', '1']) await office.says('fanta', text)
    const answer = await office.says('fanta', secret)
    expect(keysOf(answer)).toEqual(['common.added'])
    await hiddenFromOutsiders(secret)
    expect(await see(psea)).toContain(secret)
  })

  test('takes in a sentence that names food or says thanks: a word is a wish, a sentence may be about it', async () => {
    await tellsAll('awa')
    for (const text of [`pas de nourriture si je refuse, ${secret}`, `merci beaucoup pour tout, ${secret}`]) {
      await office.says('awa', text)
    }
    await office.says('awa', 'menu')
    await office.says('awa', `il a garde mon kit et ma nourriture, ${secret}`)
    expect(await requestsOf(office, 'request.need')).toEqual([])
    await hiddenFromOutsiders(secret)
    expect((await see(psea)).split(secret).length).toBeGreaterThan(3)
  })

  test('keeps the reply to its holder, however late it comes and whatever else was answered', async () => {
    await tellsAll('awa')
    for (const text of ['0', '4', 'quand ouvre le bureau de Kayes ?']) await office.says('awa', text)
    const sealed = await requestOf(office, 'complaint.sea')
    const question = await requestOf(office, 'request.info')
    office.clock.forward(3 * 24 * 3_600_000)
    await answerRequest(office.desk, actOf(office, psea, sealed.id), { text: 'Où pouvons-nous vous voir ?' })
    await answerRequest(office.desk, actOf(office, worker, question.id), { text: 'A huit heures.' })
    office.clock.forward(4 * 24 * 3_600_000)
    await office.says('awa', secret)
    await hiddenFromOutsiders(secret)
    expect(await see(psea)).toContain(secret)
    expect((await requestOf(office, 'complaint.sea')).state).toBe('open')
  })

  test('leads whoever asks for a person back to those who guard it', async () => {
    await tellsAll('awa')
    const said = keysOf(await office.says('awa', 'agent'))
    expect(said).toContain('danger.who')
    expect(await requestsOf(office, 'request.person')).toEqual([])
  })

  test('lets an ordinary wish go its ordinary way on the same day', async () => {
    await tellsAll('awa')
    for (const text of ['0', '2', '2', 'nous manquons de mil', '2']) await office.says('awa', text)
    const { visibility } = await requestOf(office, 'request.need')
    expect(visibility).toBe('open')
    expect(await see(worker)).toContain('nous manquons de mil')
  })

  test('is handed to nobody but those who guard such matters', async () => {
    await tellsAll('awa')
    const { id } = await requestOf(office, 'complaint.sea')
    for (const queue of ['needs', 'followup', 'intake', 'conduct', 'complaints'] as const) {
      const given = handOverRequest(office.desk, actOf(office, psea, id), { queue, reason: 'x' })
      await expect(given, queue).rejects.toMatchObject({ code: 'staff:not_allowed' })
    }
    expect((await requestOf(office, 'complaint.sea')).holders.map(({ staffId }) => staffId)).toEqual([
      psea.id,
    ])
    await handOverRequest(office.desk, actOf(office, psea, id), { queue: 'protection', reason: 'x' })
    expect((await requestOf(office, 'complaint.sea')).holders).toHaveLength(2)
  })
})

describe('what turns out to be a sealed matter', () => {
  /** A need whose story is read by staff before anybody sees what it is. */
  async function tellsNeed(): Promise<string> {
    await ownCase(office, await meet(office, 'awa'), worker)
    for (const text of ['0', '2', '4', secret, '2', 'passe', 'passe', 'passe', 'passe', 'passe']) {
      await office.says('awa', text)
    }
    return (await requestOf(office, 'request.need')).id
  }

  test('is gone for everybody else with every word of it, and comes back with a false alarm', async () => {
    const id = await tellsNeed()
    for (const staff of [worker, officer]) expect(await see(staff)).toContain(secret)
    await reclassifyRequest(office.desk, actOf(office, worker, id), 'complaint.sea')
    await hiddenFromOutsiders(secret, id)
    expect(await see(psea)).toContain(secret)
    await reclassifyRequest(office.desk, actOf(office, psea, id), 'request.need')
    for (const staff of [worker, officer]) expect(await see(staff)).toContain(secret)
  })

  test('leaves the lists of those who saw it before: they are told to look again', async () => {
    const id = await tellsNeed()
    office.news.length = 0
    await reclassifyRequest(office.desk, actOf(office, worker, id), 'complaint.sea')
    const hints = new Set(office.news.flatMap((one) => [...one.hints]))
    expect(hints).toContain('queue-needs')
    expect(hints).not.toContain('queue-psea')
  })

  test('is closed to the owner of the case as soon as it is handed to those who guard', async () => {
    for (const queue of ['psea', 'conduct'] as const) {
      const [before] = await requestsOf(office, 'request.need')
      const id = before?.id ?? (await tellsNeed())
      const by = queue === 'psea' ? worker : psea
      await handOverRequest(office.desk, actOf(office, by, id), { queue, reason: 'x' })
      expect(await see(worker), queue).not.toContain(secret)
      expect(await see(supervisor), queue).not.toContain(secret)
      expect(await see(queue === 'psea' ? psea : officer)).toContain(secret)
    }
  })
})

test('what is not yet read by the conversation is nobody’s business', async () => {
  const person = await meet(office, 'awa')
  await ownCase(office, person, worker)
  await office.says('awa', 'je cherche un travail')
  const { id } = await sessionOf(office, 'awa')
  const incoming = {
    ...{ channel: office.channel.id, from: 'awa', externalId: 'late', edit: 0, sentAt: office.clock.now() },
    content: { kind: 'text', text: secret } as const,
  }
  await office.database.road.arrive([{ id: office.clock.id(), at: office.clock.now(), incoming }])
  const rows = await office.database.prisma.message.findMany({ where: { addressId: id, state: 'received' } })
  expect(rows.map(({ visibility }) => visibility)).toEqual(['restricted'])
  await hiddenFromOutsiders(secret)
})
