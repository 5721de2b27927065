/** The old number has its say when somebody asks to replace it (S4): a "2", in any figures, and nothing else. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { oneDatabase } from '../one-database.ts'
import { type Office, openOffice } from './office.ts'

const database = oneDatabase()
let office: Office
let address: string
let request: string

beforeEach(async () => {
  office = await openOffice(database())
  onTestFinished(() => office.close())
  for (const text of ['bonjour', '1', '1', 'où est le bureau ?']) await office.says('awa', text)
  const { prisma } = database()
  const row = await prisma.request.findFirstOrThrow()
  request = row.id
  address = row.addressId ?? ''
  office.clock.forward(3_600_000)
  await prisma.address.update({
    where: { id: address },
    data: { disputableId: request, disputableAt: office.clock.now() },
  })
  office.clock.forward(60_000)
})

const disputes = () =>
  database().prisma.event.count({ where: { type: 'contact_disputed', requestId: request } })

describe('an old number', () => {
  test.each(['2', ' 2. ', '٢', '2️⃣'])(
    'that says %s raises the request, once, and hears that nothing was changed',
    async (text) => {
      const [answer] = await office.says('awa', text)
      expect(answer?.spoken.text).toBe("Merci. Rien n'a été changé. Une personne va vérifier.")
      expect(await disputes()).toBe(1)
      expect(await database().prisma.request.findUnique({ where: { id: request } })).toMatchObject({
        priority: 1,
      })
      office.clock.forward(3_600_000)
      await office.says('awa', text)
      expect(await disputes()).toBe(1)
    },
  )

  test.each(['1', 'menu', "j'ai 2 enfants", '22'])('that says %s disputes nothing', async (text) => {
    await office.says('awa', text)
    expect(await disputes()).toBe(0)
  })

  test('that was shown a list since means the list', async () => {
    await office.says('awa', 'menu')
    office.clock.forward(60_000)
    await office.says('awa', '2')
    expect(await disputes()).toBe(0)
  })

  test('that others use says it without being asked who speaks', async () => {
    await database().prisma.address.update({ where: { id: address }, data: { shared: true } })
    office.clock.forward(24 * 3_600_000)
    await office.says('awa', '2')
    expect(await disputes()).toBe(1)
  })
})
