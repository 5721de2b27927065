/** Invitation cards: what ties an address to a person, and what guessing gives. */
import { expect, test } from 'vitest'
import { drawCardCode, readCardCode, showCardCode } from '../../src/core/card.ts'
import { readReference } from '../../src/core/reference.ts'
import { makeCard } from '../../src/turn/act-reach.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from './office.ts'

const database = oneDatabase()
const unknown = 'Nous ne pouvons rien dire de ce numéro ici.'

/** Somebody with a case, and a card for them. */
async function invite(office: Office) {
  const { prisma, keys, road } = database()
  const { clock } = office
  const staff = await hire(office, 'Mariam', ['case_worker'])
  const [id, file] = [clock.id(), clock.id()]
  const key = keys.make('person', clock.id(), clock.now())
  await road.act({
    ...{ turn: clock.id(), at: clock.now(), messages: [], events: [] },
    changes: [
      key.row,
      {
        insert: 'person',
        plain: { id, key_id: key.id, language: 'fr', created_at: clock.now() },
        secret: { name_enc: 'Awa Test' },
        key: key.id,
      },
      {
        insert: 'case_file',
        plain: { id: file, person_id: id, stage: 'reception', owner_id: staff.id, opened_at: clock.now() },
      },
    ],
  })
  const { code } = await makeCard(office.desk, { staff, form: clock.id(), person: id })
  return { code, person: id, staff, prisma }
}

test('a code is no reference, no phone and no other message, however it is grouped', () => {
  for (let n = 0; n < 200; n += 1) {
    const code = drawCardCode((below) => (n * 4_567_891) % below)
    expect(readCardCode(showCardCode(code))).toBe(code)
    expect(readReference(code)).toBeUndefined()
  }
  for (const text of [
    '4821036572',
    '0701020304',
    '76123456',
    'mon code 4821036571',
    '22376123456',
    '4 '.repeat(999),
  ])
    expect([text.slice(0, 20), readCardCode(text)]).toEqual([text.slice(0, 20), undefined])
})

test('a card ties the address to the person, verified by who gave it, and their words are theirs', async () => {
  const office = await openOffice(database())
  const { code, person, staff, prisma } = await invite(office)
  const [hello] = await office.says('awa', code)
  expect(hello?.spoken.text).toContain('Awa Test')
  const link = await prisma.personAddress.findFirstOrThrow()
  expect(link).toMatchObject({ personId: person, verifiedBy: staff.id, until: null })
  await office.says('awa', '1')
  await office.says('awa', "je cherche du travail s'il vous plaît")
  const request = await prisma.request.findFirstOrThrow()
  expect([request.personId, request.ownerId ?? staff.id]).toEqual([person, staff.id])
  expect(await prisma.person.count()).toBe(1)
  await office.close()
})

test('of two phones that send one code at the same time only one is tied', async () => {
  const office = await openOffice(database())
  const { code, prisma } = await invite(office)
  await Promise.all([office.channel.says('awa', code), office.channel.says('issa', code)])
  await office.settled()
  expect(await prisma.personAddress.count()).toBe(1)
  const all = [...office.channel.sent('awa'), ...office.channel.sent('issa')].map(({ spoken }) => spoken.text)
  expect(all.filter((text) => text.includes('Awa Test'))).toHaveLength(1)
  expect(all.filter((text) => text.startsWith(unknown))).toHaveLength(1)
  await office.close()
})

test('a new card ends the one before, and guessing ends for a day', async () => {
  const office = await openOffice(database())
  const { code, person, staff, prisma } = await invite(office)
  const next = await makeCard(office.desk, { staff, form: office.clock.id(), person })
  for (let tries = 0; tries < 6; tries += 1) {
    const [answer] = await office.says('issa', code)
    expect(answer?.spoken.text).toContain(unknown)
  }
  const [late] = await office.says('issa', next.code)
  expect(late?.spoken.text).toContain(unknown)
  expect(await prisma.personAddress.count()).toBe(0)
  office.clock.forward(25 * 3_600_000)
  const [tomorrow] = await office.says('issa', next.code)
  expect(tomorrow?.spoken.text).toContain('Awa Test')
  await office.close()
})

test('a code in a form of staff goes nowhere: only its hash is kept', async () => {
  const office = await openOffice(database())
  const { code } = await invite(office)
  const { rows } = await database().pool.query('select row_to_json(c)::text as row from card c')
  expect(JSON.stringify(rows)).not.toContain(code)
  await office.close()
})
