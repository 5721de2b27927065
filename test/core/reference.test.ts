import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReference, referenceOf, showReference } from '../../src/core/reference.ts'

const eight = fc.integer({ min: 0, max: 9_999_999 }).map(referenceOf)

describe('a reference', () => {
  test('reads back however it is written', () => {
    fc.assert(
      fc.property(eight, (reference) => {
        expect(readReference(showReference(reference))).toBe(reference)
        expect(readReference(showReference(reference).replaceAll('-', ' '))).toBe(reference)
      }),
    )
  })

  test('with one wrong digit is no reference', () => {
    fc.assert(
      fc.property(eight, fc.nat(7), fc.integer({ min: 1, max: 9 }), (reference, place, shift) => {
        const wrong = (Number(reference[place]) + shift) % 10
        expect(readReference(reference.slice(0, place) + wrong + reference.slice(place + 1))).toBeUndefined()
      }),
    )
  })

  test('with two neighbours swapped is no reference', () => {
    fc.assert(
      fc.property(eight, fc.nat(6), (reference, place) => {
        const [a = '', b = ''] = reference.slice(place, place + 2)
        fc.pre(a !== b)
        expect(readReference(reference.slice(0, place) + b + a + reference.slice(place + 2))).toBeUndefined()
      }),
    )
  })

  test('is never given twice', () => {
    const many = new Set(Array.from({ length: 200_000 }, (_, n) => referenceOf(n)))
    expect(many.size).toBe(200_000)
  })
})
