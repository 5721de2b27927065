/** Which flows may be used in a language: whose sentences were reviewed by somebody of it, and recorded. */
import type { Saying } from '../core/clip.ts'
import { type Language, languages } from '../core/language.ts'
import type { FlowBook } from './definition.ts'
import { known } from './known.ts'
import { sentences } from './sentences.ts'
import { textsOf } from './texts-of.ts'

/** What an office may ask of a flow before it talks in a language. French is what remains and is asked nothing. */
export const conditions = ['reviewed', 'recorded'] as const
export type Condition = (typeof conditions)[number]
export type Gate = { readonly [L in Exclude<Language, 'fr'>]?: readonly Condition[] }

/** What the conversation says between flows is told of like a flow, and never held back: there is nothing else to say. */
export const itself = 'common'

export type Readiness = {
  /** Key of the flow, or `itself`. */
  readonly flow: string
  readonly language: Language
  readonly sentences: number
  /** Keys that nobody of the language has reviewed. */
  readonly unreviewed: readonly string[]
  readonly sayings: number
  /** Sayings without a recording of their present words. */
  readonly unrecorded: readonly string[]
}

export type Judge = {
  readonly isReviewed: (language: Language, key: string) => boolean
  readonly isRecorded: (language: Language, saying: Saying) => boolean
}

/** Every flow in every language. */
export function readinessOf(
  book: FlowBook,
  sayings: readonly Saying[],
  { isReviewed, isRecorded }: Judge,
): readonly Readiness[] {
  return [itself, ...book.keys()].flatMap((flow) => {
    const said =
      flow === itself ? Object.values(sentences) : (book.current(flow)?.steps ?? []).flatMap(textsOf)
    const texts = [...new Set<string>(said)]
    const own = sayings.filter(({ key, flows }) =>
      flow === itself ? texts.includes(key) : flows.includes(flow),
    )
    return languages.map((language) => ({
      flow,
      language,
      sentences: texts.length,
      unreviewed: texts.filter((key) => !isReviewed(language, key)),
      sayings: own.length,
      unrecorded: own.filter((saying) => !isRecorded(language, saying)).map(({ id }) => id),
    }))
  })
}

/** Whoever is in danger is answered in the language they speak, however rough: French may say nothing to them at all. */
const never: readonly string[] = [itself, known.danger, known.minor, known.voice, known.helpMe]

/** Whether a flow fulfils what the gate asks in its language. */
export function isPublished({ flow, language, unreviewed, unrecorded }: Readiness, gate: Gate): boolean {
  const asked = language === 'fr' || never.includes(flow) ? [] : (gate[language] ?? [])
  return asked.every((one) => (one === 'reviewed' ? unreviewed : unrecorded).length === 0)
}

/** A gate as it is stored; what is no gate asks nothing. */
export function gateOf(stored: unknown): Gate {
  if (typeof stored !== 'object' || stored === null) return {}
  const of = (language: string) => {
    const asked = (stored as Readonly<Record<string, unknown>>)[language]
    return conditions.filter((one) => Array.isArray(asked) && asked.includes(one))
  }
  return { bm: of('bm'), en: of('en') }
}
