/** The files of words: what is wrong in them is told, and the flows name only what is in them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conceptNames, makeVocabulary } from '../../../src/flow/answer/vocabulary.ts'
import { askKinds } from '../../../src/flow/definition.ts'
import { readFlow } from '../../../src/flow/read.ts'
import { expecting, hear, menu, shelf } from './words.ts'

describe('the files of words', () => {
  test('a fault is told with its file and path', () => {
    expect(() => makeVocabulary({ ...shelf, danger: { $about: '', negators: {}, kinds: {} } })).toThrow(
      /danger\.json[\s\S]*kinds/,
    )
    expect(() => makeVocabulary({ ...shelf, understanding: 7 })).toThrow(/understanding\.json/)
    expect(() => makeVocabulary({ ...shelf, places: { $about: '' } })).toThrow(/places\.json[\s\S]*regions/)
  })

  test('every word that a flow names for a choice is known', () => {
    const known = conceptNames(shelf.understanding)
    const unknown = shelf.flows.flatMap(({ name, text }) =>
      (readFlow(name, text).flow?.steps ?? []).flatMap((step) =>
        'ask' in step
          ? (step.choices ?? []).flatMap(({ words }) => (words ?? []).filter((word) => !known.has(word)))
          : [],
      ),
    )
    expect(unknown).toEqual([])
  })

  test('what a concept means is a concept', () => {
    const known = conceptNames(shelf.understanding)
    expect(known.has('followup') && known.has('health')).toBe(true)
  })
})

describe('hearing', () => {
  test('any text in any question is heard as something, twice the same', () => {
    const any = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 40 }))
    fc.assert(
      fc.property(any, fc.constantFrom(...askKinds), fc.boolean(), (text, ask, optional) => {
        const question = ask === 'choice' ? menu : expecting(ask, { optional })
        expect(hear(text, question)).toEqual(hear(text, question))
        expect(hear(text)).toEqual(hear(text))
      }),
    )
  })

  test('a very long text is heard in a moment', () => {
    const long = "n b'a fɛ ka kuma ni mɔgɔ ye, mon mari 12 février Kayes ".repeat(1500)
    const start = performance.now()
    for (const ask of askKinds) hear(long, ask === 'choice' ? menu : expecting(ask))
    expect(performance.now() - start).toBeLessThan(3000)
  })
})
