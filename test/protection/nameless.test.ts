/** A complaint without a name: nothing leads from whoever made it to it, or back, but its code. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { blurred } from '../../src/core/nameless.ts'
import { checkDigit } from '../../src/core/reference.ts'
import type { Staff } from '../../src/core/staff.ts'
import { sealWords } from '../../src/job/seal-words.ts'
import { closeRequest } from '../../src/turn/act.ts'
import { answerNameless } from '../../src/turn/act-nameless.ts'
import { oneDatabase } from '../one-database.ts'
import { handClock, hire, type Office, openOffice } from '../turn/office.ts'
import { seenBy } from './eyes.ts'
import { actOf, keysOf, meet, ownCase, sessionOf } from './people.ts'
import { stolen } from './thief.ts'

const words = 'le chef du bureau garde les kits chez lui a Zinzana'
const answer = 'nous avons verifie et les kits sont rendus'
const day = 24 * 3_600_000

const database = oneDatabase()
let office: Office
let folder: string
let officer: Staff
let worker: Staff
beforeEach(async () => {
  office = await openOffice(database(), { clock: handClock(new Date('2026-03-02T09:17:23Z')) })
  folder = await mkdtemp(join(tmpdir(), 'baro-nameless-'))
  onTestFinished(async () => {
    await office.close()
    await rm(folder, { recursive: true, force: true })
  })
  officer = await hire(office, 'Officer', ['officer'])
  worker = await hire(office, 'Worker', ['case_worker'])
  await ownCase(office, await meet(office, 'awa', 'Awa Test'), worker)
})

const putAway = () => sealWords({ ...office.database, clock: office.clock, mediaFolder: folder })
const complaint = () =>
  office.database.prisma.request.findFirstOrThrow({ where: { codeHash: { not: null } } })
const see = (staff: Staff) => seenBy(office.database, staff, office.clock.now())

/** 3, then 6 (without my name), and the words; gives the code as it was told. */
async function complains(from: string, said = words): Promise<string> {
  for (const text of ['0', '3', '6']) await office.says(from, text)
  const told = await office.says(from, said)
  return /(?:\d{3} ){3}\d{3}/.exec(told.map(({ spoken }) => spoken.text).join(' '))?.[0] ?? ''
}

/** Every row of the database as text, by table. */
async function rowsWith(text: string): Promise<readonly string[]> {
  const { pool } = office.database
  const { rows: tables } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = current_schema()`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::int as n from ${name} t where t::text like '%' || $1 || '%'`,
      [text],
    )
    if ((rows[0]?.n ?? 0) > 0) found.push(name)
  }
  return found
}

