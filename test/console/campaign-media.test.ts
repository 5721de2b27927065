/** The voice and the picture of a campaign: judged, kept once and encrypted, opened when sent, and changed by its writers alone. */
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCampaign, loadCampaign } from '../../src/store/campaign.ts'
import { campaignFileOpener } from '../../src/store/campaign-file.ts'
import { closedWindows } from '../../src/store/campaign-window.ts'
import { makeOgg } from '../ogg.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter } from './counter.ts'

let counter: Counter
let officer: Browser
let id: string
let path: string
let photo: Buffer

beforeAll(async () => {
  counter = await makeCounter()
  officer = await browserOf(counter, await hire(counter, 'Claire', ['officer']))
  photo = await sharp({ create: { width: 2_000, height: 900, channels: 3, background: '#a33' } })
    .jpeg()
    .withExif({ IFD0: { Make: 'Téléphone' } })
    .toBuffer()
  const { clock, database } = counter
  id = clock.id()
  path = `/console/campaigns/${id}/media`
  await createCampaign(database.prisma, {
    ...{ id, form: clock.id(), writer: clock.id(), at: clock.now() },
    content: { name: 'Kits', texts: { fr: { text: 'Bonjour' } } },
  })
})
afterAll(() => counter.close())

async function give(action: string, name: string, bytes: Buffer, fields: Record<string, string> = {}) {
  const page = (await officer.get(path)).body
  const all = { ...hiddenFields(page, `${path}/${action}`), ...fields }
  return officer.upload(`${path}/${action}`, all, [{ field: 'file', name, bytes }])
}
const campaign = async () => (await loadCampaign(counter.database.prisma, id)).campaign
const fileIn = (media = '') => `/console/campaigns/${id}/files/${media.replace('campaign-file-', '')}`

test('a recording is kept for its language, heard on the page, and opened as it was when it is sent', async () => {
  const voice = makeOgg(5)
  expect((await give('clip', 'voix.ogg', voice, { language: 'bm' })).statusCode).toBe(303)
  const { texts } = await campaign()
  expect(texts.bm).toMatchObject({ text: '', clip: { seconds: 5, bytes: voice.length } })
  const media = texts.bm?.clip?.media ?? ''
  expect((await officer.get(path)).body).toContain(`src="${fileIn(media)}"`)
  const heard = await officer.get(fileIn(media))
  expect([heard.headers['content-type'], heard.rawPayload.equals(voice)]).toEqual(['audio/ogg', true])
  const open = campaignFileOpener(counter.database)
  expect((await open(media))?.equals(voice)).toBe(true)
  expect(await open('0192f0c0-0000-7000-8000-000000000000')).toBeUndefined()
  const row = await counter.database.prisma.campaignFile.findFirstOrThrow()
  expect(Buffer.from(row.dataEnc).includes('OpusHead')).toBe(false)
})

test('what is no voice, or too long, changes nothing and says why', async () => {
  const before = await campaign()
  for (const [name, bytes, sentence] of [
    ['voix.ogg', makeOgg(45), '30 secondes'],
    ['voix.ogg', photo, 'voix.ogg'],
    ['photo.jpg', photo, 'Aucun'],
  ] as const) {
    const answer = await give('clip', name, bytes, { language: 'fr' })
    expect([name, answer.statusCode]).toEqual([name, 422])
    if (sentence !== 'Aucun') expect(answer.body).toContain(sentence)
  }
  expect((await give('picture', 'voix.ogg', makeOgg(3))).statusCode).toBe(422)
  expect(await campaign()).toEqual(before)
})

test('a picture is made anew, small and with nothing in it but what one sees', async () => {
  expect((await give('picture', 'photo.jpg', photo)).statusCode).toBe(303)
  const { picture } = await campaign()
  const shown = await officer.get(fileIn(picture?.media))
  const { width, exif } = await sharp(shown.rawPayload).metadata()
  expect([width, exif, shown.rawPayload.length]).toEqual([1280, undefined, picture?.bytes])
  await officer.send(path, `${path}/picture/drop`, {})
  await officer.send(path, `${path}/clip/drop`, {})
  expect((await campaign()).picture).toBeUndefined()
  expect((await campaign()).texts.bm).toEqual({ text: '' })
})

test('a template is chosen among those that fit its language and can be filled in', async () => {
  const { prisma } = counter.database
  await prisma.channel.create({
    data: {
      ...{ id: counter.clock.id(), kind: 'whatsapp_cloud', account: '1', settings: { business: 'b' } },
      createdAt: counter.clock.now(),
    },
  })
  const template = (name: string, body: string, state = 'approved') => ({
    ...{ id: counter.clock.id(), business: 'b', name, language: 'fr', speaks: 'fr', state },
    ...{ category: 'UTILITY', body, updatedAt: counter.clock.now() },
  })
  await prisma.template.createMany({
    data: [
      template('kits', 'Bonjour {{name}}, les kits sont là.'),
      template('visit', 'Visite le {{date}}.'),
      template('old', 'Ancien.', 'rejected'),
    ],
  })
  const { body } = await officer.get(path)
  expect(body).toContain('<option value="kits">')
  expect(body).not.toMatch(/<option value="(visit|old)">/)
  await officer.send(path, `${path}/template`, { language: 'fr', template: 'kits' })
  expect((await campaign()).texts.fr).toMatchObject({ text: 'Bonjour', template: 'kits' })
  const closed = await closedWindows(prisma, (await campaign()).texts, counter.clock.now())
  expect(closed.told).toEqual([`${closed.channels[0]}|fr`])
})

test('others hear and change nothing; another campaign does not open its files', async () => {
  await give('picture', 'photo.jpg', photo)
  const media = (await campaign()).picture?.media
  const supervisor = await browserOf(counter, await hire(counter, 'Sira', ['supervisor']))
  const { body } = await supervisor.get(path)
  expect(body).not.toContain('<form method="post" enctype')
  const { _csrf = '' } = hiddenFields((await supervisor.get('/console/me')).body, '/console/me/password')
  const forged = { _csrf, once: counter.clock.id() }
  expect((await supervisor.post(`${path}/picture/drop`, forged)).statusCode).toBe(403)
  const worker = await browserOf(counter, await hire(counter, 'Moussa', ['case_worker']))
  expect((await worker.get(fileIn(media))).statusCode).toBe(404)
  const other = fileIn(media).replace(id, counter.clock.id())
  expect((await officer.get(other)).statusCode).toBe(404)
  await counter.database.prisma.campaign.update({ where: { id }, data: { state: 'sending' } })
  expect((await officer.get(path)).body).not.toContain('media/picture/drop')
})
