/** Which sentences the studio lists: by flow, language, what is missing, and words. */
import { type Language, languages } from '../core/language.ts'
import { itself } from '../flow/readiness.ts'
import type { Texts } from './parts.ts'
import { type Row, studioRows } from './studio.ts'

export const wants = ['all', 'missing', 'stale', 'unreviewed'] as const
export type Want = (typeof wants)[number]

export type StudioLook = {
  readonly language: Language
  readonly want: Want
  /** Key of a flow; empty: all. */
  readonly flow: string
  readonly sought: string
  readonly page: number
}

export const rowsEach = 40

export function readStudioLook(query: Readonly<Record<string, unknown>>): StudioLook {
  const word = (name: string) => (typeof query[name] === 'string' ? query[name].slice(0, 80) : '')
  return {
    language: languages.find((one) => one === word('language')) ?? 'bm',
    want: wants.find((one) => one === word('want')) ?? 'all',
    flow: /^[a-z_]*$/.test(word('flow')) ? word('flow') : '',
    sought: word('q').trim(),
    page: Math.max(1, Math.min(99, Math.trunc(Number(word('page'))) || 1)),
  }
}

export type StudioShelf = {
  readonly rows: readonly Row[]
  readonly found: number
  readonly flows: readonly string[]
  /** Of all sentences in the language: how many there are of each want. */
  readonly counts: Readonly<Record<Want, number>>
}

export function studioShelf(texts: Texts, look: StudioLook): StudioShelf {
  const all = studioRows(texts)
  const { language, flow, sought } = look
  const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const within = all.filter(
    (row) =>
      (flow === '' || row.flows.includes(flow)) &&
      (sought === '' ||
        [row.key, ...Object.values(row.texts)].some((one) => fold(one).includes(fold(sought)))),
  )
  const found = within.filter((row) => wanted(row, language, look.want))
  const count = (want: Want) => within.filter((row) => wanted(row, language, want)).length
  return {
    rows: found.slice((look.page - 1) * rowsEach, look.page * rowsEach),
    found: found.length,
    flows: [itself, ...texts.flows.map((one) => one.flow)],
    counts: {
      all: within.length,
      missing: count('missing'),
      stale: count('stale'),
      unreviewed: count('unreviewed'),
    },
  }
}

function wanted(row: Row, language: Language, want: Want): boolean {
  switch (want) {
    case 'all':
      return true
    case 'missing':
      return row.voices[language] === 'none'
    case 'stale':
      return row.voices[language] === 'stale'
    case 'unreviewed':
      return row.unreviewed.includes(language)
    default:
      return want satisfies never
  }
}
