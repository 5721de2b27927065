/** The page on which staff link their chat. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserOf, type Counter, hire, makeCounter } from './counter.ts'

let counter: Counter
let staff: { id: string }
beforeAll(async () => {
  counter = await makeCounter({ staffBot: { username: () => 'bureau_bot', hooks: [], state: () => 'up' } })
  staff = await hire(counter, 'Mariam', ['case_worker'])
})
afterAll(() => counter.close())

test('gives a code once, and keeps only its hash', async () => {
  const browser = await browserOf(counter, staff)
  expect((await browser.get('/console/desk')).body).toContain('Relier mon Telegram')
  const { body } = await browser.send('/console/desk', '/console/desk/code', {})
  const [code = ''] = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(body) ?? []
  expect(body).toContain(`https://t.me/bureau_bot?start=${code.replace('-', '')}`)
  const rows = await counter.database.prisma.staffChatCode.findMany()
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(code.replace('-', ''))
  expect((await browser.get('/console/desk')).body).not.toContain(code)
})

test('shows until when a chat is linked, and ends the link', async () => {
  const { prisma } = counter.database
  const now = counter.clock.now()
  const key = { id: counter.clock.id(), subject: 'staff', wrapId: 1, createdAt: now }
  await prisma.subjectKey.create({ data: key })
  const bytes = new Uint8Array(1)
  await prisma.staffChat.create({
    data: {
      ...{ id: counter.clock.id(), staffId: staff.id, chatHash: bytes, chatEnc: bytes, keyId: key.id },
      ...{ linkedAt: now, endsAt: new Date(now.getTime() + 1_000_000) },
    },
  })
  const browser = await browserOf(counter, staff)
  expect((await browser.get('/console/desk')).body).toContain('Votre Telegram est relié')
  expect((await browser.send('/console/desk', '/console/desk/end', {})).statusCode).toBe(303)
  expect((await browser.get('/console/desk')).body).toContain('Relier mon Telegram')
})

test('the house says how the bot of staff is, and nothing of it where there is none', async () => {
  const ready = async (of: Counter) => (await of.app.inject('/health/ready')).json()
  expect(await ready(counter)).toMatchObject({ ready: true, desk: 'up' })
  const plain = await makeCounter()
  expect(await ready(plain)).not.toHaveProperty('desk')
  await plain.close()
})
