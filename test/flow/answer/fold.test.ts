import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, plain, squash } from '../../../src/flow/answer/fold.ts'

/** Letters, signs and accents that people type, and a few that they do not. */
const typed = fc.string({
  unit: fc.constantFrom(
    ..."abcdefghijklmnopqrstuvwxyzABCGNTY0189 '’.,!?-éèêôïçñœɛɔɲŋƐƆ\u0301\u0300١٢߁🔟👍🏿1️⃣",
  ),
  maxLength: 60,
})

describe('folding', () => {
  test('folding twice changes nothing', () => {
    fc.assert(
      fc.property(typed, (text) => {
        expect(fold(fold(text))).toBe(fold(text))
        expect(plain(plain(text))).toBe(plain(text))
        expect(squash(squash(text))).toBe(squash(text))
      }),
    )
  })

  test('only small letters, digits and single spaces are left of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(fold(text)).toMatch(/^(?:[a-z0-9]+(?: [a-z0-9]+)*)?$/)
      }),
    )
  })

  test('a text of any length is folded whole', () => {
    const long = 'ôwô tché '.repeat(4000)
    expect(fold(long)).toBe('owo ce '.repeat(4000).trim())
  })

  test.each([
    ['ɔwɔ', 'ôwô'],
    ['ɔwɔ', 'OWÒ'],
    ['i ni sɔgɔma', 'I ni sôgôma'],
    ['kɔlɔsili', 'kôlôssili'],
    ['ɲɔgɔnye', 'gnôgônyé'],
    ['jago', 'djago'],
    ['cɛ', 'tchè'],
    ['cɛ', 'tiè'],
    ['cɛ', 'thié'],
    ['segin', 'séguin'],
    ['dumuni', 'doumouni'],
    ['kosɛbɛ', 'kossebe'],
    ['baara', 'bara'],
    ["n'yɛrɛ", 'nyɛrɛ'],
    ["b'a", 'b’a'],
    ['ɛ́', 'e'],
  ])('%s and %s are one', (official, other) => {
    expect(fold(other)).toBe(fold(official))
  })

  test.each([
    ['inice', 'i ni ce'],
    ['ini tché', 'i ni ce'],
    ['n yɛrɛ', "n'yɛrɛ"],
    ['n yɛrɛ', 'nyɛrɛ'],
    ['itogo', 'i tɔgɔ'],
    ['nmako', 'n mako'],
  ])('%s without its gaps is %s', (typedTogether, apart) => {
    expect(squash(typedTogether)).toBe(squash(apart))
  })

  test.each([
    ['1️⃣', '1'],
    ['🔟', '10'],
    ['٣', '3'],
    ['۴', '4'],
    ['߅', '5'],
    ['７', '7'],
    ['②', '2'],
    ['« oui »', 'oui'],
    ["'oui'", 'oui'],
    ['oui👍🏿', 'oui'],
    ['l’aide', "l'aide"],
    ['sœur', 'soeur'],
  ])('%s reads plainly as %s', (text, read) => {
    expect(plain(text)).toBe(read)
  })

  test('French and English keep their letters until they are folded', () => {
    expect(plain('quit')).toBe('quit')
    expect(fold('quit')).toBe(fold('kit'))
  })
})