describe('a complaint without a name', () => {
  test('is read by those who read such complaints, who learn neither name nor number nor case', async () => {
    const code = await complains('awa')
    expect(code).toMatch(/^\d{3} \d{3} \d{3} \d{3}$/)
    const row = await complaint()
    expect(row).toMatchObject({ addressId: null, personId: null, caseId: null, officeId: null, region: null })
    expect(row).toMatchObject({
      channelKind: null,
      kind: 'complaint.staff_conduct',
      visibility: 'restricted',
    })
    const seen = await see(officer)
    expect(seen).toContain(words)
    expect(seen.slice(seen.indexOf(words) - 2_000, seen.indexOf(words) + 2_000)).not.toContain('Awa Test')
    expect(await see(worker)).not.toContain(words)
  })

  test('has no row in common with whoever made it, and tells no minute in which it was made', async () => {
    const code = await complains('awa')
    await putAway()
    const { id, keyId, openedAt } = await complaint()
    const { id: address, person_id: person, session } = await sessionOf(office, 'awa')
    for (const theirs of [address, person ?? '', session]) {
      const tables = await rowsWith(theirs)
      expect(tables).not.toContain('request')
      expect(tables).not.toContain('nameless_word')
    }
    // Where its own ids stand, theirs do not.
    for (const own of [id, keyId ?? '']) {
      for (const table of await rowsWith(own)) expect(['request', 'event', 'subject_key']).toContain(table)
    }
    const events = await office.database.prisma.event.findMany({ where: { requestId: id } })
    for (const event of events) {
      expect(event).toMatchObject({ addressId: null, personId: null, at: openedAt })
      const turns = await office.database.prisma.message.count({ where: { turnId: event.turnId } })
      expect(turns).toBe(0)
    }
    expect(openedAt).toEqual(blurred(office.clock.now()))
    const loot = await stolen(office.database)
    expect(loot).not.toContain(code)
    expect(loot).not.toContain(code.replaceAll(' ', ''))
    // The words open with the key of the complaint alone: once, in its own row.
    expect(loot.split(words).length - 1).toBe(1)
  })

  test('leaves nothing in the thread, the timeline, the lists or the counts of whoever made it', async () => {
    await office.says('awa', '0')
    const before = [await see(worker), await see(officer)]
    for (const text of ['3', '6', words]) await office.says('awa', text)
    await putAway()
    const after = await see(worker)
    // That somebody looked at the question about problems is for listeners; that they went on without a name is nowhere.
    expect(after.includes('nameless')).toBe(false)
    expect(after).toBe(before[0])
  })

  test('is answered to whoever brings the code, from any phone, and to nobody else', async () => {
    const code = await complains('awa')
    await putAway()
    const { id } = await complaint()
    expect(keysOf(await office.says('fanta', code))).toEqual(['told.open', 'told.more'])
    await answerNameless(office.desk, actOf(office, officer, id), answer)
    office.clock.forward(day)
    const told = await office.says('fanta', code.replaceAll(' ', '-'))
    expect(keysOf(told)).toEqual(['told.answered', 'told.answer', 'told.more'])
    expect(told[1]?.spoken.text).toBe(answer)
    await putAway()
    const [word] = await office.database.prisma.namelessWord.findMany()
    expect(word?.readAt).toEqual(blurred(office.clock.now()))
    // Nothing of it stays with the phone that brought it.
    expect((await stolen(office.database)).split(answer).length - 1).toBe(1)
    const wrong = code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10)
    expect(keysOf(await office.says('issa', wrong))).not.toContain('told.answered')
  })

  test('that tells of danger later calls whoever is on duty, and tells how to be helped', async () => {
    const code = await complains('awa')
    const { id, priority, dueAt } = await complaint()
    expect(priority).toBeGreaterThan(1)
    expect(keysOf(await office.says('fanta', `${code} le bureau est encore fermé`))).toEqual(['told.added'])
    expect(await office.database.prisma.alert.count()).toBe(0)
    expect(keysOf(await office.says('fanta', `${code} il va me tuer`))).toEqual(['told.added', 'told.danger'])
    expect(await complaint()).toMatchObject({ id, priority: 0, dueAt })
    const [alert] = await office.database.prisma.alert.findMany()
    const at = blurred(office.clock.now())
    expect(alert).toMatchObject({ requestId: id, cause: 'danger', createdAt: at })
    // It stays without a name: nothing was opened for the phone that brought it.
    expect(await office.database.prisma.request.count({ where: { danger: { not: null } } })).toBe(0)
  })

  test('is added to, and contested once, with the same code', async () => {
    const code = await complains('awa')
    const { id } = await complaint()
    await answerNameless(office.desk, actOf(office, officer, id), answer)
    await closeRequest(office.desk, actOf(office, officer, id), { outcome: 'answered' })
    expect(keysOf(await office.says('fanta', `${code} ce n’est pas vrai`))).toEqual(['told.added'])
    expect(await complaint()).toMatchObject({ state: 'open', contestedAt: blurred(office.clock.now()) })
    await closeRequest(office.desk, actOf(office, officer, id), { outcome: 'answered' })
    await office.says('fanta', `${code} toujours pas`)
    expect((await complaint()).state).toBe('closed')
    expect(await office.database.prisma.namelessWord.count({ where: { by: 'person' } })).toBe(2)
    await putAway()
    expect((await stolen(office.database)).split('toujours pas').length - 1).toBe(1)
  })

  test('is not found by guessing: every code that leads nowhere is answered alike, and soon none is looked at', async () => {
    const code = await complains('awa')
    const other = `10000000000${checkDigit('10000000000')}`
    const unknown = await office.says('fanta', other)
    expect(keysOf(unknown)).toEqual(['told.unknown'])
    for (let n = 0; n < 6; n++) await office.says('fanta', other)
    expect(keysOf(await office.says('fanta', code))).toEqual(['told.unknown'])
    expect(keysOf(await office.says('issa', code))).toEqual(['told.open', 'told.more'])
  })

  test('is asked for in writing, because a voice says whose it is; the note is dropped', async () => {
    for (const text of ['0', '3', '6']) await office.says('awa', text)
    const before = office.channel.sent('awa').length
    await office.channel.brings('awa', { kind: 'file', file: { kind: 'voice', handle: 'v', seconds: 9 } })
    await office.settled()
    expect(keysOf(office.channel.sent('awa').slice(before))).toEqual(['nameless.spoken', 'nameless.describe'])
    expect(await office.database.prisma.request.count({ where: { kind: 'unclear' } })).toBe(0)
  })

  test('gives way to help when its words tell of danger', async () => {
    for (const text of ['0', '3', '6']) await office.says('awa', text)
    await office.says('awa', 'le monsieur du projet a dit que je dois coucher avec lui pour avoir l’aide')
    expect(await office.database.prisma.request.count({ where: { kind: 'complaint.sea' } })).toBe(1)
    expect(await office.database.prisma.request.count({ where: { codeHash: { not: null } } })).toBe(0)
  })

  test('goes nowhere when the program fails on it: it is to be said again, and no listener gets it with a number', async () => {
    for (const text of ['0', '3', '6']) await office.says('awa', text)
    const { engine } = office.talk
    const failing = await openOffice(office.database, {
      ...{ clock: office.clock, beside: { channels: office.channels } },
      engine: {
        respond(session, input, situation, world) {
          if (input.kind === 'text' && input.text === words) throw new Error('a fault of the program')
          return engine.respond(session, input, situation, world)
        },
      },
    })
    onTestFinished(() => failing.close())
    const before = office.channel.sent('awa').length
    await failing.ears.arrived([
      {
        ...{ channel: office.channel.id, from: 'awa', externalId: 'failing', edit: 0 },
        ...{ sentAt: office.clock.now(), content: { kind: 'text', text: words } },
      },
    ])
    await failing.settled()
    expect(keysOf(office.channel.sent('awa').slice(before))).toEqual(['common.error'])
    expect(await office.database.prisma.request.count()).toBe(0)
    await putAway()
    expect(await stolen(office.database)).not.toContain(words)
  })
})
