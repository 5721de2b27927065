import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Staff } from '../../src/core/staff.ts'
import { expire } from '../../src/job/expire.ts'
import { fetchMedia } from '../../src/job/fetch-media.ts'
import { oneDatabase } from '../one-database.ts'
import { handClock, hire, type Office, openOffice } from '../turn/office.ts'
import { seenBy } from './eyes.ts'
import { keysOf, meet, requestOf, requestsOf, sessionOf } from './people.ts'

const hour = 3_600_000
const database = oneDatabase()
let office: Office
let everybody: readonly Staff[]
let mediaFolder: string
beforeEach(async () => {
  const clock = handClock()
  office = await openOffice(database(), { clock })
  onTestFinished(() => office.close())
  mediaFolder = await mkdtemp(join(tmpdir(), 'baro-consent-'))
  onTestFinished(() => rm(mediaFolder, { recursive: true, force: true }))
  const roles = ['case_worker', 'assistant', 'officer', 'supervisor', 'protection', 'psea', 'data_protection']
  everybody = await Promise.all(roles.map((role) => hire(office, role, [role as Staff['roles'][number]])))
})

/** Every row of every table, as text, without the rows of staff and of the office. */
async function dump(): Promise<string> {
  const { rows } = await office.database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = current_schema()
     and table_name not like '\\_%' and table_name not in ('staff', 'queue_staff', 'setting', 'channel', 'flow_version')`,
  )
  const tables = await Promise.all(
    rows.map(async ({ name }) => {
      const { rows: found } = await office.database.pool.query<{ all: string }>(
        `select coalesce(string_agg(t::text, E'\\n'), '') as all from "${name}" t`,
      )
      return `${name}\n${found[0]?.all}`
    }),
  )
  return tables.join('\n')
}

async function pass(hours: number): Promise<void> {
  office.clock.forward(hours * hour)
  await expire({ ...office.database, mediaFolder, clock: office.clock })
}

const name = 'Seydou Traoré Zinzana'
const refusing = ['je veux mon argent de réintégration', '1', '2'] as const

describe('whoever refuses', () => {
  async function refuses(from: string): Promise<void> {
    for (const text of refusing) await office.says(from, text, { displayName: name, phone: '+22370000099' })
  }

  test('leaves nothing behind after three days by which they could be known again', async () => {
    await refuses('seydou')
    await office.says('seydou', '3')
    await office.channel.brings('seydou', { kind: 'file', file: { kind: 'photo', handle: 'p' } })
    await office.settled()
    // The photo goes to a person who looks at it: another, who sends none, is forgotten whole.
    await refuses('moussa')
    await office.says('moussa', '3')
    await office.says('moussa', 'aw ni ce kosɛbɛ, an ka baara bɛ taa ɲɛ')
    const { id, session } = await sessionOf(office, 'moussa')
    const hash = (kind: 'address' | 'phone', value: string) =>
      office.database.keys.hash(kind, value).toString('hex')
    const before = await dump()
    expect(before).toContain(hash('address', `${office.channel.id}|moussa`))
    await pass(71)
    expect(await office.database.prisma.message.count({ where: { addressId: id } })).toBeGreaterThan(0)
    await pass(2)
    const after = await dump()
    expect(await office.database.prisma.message.count({ where: { addressId: id } })).toBe(0)
    const traces = [hash('address', `${office.channel.id}|moussa`), hash('phone', '+22370000099'), session]
    expect(traces.filter((trace) => after.includes(trace))).toEqual([])
    const keys = await office.database.prisma.subjectKey.findMany({ where: { erasedAt: { not: null } } })
    expect(keys).toHaveLength(1)
    const secrets = await office.database.prisma.event.count({
      where: { addressId: id, secretEnc: { not: null } },
    })
    expect(secrets).toBe(0)
    const opinions = await office.database.prisma.feedback.findMany({ where: { addressId: id } })
    expect(opinions.map(({ kind, textEnc }) => [kind, textEnc])).toEqual([['praise', null]])
    // The counter: that somebody came and refused.
    const counted = { addressId: id, type: 'consent_recorded' }
    expect(await office.database.prisma.event.count({ where: counted })).toBe(1)
  })

  test('is welcomed like a stranger when they write again afterwards', async () => {
    await refuses('seydou')
    await office.says('seydou', '3')
    await pass(73)
    expect(keysOf(await office.says('seydou', 'bonjour'))).toEqual(['welcome.greet', 'language.ask'])
    await meet(office, 'seydou')
  })

  test('complains without a name: not the one the app shows, nor the number', async () => {
    await refuses('seydou')
    for (const text of ['1', '1', '1', 'on me demande de payer pour le kit'])
      await office.says('seydou', text)
    expect((await requestOf(office, 'complaint.fraud')).personId).toBeNull()
    for (const staff of everybody) {
      const seen = await seenBy(office.database, staff, office.clock.now())
      expect(
        [name, '+22370000099'].filter((word) => seen.includes(word)),
        staff.name,
      ).toEqual([])
    }
    await pass(73)
    const { id } = await sessionOf(office, 'seydou')
    const row = await office.database.prisma.address.findUniqueOrThrow({ where: { id } })
    expect([row.displayEnc, row.phoneEnc, row.phoneHash]).toEqual([null, null, null])
    const session = await office.database.prisma.session.findFirstOrThrow({ where: { addressId: id } })
    expect(session.stateEnc).toBeNull()
    const officer = everybody.find(({ roles }) => roles.includes('officer'))
    if (!officer) throw new Error('there is no officer')
    expect(await seenBy(office.database, officer, office.clock.now())).toContain('payer pour le kit')
  })

  test.each(['ok', 'd’accord', 'naamu', 'o', 'ayiwa', 'oui'])(
    'does not agree by "%s" afterwards, and is asked again in clear words by "2"',
    async (word) => {
      await refuses('seydou')
      await office.says('seydou', word)
      expect((await sessionOf(office, 'seydou')).person_id).toBeNull()
    },
  )

  test('may change their mind: the question is asked again, and only a clear yes counts', async () => {
    await refuses('seydou')
    expect(keysOf(await office.says('seydou', '2'))).toContain('notice.ask')
    await office.says('seydou', 'ok')
    expect((await sessionOf(office, 'seydou')).person_id).toBeNull()
    await office.says('seydou', 'oui')
    expect((await sessionOf(office, 'seydou')).person_id).not.toBeNull()
  })

  test('is not asked who they are by any other door', async () => {
    await refuses('seydou')
    await office.says('seydou', '3')
    const said: (string | undefined)[] = []
    for (const text of ['0', '2', '2', 'il manque du mil chez nous', '2']) {
      said.push(...keysOf(await office.says('seydou', text)))
    }
    expect(said).toContain('need.noted')
    expect(said.filter((key) => key?.startsWith('who.'))).toEqual([])
    expect(await requestsOf(office, 'request.need')).toHaveLength(1)
  })
})

describe('consent', () => {
  test.each(['ok', 'd’accord', 'naamu', 'o', 'ayiwa', 'entendu', '👍', 'baasi tɛ'])(
    'is not "%s"',
    async (word) => {
      for (const text of ['bonjour', '1', word]) await office.says('awa', text)
      expect((await sessionOf(office, 'awa')).person_id).toBeNull()
      const rows = await office.database.prisma.consent.findMany({ where: { answer: 'given' } })
      expect(rows).toEqual([])
    },
  )

  test('that was taken back keeps nothing more of who somebody is', async () => {
    const person = await meet(office, 'awa')
    for (const text of ['0', '6', '2', '4']) await office.says('awa', text)
    const rows = await office.database.prisma.consent.findMany({ orderBy: { at: 'asc' } })
    expect(rows.map(({ answer }) => answer)).toEqual(['given', 'withdrawn'])
    for (const text of ['0', '2', '2', 'il manque du mil', '2', name, 'Kayes', 'passe', '70 00 00 99', '1']) {
      await office.says('awa', text)
    }
    const row = await office.database.prisma.person.findUniqueOrThrow({ where: { id: person } })
    expect([row.nameEnc, row.phoneEnc, row.phoneHash, row.region]).toEqual([null, null, null, null])
    expect(await office.database.prisma.event.count({ where: { type: 'person_described' } })).toBe(0)
  })

  test('is not asked of a child who has just said their age', async () => {
    const said: (string | undefined)[] = []
    for (const text of ['j’ai 15 ans', '2', '1', 'le matin', 'bonjour', 'je cherche ma mere depuis hier']) {
      said.push(...keysOf(await office.says('modibo', text)))
    }
    expect(said.filter((key) => key?.startsWith('notice.') || key?.startsWith('welcome.'))).toEqual([])
    expect((await sessionOf(office, 'modibo')).person_id).toBeNull()
  })
})

test('whoever never answers is forgotten with their photo, and what was said in danger stays with its holders', async () => {
  const file = office.channel.keeps('photo', Buffer.from('a photo'), { mime: 'image/jpeg' })
  await office.channel.brings('idle', { kind: 'file', file })
  await office.settled()
  const parts = {
    ...{ ...office.database, channels: [office.channel], folder: mediaFolder },
    ...{ log: office.log, clock: office.clock },
  }
  await fetchMedia(parts, new AbortController().signal)
  await office.says('fanta', 'mon mari me bat')
  await office.says('silent', 'je veux mon argent')
  await pass(73)
  const protection = everybody.find(({ roles }) => roles.includes('protection'))
  if (!protection) throw new Error('there is no protection')
  expect(await seenBy(office.database, protection, office.clock.now())).toContain('mon mari me bat')
  await expect(sessionOf(office, 'silent')).rejects.toThrow()
})
