/**
 * A survey that staff fill in with a person, as its definition file says it (flows/surveys/, domain notes 2.4). What ships is
 * recollected and not official: it has no weights, and without weights there is no score.
 */
import type { Language } from './language.ts'

export const surveyModes = ['interview', 'phone', 'chat'] as const
export type SurveyMode = (typeof surveyModes)[number]

/** Answers that every question takes, and that count nowhere. */
export const silentAnswers = ['refused', 'not_applicable'] as const

export type SurveyTexts = { readonly fr: string; readonly en: string; readonly bm?: string | undefined }

export type SurveyOption = {
  readonly code: string
  readonly text: SurveyTexts
  /** From 0 to 1; null: the answer says nothing that can be counted. */
  readonly value: number | null
}

export type SurveyItem = {
  readonly code: string
  readonly dimension: string
  readonly text: SurveyTexts
  readonly options: readonly SurveyOption[]
  readonly weight: number | null
}

export type SurveyDefinition = {
  readonly survey: string
  readonly version: number
  /** Wording and weights are those of whoever published the survey. */
  readonly official: boolean
  readonly title: SurveyTexts
  readonly dimensions: readonly { readonly code: string; readonly text: SurveyTexts }[]
  readonly items: readonly SurveyItem[]
}

export type SurveyAnswers = Readonly<Record<string, string>>

/** Whether an answer is one that the question takes. */
export function takesAnswer({ options }: SurveyItem, answer: string): boolean {
  return (silentAnswers as readonly string[]).includes(answer) || options.some(({ code }) => code === answer)
}

/** A text of a survey for whoever reads it; Bambara where somebody wrote it. */
export function surveyText(text: SurveyTexts, language: Language): string {
  return text[language] ?? text.fr
}

/** What differs between two versions, by the codes of their questions. */
export type SurveyChange = {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly reworded: readonly string[]
  /** Another answer, another value, another order. */
  readonly answers: readonly string[]
  readonly weights: readonly string[]
  readonly official: boolean
}

export function compareSurveys(before: SurveyDefinition, after: SurveyDefinition): SurveyChange {
  const old = new Map(before.items.map((item) => [item.code, item]))
  const now = new Set(after.items.map(({ code }) => code))
  const differ = (part: (item: SurveyItem) => unknown) =>
    after.items.flatMap((item) => {
      const one = old.get(item.code)
      return one && JSON.stringify(part(one)) !== JSON.stringify(part(item)) ? [item.code] : []
    })
  return {
    added: after.items.flatMap(({ code }) => (old.has(code) ? [] : [code])),
    removed: before.items.flatMap(({ code }) => (now.has(code) ? [] : [code])),
    reworded: differ(({ text, dimension }) => [text.fr, text.en, text.bm, dimension]),
    answers: differ(({ options }) =>
      options.map(({ code, text, value }) => [code, text.fr, text.en, text.bm, value]),
    ),
    weights: differ(({ weight }) => weight),
    official: before.official !== after.official,
  }
}
