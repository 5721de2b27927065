/** What the shipped sentences owe: every language, every code, short, honest, and Bambara that can be traced. */
import { describe, expect, test } from 'vitest'
import { type Language, languages } from '../../src/core/language.ts'
import { failures } from '../../src/failure.ts'
import { sentences } from '../../src/flow/sentences.ts'
import { readShelf } from '../../src/shelf.ts'
import { makeLocales } from '../../src/text/locale.ts'
import attested from './attested.json' with { type: 'json' }

const shelf = readShelf()
const locales = makeLocales(shelf.locales)

/** Subjects that only staff read: French and English. `web_chat` is the page around the chat. */
const staffSubjects = ['console', 'taxonomy', 'failure', 'event', 'web_chat', 'terminal', 'reply']
const chatKeys = locales.keys().filter((key) => !staffSubjects.includes(key.split('.')[0] ?? ''))

/** What staff may insert into an answer: not every wording exists in Bambara, and those that do are held to the same. */
const replyKeys = locales.keys().filter((key) => key.startsWith('reply.') && locales.has('bm', key))
const bambaraKeys = [...chatKeys, ...replyKeys]

/** Every form of a sentence: most have one, those with a number of days have two. */
const formsOf = (language: Language, key: string) => [
  ...new Set([1, 2, 30].map((n) => locales.t(language, key, { n, count: n }))),
]
const raw = (language: Language, key: string) => locales.t(language, key)
const variablesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe('a sentence of the chat', () => {
  test.each(languages)('is there in %s for every key', (language) => {
    expect(chatKeys.filter((key) => !locales.has(language, key))).toEqual([])
  })

  test.each(languages)('has in %s the variables that it has in French', (language) => {
    const wrong = chatKeys.filter(
      (key) => variablesOf(raw(language, key)).join() !== variablesOf(raw('fr', key)).join(),
    )
    expect(wrong).toEqual([])
  })

  test('is under 300 characters in every language and form', () => {
    const long = chatKeys.flatMap((key) =>
      languages.flatMap((language) =>
        formsOf(language, key)
          .filter((text) => text.length >= 300)
          .map((text) => `${language} ${key} ${text.length}`),
      ),
    )
    expect(long).toEqual([])
  })

  test('promises nothing', () => {
    const promise =
      /vous allez recevoir|garanti|certainement|à coup sûr|nous vous promettons|you will (get|receive) (?!no )|guarantee|we promise|\b\d[\d ]*(fcfa|cfa|euros?)\b/i
    const promising = chatKeys.flatMap((key) =>
      languages.filter((language) => promise.test(raw(language, key))).map((it) => `${it} ${key}`),
    )
    expect(promising).toEqual([])
  })

  test('names no telephone number of its own', () => {
    const numbered = chatKeys.filter((key) => languages.some((it) => /\d{2}[\d .-]{2,}\d/.test(raw(it, key))))
    expect(numbered).toEqual([])
  })

  test('fits a button where it is a choice', () => {
    const labels = shelf.flows.flatMap(({ text }) =>
      [...text.matchAll(/\{ value: \w+, text: ([\w.]+)/g)].map(([, key = '']) => key),
    )
    expect(labels.length).toBeGreaterThan(50)
    const long = labels.filter((key) => languages.some((it) => `10 ${raw(it, key)}`.length > 40))
    expect(long).toEqual([])
  })

  test('of the engine itself is there for every name it uses', () => {
    expect(Object.values(sentences).filter((key) => !locales.has('fr', key))).toEqual([])
  })
})

describe('a Bambara sentence', () => {
  test('says how certain it is and whether somebody reviewed it', () => {
    const bare = bambaraKeys.filter(
      (key) => locales.certainty('bm', key) === undefined || locales.reviewer('bm', key) === undefined,
    )
    expect(bare).toEqual([])
  })

  test('is made of words that were seen in the given material', () => {
    const strange = bambaraKeys
      .map((key) => [key, wordsOf(raw('bm', key)).filter((word) => !isAttested(word, key))] as const)
      .filter(([, words]) => words.length > 0)
    expect(strange).toEqual([])
  })

  test('uses only letters of the official alphabet', () => {
    const quoted = ['language.ask', 'language.fr']
    const wrong = bambaraKeys.filter(
      (key) => !quoted.includes(key) && /[àâäéèêëîïôöùûüçœ]/i.test(raw('bm', key)),
    )
    expect(wrong).toEqual([])
  })
})

describe('staff read in French and in English', () => {
  const staff = ['fr', 'en'] as const

  test.each(staff)('a sentence for every failure, in %s', (language) => {
    const missing = Object.keys(failures).filter(
      (code) => !locales.has(language, `failure.${code.replace(':', '.')}`),
    )
    expect(missing).toEqual([])
  })

  test('no sentence for a failure that is gone', () => {
    const known = Object.keys(failures).map((code) => `failure.${code.replace(':', '.')}`)
    expect(locales.keys().filter((key) => key.startsWith('failure.') && !known.includes(key))).toEqual([])
  })

  test('of every failure what happened, what was kept and what to do', () => {
    const short = locales
      .keys()
      .filter((key) => key.startsWith('failure.') && !/\. .+ ?[;.]/.test(raw('fr', key)))
    expect(short).toEqual([])
  })

  test.each(staff)('every sentence of their subjects, in %s', (language) => {
    const own = locales
      .keys()
      .filter((key) => ['taxonomy', 'failure', 'event'].includes(key.split('.')[0] ?? ''))
    expect(own.length).toBeGreaterThan(100)
    expect(own.filter((key) => !locales.has(language, key))).toEqual([])
  })
})

/** Words of other languages and names that a Bambara sentence may hold. */
const allowed = new Set(
  'oim whatsapp telegram stop start bonjour hello kayes mopti bamako english français bamanankan vocal partenaire'.split(
    ' ',
  ),
)
/** The question about the language is asked in all three at once. */
const inThreeLanguages = ['language.ask']
const known = new Set(attested.words)

function wordsOf(text: string): string[] {
  const bare = text
    .replace(/\{\w+\}/g, ' ')
    .replaceAll('’', "'")
    .toLowerCase()
  return bare.match(/[\p{L}']+/gu) ?? []
}

/** As given, in the plural (-w), or joined to the word before it (b'a, k'u). */
function isAttested(word: string, key: string): boolean {
  if (known.has(word) || allowed.has(word) || inThreeLanguages.includes(key)) return true
  if (word.endsWith('w') && known.has(word.slice(0, -1))) return true
  return /^[btynkm]'./.test(word) && known.has(word.slice(2))
}
