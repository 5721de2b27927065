/** Follow-ups on the pages of staff: proposed, moved, noted; the calendar, and what of it others may know. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeClock,
  makeCounter,
  type Opened,
  say,
} from './counter.ts'
import { meet } from './people.ts'

let counter: Counter
let mariam: { id: string; browser: Browser }
let boss: { id: string; browser: Browser }
let holder: { id: string; browser: Browser }
let open: Opened
const tuesday = new Date('2026-03-03T10:00:00Z')

beforeAll(async () => {
  counter = await makeCounter({}, makeClock(tuesday))
  const office = counter.clock.id()
  const { prisma } = counter.database
  await prisma.office.create({
    data: { id: office, key: 'mopti', name: 'Mopti', regions: [], place: 'Sévaré, rue 12' },
  })
  const seat = async (name: string, role: 'case_worker' | 'supervisor' | 'psea') => {
    const { id } = await hire(counter, name, [role])
    await prisma.staff.update({ where: { id }, data: { officeId: office } })
    return { id, browser: await browserOf(counter, { id }) }
  }
  mariam = await seat('Mariam', 'case_worker')
  boss = await seat('Oumou', 'supervisor')
  holder = await seat('Kadiatou', 'psea')
  open = await say(counter, { from: 'awa', kind: 'request.followup', text: 'suivi', language: 'fr' })
  const person = await meet(counter, { name: 'Awa Diarra', address: open.address, owner: mariam.id, office })
  await prisma.request.update({ where: { id: open.id }, data: { personId: person, ownerId: mariam.id } })
})
afterAll(() => counter.close())

const page = (of: Opened) => `${of.path}/follow-up`
const propose = (who: { id: string; browser: Browser }, of: Opened, fields: Record<string, string>) => {
  const { at = '', agreed, ...other } = fields
  const wish = { staff: who.id, kind: 'meeting', minutes: '30', ...other }
  const there = `${page(of)}?${new URLSearchParams(wish)}`
  return who.browser.send(there, `${page(of)}/propose`, { ...wish, at, ...(agreed ? { agreed } : {}) })
}
const standing = () => counter.database.prisma.followUp.findMany({ where: { requestId: open.id } })

describe('a follow-up', () => {
  test('is proposed in a time that is free, and only in such a one', async () => {
    const { body } = await mariam.browser.get(`${page(open)}?kind=visit`)
    expect(body).toContain('value="2026-03-04T08:00"')
    // An hour before the prayer is over, no visit begins.
    expect(body).toContain('value="2026-03-06T11:30"')
    expect(body).not.toContain('value="2026-03-06T12:00"')
    for (const at of ['2026-03-08T10:00', '2026-03-04T20:30', '', 'demain']) {
      const refused = await propose(mariam, open, { at })
      expect([at, refused.statusCode >= 400]).toEqual([at, true])
    }
    expect(await standing()).toHaveLength(0)
    const sent = await propose(mariam, open, { at: '2026-03-05T10:00' })
    expect(sent.statusCode).toBe(303)
    expect((await mariam.browser.get(page(open))).body).toContain('Mariam propose : rencontre')
    expect(await standing()).toMatchObject([{ state: 'proposed', prompt: 'propose', staffId: mariam.id }])
  })

  test('of another kind than was looked for is looked for first, and never booked', async () => {
    const before = await standing()
    const there = `${page(open)}?kind=meeting&minutes=30`
    const at = '2026-03-06T09:00'
    for (const changed of [{ kind: 'visit' }, { minutes: '90' }, { staff: boss.id }]) {
      const wish = { staff: mariam.id, kind: 'meeting', minutes: '30', ...changed, at }
      const refused = await mariam.browser.send(there, `${page(open)}/propose`, wish)
      expect([changed, refused.statusCode]).toEqual([changed, 422])
      expect(refused.body).toContain("Rien n'est encore réservé")
      if (changed.kind) expect(refused.body).toContain('Choisir cette heure (visite, 60 min)')
    }
    expect(await standing()).toEqual(before)
    const hidden = hiddenFields((await mariam.browser.get(there)).body, `${page(open)}/propose`)
    const wish = { staff: mariam.id, kind: 'visit', minutes: '30', from: '2026-03-05' }
    const sought = await mariam.browser.post(`${page(open)}/search`, { ...hidden, ...wish })
    const { searchParams } = new URL(String(sought.headers.location), 'http://baro')
    expect(Object.fromEntries(searchParams)).toEqual({ ...wish, minutes: '' })
  })

  test('sent twice by a nervous finger is proposed once', async () => {
    const wish = { staff: mariam.id, kind: 'meeting', minutes: '30' }
    const there = `${page(open)}?${new URLSearchParams(wish)}`
    const hidden = hiddenFields((await mariam.browser.get(there)).body, `${page(open)}/propose`)
    const fields = { ...hidden, ...wish, at: '2026-03-05T11:00' }
    for (let n = 0; n < 2; n++)
      expect((await mariam.browser.post(`${page(open)}/propose`, fields)).statusCode).toBe(303)
    const events = await counter.database.prisma.event.count({
      where: { requestId: open.id, type: 'follow_up_proposed' },
    })
    expect(events).toBe(2)
  })

  test('stands in the calendar of whoever goes, on the request, and on the page of the person', async () => {
    const { body } = await mariam.browser.get('/console/calendar?week=2026-03-02')
    expect(body).toContain('Awa Diarra')
    expect(body).toContain('11:00–11:30')
    expect((await mariam.browser.get(open.path)).body).toContain('jeudi 5 mars 2026')
  })

  test('is agreed to by word of mouth, and noted only when its hour is over', async () => {
    const [row] = await standing()
    const act = (name: string) =>
      mariam.browser.send(page(open), `${page(open)}/${name}`, { followUp: row?.id ?? '' })
    expect((await act('agree')).statusCode).toBe(303)
    expect((await standing())[0]).toMatchObject({ state: 'agreed', prompt: 'day_before' })
    await expect(act('done')).rejects.toThrow('there is no form')
    counter.clock.ahead(3 * 86_400_000)
    mariam.browser = await browserOf(counter, mariam)
    expect((await act('missed')).statusCode).toBe(303)
    expect((await standing())[0]).toMatchObject({ state: 'missed' })
    expect((await mariam.browser.get(page(open))).body).toContain(
      'Rendez-vous manqué, noté par Mariam (1 de suite)',
    )
  })

  test('that is moved stays what it is, until something else is chosen', async () => {
    const other = await say(counter, {
      from: 'issa',
      kind: 'request.followup',
      text: 'suivi',
      language: 'fr',
    })
    await propose(mariam, other, { at: '2026-03-12T14:00', kind: 'visit', minutes: '75' })
    const { body } = await mariam.browser.get(page(other))
    expect(body).toMatch(/<option value="visit" selected/)
    expect(body).toContain('value="75"')
    const asked = await mariam.browser.get(`${page(other)}?kind=call`)
    expect(asked.body).toMatch(/<option value="call" selected/)
    expect(asked.body).not.toContain('value="75"')
  })
})

test('is planned from the page of a person who asked for nothing, under one request of their own', async () => {
  const person = await meet(counter, { name: 'Fatou Cissé', owner: mariam.id })
  const plan = () =>
    mariam.browser.send(`/console/people/${person}`, `/console/people/${person}/follow-up`, {})
  const { location } = (await plan()).headers
  expect(location).toMatch(/^\/console\/requests\/[\d-]+\/follow-up$/)
  expect((await plan()).headers.location).toBe(location)
  const { body } = await mariam.browser.get(String(location))
  // Nobody can write to her: the time is agreed by word of mouth.
  expect(body).toContain('La personne ne peut pas être prévenue par message')
  expect(body).toContain('Fatou Cissé')
})

describe('a calendar', () => {
  test('shows others of a sealed matter only that the time is taken', async () => {
    boss.browser = await browserOf(counter, boss)
    holder.browser = await browserOf(counter, holder)
    const sealed = await say(counter, {
      from: 'fanta',
      kind: 'complaint.sea',
      holders: [holder.id],
      text: 'secret',
    })
    expect((await propose(holder, sealed, { at: '2026-03-10T09:00', agreed: 'on' })).statusCode).toBe(303)
    const week = '/console/calendar?week=2026-03-09&staff='
    const own = (await holder.browser.get(`${week}${holder.id}`)).body
    expect(own).toContain(sealed.path)
    for (const whose of [holder.id, 'all']) {
      const { body } = await boss.browser.get(`${week}${whose}`)
      expect(body).toContain('occupé')
      expect(body).not.toContain(sealed.path)
      expect(body).not.toContain(sealed.reference)
    }
    // Nobody is told in the chat of what is sealed.
    const row = await counter.database.prisma.followUp.findFirstOrThrow({ where: { requestId: sealed.id } })
    expect(row.state).toBe('agreed')
  })

  test('of a colleague opens for supervisors of their office alone', async () => {
    const { body } = await mariam.browser.get(`/console/calendar?week=2026-03-09&staff=${holder.id}`)
    expect(body).not.toContain('occupé')
    expect((await boss.browser.get('/console/calendar?week=2026-03-02&staff=all')).body).toContain('Mariam')
  })

  test('is read by a phone under a secret address, without a name, until another is made', async () => {
    const reference = open.path.split('/').at(-1) ?? ''
    expect((await propose(mariam, open, { at: '2026-03-11T10:00' })).statusCode).toBe(303)
    const make = async () => {
      const { body } = await mariam.browser.send('/console/calendar', '/console/calendar/feed', {})
      return new URL(/<code>([^<]+)<\/code>/.exec(body)?.[1] ?? 'http://x').pathname
    }
    const first = await make()
    const feed = await counter.app.inject({ url: first })
    expect(feed.headers['content-type']).toContain('text/calendar')
    expect(feed.body).toContain(reference)
    expect(feed.body).toContain('DTSTART:20260311T100000Z')
    expect(feed.body).not.toMatch(/Awa|Diarra|Mariam/)
    const second = await make()
    expect((await counter.app.inject({ url: first })).statusCode).toBe(404)
    expect((await counter.app.inject({ url: second })).statusCode).toBe(200)
    await mariam.browser.send('/console/calendar', '/console/calendar/feed/end', {})
    expect((await counter.app.inject({ url: second })).statusCode).toBe(404)
  })

  test('leads from a reference to its free times, and says when there is none', async () => {
    const there = await mariam.browser.get(`/console/calendar/add?reference=${open.reference}`)
    expect(there.headers.location).toBe(page(open))
    const nowhere = await mariam.browser.get('/console/calendar/add?reference=%3Cscript%3E')
    expect(nowhere.statusCode).toBe(404)
    expect(nowhere.body).toContain('Aucune demande ne porte ce numéro')
  })
})

test('a time whose hour is over is neither agreed to nor put there, and staff are told why', async () => {
  const late = await say(counter, {
    ...{ from: 'issa', kind: 'request.followup', text: 'suivi', language: 'fr' },
  } as const)
  await counter.database.prisma.request.update({ where: { id: late.id }, data: { ownerId: mariam.id } })
  const at = '2026-03-17T15:00'
  expect([at, (await propose(mariam, late, { at })).statusCode]).toEqual([at, 303])
  const [row] = await counter.database.prisma.followUp.findMany({ where: { requestId: late.id } })
  const agree = `${page(late)}/agree`
  const form = hiddenFields((await mariam.browser.get(page(late))).body, agree)
  counter.clock.ahead(new Date(`${at}Z`).getTime() - counter.clock.now().getTime())
  mariam.browser = await browserOf(counter, mariam)
  expect((await mariam.browser.get(page(late))).body).not.toContain('/agree"')
  const { _csrf } = hiddenFields((await mariam.browser.get(page(late))).body, `${page(late)}/cancel`)
  for (const said of [
    await mariam.browser.post(agree, { ...form, _csrf: _csrf ?? '' }),
    await propose(mariam, late, { at }),
  ]) {
    expect(said.statusCode).toBe(409)
    expect(said.body).toContain('Cette heure est passée.')
  }
  const stands = { where: { id: row?.id ?? '' } }
  expect(await counter.database.prisma.followUp.findUnique(stands)).toMatchObject({ state: 'proposed' })
})
