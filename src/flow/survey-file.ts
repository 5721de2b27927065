/** The file of a survey that staff fill in (core/survey.ts): its shape, and what else must hold of it. */
import { z } from 'zod'
import type { SurveyDefinition } from '../core/survey.ts'

const code = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/)
const words = z.string().trim().min(1).max(400)
const texts = z.strictObject({ fr: words, en: words, bm: words.optional() })

const shape = z.strictObject({
  survey: code,
  version: z.number().int().min(1).max(9999),
  official: z.boolean(),
  title: texts,
  dimensions: z
    .array(z.strictObject({ code, text: texts }))
    .min(1)
    .max(12),
  items: z
    .array(
      z.strictObject({
        code,
        dimension: code,
        text: texts,
        options: z
          .array(z.strictObject({ code, text: texts, value: z.number().min(0).max(1).nullable() }))
          .min(2)
          .max(12),
        weight: z.number().min(0).max(1000).nullable(),
      }),
    )
    .min(1)
    .max(120),
})

export type SurveyRead =
  | { readonly definition: SurveyDefinition }
  /** Where the fault stands, as a path of the file, and what it is. */
  | {
      readonly fault: 'not_json' | 'not_a_survey' | 'twice' | 'no_dimension' | 'no_weights'
      readonly at: string
    }

/** Reads and judges the text of a file. What calls itself official has every weight. */
export function readSurvey(text: string): SurveyRead {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { fault: 'not_json', at: '' }
  }
  const read = shape.safeParse(json)
  if (!read.success) return { fault: 'not_a_survey', at: read.error.issues[0]?.path.join('.') ?? '' }
  const { items, dimensions, official } = read.data
  const twice = firstTwice([...items.map((item) => item.code), ...dimensions.map((one) => one.code)])
  if (twice !== undefined) return { fault: 'twice', at: twice }
  for (const item of items) {
    const again = firstTwice([...item.options.map((option) => option.code), 'refused', 'not_applicable'])
    if (again !== undefined) return { fault: 'twice', at: `${item.code}.${again}` }
    if (!dimensions.some((one) => one.code === item.dimension))
      return { fault: 'no_dimension', at: item.code }
    if (official && item.weight === null) return { fault: 'no_weights', at: item.code }
  }
  if (official && items.every(({ weight }) => weight === 0)) return { fault: 'no_weights', at: '' }
  return { definition: read.data }
}

function firstTwice(codes: readonly string[]): string | undefined {
  return codes.find((one, place) => codes.indexOf(one) !== place)
}
