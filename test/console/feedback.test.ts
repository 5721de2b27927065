/** Feedback in the console: who reads which of it, how it is sorted, and what it becomes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { showReference } from '../../src/core/reference.ts'
import {
  actOn,
  type Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeCounter,
  say,
} from './counter.ts'
import { tell } from './feedback-told.ts'
import { meet } from './people.ts'

const base = '/console/feedback'
let counter: Counter
let claire: Browser
let fanta: Browser
let moussa: Browser
let kayes: string
let gao: string
let holder: string

beforeAll(async () => {
  counter = await makeCounter()
  const { prisma } = counter.database
  kayes = counter.clock.id()
  gao = counter.clock.id()
  await prisma.office.createMany({
    data: [
      { id: kayes, key: 'kayes', name: 'Kayes', regions: [] },
      { id: gao, key: 'gao', name: 'Gao', regions: [] },
    ],
  })
  claire = await browserOf(counter, await hire(counter, 'Claire', ['officer']))
  const supervisor = await hire(counter, 'Fanta', ['supervisor'])
  await prisma.staff.update({ where: { id: supervisor.id }, data: { officeId: kayes } })
  fanta = await browserOf(counter, supervisor)
  holder = (await hire(counter, 'Kadiatou', ['psea'])).id
  moussa = await browserOf(counter, await hire(counter, 'Moussa', ['monitoring']))
})
afterAll(() => counter.close())

describe('the list', () => {
  test('has all of it for officers, their office for supervisors, no word for monitoring', async () => {
    await tell(counter, { from: 'a', text: 'le puits de Kayes', office: kayes, region: 'kayes' })
    await tell(counter, { from: 'b', text: 'le puits de Gao', office: gao, region: 'gao' })
    await tell(counter, { from: 'c', text: 'le puits de personne' })
    const words = async (browser: Browser) => {
      const { body } = await browser.get(base)
      return ['de Kayes', 'de Gao', 'de personne'].filter((one) => body.includes(one))
    }
    expect(await words(claire)).toEqual(['de Kayes', 'de Gao', 'de personne'])
    expect(await words(fanta)).toEqual(['de Kayes', 'de personne'])
    expect(await words(moussa)).toEqual([])
    expect((await moussa.get(base)).body).toContain('Le texte est réservé')
    const worker = await browserOf(counter, await hire(counter, 'Issa', ['case_worker']))
    expect((await worker.get(base)).statusCode).toBe(404)
  })

  test('is narrowed by kind, place and words however they are spelt; words narrow nothing for monitoring', async () => {
    await tell(counter, { from: 'd', kind: 'suggestion', text: 'Une forêt de karité', region: 'sikasso' })
    const list = async (browser: Browser, query: string) => (await browser.get(`${base}?${query}`)).body
    expect(await list(claire, 'q=FORET+karite')).toContain('forêt')
    expect(await list(claire, 'q=baobab')).toContain('Aucun avis ici')
    expect(await list(claire, 'kind=praise')).not.toContain('forêt')
    expect(await list(claire, 'region=sikasso&from=2026-02-31')).toContain('forêt')
    expect(await list(moussa, 'q=baobab')).not.toContain('Aucun avis ici')
  })

  test('is taken along with words by whoever reads them, on record', async () => {
    const csv = async (browser: Browser) =>
      (await browser.send(base, `${base}/export`, { format: 'csv' })).body
    expect(await csv(claire)).toContain('forêt')
    const numbers = await csv(moussa)
    expect(numbers).toContain('suggestion')
    expect(numbers).not.toMatch(/forêt|text|organisation/)
    const noted = await counter.database.prisma.dataExport.findMany({ where: { what: 'feedback' } })
    expect(noted.map(({ purpose }) => purpose).sort()).toEqual(['feedback', 'monitoring'])
  })
})

describe('one piece', () => {
  test('is sorted anew and pointed at others, with who did it', async () => {
    const id = await tell(counter, { from: 'e', text: 'Quand vient le PAM ?' })
    const page = `${base}/${id}`
    const stale = hiddenFields((await claire.get(page)).body, `${page}/kind`)
    await claire.post(`${page}/kind`, { ...stale, kind: 'question' })
    // Pressed twice, it acts once.
    await claire.post(`${page}/kind`, { ...stale, kind: 'praise' })
    await claire.send(page, `${page}/elsewhere`, { organisation: '  PAM <b>Mali</b> ' })
    const { body } = await claire.get(page)
    expect(body).toContain('Avis reclassé par Claire : rumeur → question.')
    expect(body).toContain('PAM &lt;b>Mali')
    expect((await claire.get(`${base}?elsewhere=yes`)).body).toContain('Quand vient le PAM')
    const row = await counter.database.prisma.feedback.findUniqueOrThrow({ where: { id } })
    expect([row.kind, row.elsewhere, row.version]).toEqual(['question', true, 2])
    await claire.send(page, `${page}/elsewhere`, { organisation: '' })
    expect((await claire.get(page)).body).toContain('cela concerne notre travail')
  })

  test('becomes a request in the words of who said it, once', async () => {
    const person = await meet(counter, { name: 'Awa' })
    const id = await tell(counter, { from: 'f', text: 'ma chèvre est malade', person })
    const page = `${base}/${id}`
    const twice = hiddenFields((await claire.get(page)).body, `${page}/request`)
    const raised = await claire.post(`${page}/request`, { ...twice, kind: 'complaint.service' })
    expect(String(raised.headers['location'])).toMatch(/\?raised=[\d-]+$/)
    const again = await claire.post(`${page}/request`, { ...twice, kind: 'complaint.service' })
    expect(again.headers['location']).toBe(raised.headers['location'])
    const requests = await counter.database.prisma.request.findMany({ where: { personId: person } })
    expect(requests.map(({ kind, queue }) => [kind, queue])).toEqual([['complaint.service', 'complaints']])
    expect((await claire.get(page)).body).toContain('Demande ')
    expect((await fanta.get(page)).body).not.toContain('/request"')
  })

  test('that becomes a sealed matter is gone with every word said beside it', async () => {
    const { prisma } = counter.database
    const id = await tell(counter, { from: 'g', text: 'qzurma l’agent me touche' })
    const page = `${base}/${id}`
    await claire.send(page, `${page}/kind`, { kind: 'question' })
    await claire.send(page, `${page}/request`, { kind: 'complaint.sea' })
    expect((await claire.get(page)).statusCode).toBe(404)
    for (const browser of [claire, fanta, moussa]) {
      expect((await browser.get(base)).body).not.toContain('qzurma')
    }
    expect((await claire.send(base, `${base}/export`, { format: 'csv' })).body).not.toContain('qzurma')
    const row = await prisma.feedback.findUniqueOrThrow({ where: { id } })
    const request = await prisma.request.findUniqueOrThrow({
      where: { id: row.requestId ?? '' },
      include: { holders: true },
    })
    expect([row.visibility, request.visibility, request.holders.map(({ staffId }) => staffId)]).toEqual([
      ...['sealed', 'sealed'],
      [holder],
    ])
    const open = { addressId: row.addressId ?? '', visibility: 'open' }
    expect([await prisma.message.count({ where: open }), await prisma.event.count({ where: open })]).toEqual([
      0, 0,
    ])
  })

  test('made an open request is hidden when that turns out to be a sealed matter, and comes back with it', async () => {
    const { prisma } = counter.database
    const id = await tell(counter, { from: 'i', text: 'wozbari l’agent demande autre chose' })
    await claire.send(`${base}/${id}`, `${base}/${id}/request`, { kind: 'complaint.service' })
    expect((await claire.get(base)).body).toContain('wozbari')
    const row = () => prisma.feedback.findUniqueOrThrow({ where: { id } })
    const { requestId, addressId } = await row()
    const { reference } = await prisma.request.findUniqueOrThrow({ where: { id: requestId ?? '' } })
    const path = `/console/requests/${showReference(reference)}`
    await actOn(claire, { path }, 'sort', { kind: 'complaint.sea' })
    expect((await row()).visibility).toBe('sealed')
    const open = { addressId: addressId ?? '', visibility: 'open' }
    expect([await prisma.message.count({ where: open }), await prisma.event.count({ where: open })]).toEqual([
      0, 0,
    ])
    for (const browser of [claire, fanta, moussa])
      expect((await browser.get(base)).body).not.toContain('wozbari')
    const kadi = await browserOf(counter, { id: holder })
    await actOn(kadi, { path }, 'false-alarm', { kind: 'complaint.service' })
    expect((await claire.get(base)).body).toContain('wozbari')
  })

  test('said just before what turns out to be a sealed matter is hidden with that', async () => {
    const id = await tell(counter, {
      from: 'j',
      text: 'gralunti l’agent est trop gentil',
      kind: 'suggestion',
    })
    const { path } = await say(counter, { from: 'j', text: 'il vient la nuit' })
    await actOn(claire, { path }, 'sort', { kind: 'complaint.sea' })
    expect((await claire.get(base)).body).not.toContain('gralunti')
    expect((await claire.get(`${base}/${id}`)).statusCode).toBe(404)
  })

  test('of another office is not there for a supervisor', async () => {
    const id = await tell(counter, { from: 'h', text: 'loin', office: gao })
    expect((await fanta.get(`${base}/${id}`)).statusCode).toBe(404)
    const { _csrf: token = '' } = hiddenFields((await fanta.get(base)).body, `${base}/export`)
    const act = { _csrf: token, once: counter.clock.id(), kind: 'praise' }
    expect((await fanta.post(`${base}/${id}/kind`, act)).statusCode).toBe(404)
    expect((await moussa.get(`${base}/${id}`)).statusCode).toBe(404)
  })
})
