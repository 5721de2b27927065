/** Phones, ages and case numbers. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerTo, expecting, hear, kept } from './words.ts'

const phone = expecting('phone')
const age = expecting('age')
const caseNumber = expecting('case_number', { optional: true })

describe('a phone number', () => {
  test.each([
    '76 12 34 56',
    '76-12-34-56',
    '76.12.34.56',
    '76123456',
    '+223 76123456',
    '+223 76 12 34 56',
    '0022376123456',
    '00 223 76 12 34 56',
    '223 76 12 34 56',
    '22376123456',
    '7612345６',
    'mon numéro est le 76 12 34 56',
    '+223 (76) 12 34 56',
    '٧٦١٢٣٤٥٦',
  ])('%s is Malian', (text) => expect(kept(phone, text)).toBe('+22376123456'))

  test.each([
    ['7O OO OO 99', '+22370000099'],
    ['70 00 oo 99', '+22370000099'],
    ['+33 6 12 34 56 78', '+33612345678'],
    ['0033612345678', '+33612345678'],
    ['+213 551 23 45 67', '+213551234567'],
    ['+218 91 234 5678', '+218912345678'],
    ['+225 07 01 23 45 67', '+2250701234567'],
  ])('%s is %s', (text, e164) => expect(kept(phone, text)).toBe(e164))

  test.each([
    '12',
    '76 12 34',
    '76 12 34 56 78 90',
    '16 12 34 56',
    'je ne sais pas',
    '999',
    '+999 12 34 56 78',
  ])('%s is no number that anybody has', (text) => expect(kept(phone, text)).toBeUndefined())

  test('however a Malian number is grouped, it is the same number', () => {
    const digits = fc.tuple(
      fc.constantFrom('70', '76', '66', '79', '65'),
      fc.integer({ min: 0, max: 999_999 }),
    )
    const gap = fc.constantFrom('', ' ', '-', '.')
    const code = fc.constantFrom('', '+223', '00223', '223', '+223 ')
    fc.assert(
      fc.property(digits, gap, code, ([start, rest], between, before) => {
        const national = start + String(rest).padStart(6, '0')
        const grouped = national.match(/../g)?.join(between) ?? ''
        expect(kept(phone, before + grouped)).toBe(`+223${national}`)
      }),
    )
  })

  test('0 and 00 are no phone', () => {
    expect(hear('0', phone)).toEqual({ is: 'universal', word: 'menu' })
    expect(hear('00', phone)).toEqual({ is: 'universal', word: 'leave' })
  })
})

describe('an age', () => {
  test.each([
    ['15', 15],
    ['15 ans', 15],
    ['15ans', 15],
    ["j'ai 15 ans", 15],
    ['quinze ans', 15],
    ['n si bɛ san 15 na', 15],
    ['n si be san 15 na', 15],
    ['tan ni duuru', 15],
    ['san mugan', 20],
    ['n si bɛ san bi saba ni duuru na', 35],
    ["j'ai vingt-deux ans", 22],
    ['i am 30 years old', 30],
    ["I'm 41", 41],
    ['twenty five years', 25],
    ['je suis né en 2001', 25],
    ['1980', 46],
    ['5', 5],
    ['110', 110],
  ])('%s is %i', (text, years) => expect(kept(age, text)).toBe(years))

  test.each(['4', '111', '200', 'vieux', '2030', '15 ou 16 ans', 'mon fils a 15 ans'])(
    '%s is no age of a person who writes',
    (text) => expect(kept(age, text)).toBeUndefined(),
  )
})

describe('a case number', () => {
  test.each([
    ['ML-TEST-001', 'ML-TEST-001'],
    ['ml-test-001', 'ML-TEST-001'],
    ['ML – TEST – 001', 'ML-TEST-001'],
    ['ml/2024/17', 'ML/2024/17'],
    ['mon numéro est ml-test-001.', 'ML-TEST-001'],
    ['12345678', '12345678'],
    ['0', '0'],
  ])('%s is %s', (text, value) => expect(answerTo(caseNumber, text)).toEqual({ is: 'text', value }))

  test.each([
    'je ne sais pas',
    "n t'a dɔn",
    'passer',
    'pass',
    'skip',
    'aucun',
    'non',
    'foyi',
    "I don't know",
  ])('%s leaves it empty', (text) => expect(answerTo(caseNumber, text)).toEqual({ is: 'nothing' }))

  test('words and overlong numbers are none', () => {
    for (const text of ['dossier', '1'.repeat(33), 'A1 et B2']) expect(kept(caseNumber, text)).toBeUndefined()
  })
})
