import { expect, test } from 'vitest'
import { piecesOf, wordsOf, wordsSought } from '../../../src/flow/answer/search-words.ts'

const finds = (sought: string, text: string) => {
  const words = new Set(wordsOf(text))
  return wordsSought(sought).length > 0 && wordsSought(sought).every((word) => words.has(word))
}

test.each([
  ['argent', "je veux l'argent du projet"],
  ["L'ARGENT", 'mon argent'],
  ['réintégration', 'mon argent de REINTEGRATION'],
  ['nyɛrɛ', "n'yɛrɛ ye a fɔ"],
  ['dosiye koura', 'n ka dosiyé kura bɛ min'],
  ['ɲininkali', 'n ka gnininkali'],
])('%s is found in %s', (sought, text) => {
  expect(finds(sought, text)).toBe(true)
})

test.each([
  ['argent', 'urgent'],
  ['ka', 'n ka dosiye'],
  ['pompe cassée', 'la pompe marche'],
])('%s is not found in %s', (sought, text) => {
  expect(finds(sought, text)).toBe(false)
})

test('found words are told apart from the rest, whatever signs stand round them', () => {
  expect(piecesOf('La <b>Pompé</b> !', ['pompe'])).toEqual([
    { text: 'La <b>', found: false },
    { text: 'Pompé', found: true },
    { text: '</b> !', found: false },
  ])
  expect(piecesOf('rien', ['pompe'])).toBeUndefined()
})

test('of a long text the part round the first found word is given', () => {
  const pieces = piecesOf(`${'avant '.repeat(200)}pompe ${'après '.repeat(200)}`, ['pompe']) ?? []
  expect(pieces[0]?.text).toBe('… ')
  expect(pieces.filter(({ found }) => found)).toEqual([{ text: 'pompe', found: true }])
  expect(pieces.map(({ text }) => text).join('').length).toBeLessThan(400)
})

test('a text of a hundred thousand signs costs no more than its beginning', () => {
  expect(wordsOf('pompe '.repeat(20_000))).toEqual(['pompe'])
  expect(wordsOf(Array.from({ length: 5_000 }, (_, n) => `mot${n}x`).join(' ')).length).toBe(400)
})
