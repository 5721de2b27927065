/** Campaigns before and while they go out, by the forms of the console, as whoever has no scripts uses them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCampaign } from '../../src/store/campaign.ts'
import { releaseCampaign } from '../../src/store/campaign-ledger.ts'
import { audienceSettings } from '../../src/turn/campaign-audience.ts'
import { gather } from '../job/crowd.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter } from './counter.ts'
import { meet } from './people.ts'

let counter: Counter
let claire: Browser
let fanta: Browser
const base = '/console/campaigns'

beforeAll(async () => {
  counter = await makeCounter()
  claire = await browserOf(counter, await hire(counter, 'Claire', ['officer']))
  fanta = await browserOf(counter, await hire(counter, 'Fanta', ['supervisor']))
  await gather(counter.database, counter.clock, counter.channel, [
    { from: 'awa', name: 'Awa Traoré', region: 'mopti' },
    { from: 'issa', language: 'bm' },
    { from: 'kid', minor: true },
    { from: 'stop', stopped: 'campaigns' },
  ])
})
afterAll(() => counter.close())

/** A draft, as its writer begins one; gives its page. */
async function begin(name = 'Kits', writer = claire): Promise<string> {
  const answer = await writer.send(base, base, { name })
  expect(answer.statusCode).toBe(303)
  return String(answer.headers['location'])
}

const idOf = (page: string) => page.slice(base.length + 1)
const rowOf = async (page: string) => (await loadCampaign(counter.database.prisma, idOf(page))).campaign
const words = { name: 'Kits', text_fr: 'Bonjour {name}, les kits sont au marché.', former: 'on' }

/** Written and sent to a second person. */
async function submitted(more: Record<string, string> = {}): Promise<string> {
  const page = await begin()
  const sent = await claire.post(`${page}/submit`, {
    ...hiddenFields((await claire.get(page)).body, page),
    ...words,
    ...more,
  })
  expect([sent.statusCode, (await rowOf(page)).state]).toEqual([303, 'review'])
  return page
}

async function released(): Promise<string> {
  const page = await submitted()
  await fanta.send(page, `${page}/approve`, {})
  const { pool, prisma } = counter.database
  const { campaign } = await loadCampaign(prisma, idOf(page))
  const settings = audienceSettings(counter.texts, campaign, [counter.channel], counter.clock.now())
  await releaseCampaign(pool, campaign, settings, counter.clock.id())
  return page
}

