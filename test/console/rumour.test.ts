/** S19: six people tell the same within a week; an officer answers exactly them, once a colleague has agreed. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { makePlaceNames } from '../../src/console/place-names.ts'
import { rumourOfTheWeek } from '../../src/demo/said-matters.ts'
import { readShelf } from '../../src/shelf.ts'
import { loadCampaign } from '../../src/store/campaign.ts'
import { releaseCampaign } from '../../src/store/campaign-ledger.ts'
import { audienceSettings } from '../../src/turn/campaign-audience.ts'
import { gather } from '../job/crowd.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter } from './counter.ts'
import { tell } from './feedback-told.ts'

const base = '/console/rumours'
const week = rumourOfTheWeek.map(({ text, language }, n) => ({ from: `t${n}`, text, language }))
let counter: Counter
let claire: Browser
let fanta: Browser
let people: readonly string[]

beforeAll(async () => {
  counter = await makeCounter({ placeName: makePlaceNames(readShelf().places) })
  claire = await browserOf(counter, await hire(counter, 'Claire', ['officer']))
  fanta = await browserOf(counter, await hire(counter, 'Fanta', ['supervisor']))
  people = await gather(counter.database, counter.clock, counter.channel, [
    ...week.map(({ from, language }) => ({ from, language })),
    { from: 'other' },
    { from: 'late' },
  ])
})
afterAll(() => counter.close())

const ticked = (page: string) =>
  [...page.matchAll(/name="feedback" value="([^"]+)"/g)].map(([, id = '']) => id)

/** Pressed on a page that may have several such forms: the fields and everything that is ticked. */
async function press(
  browser: Browser,
  action: string,
  fields: Record<string, string>,
  tick: readonly string[],
) {
  const { body } = await browser.get(base)
  const all = new URLSearchParams({ ...hiddenFields(body, action), ...fields })
  for (const id of tick) all.append('feedback', id)
  return browser.post(action, all)
}

/** Written, agreed by the second person, and released; gives who is in its ledger. */
async function answer(rumour: string): Promise<readonly string[]> {
  const page = String((await claire.send(rumour, `${rumour}/answer`, {})).headers['location'])
  await claire.post(`${page}/submit`, {
    ...hiddenFields((await claire.get(page)).body, page),
    ...{ name: 'Réponse', former: 'on', text_fr: "Non, l'OIM ne donne pas 2 000 euros." },
    ...{ text_bm: 'Ayi.', text_en: 'No.' },
  })
  const { pool, prisma } = counter.database
  const id = page.split('/').at(-1) ?? ''
  await fanta.send(page, `${page}/approve`, {})
  const { campaign } = await loadCampaign(prisma, id)
  expect(campaign.state).toBe('scheduled')
  const settings = audienceSettings(counter.texts, campaign, [counter.channel], counter.clock.now())
  await releaseCampaign(pool, campaign, settings, counter.clock.id())
  await prisma.campaignRecipient.updateMany({ where: { campaignId: id }, data: { state: 'written' } })
  const rows = await prisma.campaignRecipient.findMany({ where: { campaignId: id } })
  return rows.map(({ personId }) => personId).sort()
}

