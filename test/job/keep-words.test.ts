/** The job that keeps words: late by seconds, never twice, and gone with what it was made of. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { keepAllWords } from '../../src/job/keep-words.ts'
import { erasePerson } from '../../src/store/erasure.ts'
import { messagesWithWords } from '../../src/store/message-words.ts'
import { digitsHash, nameHashes } from '../../src/store/person-words.ts'
import { oneDatabase } from '../one-database.ts'
import { type Office, openOffice } from '../turn/office.ts'

const database = oneDatabase()

async function open(): Promise<Office> {
  const office = await openOffice(database())
  onTestFinished(() => office.close())
  return office
}

/** Somebody who agreed, by the shortest way through the first contact. */
async function agrees(office: Office, from: string): Promise<string> {
  for (const text of ['bonjour', '1', '1']) await office.says(from, text)
  const [last] = await office.database.prisma.person.findMany({ orderBy: { id: 'desc' }, take: 1 })
  if (!last) throw new Error('nobody agreed')
  return last.id
}

const run = (office: Office) => keepAllWords({ ...office.database, clock: office.clock })
const found = async (...words: string[]) => (await messagesWithWords(database(), words, 10)).ids

describe('the words of messages', () => {
  test('are found together, the newest first, and hold nothing that can be read', async () => {
    const office = await open()
    await office.says('awa', 'la pompe est cassée')
    office.clock.forward(1_000)
    await office.says('issa', 'ma pompe marche')
    expect(await found('pompe')).toEqual([])
    expect(await run(office)).toMatchObject({ messages: 2 })
    expect(await found('pompe')).toHaveLength(2)
    const [newest] = await found('pompe')
    expect(await found('pompe', 'marche')).toEqual([newest])
    expect(await found('pompe', 'argent')).toEqual([])
    const { rows } = await database().pool.query("select * from message_word w where w::text like '%pompe%'")
    expect(rows).toEqual([])
  })

  test('are kept once, and the job goes on where it stopped', async () => {
    const office = await open()
    await office.says('awa', 'la pompe est cassée')
    await run(office)
    expect(await run(office)).toEqual({ messages: 0, people: 0 })
    office.clock.forward(3_600_000)
    expect(await run(office)).toEqual({ messages: 0, people: 0 })
    await office.says('awa', 'toujours cassée')
    expect(await run(office)).toMatchObject({ messages: 1 })
    expect(await found('cassee')).toEqual([])
    expect(await found('case')).toHaveLength(2)
  })

  test('of what the conversation says are not kept', async () => {
    const office = await open()
    await office.says('awa', 'bonjour')
    await run(office)
    const said = await database().prisma.message.count({ where: { direction: 'out' } })
    expect(said).toBeGreaterThan(0)
    expect(await database().prisma.messageWord.count({ where: { message: { direction: 'out' } } })).toBe(0)
  })

  test('go with their message', async () => {
    const office = await open()
    await office.says('awa', 'la pompe est cassée')
    await run(office)
    await database().prisma.message.deleteMany()
    expect(await database().prisma.messageWord.count()).toBe(0)
  })
})

describe('the names and phones of people', () => {
  test('are found by sound and by last digits, follow a change, and go when they are erased', async () => {
    const office = await open()
    const person = await agrees(office, 'awa')
    await office.says('awa', 'la pompe est cassée')
    const { prisma, keys } = database()
    const { keyId } = await prisma.person.findUniqueOrThrow({ where: { id: person } })
    const { placeOf } = await import('../../src/store/encryption.ts')
    const change = async (name: string, phone: string) => {
      const enc = (column: string, text: string) =>
        new Uint8Array(keys.encrypt(keyId, placeOf('person', column, person), text))
      await prisma.person.update({
        where: { id: person },
        data: {
          ...{ nameEnc: enc('name_enc', name), phoneEnc: enc('phone_enc', phone) },
          version: { increment: 1 },
        },
      })
      await run(office)
    }
    const has = async (hashes: readonly bigint[]) =>
      (await prisma.personWord.count({ where: { personId: person, word: { in: [...hashes] } } })) > 0
    await change('Traoré Djénéba', '+22370000042')
    expect(await has(nameHashes(keys, 'tarawele').same)).toBe(true)
    expect(await has([digitsHash(keys, '0042') ?? 0n])).toBe(true)
    await change('Djénéba Diarra', '+22370000043')
    expect(await has(nameHashes(keys, 'traore').same)).toBe(false)
    expect(await has(nameHashes(keys, 'jara').same)).toBe(true)
    expect(await has([digitsHash(keys, '0042') ?? 0n])).toBe(false)
    expect(await found('pompe')).toHaveLength(1)
    await erasePerson(database(), person, office.clock.now())
    await run(office)
    expect(await prisma.personWord.count()).toBe(0)
    expect(await found('pompe')).toEqual([])
  })
})
