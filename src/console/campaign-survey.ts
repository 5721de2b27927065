/** The surveys that a campaign can begin, and what was chosen in them. */
import { type CampaignQuestion, surveyBegins, surveyLater } from '../core/campaign.ts'
import { languages } from '../core/language.ts'
import type { Shown } from '../core/small-numbers.ts'
import type { CampaignReport } from './campaign-report.ts'
import type { ConsoleParts } from './parts.ts'
import type { Words } from './words.ts'

type Parts = Pick<ConsoleParts, 'texts' | 'locales'>

/** What may be offered, and with which answers. */
export type Surveys = {
  readonly flows: readonly string[]
  readonly choices: CampaignQuestion['choices']
}

export function surveysOf({ texts, locales }: Parts): Surveys {
  const choice = (value: string) => ({
    value,
    texts: Object.fromEntries(languages.map((one) => [one, locales.t(one, `campaign.${value}`)])),
  })
  const flows = texts.flows.filter(({ survey }) => survey === true).map(({ flow }) => flow)
  return { flows, choices: [choice(surveyBegins), choice(surveyLater)] }
}

/** What a survey is called: its first question, as the reader's language says it. */
export function surveyName({ texts, locales }: Parts, words: Words, flow: string): string {
  const [first] = asked(texts, flow)
  return first ? locales.t(words.language, first.text) : flow
}

/** Its questions with their choices in the order of the flow, each with how many chose it; none where numbers are hidden. */
export function surveyTables(
  { texts, locales }: Parts,
  words: Words,
  { campaign, survey }: Pick<CampaignReport, 'campaign' | 'survey'>,
): readonly SurveyTable[] {
  const t = (key: string) => locales.t(words.language, key)
  return asked(texts, campaign.question?.flow).flatMap(({ keep, text, choices = [] }) => {
    const counts = survey.get(keep) ?? []
    if (counts.length === 0) return []
    const rows = counts.map(({ reason, n }) => {
      const label = choices.find(({ value }) => value === reason)?.text
      return { value: reason, name: label ? t(label) : reason, n }
    })
    const place = (value: string) => choices.findIndex((one) => one.value === value)
    return [{ keep, title: t(text), rows: rows.sort((one, other) => place(one.value) - place(other.value)) }]
  })
}

export type SurveyTable = {
  readonly keep: string
  readonly title: string
  readonly rows: readonly { readonly value: string; readonly name: string; readonly n: Shown }[]
}

/** The questions of a flow whose answers are counted. */
function asked(texts: Parts['texts'], wanted: string | undefined) {
  const steps = texts.flows.find(({ flow }) => flow === wanted)?.steps ?? []
  return steps.flatMap((step) => ('ask' in step && step.text !== undefined ? [step] : []))
}
