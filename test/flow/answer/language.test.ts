import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { typists, vocabulary } from './words.ts'

describe('the language of a text', () => {
  test.each([
    ['je veux mon argent de réintégration', 'fr'],
    ['mon moteur est tombé en panne', 'fr'],
    ['mon vieux moteur tombe souvent', 'fr'],
    ['I want my reintegration money', 'en'],
    ['when will somebody call me', 'en'],
    ['n ka dosiye kɔlɔsili bɛ min', 'bm'],
    ["n b'a fɛ ka kuma ni mɔgɔ ye", 'bm'],
    ['N ka projet bɛ min?', 'bm'],
    ['I bɛ se ka kumakan ci fana', 'bm'],
    ['suivi', 'fr'],
    ['kôlôsili', 'bm'],
  ])('"%s" is %s', (text, language) => expect(vocabulary.guessLanguage(text)).toBe(language))

  test('Bambara typed without its letters is still Bambara', () => {
    for (const type of typists) {
      expect(vocabulary.guessLanguage(type("n b'a fɛ ka kuma ni mɔgɔ dɔ ye sisan"))).toBe('bm')
    }
  })

  test.each(['ok', '1', '', 'oui', '👍', 'menu', 'Bamako', 'audio'])('"%s" is too little to tell', (text) => {
    const guess = vocabulary.guessLanguage(text)
    expect(guess === undefined || guess === 'fr').toBe(true)
    expect(guess).not.toBe('other')
  })

  test.each(['appelez moi plutot', 'kit pas arrivé', 'on nous a rien donné', 'rappelez moi quand'])(
    '"%s" is French, however it is typed',
    (text) => expect(vocabulary.guessLanguage(text)).toBe('fr'),
  )

  test.each([
    'مرحبا كيف حالك',
    'ߒ ߞߊ߲ ߦߋ߫',
    'ⴰⵣⵓⵍ',
    'Innama aadeeji fof poti, ndimdidi e jibinannde to bannge hakkeeji',
    'mido yidi wallude me jooni',
    'Alle Menschen sind frei und gleich geboren',
  ])('"%s" is another language', (text) => expect(vocabulary.guessLanguage(text)).toBe('other'))
})

describe('the script of a text', () => {
  test.each([
    ['bonjour', 'Latn'],
    ['ɔwɔ', 'Latn'],
    ['مرحبا', 'Arab'],
    ['ߒ ߞߊ߲ ߦߋ߫', 'Nkoo'],
    ['ⴰⵣⵓⵍ', 'Tfng'],
    ['مرحبا كيف حالك ok', 'Arab'],
    ['bonjour مرحبا mes amis', 'Latn'],
    ['12 34', 'Zyyy'],
    ['👍', 'Zyyy'],
    ['', 'Zyyy'],
    ['你好', 'Zyyy'],
  ])('%s is %s', (text, script) => expect(vocabulary.script(text)).toBe(script))

  test('no text of any kind breaks the guess', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        expect(() => [
          vocabulary.guessLanguage(text),
          vocabulary.script(text),
          vocabulary.place(text),
        ]).not.toThrow()
      }),
    )
  })
})
