/** Days and quotation marks as a reader of each language writes them, and the names of all that has one. */
import { expect, test } from 'vitest'
import { flowName, wordsFor } from '../../src/console/words.ts'
import { makeConversation } from '../../src/conversation.ts'
import { itself } from '../../src/flow/readiness.ts'
import { readShelf } from '../../src/shelf.ts'
import { makeLocales } from '../../src/text/locale.ts'

const texts = makeConversation(readShelf())
const now = new Date('2026-03-02T09:00:00Z')
const french = wordsFor(texts.locales, 'fr', now)
const english = wordsFor(texts.locales, 'en', now)

test('the first of a month is "1er" in French, and no other day is', () => {
  const at = (day: string) => new Date(`2026-12-${day}T01:01:00Z`)
  expect(french.day(at('01'))).toBe('mardi 1er décembre 2026')
  expect(french.exact(at('01'))).toBe('mardi 1er décembre 2026 à 01:01')
  expect(french.shortDay(at('01'))).toBe('1er déc.')
  expect(french.day(at('11'))).toBe('vendredi 11 décembre 2026')
  expect(french.exact(at('21'))).toBe('lundi 21 décembre 2026 à 01:01')
  expect(english.day(at('01'))).toBe('Tuesday, 1 December 2026')
})

test('words of somebody else stand in the quotation marks of the reader', () => {
  expect(french.quote('un voisin')).toBe('«\u00a0un voisin\u00a0»')
  expect(english.quote('a neighbour')).toBe('“a neighbour”')
})

test('no French line begins with a sign, and what people wrote stays as they wrote it', () => {
  const locales = makeLocales({ fr: { console: { x: 'Motif : « {text} » ({n} %)' } }, bm: {}, en: {} })
  const words = wordsFor(locales, 'fr', now)
  expect(words.t('x', { text: 'quoi ? non', n: 5 })).toBe('Motif\u00a0: «\u00a0quoi ? non\u00a0» (5\u00a0%)')
})

test.each(['fr', 'en'] as const)('every flow that ships has a name in %s', (language) => {
  const words = wordsFor(texts.locales, language, now)
  const nameless = [itself, ...texts.flows.map(({ flow }) => flow)].filter(
    (flow) => !texts.locales.has(language, `console.flow.${flow}`) || flowName(words, flow) === flow,
  )
  expect(nameless).toEqual([])
})

test('a flow that an office brought is called by its key', () => {
  expect(flowName(french, 'water')).toBe('water')
})