describe('what six people say in one week', () => {
  let rumour: string

  test('is suggested to officers alone, and answers nobody by itself', async () => {
    for (const [n, one] of week.entries()) await tell(counter, { ...one, person: people[n] ?? '' })
    await tell(counter, { from: 'other', text: 'Le puits du village est sec', person: people[6] ?? '' })
    const { body } = await claire.get(base)
    expect(body).toContain('6 personnes')
    expect(ticked(body)).toHaveLength(6)
    expect(body).not.toContain('Le puits')
    expect((await fanta.get(base)).statusCode).toBe(404)
    expect([counter.outgoing, await counter.database.prisma.campaign.count()]).toEqual([[], 0])
  })

  test('is put together under a name, and nothing without one', async () => {
    const all = ticked((await claire.get(base)).body)
    expect((await press(claire, base, { name: ' ' }, all)).statusCode).toBe(422)
    expect((await press(claire, base, { name: 'x' }, [])).statusCode).toBe(422)
    rumour = String((await press(claire, base, { name: '2 000 euros' }, all)).headers['location'])
    expect((await claire.get(rumour)).body).toContain('6 avis')
    expect((await claire.get(base)).body).not.toContain('6 personnes')
  })

  test('is answered to exactly those who said it', async () => {
    expect(await answer(rumour)).toEqual(people.slice(0, 6).toSorted())
  })

  test('is answered to whoever says it later, and not twice to the others', async () => {
    await tell(counter, { from: 'late', text: 'OIM donne 2000 euros à Bamako ?', person: people[7] ?? '' })
    const { body } = await claire.get(base)
    expect(body).toContain('déjà réunis : 2 000 euros')
    await press(claire, `${rumour}/gather`, {}, ticked(body))
    expect(await answer(rumour)).toEqual([people[7]])
  })

  test('is answered under the file that goes on, and where one person alone writes; on a phone of several, to nobody', async () => {
    const { prisma } = counter.database
    const [file, joined, alone, ...several] = await gather(counter.database, counter.clock, counter.channel, [
      ...[{ from: 'file' }, { from: 'joined', far: true }, { from: 'alone' }],
      ...[{ from: 'phone' }, { from: 'guest', far: true }],
    ])
    await prisma.person.update({ where: { id: joined ?? '' }, data: { sameAsId: file ?? '' } })
    const { addressId } = await prisma.personAddress.findFirstOrThrow({
      where: { personId: several[0] ?? '' },
    })
    await prisma.personAddress.create({
      data: { personId: several[1] ?? '', addressId, since: counter.clock.now() },
    })
    const text = 'OIM donne 2000 euros à Bamako'
    await tell(counter, { from: 'file', text, person: joined ?? '' })
    for (const from of ['alone', 'phone']) await tell(counter, { from, text })
    await press(claire, `${rumour}/gather`, {}, ticked((await claire.get(base)).body))
    expect(await answer(rumour)).toEqual([file ?? '', alone ?? ''].toSorted())
  })

  test('is carried to a region as a draft in the same words', async () => {
    const campaigns = () => counter.database.prisma.campaign.count()
    const before = await campaigns()
    expect((await claire.send(rumour, `${rumour}/spread`, { region: "x' or 1=1" })).statusCode).toBe(422)
    expect(await campaigns()).toBe(before)
    const sent = await claire.send(rumour, `${rumour}/spread`, { region: 'ml-kayes' })
    const id = String(sent.headers['location']).split('/').at(-1) ?? ''
    const { campaign } = await loadCampaign(counter.database.prisma, id)
    expect([campaign.state, campaign.audience]).toEqual(['draft', { regions: ['ml-kayes'] }])
    expect(campaign.texts.fr?.text).toContain('2 000 euros')
  })

  test('loses what was something else after all', async () => {
    const { body } = await claire.get(rumour)
    const [one = ''] = ticked(body.replaceAll('type="hidden" ', ''))
    await claire.send(rumour, `${rumour}/release`, { feedback: one })
    expect((await claire.get(rumour)).body).toContain('9 avis')
    const { body: page } = await claire.get(`/console/feedback/${one}`)
    expect(page).toContain("ne fait plus partie d'une rumeur")
  })
})

test('of many groups the largest are read first', async () => {
  const alone = await makeCounter({ placeName: makePlaceNames(readShelf().places) })
  onTestFinished(() => alone.close())
  const officer = await browserOf(alone, await hire(alone, 'Claire', ['officer']))
  const tellers = Array.from({ length: 4 }, (_, n) => ({ from: `p${n}` }))
  const persons = await gather(alone.database, alone.clock, alone.channel, tellers)
  const things = [
    ...['Le camion de semences arrive vendredi', 'Une prime spéciale existe pour les mères'],
    ...['Le bureau de Kayes ferme définitivement', 'Les chèvres malades sont remplacées gratuitement'],
    ...['Un voyage vers Conakry part lundi', 'Toutes les formations changent de quartier'],
    ...['Le directeur offre des téléphones neufs', 'Les boutiques reçoivent du ciment demain'],
    'Chaque famille gagne un panneau solaire',
  ]
  for (const [n, text] of things.entries()) {
    for (const person of persons.slice(0, n === 4 ? 4 : 3))
      await tell(alone, { from: `p${persons.indexOf(person)}`, text, person })
  }
  const { body } = await officer.get(base)
  expect(body.match(/class="card stack rumour"/g)).toHaveLength(8)
  expect(body).toContain('Encore 1 groupe,')
  expect(body).toContain('Un voyage vers Conakry')
  expect(body.indexOf('Un voyage vers Conakry')).toBeLessThan(body.indexOf('Toutes les formations'))
})

test('of a group that is longer than one reads, the newest lines come first and the others once those are together', async () => {
  const alone = await makeCounter()
  onTestFinished(() => alone.close())
  const officer = await browserOf(alone, await hire(alone, 'Claire', ['officer']))
  const tellers = Array.from({ length: 3 }, (_, n) => ({ from: `p${n}` }))
  const persons = await gather(alone.database, alone.clock, alone.channel, tellers)
  for (let n = 0; n < 43; n++) {
    const text =
      n === 0 ? 'Le vieux camion de semences arrive vendredi' : 'Le camion de semences arrive vendredi'
    await tell(alone, { from: `p${n % 3}`, text, person: persons[n % 3] ?? '' })
  }
  const { body } = await officer.get(base)
  expect(ticked(body)).toHaveLength(40)
  expect(body).toContain('Encore 3 paroles semblables')
  expect(body).not.toContain('vieux camion')
  const fields = new URLSearchParams({ ...hiddenFields(body, base), name: 'Semences' })
  for (const id of ticked(body)) fields.append('feedback', id)
  const rumour = String((await officer.post(base, fields)).headers['location'])
  const after = (await officer.get(base)).body
  expect(after).toContain('vieux camion')
  expect(ticked(after)).toHaveLength(3)
  expect(after).toContain(`action="${rumour}/gather"`)
})
