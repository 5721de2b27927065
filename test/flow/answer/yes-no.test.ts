import { describe, expect, test } from 'vitest'
import { expecting, hear, kept, list, typists, understanding } from './words.ts'

const open = expecting('yes_no')
const strict = expecting('yes_no', { strict: true })
const { replies } = understanding

describe('yes and no', () => {
  test('every word of yes and no, in every spelling, is understood in every session language', () => {
    const table = [
      ['yes', [replies.yes, replies.agree]],
      ['no', [replies.no, replies.refuse]],
    ] as const
    for (const [value, sayings] of table) {
      for (const { fr, en, bm, typed } of sayings) {
        const spelt = bm.flatMap((word) => typists.map((type) => type(word)))
        for (const word of [...fr, ...en, ...bm, ...typed, ...spelt]) {
          for (const language of ['fr', 'bm', 'en'] as const) {
            expect([word, kept(open, word, language)]).toEqual([word, value])
            expect([word, kept(strict, word, language)]).toEqual([word, value])
          }
        }
      }
    }
  })

  test.each([
    '1',
    '1.',
    '1️⃣',
    'un',
    'kelen',
    'oui',
    'OUI',
    'Ouiiii',
    'oui oui',
    'oui merci',
    'oui svp',
    'ôwô',
    'awo',
    'awô',
    'yes',
    "oui j'accepte",
    "j'accepte",
    'n sɔnna',
    'nsonna',
    '1 oui',
    'bonjour oui',
  ])('%s is a clear yes', (text) => expect(kept(strict, text)).toBe('yes'))

  test.each([
    '2',
    '2️⃣',
    'non',
    'Nonnn',
    'non merci',
    'ayi',
    'ayiii',
    'aï',
    'no',
    'pas d’accord',
    'je refuse',
    'n ma sɔn',
  ])('%s is a no', (text) => {
    expect(kept(strict, text)).toBe('no')
    expect(kept(open, text)).toBe('no')
  })

  test.each([
    'ok',
    "d'accord",
    'OK',
    'naamu',
    'namou',
    'o',
    'baasi tɛ',
    '👍',
    '👍🏿',
    '✅',
    'bien sûr',
    'oui je viens',
  ])('%s is a yes, but never consent', (text) => {
    expect(kept(open, text)).toBe('yes')
    expect(kept(strict, text)).toBeUndefined()
  })

  test.each(['👎', '👎🏾', '❌'])('%s is a no where nothing clear is needed', (text) =>
    expect(kept(open, text)).toBe('no'),
  )

  test.each([
    'oui mais non',
    '1 non',
    '2 oui',
    'oui non',
    'oui mais pas demain',
    '3',
    'ai bien compris',
    'n ka baara',
    '👍👎',
  ])('%s is neither', (text) => {
    expect(kept(open, text)).toBeUndefined()
    expect(kept(strict, text)).toBeUndefined()
  })

  test('a list that holds yes and no understands their words', () => {
    const three = list(
      ['yes', ['Oui', 'Ɔwɔ', 'Yes']],
      ['no', ['Non', 'Ayi', 'No']],
      ['later', ['Plus tard', 'Kɔfɛ', 'Later']],
    )
    expect(kept(three, 'ôwô')).toBe('yes')
    expect(kept(three, 'non merci')).toBe('no')
    expect(kept(three, '3')).toBe('later')
    expect(kept(three, 'plus tard')).toBe('later')
  })

  test('a choice that names yes takes a yes', () => {
    const urgent = list(
      ['today', ["Oui, aujourd'hui", 'Ɔwɔ, bi', 'Yes, today'], ['yes', 'today', 'urgent']],
      ['can_wait', ['Ça peut attendre', 'A bɛ se ka makɔnɔ', 'It can wait'], ['no', 'wait']],
    )
    for (const text of ['oui', 'awo', "aujourd'hui", 'bi', 'urgent', 'joona'])
      expect(kept(urgent, text)).toBe('today')
    for (const text of ['non', 'ayi', 'attendre']) expect(kept(urgent, text)).toBe('can_wait')
  })

  test.each(['oui', 'ayi', 'ok', 'ok merci', 'ayiwa', 'non non', '👍', '👍🏿👍🏿'])(
    '%s outside every question is a nod',
    (said) => expect(hear(said)).toEqual({ is: 'nod' }),
  )

  test('a yes with more beside it is no nod', () => {
    for (const said of ['oui je viens', 'non pas encore', 'ok mais quand'])
      expect(hear(said).is).not.toBe('nod')
  })
})
