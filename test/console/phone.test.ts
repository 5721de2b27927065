/** The phone that speaks through WhatsApp Web, in the console: who pairs it, what is shown to whom, and the line on every page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Channel } from '../../src/channel/contract.ts'
import { makeFake } from '../../src/channel/fake.ts'
import { ensureChannel } from '../../src/store/channel.ts'
import {
  allowsCampaigns,
  countLate,
  countSent,
  ensurePairedPhone,
  findPairedPhone,
  knownSent,
  notePhone,
} from '../../src/store/whatsapp-web.ts'
import { noteTyped } from '../../src/turn/typed.ts'
import { realClock } from '../../src/world.ts'
import { incoming, letIn } from '../store/turns.ts'
import { type Browser, browserOf, type Counter, hire, makeCounter, say } from './counter.ts'

let counter: Counter
let adama: { id: string }
let admin: Browser
let other: Browser
let supervisor: Browser
let worker: Browser
const phone = realClock.id()
const page = '/console/channels/whatsapp'
const code = '2@abcdef,AAAA,BBBB,CCCC,1'

beforeAll(async () => {
  const channel: Channel = { ...makeFake({ id: phone, clock: realClock }), id: phone, kind: 'whatsapp_web' }
  counter = await makeCounter({ channels: [channel] })
  const row = { id: phone, kind: 'whatsapp_web', account: 'main', at: counter.clock.now() }
  await ensureChannel(counter.database.prisma, row)
  await ensurePairedPhone(counter.database.prisma, phone)
  adama = await hire(counter, 'Adama', ['admin'])
  admin = await browserOf(counter, adama)
  other = await browserOf(counter, await hire(counter, 'Binta', ['admin']))
  supervisor = await browserOf(counter, await hire(counter, 'Sira', ['supervisor']))
  worker = await browserOf(counter, await hire(counter, 'Issa', ['case_worker']))
})
afterAll(() => counter.close())

const tell = (news: Parameters<typeof notePhone>[2]) =>
  notePhone(counter.database.prisma, phone, news, counter.clock.now())
const kept = () => findPairedPhone(counter.database.prisma)
const line = async (browser: Browser) => (await browser.get('/console/channels/held-back')).body

describe('pairing', () => {
  test('shows the code to the administrator who asked for it, for a while, and to nobody else', async () => {
    await tell({ state: 'unauthorized', code })
    expect((await admin.get(page)).body).not.toContain('class="qr"')
    expect((await admin.send(page, `${page}/ask`, {})).statusCode).toBe(303)
    expect((await admin.get(page)).body).toContain('class="qr"')
    expect((await admin.get(`${page}/part`)).body).toContain('class="qr"')
    expect((await other.get(page)).body).not.toContain('class="qr"')
    for (const browser of [supervisor, worker]) {
      expect((await browser.get(page)).statusCode).toBe(404)
      expect((await browser.get(`${page}/part`)).statusCode).toBe(404)
    }
    expect(await line(worker)).toContain("WhatsApp n'est pas relié")
  })

  test('says who paired it once a phone scanned the code, and forgets the code', async () => {
    await tell({ state: 'up', account: '22370000000' })
    expect(await kept()).toMatchObject({ account: '22370000000', pairedBy: adama.id })
    expect((await kept())?.code).toBe(undefined)
    const { body } = await admin.get(page)
    expect(body).toContain('Numéro +22370000000, relié par Adama')
    expect(await line(worker)).toContain('hidden')
  })

  test('a session that comes back keeps who paired it; one that was logged out forgets', async () => {
    await tell({ state: 'down', why: 'browser_gone' })
    expect((await admin.get(page)).body).toContain("Le navigateur s'est arrêté")
    await tell({ state: 'up', account: '22370000000' })
    expect((await kept())?.pairedBy).toBe(adama.id)
    await tell({ state: 'unauthorized', why: 'logged_out' })
    expect(await kept()).not.toHaveProperty('account')
    await tell({ state: 'unauthorized', code })
    await tell({ state: 'up', account: '22370000001' })
    expect((await admin.get(page)).body).toContain("relié par quelqu'un au clavier du serveur")
  })

  test('is undone by one act, which waits for whoever keeps the session', async () => {
    await admin.send(page, `${page}/unlink`, {})
    expect((await kept())?.unlinkAt).toBeInstanceOf(Date)
    expect((await admin.get(page)).body).toContain("en train d'être délié")
  })
})

describe('limits', () => {
  test('a pause is told on every page, with what waits, and lifted again', async () => {
    await admin.send(page, `${page}/pause`, { pause: 'on' })
    expect(await line(worker)).toContain('WhatsApp est en pause')
    expect((await worker.get('/console/requests')).body).toContain('WhatsApp est en pause')
    await admin.send(page, `${page}/pause`, { pause: 'off' })
    expect(await line(worker)).toContain('hidden')
  })

  test.each(['0', '2001', '-1', '1.5', 'many', '<b>'])(
    'a cap of %s changes nothing and says so',
    async (cap) => {
      const answer = await admin.send(page, `${page}/limits`, { cap })
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toContain('Donnez un nombre de 1 à 2000')
      expect((await kept())?.dailyCap).toBe(400)
    },
  )

  test('campaigns go through it only once an administrator allows it', async () => {
    const { prisma } = counter.database
    expect(await allowsCampaigns(prisma, phone)).toBe(false)
    expect(await allowsCampaigns(prisma, counter.channel)).toBe(true)
    const fields = { cap: '3', campaigns: 'on' }
    await admin.send(page, `${page}/limits`, fields)
    expect(await allowsCampaigns(prisma, phone)).toBe(true)
  })

  test('a full day is told, and the next one begins at nothing', async () => {
    const now = counter.clock.now()
    for (let sent = 0; sent < 3; sent += 1) await countSent(counter.database.pool, phone, now)
    expect((await kept())?.sentCount).toBe(3)
    expect(await line(worker)).toContain('limite du jour')
    await countSent(counter.database.pool, phone, new Date(now.getTime() + 86_400_000))
    expect((await kept())?.sentCount).toBe(1)
  })
})

describe('what was typed on the phone', () => {
  test('joins the thread of the person as said by the office, once, and is not sent again', async () => {
    const { database, clock, channel } = counter
    const opened = await say(counter, { from: 'awa', kind: 'request.info', text: 'où est le bureau ?' })
    const typed = {
      ...{ channel, to: 'awa', externalId: 'AC1', at: clock.now() },
      text: 'Venez demain <b>à 9 h</b>',
    }
    const parts = { ...database, clock }
    expect(await noteTyped(parts, [typed])).toEqual([`thread-${opened.id}`])
    expect(await noteTyped(parts, [typed])).toEqual([])
    expect(await noteTyped(parts, [{ ...typed, to: 'nobody' }])).toEqual([])
    const { body } = await worker.get(opened.path)
    expect(body).toContain('Téléphone du bureau')
    expect(body).toContain('Venez demain &lt;b>à 9 h&lt;/b>')
    const rows = await database.prisma.message.findMany({ where: { requestId: opened.id, state: 'sent' } })
    expect(rows.length).toBe(1)
    expect(await knownSent(database, channel, ['AC1', 'AC2'])).toEqual(new Set(['AC1']))
  })
})

test('what is found by looking back is counted as late only where no row of it stands', async () => {
  const { database } = counter
  await letIn(database, phone, '22370000001@c.us', 1)
  const found = [1, 2].map((n) => incoming(phone, '22370000001@c.us', n))
  await countLate(database, phone, found)
  expect((await kept())?.foundLate).toBe(1)
})
