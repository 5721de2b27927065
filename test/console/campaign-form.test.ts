/** From a draft to its form and back: nothing is lost on the way, and nothing grows. */
import { expect, test } from 'vitest'
import { contentOf, fieldsIn, fieldsOf } from '../../src/console/campaign-form.ts'
import { FormFault } from '../../src/console/form.ts'
import { usualLimits } from '../../src/core/campaign.ts'
import { stretchesFor } from '../../src/core/provider-pace.ts'
import type { CampaignRow } from '../../src/store/campaign.ts'

const at = new Date('2026-12-01T08:30:00Z')
const draft: CampaignRow = {
  ...{ id: '01a215d3-0dd5-79a6-99cb-ab099ac23cd7', name: 'Kits', state: 'draft', version: 3 },
  ...{ guarded: true, sensitive: true, repeat: 'weekly', limits: usualLimits },
  ...{ writer: '01a215d3-0dd5-79a6-99cb-ab099ac23cd8', createdAt: at, startsAt: at, endsAt: at },
  audience: { regions: ['mopti', 'gao'], former: true, heardWithin: 30, returnedFrom: '2026-01-01' },
  texts: { fr: { text: 'Bonjour', neutral: 'Une information', template: 'kits' }, bm: { text: 'I ni ce' } },
  question: {
    choices: [
      { value: 'c1', texts: { fr: 'Oui', bm: 'Awɔ' } },
      { value: 'c2', texts: { fr: 'Non' } },
    ],
  },
}

const surveys = { flows: ['received'], choices: [{ value: 'begin', texts: { fr: 'Commencer' } }] }

test('what the form shows comes back as it was, with what the form does not show', () => {
  const { name, guarded, sensitive, audience, texts, question, startsAt, endsAt, repeat } = draft
  expect(contentOf(fieldsOf(draft), draft, surveys)).toEqual({
    ...{ name, guarded, sensitive, audience, audienceId: null, texts, question, startsAt, endsAt, repeat },
  })
})

test('a text that is emptied is gone, a row of answers without a word is none', () => {
  const fields = { ...fieldsOf(draft), text_bm: ['  '], choice_2_fr: [''] }
  const { texts, question } = contentOf(fields, draft, surveys)
  expect(Object.keys(texts ?? {})).toEqual(['fr'])
  expect(question?.choices.map(({ value }) => value)).toEqual(['c1'])
  expect(contentOf({ ...fields, ask: [] }, draft, surveys).question).toBe(null)
})

test('a survey stands in for the question, and is one that there is', () => {
  const offered = { ...draft, question: { flow: 'received', choices: surveys.choices } }
  expect(contentOf(fieldsOf(offered), offered, surveys).question).toEqual(offered.question)
  const { question } = contentOf({ ...fieldsOf(draft), survey: ['received'] }, draft, surveys)
  expect(question).toEqual(offered.question)
  expect(() => contentOf({ ...fieldsOf(draft), survey: ['danger'] }, draft, surveys)).toThrow(FormFault)
})

test('a form brings words and lists of words, and nothing else', () => {
  expect(fieldsIn({ a: 'x', b: ['y', 1, { z: 1 }], c: { d: 'e' }, e: null })).toEqual({
    ...{ a: ['x'], b: ['y'], c: [], e: [] },
  })
  expect(fieldsIn(undefined)).toEqual({})
})

test('each channel says how long it takes, and one that may say so much a day sits out the days between', () => {
  expect(stretchesFor({})).toEqual([])
  expect(stretchesFor({ telegram: 3000, web_chat: 5000 })).toEqual([
    { days: 0, seconds: 100 },
    { days: 0, seconds: 5 },
  ])
  expect(stretchesFor({ whatsapp_web: 418 }, { whatsapp_web: 400 })).toEqual([{ days: 1, seconds: 100 }])
  expect(stretchesFor({ whatsapp_web: 400 }, { whatsapp_web: 400 })[0]?.days).toBe(0)
})