describe('the editor', () => {
  test('keeps what is written, under one entry of history for one sitting', async () => {
    const page = await begin()
    const fields = { ...hiddenFields((await claire.get(page)).body, page), ...words }
    const script = { 'hx-request': 'true' }
    await claire.post(page, { ...fields, regions: 'mopti' }, script)
    const kept = await claire.post(page, { ...fields, text_bm: 'I ni ce' }, script)
    expect(kept.body).toContain('Bonjour Awa Traoré, les kits sont au marché.')
    expect(kept.body).toMatch(/>2<\/strong> personnes la recevraient maintenant/)
    const { texts, audience } = await rowOf(page)
    expect([texts, audience]).toEqual([{ fr: { text: words.text_fr }, bm: { text: 'I ni ce' } }, {}])
    const acts = await counter.database.prisma.campaignAct.findMany({ where: { campaignId: idOf(page) } })
    expect(acts.map(({ act }) => act).sort()).toEqual(['created', 'edited'])
    expect((await claire.get(page)).body).toContain('I ni ce</textarea>')
  })

  test('does not overwrite what a colleague wrote meanwhile, nor what was submitted', async () => {
    const other = await browserOf(counter, await hire(counter, 'Binta', ['officer']))
    const page = await begin()
    const stale = { ...hiddenFields((await claire.get(page)).body, page), ...words }
    await other.send(page, page, { ...words, text_fr: 'Autre texte' })
    const refused = await claire.post(page, stale)
    expect(refused.statusCode).toBe(409)
    expect(refused.body).toContain("Rien n'a été écrasé")
    // What was typed is still there.
    expect(refused.body).toContain('les kits sont au marché.</textarea>')
    expect((await rowOf(page)).texts.fr?.text).toBe('Autre texte')
    const late = await submitted()
    expect((await claire.post(late, stale)).statusCode).toBe(409)
    expect((await rowOf(late)).state).toBe('review')
  })

  test.each([
    ['a day that does not exist', { returnedFrom: '2026-02-31x' }, "Une date n'existe pas"],
    ['a start without its time', { starts: 'at' }, "Il manque le jour et l'heure"],
    ['an hour that does not exist', { endsAt: '2026-02-30T25:00' }, "Une date ou une heure n'existe pas"],
    ['a forged region', { regions: "x'; drop table person" }, 'Une règle ne peut pas être lue'],
    ['a forged list', { list: 'nobody' }, 'Une règle ne peut pas être lue'],
    ['a forged audience', { audience: '1 or 1=1' }, "Ce public n'existe pas"],
    ['a hundred thousand characters', { text_fr: 'a'.repeat(100_000) }, 'Un texte est bien trop long'],
    ['no name', { name: ' ' }, 'Il faut un nom'],
  ])('takes nothing of a form with %s, and says so', async (_what, fault, told) => {
    const page = await begin()
    const answer = await claire.send(page, page, { ...words, ...fault } as Record<string, string>)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(told)
    expect((await rowOf(page)).version).toBe(0)
  })

  test('shows html as the text that it is, and everybody who is left out with the reason', async () => {
    const page = await begin('<b>Kits</b>')
    await claire.send(page, page, { ...words, name: '<b>Kits</b>', text_fr: '<script>alert(1)</script>' })
    const { body } = await claire.get(page)
    expect(body).not.toContain('<script>alert')
    expect(body).toContain('&lt;b>Kits')
    const count = (await claire.get(`${page}/audience`)).body
    for (const reason of ['mineures', "ne veulent plus d'informations", 'pas de texte dans leur langue'])
      expect(count).toContain(reason)
    expect(count).toContain('1 personne parle cette langue : bambara')
  })

  test('says before it goes out that it cannot be through in time', async () => {
    const page = await begin()
    const past = new Date(counter.clock.now().getTime() + 60_000).toISOString().slice(0, 16)
    const at = new Date(counter.clock.now().getTime() + 90 * 86_400_000).toISOString().slice(0, 16)
    await claire.send(page, page, { ...words, starts: 'at', startsAt: at, endsAt: past })
    expect((await claire.get(`${page}/audience`)).body).toContain(
      'ne peut pas finir avant son dernier moment',
    )
    expect((await claire.get(page)).body).toContain('un dernier moment après le départ')
  })

  test('shows a few names to whoever may see them, on record, and to nobody else', async () => {
    const page = await submitted()
    const reads = () => counter.database.prisma.accessLog.count({ where: { what: 'person' } })
    const before = await reads()
    expect((await fanta.get(`${page}/sample`)).body).toContain('aucun des noms')
    expect((await claire.get(`${page}/sample`)).body).toContain('Awa Traoré')
    await expect.poll(reads).toBe(before + 1)
  })

  test('says plainly that a trial needs a chat, and keeps the draft', async () => {
    const page = await begin()
    const fields = { ...hiddenFields((await claire.get(page)).body, page), ...words, language: 'fr' }
    const answer = await claire.post(`${page}/try`, fields)
    expect([answer.statusCode, answer.body.includes('Aucun chat Telegram')]).toEqual([422, true])
    expect((await rowOf(page)).texts.fr?.text).toBe(words.text_fr)
  })
})

describe('own lists and saved audiences', () => {
  test('a list tells how many numbers have a case, and keeps none of them', async () => {
    await meet(counter, { caseNumber: 'ML-001' })
    const { body } = await claire.get(`${base}/lists`)
    const hidden = hiddenFields(body, `${base}/lists`)
    const table = Buffer.from('Nom;Numéro de dossier\nAwa;ml-001\nIssa;ML-404\n')
    const fields = { ...hidden, name: 'Marché', pasted: 'ML-405, rien' }
    const answer = await claire.upload(`${base}/lists`, fields, [
      { field: 'file', name: 'liste.csv', bytes: table },
    ])
    expect(answer.statusCode).toBe(303)
    const told = (await claire.get(String(answer.headers['location']))).body
    expect(told).toContain('Dossiers trouvés : 1 ; numéros sans dossier : 2')
    const rows = await counter.database.prisma.caseListRow.findMany()
    expect(rows.some(({ numberHash }) => Buffer.from(numberHash).includes('ML'))).toBe(false)
    const lying = await claire.upload(`${base}/lists`, fields, [
      { field: 'file', name: 'liste.xlsx', bytes: table },
    ])
    expect(lying.statusCode).toBe(422)
  })

  test('a saved audience is read anew, and cannot be deleted under a campaign', async () => {
    const page = await begin()
    const fields = { ...words, regions: 'mopti', keepAs: 'Mopti', keep: '1' }
    expect((await claire.send(page, page, fields)).statusCode).toBe(303)
    const [saved] = await counter.database.prisma.audience.findMany()
    if (!saved) throw new Error('nothing was saved')
    await claire.send(page, page, { ...words, audience: saved.id })
    const counted = async () => (await claire.get(`${page}/audience`)).body
    expect(await counted()).toContain('>1</strong>')
    const again = await claire.send(page, page, fields)
    expect([again.statusCode, again.body.includes('porte déjà ce nom')]).toEqual([409, true])
    await counter.database.prisma.audience.update({
      where: { id: saved.id },
      data: { rules: { regions: ['kidal'] } },
    })
    expect(await counted()).toContain('>1</strong>')
    await claire.send(page, page, { ...words, audience: saved.id })
    expect(await counted()).toContain('Personne ne la recevrait')
    const drop = `${base}/audiences/${saved.id}/drop`
    expect((await claire.send(`${base}/lists`, drop, {})).statusCode).toBe(409)
    await claire.send(page, `${page}/cancel`, {})
    expect((await claire.send(`${base}/lists`, drop, {})).statusCode).toBe(303)
    expect(await counter.database.prisma.audience.count()).toBe(0)
  })
})

