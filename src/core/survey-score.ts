/**
 * What the answers to a survey come to (domain notes 2.4). A score needs the official weights; without them there is only an
 * indicative mean, which is never called a score. Refused and not applicable answers count on neither side; a dimension of
 * which less than 70 % was answered says nothing.
 */
import type { SurveyAnswers, SurveyDefinition, SurveyItem } from './survey.ts'

/** Of the questions of a dimension so many must be answered. */
export const answeredAtLeast = 0.7

export type Reckoned =
  | { readonly is: 'score'; readonly value: number }
  | { readonly is: 'insufficient' }
  | { readonly is: 'weights_missing' }

export type SurveyScore = {
  readonly dimensions: Readonly<Record<string, Reckoned>>
  readonly composite: Reckoned
}

/** By the weights of the definition; `weights_missing` throughout while it is not official or one weight is not there. */
export function score(definition: SurveyDefinition, answers: SurveyAnswers): SurveyScore {
  const weighed = definition.official && definition.items.every(({ weight }) => weight !== null)
  if (!weighed) return everywhere(definition, { is: 'weights_missing' })
  return reckon(definition, answers, ({ weight }) => weight ?? 0)
}

/** Every question alike: to see where somebody stands, and no score of any survey. */
export function indicativeMean(definition: SurveyDefinition, answers: SurveyAnswers): SurveyScore {
  return reckon(definition, answers, () => 1)
}

function reckon(
  definition: SurveyDefinition,
  answers: SurveyAnswers,
  weightOf: (item: SurveyItem) => number,
): SurveyScore {
  const dimensions = Object.fromEntries(
    definition.dimensions.map(({ code }) => {
      const items = definition.items.filter(({ dimension }) => dimension === code)
      return [code, isSufficient(items, answers) ? meanOf(items, answers, weightOf) : insufficient]
    }),
  )
  const whole = Object.values(dimensions).every(({ is }) => is === 'score')
  return { dimensions, composite: whole ? meanOf(definition.items, answers, weightOf) : insufficient }
}

const insufficient: Reckoned = { is: 'insufficient' }

/** What does not apply to somebody cannot be answered, and is not missed; a refusal is. */
function isSufficient(items: readonly SurveyItem[], answers: SurveyAnswers): boolean {
  const asked = items.filter(({ code }) => answers[code] !== 'not_applicable')
  const answered = asked.filter((item) => worthOf(item, answers) !== undefined)
  return asked.length > 0 && answered.length >= asked.length * answeredAtLeast
}

function meanOf(
  items: readonly SurveyItem[],
  answers: SurveyAnswers,
  weightOf: (item: SurveyItem) => number,
): Reckoned {
  let sum = 0
  let weights = 0
  for (const item of items) {
    const value = worthOf(item, answers)
    if (value === undefined) continue
    sum += value * weightOf(item)
    weights += weightOf(item)
  }
  return weights === 0 ? insufficient : { is: 'score', value: sum / weights }
}

function worthOf({ code, options }: SurveyItem, answers: SurveyAnswers): number | undefined {
  return options.find((option) => option.code === answers[code])?.value ?? undefined
}

function everywhere({ dimensions }: SurveyDefinition, it: Reckoned): SurveyScore {
  return { dimensions: Object.fromEntries(dimensions.map(({ code }) => [code, it])), composite: it }
}
