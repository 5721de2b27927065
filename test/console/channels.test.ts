/** Accounts and templates in the console: how they stand, who changes them, and that no secret is ever shown. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TemplateDesk } from '../../src/channel/contract.ts'
import { makeFake } from '../../src/channel/fake.ts'
import { makeCloudAccounts } from '../../src/cloud-accounts.ts'
import { readConfig } from '../../src/config.ts'
import { channelRound } from '../../src/job/channel-round.ts'
import { learnNumber, listNumbers } from '../../src/store/cloud-number.ts'
import { listTemplates } from '../../src/store/template.ts'
import { realClock } from '../../src/world.ts'
import { listLog } from '../turn/office.ts'
import { type Browser, browserOf, type Counter, hire, makeCounter, say } from './counter.ts'

let counter: Counter
let admin: Browser
let supervisor: Browser
let officer: Browser
let business: string | undefined
const handed: object[] = []
const desk: TemplateDesk = {
  business: () => business,
  list: async () => [
    {
      name: 'frappe',
      language: 'fr',
      state: 'approved',
      category: 'UTILITY',
      quality: 'GREEN',
      body: 'Bonjour <b>',
    },
    {
      name: 'frappe_bm',
      language: 'fr',
      state: 'rejected',
      reason: 'SCAM',
      category: 'UTILITY',
      body: 'I ni ce',
    },
  ],
  submit: async (one) => {
    handed.push(one)
    return { theirId: '7', state: 'pending' }
  },
}

beforeAll(async () => {
  const fake = Object.assign(makeFake({ id: realClock.id(), clock: realClock }), { templates: desk })
  counter = await makeCounter({ channels: [fake] })
  admin = await browserOf(counter, await hire(counter, 'Adama', ['admin']))
  supervisor = await browserOf(counter, await hire(counter, 'Sira', ['supervisor']))
  officer = await browserOf(counter, await hire(counter, 'Oumou', ['officer']))
})
afterAll(() => counter.close())

describe('accounts', () => {
  test('tell what came, what was handled and that nothing is missing', async () => {
    await say(counter, { from: 'awa' })
    const { body } = await supervisor.get('/console/channels')
    const figures = [...body.matchAll(/<dt[^>]*>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(
      ([, name, n]) => `${name} ${n}`,
    )
    expect(figures.slice(0, 3)).toEqual(['Reçus 1', 'Traités 1', 'Manquants 0'])
    expect(body).not.toContain('/console/channels/numbers"')
  })

  test('are compared after each reconnect, and what never came is counted', async () => {
    const { pool } = counter.database
    let state: 'up' | 'down' = 'up'
    const channel = { id: counter.channel, kind: 'fake' as const, state: () => state }
    const asked = [{ missing: 2, waiting: 0 }]
    const compare = async () => asked.shift() ?? Promise.reject(new Error('asked too often'))
    const parts = { pool, channels: [{ ...channel, compare }], clock: counter.clock, log: listLog() }
    const before = new Map<string, string>()
    await channelRound(parts, before)
    await channelRound(parts, before)
    const page = () => supervisor.get('/console/channels')
    expect((await page()).body).toContain('2 messages annoncés par le fournisseur')
    expect((await page()).body).toContain('en service (depuis')
    state = 'down'
    await channelRound(parts, before)
    expect((await page()).body).toContain('en panne')
    const metrics = (await counter.app.inject('/metrics')).body
    expect(metrics).toContain(`baro_channel_missing{kind="telegram",id="${counter.channel}"} 2`)
    expect(metrics).toMatch(/baro_channel_received_last_day\{[^}]*\} 1/)
    await pool.query('update channel set missed = 0')
  })

  test('of WhatsApp are added by administrators, stand at once, and never show a secret', async () => {
    const number = {
      phone_id: '123456',
      name: 'Gao',
      token: 'EAA-secret-token',
      app_secret: 'own',
      verify_token: 'word',
    }
    expect((await supervisor.post('/console/channels/numbers', number)).statusCode).toBe(403)
    const cloud = makeCloudAccounts({
      ...{ config: readConfig({}), clock: counter.clock, log: listLog() },
      ...{ database: counter.database, locales: counter.locales },
    })
    expect(await cloud.open()).toEqual([])
    const add = (fields: Record<string, string>) =>
      admin.send('/console/channels', '/console/channels/numbers', fields)
    expect((await add(number)).statusCode).toBe(303)
    const twice = await add(number)
    expect([twice.statusCode, twice.body.includes('Ce numéro est déjà là')]).toEqual([409, true])
    expect((await add({ ...number, phone_id: 'abc' })).statusCode).toBe(422)
    const [opened, ...more] = await cloud.open()
    expect([opened?.kind, more, await cloud.open()]).toEqual(['whatsapp_cloud', [], []])
    const word = { 'hub.mode': 'subscribe', 'hub.verify_token': 'word', 'hub.challenge': '1' }
    const shake = () => cloud.hook.hooks[0]?.handle({ headers: {}, query: word, body: Buffer.alloc(0) })
    expect(await shake()).toEqual({ status: 200, body: '1' })

    const [kept] = await listNumbers(counter.database)
    const change = { name: 'Gao nord', token: '', app_secret: '', verify_token: 'another' }
    const changed = await admin.send('/console/channels', `/console/channels/numbers/${kept?.id}`, change)
    expect(changed.statusCode).toBe(303)
    expect((await listNumbers(counter.database))[0]).toMatchObject({
      name: 'Gao nord',
      secrets: { token: number.token, appSecret: 'own', verifyToken: 'another' },
    })
    await cloud.open()
    expect(await shake()).toEqual({ status: 403 })
    const row = await counter.database.prisma.channel.findFirstOrThrow({ where: { account: '123456' } })
    expect(Buffer.from(row.secretsEnc ?? []).toString('latin1')).not.toContain('secret')
    expect((await admin.get('/console/channels')).body).not.toContain('EAA-secret')
    await learnNumber(counter.database.prisma, row.id, { limit: 'TIER_2K' })
    expect((await admin.get('/console/channels')).body).toMatch(/2.000 personnes par jour au plus/)
    await learnNumber(counter.database.prisma, row.id, { limit: '-1' })
    expect((await admin.get('/console/channels')).body).toContain('pas de limite par jour')
    await opened?.close()
  })
})

describe('templates', () => {
  const refresh = () => officer.send('/console/templates', '/console/templates/refresh', {})

  test('need an account, and say so', async () => {
    business = undefined
    const answer = await refresh()
    expect([answer.statusCode, answer.body.includes('WHATSAPP_CLOUD_BUSINESS_ID')]).toEqual([422, true])
    expect((await supervisor.get('/console/templates')).statusCode).toBe(404)
  })

  test('are read from Meta with their state, and keep what they stand for', async () => {
    business = '900'
    expect((await refresh()).statusCode).toBe(303)
    const before = (await officer.get('/console/templates')).body
    expect(before).toContain('Aucun modèle approuvé ne demande encore')
    expect(before).toContain('Bonjour &lt;b>')
    expect(before).toContain('Motif donné par Meta : SCAM')
    const [first, bambara] = await listTemplates(counter.database.prisma)
    const keep = (id: string | undefined, fields: Record<string, string>) =>
      officer.send('/console/templates', `/console/templates/${id}`, fields)
    expect((await keep(first?.id, { use: 'knock', speaks: 'fr' })).statusCode).toBe(303)
    expect((await keep(bambara?.id, { use: 'knock', speaks: 'bm' })).statusCode).toBe(303)
    expect((await keep(first?.id, { use: 'everything', speaks: 'fr' })).statusCode).toBe(422)
    await refresh()
    const after = (await officer.get('/console/templates')).body
    expect(after).not.toContain('Aucun modèle approuvé ne demande encore')
    expect(after).toContain('enregistré sous le code fr')
    expect(after).toContain('dire que la réponse prendra plus de temps')
  })

  test('are handed in with our own wording, once under one name', async () => {
    const wish = { use: 'delay.told', speaks: 'bm', language: 'fr', name: 'retard_bm' }
    const hand = (fields: Record<string, string>) =>
      officer.send('/console/templates', '/console/templates', fields)
    expect((await hand(wish)).statusCode).toBe(303)
    expect(handed).toMatchObject([{ name: 'retard_bm', language: 'fr', category: 'UTILITY' }])
    expect((handed[0] as { body: string }).body).toContain('{{ref}}')
    expect((await hand(wish)).statusCode).toBe(422)
    expect((await hand({ ...wish, name: 'Non valable' })).statusCode).toBe(422)
    expect(handed).toHaveLength(1)
    expect(
      (await listTemplates(counter.database.prisma)).find(({ name }) => name === 'retard_bm'),
    ).toMatchObject({
      ...{ state: 'pending', use: 'delay.told', speaks: 'bm' },
    })
  })
})