describe('the second person', () => {
  test('approves what another wrote; the server refuses the writer', async () => {
    const page = await submitted()
    const own = (await claire.get(page)).body
    expect(own).not.toContain(`${page}/approve`)
    const withdraw = hiddenFields(own, `${page}/withdraw`)
    const refused = await claire.post(`${page}/approve`, withdraw)
    expect([refused.statusCode, refused.body.includes("quelqu'un d'autre doit")]).toEqual([403, true])
    expect((await fanta.get(page)).body).toContain('Bonjour Awa Traoré, les kits')
    const fields = hiddenFields((await fanta.get(page)).body, `${page}/approve`)
    expect((await fanta.post(`${page}/approve`, fields)).statusCode).toBe(303)
    // Pressed twice it acts once.
    expect((await fanta.post(`${page}/approve`, fields)).statusCode).toBe(303)
    expect((await rowOf(page)).state).toBe('scheduled')
  })

  test('gives it back with a reason that the writer reads', async () => {
    const page = await submitted()
    expect((await fanta.send(page, `${page}/return`, { note: ' ' })).statusCode).toBe(422)
    await fanta.send(page, `${page}/return`, { note: 'Le jour manque <i>' })
    expect((await claire.get(page)).body).toContain('Le jour manque &lt;i>')
  })

  test('is not enough where it touches protection', async () => {
    const page = await submitted({ guarded: 'on' })
    await fanta.send(page, `${page}/approve`, {})
    expect((await rowOf(page)).state).toBe('review')
    expect((await fanta.get(page)).body).toContain("Fanta est d'accord. Il faut encore un accord.")
    const guard = await browserOf(counter, await hire(counter, 'Guard', ['protection']))
    await guard.send(page, `${page}/approve`, {})
    expect((await rowOf(page)).state).toBe('scheduled')
  })
})

describe('on its way', () => {
  test('it is watched, paused, gone on with and corrected, and its history names who', async () => {
    const page = await released()
    expect((await claire.get(page)).body).toContain('0 sur 1')
    await fanta.send(page, `${page}/pause`, {})
    expect((await rowOf(page)).state).toBe('paused')
    const shown = (await claire.get(page)).body
    expect(shown).toContain('Mise en pause · Fanta')
    const { version } = await rowOf(page)
    expect((await claire.get(`${page}/standing?seen=${version}`)).statusCode).toBe(204)
    expect((await claire.get(`${page}/standing?seen=0`)).body).toContain(`${page}/resume`)
    await claire.send(page, `${page}/resume`, {})
    expect((await rowOf(page)).state).toBe('sending')
    const correction = String((await claire.send(page, `${page}/correct`, {})).headers['location'])
    expect((await rowOf(correction)).audience).toEqual({ gotCampaign: idOf(page) })
    await claire.send(correction, correction, words)
    expect((await rowOf(correction)).audience).toEqual({ gotCampaign: idOf(page) })
    await claire.send(page, `${page}/cancel`, {})
    expect((await rowOf(page)).state).toBe('cancelled')
  })
})

test('who has nothing to do with campaigns finds none, and monitoring only watches', async () => {
  const page = await submitted()
  const worker = await browserOf(counter, await hire(counter, 'Moussa', ['case_worker']))
  const monitor = await browserOf(counter, await hire(counter, 'Mona', ['monitoring']))
  for (const path of [base, page, `${page}/audience`, `${page}/sample`, `${page}/progress`, `${base}/lists`])
    expect([path, (await worker.get(path)).statusCode]).toEqual([path, 404])
  expect((await monitor.get(page)).body).not.toContain('<details class="fold')
  expect((await monitor.get(`${base}/lists`)).statusCode).toBe(404)
  for (const forged of ['nothing', counter.clock.id()])
    expect((await claire.get(`${base}/${forged}`)).statusCode).toBe(404)
  expect(counter.errors).toEqual([])
})
