import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expecting, hear, kept, typists, understanding } from './words.ts'

const date = expecting('date')
const { dates } = understanding

describe('dates, on Tuesday 10 February 2026', () => {
  test.each([
    ["aujourd'hui", '2026-02-10'],
    ['bi', '2026-02-10'],
    ['today', '2026-02-10'],
    ['demain', '2026-02-11'],
    ['sini', '2026-02-11'],
    ['demain matin', '2026-02-11'],
    ['après-demain', '2026-02-12'],
    ['the day after tomorrow', '2026-02-12'],
    ['hier', '2026-02-09'],
    ['kunu', '2026-02-09'],
    ['avant-hier', '2026-02-08'],
    ['jeudi', '2026-02-12'],
    ['jeudi prochain', '2026-02-12'],
    ['alamisa', '2026-02-12'],
    ['juma', '2026-02-13'],
    ['djouma', '2026-02-13'],
    ['on Monday', '2026-02-16'],
    ['mardi', '2026-02-17'],
    ['tarata', '2026-02-17'],
    ['12/02', '2026-02-12'],
    ['12-2', '2026-02-12'],
    ['12.02.2026', '2026-02-12'],
    ['12/2/26', '2026-02-12'],
    ['2026-02-12', '2026-02-12'],
    ['le 12 février', '2026-02-12'],
    ['12 fev', '2026-02-12'],
    ['douze février', '2026-02-12'],
    ['12 feburuye', '2026-02-12'],
    ['feburuye kalo tile 12', '2026-02-12'],
    ['1er mars', '2026-03-01'],
    ['February 12th', '2026-02-12'],
    ['12 August 2024', '2024-08-12'],
    ['jeudi 12 février', '2026-02-12'],
    ['Alamisa 12/02', '2026-02-12'],
    ['12 décembre', '2025-12-12'],
    ['5 mai', '2026-05-05'],
  ])('%s is %s', (text, iso) => expect(kept(date, text)).toBe(iso))

  test.each([
    '31/02',
    '32/01',
    '12/13',
    '12',
    'le 12',
    'lundi 12 février',
    'lundi mardi',
    'février',
    'bientôt',
    '12/02 10:30',
    '12 février 3026',
  ])('%s is no date', (text) => expect(kept(date, text)).toBeUndefined())

  test.each(['lundi soir', 'ntɛnɛ su', 'demain soir', 'sini su fɛ', 'la nuit de lundi', 'su', 'tonight'])(
    '%s is not understood: nights belong to the next day',
    (text) => expect(kept(date, text)).toBeUndefined(),
  )

  test('a night word beside a date in digits does no harm', () => {
    expect(kept(date, '12/02 soir')).toBe('2026-02-12')
  })

  test('every day and month of the lists is known in every spelling', () => {
    for (const [at, { fr, en, bm, typed }] of dates.weekdays.entries()) {
      const expected = `2026-02-${String(at === 0 ? 16 : at === 1 ? 17 : 10 + at - 1).padStart(2, '0')}`
      const spelt = bm.flatMap((word) => typists.map((type) => type(word)))
      for (const word of [...fr, ...en, ...bm, ...typed, ...spelt])
        expect([word, kept(date, word)]).toEqual([word, expected])
    }
    for (const [at, { fr, en, bm }] of dates.months.entries()) {
      const expected = `2026-${String(at + 1).padStart(2, '0')}-03`
      for (const word of [...fr, ...en, ...bm]) {
        expect([word, kept(date, `3 ${word} 2026`)]).toEqual([word, expected])
      }
    }
  })

  test('every date written with its year is read back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1930-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (day) => {
          const iso = day.toISOString().slice(0, 10)
          const [year, month, date_] = iso.split('-')
          expect(kept(date, `${Number(date_)}/${month}/${year}`)).toBe(iso)
          expect(kept(date, iso)).toBe(iso)
        },
      ),
    )
  })

  test('0 is the menu where it is no date, and 00 leaves', () => {
    expect(hear('0', date)).toEqual({ is: 'universal', word: 'menu' })
    expect(hear('00', date)).toEqual({ is: 'universal', word: 'leave' })
  })
})
