/** The two pictures of a campaign's report, from the same numbers as the tables behind them. */
import type { CampaignReport } from './campaign-report.ts'
import type { Chart } from './chart.ts'
import type { Words } from './words.ts'

/** When it went out; what was answered to its question. */
export const campaignPictures = ['pace', 'answers'] as const
export type CampaignPicture = (typeof campaignPictures)[number]

export function campaignPictureOf(
  words: Words,
  picture: CampaignPicture,
  { campaign, pace, answers }: Pick<CampaignReport, 'campaign' | 'pace' | 'answers'>,
): Chart {
  const name = words.t(`campaign_report.picture_${picture}`)
  const known = (n: number | 'hidden') => (n === 'hidden' ? undefined : n)
  if (picture === 'pace')
    return {
      labels: pace.steps.map(({ at }) => stepName(words, at, pace.minutes)),
      series: [{ name, shape: 'column', colour: 'accent', values: pace.steps.map(({ n }) => known(n)) }],
    }
  return {
    labels: answers.map(({ reason }) => choiceName(words, campaign, reason)),
    series: [{ name, shape: 'column', colour: 'accent', values: answers.map(({ n }) => known(n)) }],
    named: true,
  }
}

export function stepName(words: Words, at: Date, minutes: number): string {
  if (minutes >= 24 * 60) return words.shortDay(at)
  return minutes >= 240 ? `${words.shortDay(at)} ${words.clock(at)}` : words.clock(at)
}

/** A choice in the reader's language where the campaign has it, else in the first that it has. */
export function choiceName(
  words: Words,
  { question }: Pick<CampaignReport['campaign'], 'question'>,
  value: string,
): string {
  if (value === '') return words.t('campaign_report.own_words')
  const texts = question?.choices.find((one) => one.value === value)?.texts
  return texts?.[words.language] ?? texts?.fr ?? Object.values(texts ?? {})[0] ?? value
}
