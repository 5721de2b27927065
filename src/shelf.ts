/** Reads what ships as files, flows and words, once at start; the pure rooms get them as values. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Language, languages } from './core/language.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Files of the locales folder that belong to no language. */
const shared = ['understanding', 'danger', 'places'] as const

export type Shelf = {
  /** Flow files by name, as text. */
  readonly flows: readonly { readonly name: string; readonly text: string }[]
  /** Sentences: language, subject, tree. */
  readonly locales: Readonly<Record<Language, Readonly<Record<string, unknown>>>>
  readonly understanding: unknown
  readonly danger: unknown
  readonly places: unknown
  /** Voice clips there are: `language/subject.sentence`. */
  readonly clips: ReadonlySet<string>
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
    locales: Object.fromEntries(
      languages.map((language) => [language, readSubjects(join(from, 'locales', language))]),
    ) as Record<Language, Record<string, unknown>>,
    understanding,
    danger,
    places,
    clips: new Set(
      languages.flatMap((language) => clipsOf(join(from, 'locales', 'clips', language), language)),
    ),
  }
}

function readSubjects(folder: string): Record<string, unknown> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return Object.fromEntries(files.map((file) => [basename(file, '.json'), readJson(join(folder, file))]))
}

function clipsOf(folder: string, language: Language): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ogg'))
    .map((file) => `${language}/${basename(file, '.ogg')}`)
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
