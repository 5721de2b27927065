/** Answers to a campaign: the same words together, each with its requests, and nothing of what its reader may not see. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupsOfReplies } from '../../src/console/campaign-answers.ts'
import type { CampaignReply } from '../../src/store/campaign-answers.ts'
import { sentCampaign } from './campaign-sent.ts'
import { browserOf, type Counter, hire, makeCounter, type Opened, say } from './counter.ts'

let counter: Counter
let campaign: string
let path: string
let thanks: Opened
let sealed: Opened

beforeAll(async () => {
  counter = await makeCounter()
  const souls = ['awa', 'issa', 'fanta', 'oumar'].map((from) => ({ from, name: from }))
  const sent = await sentCampaign(counter, souls)
  campaign = sent.campaign
  path = `/console/campaigns/${campaign}/answers`
  const plain = { campaign_id: campaign }
  thanks = await say(counter, { from: 'awa', text: 'Merci beaucoup', plain })
  await say(counter, { from: 'issa', text: 'merci   BEAUCOUP !', plain })
  await say(counter, { from: 'oumar', text: 'Le marché est fermé', plain, kind: 'complaint.fraud' })
  const holder = await hire(counter, 'Kadiatou', ['psea'])
  const hidden = { from: 'fanta', kind: 'complaint.sea', holders: [holder.id], text: 'qzurmaleki' } as const
  sealed = await say(counter, { ...hidden, plain })
  await counter.database.pool.query("update message set campaign_id = $1 where direction = 'in'", [campaign])
})
afterAll(() => counter.close())

test('are grouped by their folded wording, the most frequent first; numbers of choices are left out', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 9, minute))
  const text = (minute: number, words: string, reference?: string): CampaignReply => ({
    ...{ id: String(minute), at: at(minute), body: { kind: 'text', text: words } },
    ...(reference ? { reference } : {}),
  })
  const replies = [
    text(6, '👍'),
    text(5, 'Ɔwɔ', '1'),
    text(4, '2'),
    text(3, 'owo', '2'),
    text(2, 'Non'),
    text(1, 'ôwô!', '2'),
  ]
  const question = { choices: [] }
  expect(
    groupsOfReplies(replies, question).map(({ body, count, references }) => [body, count, references]),
  ).toEqual([
    [{ kind: 'text', text: 'Ɔwɔ' }, 3, ['1', '2']],
    [{ kind: 'text', text: '👍' }, 1, []],
    [{ kind: 'text', text: 'Non' }, 1, []],
  ])
  expect(groupsOfReplies(replies, undefined)).toHaveLength(4)
})

test('lead to the requests that one may see; what is hidden is in no group and no count', async () => {
  const officer = await browserOf(counter, await hire(counter, 'Claire', ['officer']))
  const { body } = await officer.get(path)
  expect(body).toContain(`href="${thanks.path}"`)
  expect(body).toContain('Réponses lues : 3. Façons de le dire : 2.')
  expect(body).not.toContain('qzurmaleki')
  expect(body).not.toContain(sealed.path)
  const supervisor = await browserOf(counter, await hire(counter, 'Sira', ['supervisor']))
  expect((await supervisor.get(path)).body).not.toContain('marché est fermé')
  const monitoring = await browserOf(counter, await hire(counter, 'Moussa', ['monitoring']))
  expect((await monitoring.get(path)).statusCode).toBe(404)
  expect((await monitoring.get(path.replace('answers', 'report'))).body).not.toContain('Lire les réponses')
})

test('stand on the page of a request, and narrow a list', async () => {
  const assistant = await browserOf(counter, await hire(counter, 'Binta', ['assistant']))
  const officer = await browserOf(counter, await hire(counter, 'Aminata', ['officer']))
  expect((await officer.get(thanks.path)).body).toContain(`<a href="${path}">=Kits</a>`)
  const page = (await assistant.get(thanks.path)).body
  expect([page.includes('Répond à la campagne'), page.includes(path)]).toEqual([true, false])
  await say(counter, { from: 'awa', text: 'autre chose' })
  const list = await assistant.get(`/console/requests?queue=information&campaign=${campaign}`)
  expect(list.body).toContain('Merci beaucoup')
  expect(list.body).not.toContain('autre chose')
  expect(list.body).toContain('Réponses à une campagne')
  const none = await assistant.get(`/console/requests?queue=information&campaign=${counter.clock.id()}`)
  expect(none.body).not.toContain('Merci beaucoup')
})
