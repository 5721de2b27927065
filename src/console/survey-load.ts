/** Surveys as pages need them: which versions there are, and what answers come to. */
import { checkInSurvey } from '../core/check-in.ts'
import type { SurveyDefinition } from '../core/survey.ts'
import { indicativeMean, type Reckoned, score } from '../core/survey-score.ts'
import type { SurveyRecord } from '../store/check-in.ts'
import { type BroughtSurvey, listSurveyVersions } from '../store/survey.ts'
import type { ConsoleParts } from './parts.ts'

type Parts = Pick<ConsoleParts, 'database' | 'texts'>

export type SurveyBook = {
  /** In their last version. */
  readonly current: readonly SurveyDefinition[]
  readonly brought: readonly BroughtSurvey[]
  version(survey: string, version: number): SurveyDefinition | undefined
}

/** What ships, and what was brought; the highest version of a survey is the one that is filled in. */
export async function loadSurveyBook({ database, texts }: Parts): Promise<SurveyBook> {
  const brought = await listSurveyVersions(database.prisma)
  const all = [...texts.surveys, ...brought.map(({ definition }) => definition)]
  const keys = [...new Set(all.map(({ survey }) => survey))]
  return {
    brought,
    current: keys.flatMap(
      (key) =>
        all.filter(({ survey }) => survey === key).sort((one, other) => other.version - one.version)[0] ?? [],
    ),
    version: (survey, version) => all.findLast((one) => one.survey === survey && one.version === version),
  }
}

/** Those that staff fill in; the check-in is asked in the chat. */
export function filledByStaff(book: SurveyBook): readonly SurveyDefinition[] {
  return book.current.filter(({ survey }) => survey !== checkInSurvey)
}

export type SurveyResult = {
  readonly definition: SurveyDefinition
  readonly day: Date
  /** Of the first one; absent where there is only one. */
  readonly baseline?: Date
  /** Official weights were brought: these are scores, else indicative means. */
  readonly scored: boolean
  readonly rows: readonly {
    /** Absent: over all dimensions. */
    readonly dimension?: string
    readonly now: Reckoned
    readonly before?: Reckoned
  }[]
}

/** What each survey of a person came to last, beside the first time it was filled in under the same version. */
export function resultsOf(book: SurveyBook, records: readonly SurveyRecord[]): readonly SurveyResult[] {
  return filledByStaff(book).flatMap(({ survey }): SurveyResult[] => {
    const own = records
      .filter((record) => record.survey === survey)
      // Ids are made in the order of time.
      .sort((one, other) => one.day.getTime() - other.day.getTime() || (one.id < other.id ? -1 : 1))
    const last = own.at(-1)
    const definition = last && book.version(survey, last.version)
    if (!last || !definition) return []
    const first = own.find(({ version }) => version === last.version)
    const scored = score(definition, last.answers).composite.is !== 'weights_missing'
    const reckon = scored ? score : indicativeMean
    const now = reckon(definition, last.answers)
    const before = first && first.id !== last.id ? reckon(definition, first.answers) : undefined
    const dimensions = definition.dimensions.map(({ code }) => ({
      dimension: code,
      now: now.dimensions[code] ?? { is: 'insufficient' as const },
      ...(before ? { before: before.dimensions[code] ?? { is: 'insufficient' as const } } : {}),
    }))
    const whole = { now: now.composite, ...(before ? { before: before.composite } : {}) }
    return [
      {
        ...{ definition, scored, day: last.day, rows: [...dimensions, whole] },
        ...(before && first ? { baseline: first.day } : {}),
      },
    ]
  })
}
