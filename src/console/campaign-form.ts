/**
 * The fields of the editor of a campaign: from a draft to what the form shows, and from what somebody wrote back to a
 * draft. Whatever cannot be read is told with a sentence, and then nothing of the form is kept.
 */
import { type AudienceRules, readRules } from '../core/audience.ts'
import {
  type Campaign,
  type CampaignQuestion,
  type CampaignText,
  mostChoices,
  type Repeat,
  repeats,
} from '../core/campaign.ts'
import { type Language, languages } from '../core/language.ts'
import type { CampaignContent, CampaignRow } from '../store/campaign.ts'
import { isId } from '../store/request.ts'
import type { Surveys } from './campaign-survey.ts'
import { FormFault } from './form.ts'
import { readMoment } from './until.ts'

/** Every field of the form with its values, as they were written. */
export type Fields = Readonly<Record<string, readonly string[]>>

export const listRules = [
  'regions',
  'cercles',
  'languages',
  'countries',
  'stages',
  'needs',
  'queues',
  'offices',
] as const
const plainRules = ['returnedFrom', 'returnedUntil', 'heardWithin', 'silentFor', 'list'] as const

/** Beyond this a text is no message any more, and is not kept even as a draft. */
const mostOfAnyText = 10_000
const mostOfName = 120
const mostOfChoice = 80

/** The one value of a field; empty where there is none. */
export function fieldOf(fields: Fields, name: string): string {
  return fields[name]?.[0] ?? ''
}

/** The fields that a form brought; anything else that it brought falls away. */
export function fieldsIn(body: unknown): Fields {
  const pairs = Object.entries(typeof body === 'object' && body !== null ? body : {})
  return Object.fromEntries(
    pairs.map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string'),
    ]),
  )
}

/** What the form shows of a campaign. */
export function fieldsOf(campaign: CampaignRow): Fields {
  const { name, sensitive, guarded, audience, audienceId, texts, question, startsAt, endsAt, repeat } =
    campaign
  const flag = (on: boolean | undefined) => (on ? ['on'] : [])
  const rules = Object.entries(audience).map(([key, value]): [string, string[]] => {
    return [key, Array.isArray(value) ? value.map(String) : value === true ? ['on'] : [String(value)]]
  })
  const words = languages.flatMap((language): [string, string[]][] => [
    [`text_${language}`, [texts[language]?.text ?? '']],
    [`neutral_${language}`, [texts[language]?.neutral ?? '']],
    ...(question?.flow ? [] : (question?.choices ?? [])).map(({ texts: told }, index): [string, string[]] => [
      choiceField(index, language),
      [told[language] ?? ''],
    ]),
  ])
  return {
    ...Object.fromEntries([...rules.filter(([key]) => key !== 'former'), ...words]),
    // Whoever still names the older region belongs to it, unless somebody says otherwise.
    ...{
      name: [name],
      former: flag(audience.regions ? audience.former : true),
      audience: [audienceId ?? ''],
    },
    ...{ sensitive: flag(sensitive), guarded: flag(guarded) },
    ...{ ask: flag(question !== undefined && !question.flow), survey: [question?.flow ?? ''] },
    ...{ starts: [startsAt ? 'at' : 'now'], startsAt: [startsAt ? momentField(startsAt) : ''] },
    ...{ endsAt: [endsAt ? momentField(endsAt) : ''], repeat: [repeat] },
  }
}

export function choiceField(index: number, language: Language): string {
  return `choice_${index + 1}_${language}`
}

/** As a browser's field for day and hour has it; the clocks of Bamako stand at UTC. */
function momentField(at: Date): string {
  return at.toISOString().slice(0, 16)
}

/** What the fields make of the draft. Fails with FormFault. */
export function contentOf(
  fields: Fields,
  before: Pick<Campaign, 'texts'>,
  surveys: Surveys,
): CampaignContent & { name: string } {
  const audienceId = fieldOf(fields, 'audience')
  if (audienceId !== '' && !isId(audienceId)) throw new FormFault('campaign.fault.audience')
  return {
    name: nameIn(fields),
    ...{ sensitive: fieldOf(fields, 'sensitive') !== '', guarded: fieldOf(fields, 'guarded') !== '' },
    ...{ audience: rulesIn(fields), audienceId: audienceId === '' ? null : audienceId },
    ...{ texts: textsIn(fields, before.texts), question: questionIn(fields, surveys) },
    ...timesIn(fields),
  }
}

