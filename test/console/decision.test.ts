/** "You said, we did": what may stand behind a decision, who sees it, and the campaign that tells of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { referenceOf } from '../../src/core/reference.ts'
import { loadCampaign } from '../../src/store/campaign.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter, say } from './counter.ts'
import { tell } from './feedback-told.ts'

const base = '/console/decisions'
const decided = { text: 'Un bureau ouvre à Nioro.', language: 'fr', day: '2026-01-15' }
let counter: Counter
let claire: Browser

beforeAll(async () => {
  counter = await makeCounter()
  claire = await browserOf(counter, await hire(counter, 'Claire', ['officer']))
})
afterAll(() => counter.close())

const reader = async (name: string, role: Parameters<typeof hire>[2][number]) =>
  browserOf(counter, await hire(counter, name, [role]))

/** Sends the form of the page, also with fields that are there more than once. */
async function note(from: string, fields: Record<string, string>) {
  const { body } = await claire.get(`${base}${from}`)
  return claire.post(base, { ...hiddenFields(body, base), ...fields })
}

describe('a decision', () => {
  test('stands on feedback and requests, is on record with each, and is noted once', async () => {
    const feedback = await tell(counter, { from: 'a', text: 'Kayes est loin', kind: 'suggestion' })
    const { reference, path, id } = await say(counter, { from: 'b', text: 'trop loin' })
    const { body } = await claire.get(`${base}?feedback=${feedback}`)
    const fields = { ...hiddenFields(body, base), ...decided, references: reference }
    expect((await claire.post(base, fields)).statusCode).toBe(303)
    expect((await claire.post(base, fields)).statusCode).toBe(303)
    const rows = await counter.database.prisma.decision.findMany({ include: { basis: true } })
    expect(rows.map(({ text, basis }) => [text, basis.length])).toEqual([[decided.text, 2]])
    const events = await counter.database.prisma.event.findMany({ where: { type: 'decision_recorded' } })
    expect(events.map(({ requestId }) => requestId).toSorted()).toEqual([id, null].toSorted())
    expect((await claire.get(path)).body).toContain('Décision prise à cause de cela')
    expect((await claire.get(`/console/feedback/${feedback}`)).body).toContain(decided.text)
    const { body: list } = await claire.get(base)
    expect(list).toContain('Trimestre 1, 2026')
    expect(list).toContain(`href="${path}"`)
  })

  test.each([
    ['nothing behind it', {}],
    ['a text of spaces', { text: '  ', references: '12345678' }],
    ['a day to come', { day: '2999-01-01', references: '12345678' }],
    ['a day that is none', { day: '2026-02-31' }],
    ['what is no reference', { references: "1'; drop table" }],
  ])('with %s is not noted, and what was written stays', async (_what, fault) => {
    const before = await counter.database.prisma.decision.count()
    const answer = await note('', { ...decided, text: 'Gardez ceci', ...fault } as Record<string, string>)
    expect(answer.statusCode).toBe(422)
    expect(await counter.database.prisma.decision.count()).toBe(before)
    if (!('text' in fault)) expect(answer.body).toContain('Gardez ceci')
  })

  test('never stands on what is restricted or sealed, which answers like what is not there', async () => {
    const officer = await hire(counter, 'Binta', ['officer', 'psea'])
    const binta = await browserOf(counter, officer)
    const answers: string[] = []
    const plain = (body: string) =>
      body.replace(/name="(?:_csrf|once|references)" (?:maxlength="\d+" )?value="[^"]*"/g, '')
    const sealed = await say(counter, { from: 'e', text: 'x', kind: 'complaint.sea', holders: [officer.id] })
    const restricted = await say(counter, { from: 'f', text: 'x', kind: 'request.data' })
    for (const reference of [referenceOf(123), sealed.reference, restricted.reference]) {
      const answer = await binta.send(base, base, { ...decided, references: reference })
      expect(answer.statusCode).toBe(422)
      answers.push(plain(answer.body))
    }
    expect(answers[0]).toContain('Une de ces demandes')
    expect(new Set(answers).size).toBe(1)
    const hidden = await tell(counter, { from: 'c', text: 'touche' })
    await claire.send(`/console/feedback/${hidden}`, `/console/feedback/${hidden}/request`, {
      kind: 'complaint.sea',
    })
    expect((await note(`?feedback=${hidden}`, decided)).statusCode).toBe(422)
  })

  test('forgets what is hidden later, in its list and its count', async () => {
    const feedback = await tell(counter, { from: 'd', text: 'qzurma' })
    await note(`?feedback=${feedback}`, { ...decided, text: 'Plus tard cachée' })
    const count = async (browser: Browser) =>
      /Plus tard cachée[\s\S]*?(\d+) avis ou demande/.exec((await browser.get(base)).body)?.[1]
    const moussa = await reader('Moussa', 'monitoring')
    expect([await count(claire), await count(moussa)]).toEqual(['1', '1'])
    await claire.send(`/console/feedback/${feedback}`, `/console/feedback/${feedback}/request`, {
      kind: 'complaint.sea',
    })
    expect([await count(claire), await count(moussa)]).toEqual(['0', '0'])
    expect((await claire.get(base)).body).not.toContain(feedback)
  })

  test('is read without its sources by monitoring, written by officers alone', async () => {
    const moussa = await browserOf(counter, await hire(counter, 'Awa', ['monitoring']))
    const { body } = await moussa.get(base)
    expect(body).toContain(decided.text)
    expect(body).not.toMatch(/href="\/console\/(?:requests|feedback)\/[\d-]/)
    expect(body).not.toContain('action="/console/decisions')
    const worker = await reader('Issa', 'case_worker')
    expect((await worker.get(base)).statusCode).toBe(404)
  })

  test('becomes one campaign draft for the regions of those behind it', async () => {
    const { prisma } = counter.database
    const feedback = await tell(counter, { from: 'e', text: 'loin', region: 'ml-kayes' })
    await note(`?feedback=${feedback}`, { ...decided, text: 'Une visite par mois.' })
    const { id } = await prisma.decision.findFirstOrThrow({ where: { text: 'Une visite par mois.' } })
    const action = `${base}/${id}/campaign`
    const fields = hiddenFields((await claire.get(base)).body, action)
    const made = String((await claire.post(action, fields)).headers['location'])
    // Also from a page that was open before.
    const again = await claire.post(action, { ...fields, once: counter.clock.id() })
    expect(again.headers['location']).toBe(made)
    const { campaign } = await loadCampaign(prisma, made.split('/').at(-1) ?? '')
    expect([campaign.state, campaign.audience, campaign.texts]).toEqual([
      'draft',
      { regions: ['ml-kayes'] },
      { fr: { text: 'Vous avez dit, nous avons fait : Une visite par mois.' } },
    ])
  })
})
