/** The one door to all sentences: forms, fallbacks, and what it costs. */
import { describe, expect, test } from 'vitest'
import { makeLocales } from '../../src/text/locale.ts'

const locales = makeLocales({
  fr: {
    talk: {
      hello: 'Bonjour {name}.',
      only: 'Seulement ici.',
      days_one: 'Dans {n} jour.',
      days_other: 'Dans {n} jours.',
      deep: { text: 'Un mot nommé texte.' },
    },
  },
  bm: {
    talk: {
      hello: { text: 'I ni ce {name}.', certainty: 'A', basis: 'given', reviewer: '' },
      days: { text: 'Tile {n} kɔnɔ.', certainty: 'B', basis: 'given', reviewer: 'M.' },
    },
  },
  en: {
    talk: { hello: 'Hello {name}.', days_one: 'In {n} day.', days_other: 'In {n} days.' },
  },
})

describe('a sentence', () => {
  test('is filled with its variables, which are not read again', () => {
    expect(locales.t('en', 'talk.hello', { name: '{name} <b>$&</b> $t(talk.only)' })).toBe(
      'Hello {name} <b>$&</b> $t(talk.only).',
    )
  })

  test('keeps a variable that nobody gave', () => {
    expect(locales.t('fr', 'talk.hello', { other: 1 })).toBe('Bonjour {name}.')
  })

  test.each([
    ['fr', 0, 'Dans 0 jour.'],
    ['fr', 1, 'Dans 1 jour.'],
    ['fr', 2, 'Dans 2 jours.'],
    ['en', 0, 'In 0 days.'],
    ['en', 1, 'In 1 day.'],
    ['en', 400, 'In 400 days.'],
    ['bm', 1, 'Tile 1 kɔnɔ.'],
    ['bm', 7, 'Tile 7 kɔnɔ.'],
  ] as const)('in %s takes the form of %i', (language, n, said) => {
    expect(locales.t(language, 'talk.days', { n })).toBe(said)
    expect(locales.t(language, 'talk.days', { n })).toBe(said)
  })

  test('that a language lacks is said in French, and one that nobody wrote is shown as its key', () => {
    expect(locales.t('bm', 'talk.only')).toBe('Seulement ici.')
    expect(locales.has('bm', 'talk.only')).toBe(false)
    expect(locales.t('bm', 'talk.nowhere', { n: 1 })).toBe('talk.nowhere')
  })

  test('may be named text, because only a graded object is a sentence', () => {
    expect(locales.t('fr', 'talk.deep.text')).toBe('Un mot nommé texte.')
  })

  test('carries its certainty and its reviewer', () => {
    expect(locales.certainty('bm', 'talk.hello')).toBe('A')
    expect(locales.certainty('fr', 'talk.hello')).toBeUndefined()
    expect(locales.reviewer('bm', 'talk.days')).toBe('M.')
  })

  test('has a wording that differs by language and stays for the same text', () => {
    const wording = locales.wording('fr', 'talk.hello')
    expect(wording).toMatch(/^[0-9a-f]{12}$/)
    expect(locales.wording('fr', 'talk.hello')).toBe(wording)
    expect(locales.wording('bm', 'talk.hello')).not.toBe(wording)
    expect(locales.wording('en', 'talk.days')).not.toBe(locales.wording('fr', 'talk.days'))
  })

  test('costs a few microseconds', () => {
    const round = () => {
      const start = performance.now()
      for (let i = 0; i < 20_000; i++) locales.t('bm', 'talk.days', { n: i % 7 })
      return (performance.now() - start) / 20_000
    }
    // The best of several rounds, because other programs use this machine too.
    const best = Math.min(...Array.from({ length: 8 }, round))
    expect(best * 1000).toBeLessThan(10)
  })
})

describe('the files', () => {
  test('list every key once, without the endings of its forms', () => {
    expect(locales.keys()).toEqual(['talk.days', 'talk.deep.text', 'talk.hello', 'talk.only'])
  })

  test('may hold notes, whose names begin with a dollar', () => {
    const noted = makeLocales({ fr: { a: { $about: ['for translators'], b: 'B' } }, bm: {}, en: {} })
    expect(noted.keys()).toEqual(['a.b'])
  })

  test('that hold something else than sentences are refused at start', () => {
    expect(() => makeLocales({ fr: { a: { b: 3 } }, bm: {}, en: {} })).toThrow('a.b')
    expect(() => makeLocales({ fr: { a: { b: ['x'] } }, bm: {}, en: {} })).toThrow('a.b')
  })

  test('of two houses do not mix', () => {
    const other = makeLocales({ fr: { talk: { only: 'Ailleurs.' } }, bm: {}, en: {} })
    expect(other.t('en', 'talk.only')).toBe('Ailleurs.')
    expect(locales.t('en', 'talk.only')).toBe('Seulement ici.')
  })
})
