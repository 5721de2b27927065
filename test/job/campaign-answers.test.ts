/** What people say after a campaign: its question, their own words, and to be left alone. */
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { surveyOf } from '../../src/store/campaign-report.ts'
import { oneDatabase } from '../one-database.ts'
import { type Office, openOffice } from '../turn/office.ts'
import { type CampaignOffice, campaignsIn } from './campaign-office.ts'

const emptyDatabase = oneDatabase()
let office: Office
let it: CampaignOffice

beforeEach(async () => {
  office = await openOffice(emptyDatabase())
  const here = office
  onTestFinished(() => here.close())
  it = await campaignsIn(office)
  await it.crowd([{ from: 'awa' }, { from: 'issa' }])
})

const question = {
  choices: [
    { value: 'good', texts: { fr: 'Bien' } },
    { value: 'bad', texts: { fr: 'Mal' } },
  ],
}
const thanks = 'Merci pour votre réponse.'
const ledger = async () => {
  const rows = await office.database.prisma.campaignRecipient.findMany({ orderBy: { personId: 'asc' } })
  return rows.map(({ answer, answeredAt, stoppedAt }) => [answer, answeredAt !== null, stoppedAt !== null])
}
const texts = (sent: readonly { spoken: { text: string } }[]) => sent.map(({ spoken }) => spoken.text)

test('its question is answered by a button, a number or a word, and the last answer counts', async () => {
  const id = await it.schedule({ question })
  await it.rounds()
  const asked = office.channel.sent('awa')[0]?.spoken
  expect(asked?.buttons?.map(({ label, list }) => [label, list])).toEqual([
    ['1 Bien', `campaign-${id}`],
    ['2 Mal', `campaign-${id}`],
  ])
  await office.channel.presses('awa', 2)
  await office.settled()
  expect(office.channel.sent('awa').at(-1)?.spoken.text).toBe(thanks)
  expect(texts(await office.says('issa', '1'))).toEqual([thanks])
  expect(await ledger()).toEqual([
    ['bad', true, false],
    ['good', true, false],
  ])
  expect(texts(await office.says('issa', '2'))).toEqual([thanks])
  expect((await ledger())[1]?.[0]).toBe('bad')
})

test('a number is no answer to it once another list was sent, or half a day later', async () => {
  await it.schedule({ question })
  await it.rounds()
  await office.says('awa', 'menu')
  expect(texts(await office.says('awa', '1'))[0]).toContain('suivi')
  office.clock.forward(13 * 3_600_000)
  expect(texts(await office.says('issa', '1'))).not.toContain(thanks)
  expect(await ledger()).toEqual([
    [null, false, false],
    [null, false, false],
  ])
})

test('an answer in words opens its request with the campaign beside it, within a week', async () => {
  const id = await it.schedule()
  await it.rounds()
  await office.says('awa', 'le marché est fermé depuis deux jours')
  office.clock.forward(8 * 86_400_000)
  await office.says('issa', 'je voudrais savoir quand ouvre le centre de santé')
  const requests = await office.database.prisma.request.findMany({ orderBy: { id: 'asc' } })
  expect(requests.map(({ campaignId, queue }) => [queue, campaignId])).toEqual([
    ['intake', id],
    ['intake', null],
  ])
  const said = await office.database.prisma.message.findMany({ where: { direction: 'in', campaignId: id } })
  expect(said).toHaveLength(1)
  expect(await ledger()).toEqual([
    [null, true, false],
    [null, false, false],
  ])
})

test('STOP is counted with the campaign after which it was said, and the next one is not for them', async () => {
  await it.schedule()
  await it.rounds()
  await office.says('awa', 'STOP')
  expect((await ledger())[0]).toEqual([null, false, true])
  const next = await it.schedule()
  await it.rounds()
  expect(it.got().filter((to) => to === 'awa')).toHaveLength(2)
  const got = await office.database.prisma.campaignRecipient.findMany({ where: { campaignId: next } })
  expect(got).toHaveLength(1)
})

test('what is about danger never joins a campaign', async () => {
  await it.schedule()
  await it.rounds()
  await office.says('awa', 'je veux en finir avec la vie, aidez-moi')
  const requests = await office.database.prisma.request.findMany()
  expect(requests.map(({ visibility, campaignId }) => [visibility, campaignId])).toEqual([['sealed', null]])
  expect((await ledger())[0]).toEqual([null, false, false])
})

test('a survey begins with a button, goes on in the conversation, and what is wrong becomes a request of the campaign', async () => {
  const offer = (value: string, fr: string) => ({ value, texts: { fr } })
  const survey = {
    flow: 'received',
    choices: [offer('begin', 'Commencer'), offer('later', 'Pas maintenant')],
  }
  const id = await it.schedule({ question: survey })
  await it.rounds()
  expect(texts(await office.says('issa', '2'))).toEqual([thanks])
  await office.channel.presses('awa', 1)
  await office.settled()
  expect(office.channel.sent('awa').at(-1)?.spoken.text).toContain('Avez-vous reçu')
  await office.says('awa', 'oui')
  await office.says('awa', 'pas bien')
  await office.says('awa', 'oui')
  const [noted] = texts(await office.says('awa', 'le sac de riz est mouillé'))
  expect(noted).toContain('Un agent va s')
  const { prisma } = office.database
  const surveys = await prisma.campaignRecipient.findMany({ orderBy: { personId: 'asc' } })
  expect(surveys.map(({ answer, survey }) => [answer, survey])).toEqual([
    ['begin', { came: 'yes', good: 'poor', look: 'yes' }],
    ['later', null],
  ])
  const request = await prisma.request.findFirstOrThrow()
  expect([request.kind, request.campaignId]).toEqual(['complaint.service', id])
  expect(await surveyOf(office.database.pool, id)).toContainEqual({ keep: 'good', value: 'poor', n: 1 })
})