/** A name of one line. */
export function nameIn(fields: Fields): string {
  const name = fieldOf(fields, 'name').replace(/\s+/g, ' ').trim()
  if (name === '') throw new FormFault('campaign.fault.name')
  if (name.length > mostOfName) throw new FormFault('campaign.fault.name_long', { most: mostOfName })
  return name
}

export function rulesIn(fields: Fields): AudienceRules {
  const from = fieldOf(fields, 'returnedFrom')
  const until = fieldOf(fields, 'returnedUntil')
  for (const day of [from, until]) {
    if (day !== '' && Number.isNaN(new Date(day).getTime())) throw new FormFault('campaign.fault.day')
  }
  if (from !== '' && until !== '' && until < from) throw new FormFault('campaign.fault.days')
  const raw = {
    ...Object.fromEntries(listRules.map((name) => [name, [...(fields[name] ?? [])]])),
    ...Object.fromEntries(plainRules.map((name) => [name, fieldOf(fields, name)])),
    former: fieldOf(fields, 'former'),
    gotCampaign: fieldOf(fields, 'gotCampaign'),
    saidRumour: fieldOf(fields, 'saidRumour'),
  }
  const rules = readRules(raw)
  if (!rules) throw new FormFault('campaign.fault.rules')
  return rules
}

/** What the form does not show of a text stays with it. */
function textsIn(fields: Fields, before: Campaign['texts']): Campaign['texts'] {
  const told = languages.map((language): [Language, CampaignText | undefined] => {
    const text = wordsIn(fields, `text_${language}`, mostOfAnyText)
    const neutral = wordsIn(fields, `neutral_${language}`, mostOfAnyText)
    const { text: _text, neutral: _neutral, ...kept } = before[language] ?? { text: '' }
    if (text === '' && neutral === '' && Object.keys(kept).length === 0) return [language, undefined]
    return [language, { ...kept, text, ...(neutral === '' ? {} : { neutral }) }]
  })
  return Object.fromEntries(told.filter(([, one]) => one !== undefined))
}

function wordsIn(fields: Fields, name: string, most: number): string {
  const text = fieldOf(fields, name).replace(/\r\n?/g, '\n').trim()
  if (text.length > most) throw new FormFault('campaign.fault.much', { most })
  return text
}

/** A survey asks by itself; of own answers, rows without a word are none. */
function questionIn(fields: Fields, { flows, choices }: Surveys): CampaignQuestion | null {
  const flow = fieldOf(fields, 'survey')
  if (flow !== '' && !flows.includes(flow)) throw new FormFault('campaign.fault.survey')
  if (flow !== '') return { flow, choices }
  if (fieldOf(fields, 'ask') === '') return null
  const rows = Array.from({ length: mostChoices }, (_, index) => ({
    value: `c${index + 1}`,
    texts: Object.fromEntries(
      languages.flatMap((language) => {
        const words = wordsIn(fields, choiceField(index, language), mostOfChoice)
        return words === '' ? [] : [[language, words]]
      }),
    ),
  }))
  return { choices: rows.filter(({ texts }) => Object.keys(texts).length > 0) }
}

function timesIn(fields: Fields): { startsAt: Date | null; endsAt: Date | null; repeat: Repeat } {
  const repeat = repeats.find((one) => one === (fieldOf(fields, 'repeat') || 'once'))
  if (!repeat) throw new FormFault('form.incomplete')
  const startsAt = fieldOf(fields, 'starts') === 'at' ? momentIn(fields, 'startsAt') : null
  if (fieldOf(fields, 'starts') === 'at' && !startsAt) throw new FormFault('campaign.fault.start')
  return { startsAt, endsAt: momentIn(fields, 'endsAt'), repeat }
}

function momentIn(fields: Fields, name: string): Date | null {
  const text = fieldOf(fields, name)
  if (text === '') return null
  const at = readMoment(text)
  if (!at) throw new FormFault('campaign.fault.moment')
  return at
}
