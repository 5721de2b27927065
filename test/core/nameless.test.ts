import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCardCode } from '../../src/core/card.ts'
import { blurred, drawCode, readCode, showCode } from '../../src/core/nameless.ts'
import { readReference } from '../../src/core/reference.ts'

const id = '0192f0c0-0000-7000-8123-456789abcdef'
const code = drawCode(id)

describe('the code of a complaint without a name', () => {
  test('is twelve digits, and read back however it is grouped, with the words behind it', () => {
    expect(code).toMatch(/^[1-9]\d{11}$/)
    expect(showCode(code)).toMatch(/^\d{3} \d{3} \d{3} \d{3}$/)
    for (const text of [code, showCode(code), ` ${showCode(code).replaceAll(' ', '-')} `])
      expect(readCode(text)).toEqual({ code })
    expect(readCode(`${showCode(code)} ce n’est pas réglé`)).toEqual({ code, words: 'ce n’est pas réglé' })
  })

  test('is none with one digit wrong, two swapped, one too many or too few', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digits = [...code]
        digits[place] = String((Number(digits[place]) + by) % 10)
        expect(readCode(digits.join(''))).toBeUndefined()
      }),
    )
    for (const text of ['', '123', `${code}1`, code.slice(1), 'bonjour', `le ${code}`])
      expect(readCode(text)).toBeUndefined()
  })

  test('is taken for no card and no reference', () => {
    fc.assert(
      fc.property(fc.uuid(), (some) => {
        const drawn = drawCode(some)
        expect(readCode(drawn)).toEqual({ code: drawn })
        expect([readCardCode(drawn), readReference(drawn)]).toEqual([undefined, undefined])
      }),
    )
  })

  test('and its rows tell no minute', () => {
    expect(blurred(new Date('2026-03-02T09:59:59Z'))).toEqual(new Date('2026-03-02T09:00:00Z'))
  })
})
