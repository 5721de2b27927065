/** Reads what ships as files, flows and words, once at start; the pure rooms get them as values. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Clip } from './core/clip.ts'
import { type Language, languages } from './core/language.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Files of the locales folder that belong to no language. */
const shared = ['understanding', 'danger', 'places'] as const

export type Shelf = {
  /** Flow files by name, as text. */
  readonly flows: readonly { readonly name: string; readonly text: string }[]
  /** Sentences: language, subject, tree. */
  readonly locales: Readonly<Record<Language, Readonly<Record<string, unknown>>>>
  /** Files of surveys that staff fill in, as text. */
  readonly surveys: readonly string[]
  readonly understanding: unknown
  readonly danger: unknown
  readonly places: unknown
  /** Recorded sentences that ship, each with the wording it says. */
  readonly clips: readonly ShippedClip[]
}

/** `saying` names what is said (core/clip.ts), `wording` is the hash of its words. */
export type ShippedClip = Clip & {
  readonly language: Language
  readonly saying: string
  readonly wording: string
  readonly file: string
}

/** Everything on the shelf, parsed from JSON but not judged; whoever uses it says what is wrong with it. */
export function readShelf(from: string = root): Shelf {
  const [understanding, danger, places] = shared.map((name) =>
    readJson(join(from, 'locales', `${name}.json`)),
  )
  return {
    flows: readdirSync(join(from, 'flows'))
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => ({
        name: basename(file, '.yaml'),
        text: readFileSync(join(from, 'flows', file), 'utf8'),
      })),
    surveys: readdirSync(join(from, 'flows', 'surveys'))
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => readFileSync(join(from, 'flows', 'surveys', file), 'utf8')),
    locales: Object.fromEntries(
      languages.map((language) => [language, readSubjects(join(from, 'locales', language))]),
    ) as Record<Language, Record<string, unknown>>,
    understanding,
    danger,
    places,
    clips: languages.flatMap((language) => clipsOf(join(from, 'locales', 'clips', language), language)),
  }
}

function readSubjects(folder: string): Record<string, unknown> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return Object.fromEntries(files.map((file) => [basename(file, '.json'), readJson(join(folder, file))]))
}

/** What the index of a language names; a recording that it does not name says nobody knows which wording. */
function clipsOf(folder: string, language: Language): ShippedClip[] {
  const index = join(folder, 'index.json')
  if (!existsSync(index)) return []
  // Written by `npm run texts -- export`.
  const named = readJson(index) as Readonly<Record<string, Omit<ShippedClip, 'language' | 'saying' | 'file'>>>
  return Object.entries(named).map(([saying, { wording, media, bytes, seconds }]) => {
    return { language, saying, wording, media, bytes, seconds, file: join(folder, `${saying}.ogg`) }
  })
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
