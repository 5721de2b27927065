/** What the studio shows: every sentence to people, how it stands in each language, and who had a hand in it. */
import type { Saying } from '../core/clip.ts'
import { type Language, languages } from '../core/language.ts'
import type { Speaker } from '../core/studio.ts'
import { Failure } from '../failure.ts'
import { itself } from '../flow/readiness.ts'
import { sentences } from '../flow/sentences.ts'
import { textsOf } from '../flow/texts-of.ts'
import { saysCall } from '../flow/wording.ts'
import { clipHistory, type KeptClip } from '../store/clip.ts'
import type { Database } from '../store/database.ts'
import { staffNames } from '../store/seat.ts'
import { type Wording, wordingHistory } from '../store/wording.ts'
import { type Form, hashOfWords } from '../text/locale.ts'
import { linesOf, type VoiceState } from '../text/voices.ts'
import { groundsOf } from '../turn/office-texts.ts'
import type { Asking, Texts } from './parts.ts'

/** Subjects that are said or shown to people; canned replies have their own page. */
const otherSubjects: ReadonlySet<string> = new Set(['reply'])

export type Row = {
  readonly key: string
  readonly flows: readonly string[]
  /** A choice of a list: read aloud with its question, never by itself. */
  readonly isLabel: boolean
  readonly texts: Readonly<Record<Language, string>>
  readonly voices: Readonly<Record<Language, VoiceState | undefined>>
  readonly unreviewed: readonly Language[]
}

/** Every sentence to people, in the order of its key. */
export function studioRows(texts: Texts): readonly Row[] {
  const { locales, sayings, voices } = texts
  const flowsOf = new Map<string, string[]>()
  const labels = new Set(sayings.flatMap(({ choices }) => choices))
  for (const { flow, steps } of texts.flows) {
    for (const key of new Set(steps.flatMap(textsOf))) flowsOf.set(key, [...(flowsOf.get(key) ?? []), flow])
  }
  for (const key of Object.values(sentences)) flowsOf.set(key, [...(flowsOf.get(key) ?? []), itself])
  const shelf = voices()
  const sayingOf = (key: string) => sayings.filter((one) => one.key === key)
  return locales
    .keys()
    .filter((key) => locales.has('bm', key) && !otherSubjects.has(key.split('.')[0] ?? ''))
    .map((key) => ({
      key,
      flows: flowsOf.get(key) ?? [],
      isLabel: labels.has(key),
      texts: each((language) => locales.t(language, key)),
      voices: each((language) => worst(sayingOf(key).map((saying) => shelf.state(language, saying)))),
      unreviewed: languages.filter((language) => !locales.forms(language, key).every(isReviewed)),
    }))
}

export function isReviewed({ certainty, reviewer }: Form): boolean {
  return Boolean(reviewer) || (certainty === undefined && reviewer === undefined)
}

export type Side = {
  readonly language: Language
  /** The sentence as it is said, each form with how often it was worded here. */
  readonly forms: readonly (Form & {
    readonly number: number
    /** As it ships, where the office words it otherwise. */
    readonly shipped?: string
    /** What the office worded stands on other words than those that ship by now: it is not said. */
    readonly stale?: string
  })[]
  readonly sayings: readonly {
    readonly saying: Saying
    readonly state: VoiceState
    /** What is to be read aloud, line by line. */
    readonly lines: readonly string[]
    /** What is played, or would be if its words had not changed. */
    readonly clip?: {
      readonly media: string
      readonly seconds: number
      readonly by?: string
      readonly at?: Date
    }
  }[]
}

export type Sentence = Row & {
  readonly sides: readonly Side[]
  readonly wordings: readonly (Wording & { readonly by: string })[]
  readonly clips: readonly (KeptClip & { readonly by: string })[]
}

type Prisma = Database['prisma']

/** One sentence with everything about it; fails with `page:not_found`. */
export async function loadSentence(prisma: Prisma, texts: Texts, key: string): Promise<Sentence> {
  const row = studioRows(texts).find((one) => one.key === key)
  if (!row) throw new Failure('page:not_found', { key: key.slice(0, 80) })
  const sayings = texts.sayings.filter((one) => one.key === key)
  const whole = ['', '_one', '_other'].map((form) => `${key}${form}`)
  const [wordings, clips] = await Promise.all([
    wordingHistory(prisma, whole),
    clipHistory(
      prisma,
      sayings.map(({ id }) => id),
    ),
  ])
  const names = await staffNames(
    prisma,
    [...wordings, ...clips].map(({ staff }) => staff),
  )
  const named = <T extends { readonly staff: string }>(one: T) => ({ ...one, by: names.get(one.staff) ?? '' })
  const history = { wordings: wordings.map(named), clips: clips.map(named) }
  return {
    ...row,
    ...history,
    sides: languages.map((language) => sideOf(texts, language, key, sayings, history)),
  }
}

function sideOf(
  texts: Texts,
  language: Language,
  key: string,
  sayings: readonly Saying[],
  { wordings, clips }: Pick<Sentence, 'wordings' | 'clips'>,
): Side {
  const { locales } = texts
  const ground = groundsOf(locales.shipped)
  return {
    language,
    forms: locales.forms(language, key).map((form) => {
      const last = wordings.find((one) => one.language === language && one.key === form.key)
      const shipped = locales.shipped.forms(language, key).find((one) => one.key === form.key)?.text
      const isStale =
        last?.text !== undefined && last.basedOn !== ground(language, form.key) && last.text !== shipped
      return {
        ...form,
        number: last?.number ?? 0,
        ...(shipped !== undefined && shipped !== form.text ? { shipped } : {}),
        ...(isStale ? { stale: last.text } : {}),
      }
    }),
    sayings: sayings.map((saying) => {
      const kept = clips.find((one) => one.language === language && one.saying === saying.id)
      const ships = texts.clips.find((one) => one.language === language && one.saying === saying.id)
      const clip = kept ?? ships
      return {
        saying,
        state: texts.voices().state(language, saying),
        lines: linesOf(locales, language, saying),
        ...(clip && clip.bytes > 0
          ? { clip: { ...clip, ...(kept ? { by: kept.by, at: kept.at } : {}) } }
          : {}),
      }
    }),
  }
}

/** What a wording of this form is held to (flow/judge-words.ts), and what it stands on. */
export function shippedForm(texts: Texts, row: Row, language: Language, form: string) {
  const { shipped } = texts.locales
  const own = shipped.forms(language, row.key).find((one) => one.key === form)
  if (!own) throw new Failure('page:not_found', { key: row.key })
  const calls = languages.some((one) => saysCall(one, shipped.t(one, row.key)))
  return { text: own.text, saysCall: calls, isLabel: row.isLabel, basedOn: hashOfWords(own.text) }
}

export async function speakerOf(prisma: Prisma, { staff }: Asking): Promise<Speaker> {
  const row = await prisma.staff.findUnique({ where: { id: staff.id }, select: { speaks: true } })
  return { roles: staff.roles, speaks: [staff.language, ...(row?.speaks ?? [])] }
}

function each<T>(of: (language: Language) => T): Record<Language, T> {
  return { fr: of('fr'), bm: of('bm'), en: of('en') }
}

function worst(states: readonly VoiceState[]): VoiceState | undefined {
  return (['stale', 'none', 'ready'] as const).find((state) => states.includes(state))
}
