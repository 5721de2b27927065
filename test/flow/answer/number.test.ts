import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expecting, hear, kept, menu, needs, typists, understanding } from './words.ts'

const number = expecting('number')

describe('numbers in digits', () => {
  test.each([
    ['0', 0],
    ['7', 7],
    ['12', 12],
    ['1️⃣2️⃣', 12],
    ['🔟', 10],
    ['٢٠', 20],
    ['50 000', 50_000],
    ['50.000', 50_000],
    ['1 000 000', 1_000_000],
    ["j'ai 3 enfants", 3],
    ['environ 20 moutons', 20],
  ])('%s is %i', (text, value) => expect(kept(number, text)).toBe(value))

  test.each(['1 et 3', '3 enfants et 2 femmes', '12 34', 'beaucoup', '1,5'])(
    '%s is no single number',
    (text) => expect(kept(number, text)).toBeUndefined(),
  )

  test('every number up to a million is read from its digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (value) => {
        expect(kept(number, String(value))).toBe(value)
      }),
    )
  })
})

describe('numbers in words', () => {
  test('every number word of the list, in every spelling, is its number', () => {
    for (const [value, { fr, en, bm, typed }] of Object.entries(understanding.numbers)) {
      for (const word of [...fr, ...en, ...bm, ...typed])
        expect([word, kept(number, word)]).toEqual([word, Number(value)])
      for (const word of bm) {
        for (const type of typists)
          expect([type(word), kept(number, type(word))]).toEqual([type(word), Number(value)])
      }
    }
  })

  test('0 to 20, 100 and 1000 are there in three languages', () => {
    for (const value of [...Array.from({ length: 21 }, (_, each) => each), 100, 1000]) {
      const saying = understanding.numbers[String(value)]
      expect([
        value,
        (saying?.fr ?? []).length > 0,
        (saying?.en ?? []).length > 0,
        (saying?.bm ?? []).length > 0,
      ]).toEqual([value, true, true, true])
    }
  })

  test.each([
    ['tan ni fila', 12],
    ['tan ni fla', 12],
    ['tannikelen', 11],
    ['mugan ni kelen', 21],
    ['mougan ni dourou', 25],
    ['bi saba', 30],
    ['bi naani ni duuru', 45],
    ['kɛmɛ', 100],
    ['kɛmɛ fila', 200],
    ['kɛmɛ ni fila', 102],
    ['waa kelen', 1000],
    ['vingt-deux', 22],
    ['vingt et un', 21],
    ['soixante-quinze', 75],
    ['soixante et onze', 71],
    ['quatre-vingts', 80],
    ['quatre vingt dix sept', 97],
    ['cent deux', 102],
    ['deux cents', 200],
    ['deux mille', 2000],
    ['mille neuf cent quatre-vingt-dix', 1990],
    ['twenty one', 21],
    ['one hundred and five', 105],
    ['two thousand', 2000],
  ])('%s is %i', (text, value) => expect(kept(number, text)).toBe(value))

  test.each(['deux trois', 'tan kelen', 'vingt vingt', 'cent cent', 'bi', 'ba'])('%s is no number', (text) =>
    expect(kept(number, text)).toBeUndefined(),
  )
})

describe('the number of a choice', () => {
  test.each([
    ['2'],
    ['2.'],
    ['2)'],
    ['(2)'],
    ['n°2'],
    ['N° 2'],
    ['no 2'],
    ['numéro 2'],
    ['nimɔrɔ 2'],
    ['option 2'],
    ['choix 2'],
    ['le 2'],
    ['je choisis 2'],
    ['réponse 2'],
    ['2e'],
    ['2ème'],
    ['2nd'],
    ['2nan'],
    ['le deuxième'],
    ['second'],
    ['deux'],
    ['two'],
    ['fila'],
    ['fla'],
    ['FILA'],
    ['2️⃣'],
    ['٢'],
    ['②'],
    ['2 svp'],
    ['bonjour, 2'],
    ['2 merci'],
    ['2 Dire un besoin'],
    ['2. N mago fɔ'],
  ])('%s chooses the second line', (text) => expect(kept(menu, text)).toBe('need'))

  test.each([
    ['le troi', 3],
    ['troi', 3],
    ['la premiere', 1],
    ['premie', 1],
    ['le 3eme', 3],
    ['2eme', 2],
    ['2em', 2],
    ['2ieme', 2],
    ['la 1re', 1],
    ['deuxiemme', 2],
    ['deuziem', 2],
    ['katr', 4],
    ['sink', 5],
    ['je veux le 2', 2],
    ['je choisis le troisième', 3],
    ['le deuxième choix', 2],
    ['la 3ème option svp', 3],
    ['le quatrième jour', 4],
    ['the second one', 2],
    ['second one', 2],
    ['the 3rd one', 3],
    ['the forth option', 4],
    ['fifth', 5],
    ['filanan', 2],
    ['flanan', 2],
    ['sabanan', 3],
    ['naaninan', 4],
    ['wɔɔrɔnan', 6],
  ])('%s chooses by its place, by ear', (text, place) =>
    expect(kept(menu, text)).toBe(menu.choices?.[place - 1]?.value),
  )

  test('every ordinal of the list, in every spelling, is its place, but for fɔlɔ', () => {
    const { fr, en, bm, typed } = understanding.ordinals
    for (const all of [fr, en, bm, typed]) {
      for (const [at, names] of all.entries()) {
        const own = needs.choices?.[at]?.value
        for (const name of names.filter((one) => one !== 'fɔlɔ'))
          expect([name, kept(needs, name)]).toEqual([name, own])
        for (const name of names.filter((one) => one !== 'fɔlɔ' && all === bm))
          for (const type of typists) expect([type(name), kept(needs, type(name))]).toEqual([type(name), own])
      }
    }
  })

  test('fɔlɔ is the first of a list only when asked back, and the menu where nothing is asked', () => {
    for (const text of ['fɔlɔ', 'folo', 'Fôlô']) {
      expect(hear(text, needs, 'bm')).toMatchObject({ is: 'doubt', value: 'health' })
      expect(hear(text, undefined, 'bm')).toEqual({ is: 'universal', word: 'menu' })
    }
  })

  test('other words that sound like a number, and things that are counted, choose nothing', () => {
    for (const text of ['dis', 'set', 'in', 'an', 'deux choix', 'trois jours', 'two options', 'le jour']) {
      expect([text, kept(menu, text)]).toEqual([text, undefined])
    }
  })

  test('a number outside the list chooses nothing', () => {
    for (const text of ['7', '10', 'dix', '🔟', '99']) expect(hear(text, menu)).toEqual({ is: 'nothing' })
    expect(kept(needs, '🔟')).toBe('other')
  })

  test('several numbers choose nothing', () => {
    for (const text of ['1 et 3', '1,3', '1 2', '2 ou 3']) expect(kept(menu, text)).toBeUndefined()
  })

  test('a number beside the label of another line is asked back', () => {
    expect(hear('2 Demander une information', menu)).toMatchObject({ is: 'doubt', value: 'need' })
  })

  test('segin is the eighth of a long list only when asked back, and back in a short one', () => {
    for (const text of ['segin', 'seguin', 'seegin', 'Séguin']) {
      expect(hear(text, needs, 'bm')).toMatchObject({ is: 'doubt', value: 'family' })
      expect(hear(text, menu, 'bm')).toEqual({ is: 'universal', word: 'back' })
      expect(kept(number, text, 'bm')).toBe(8)
    }
    expect(kept(needs, '8', 'bm')).toBe('family')
  })
})
