/** Whoever asked to be erased hears once that it was done, before the keys go, and never on a phone that others read. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eraseForGood } from '../../src/turn/act-erase.ts'
import { loadFile } from '../../src/turn/act-person.ts'
import { sayLastWord } from '../../src/turn/last-word.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from './office.ts'

const database = oneDatabase()

async function open(): Promise<Office> {
  const office = await openOffice(database())
  onTestFinished(() => office.close())
  for (const text of ['bonjour', '1', '1', 'mes données', '3', '1']) await office.says('awa', text)
  return office
}

test('a form that is sent again, because the erasure failed after it, says it once', async () => {
  const office = await open()
  const before = heard(office).length
  const { id } = await database().prisma.person.findFirstOrThrow()
  const form = office.clock.id()
  for (const _ of [1, 2]) {
    await sayLastWord(office.desk, speechOf(office), { people: [id], form }, 5_000)
  }
  expect(heard(office)).toHaveLength(before + 1)
})

const speechOf = (office: Office) => ({ ...office.talk, voices: () => ({}) as never })

async function erases(office: Office, reason: 'asked' | 'expired'): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'baro-erase-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const ines = await hire(office, 'Ines', ['data_protection'])
  const { id } = await database().prisma.person.findFirstOrThrow()
  const { values } = await loadFile(office.desk, ines, id)
  await eraseForGood(
    office.desk,
    database(),
    { staff: ines, person: id, form: office.clock.id() },
    {
      ...{ reason, typed: values.caseNumber ?? values.name ?? '', backupDays: 30, patience: 5_000 },
      mediaFolder: folder as never,
      speech: speechOf(office),
    },
  )
}

const heard = (office: Office) => office.channel.sent('awa').map(({ spoken }) => spoken.text)

test('the last word leaves before everything is erased', async () => {
  const office = await open()
  const before = heard(office).length
  await erases(office, 'asked')
  expect(heard(office).slice(before)).toEqual([expect.stringContaining('vos informations sont effacées')])
  const { prisma } = database()
  expect(await prisma.person.findFirst()).toMatchObject({ nameEnc: null })
  expect((await prisma.person.findFirst())?.erasedAt).not.toBeNull()
})

test.each(['on a shared phone', 'when nobody asked'])('%s nothing is said', async (how) => {
  const office = await open()
  if (how === 'on a shared phone') await database().prisma.address.updateMany({ data: { shared: true } })
  const before = heard(office).length
  await erases(office, how === 'when nobody asked' ? 'expired' : 'asked')
  expect(heard(office)).toHaveLength(before)
  expect((await database().prisma.person.findFirst())?.erasedAt).not.toBeNull()
})
