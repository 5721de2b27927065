/** The reckoning of surveys, by examples and by chance. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SurveyAnswers, SurveyDefinition } from '../../src/core/survey.ts'
import { compareSurveys } from '../../src/core/survey.ts'
import { indicativeMean, score } from '../../src/core/survey-score.ts'
import { readSurvey } from '../../src/flow/survey-file.ts'
import { readShelf } from '../../src/shelf.ts'

const words = { fr: 'x', en: 'x' }
const options = [0, 0.25, 0.5, 0.75, 1].map((value, n) => ({ code: `o${n}`, text: words, value }))
const unknown = { code: 'unknown', text: words, value: null }

/** So many questions in each dimension, with weights or without. */
function survey(sizes: Readonly<Record<string, number>>, weight: number | null = 1): SurveyDefinition {
  return {
    ...{ survey: 'test', version: 1, official: weight !== null, title: words },
    dimensions: Object.keys(sizes).map((code) => ({ code, text: words })),
    items: Object.entries(sizes).flatMap(([dimension, size]) =>
      Array.from({ length: size }, (_, n) => ({
        ...{ code: `${dimension}${n}`, dimension, text: words, options: [...options, unknown], weight },
      })),
    ),
  }
}

const all = (definition: SurveyDefinition, answer: string): SurveyAnswers =>
  Object.fromEntries(definition.items.map(({ code }) => [code, answer]))

describe('a score', () => {
  const ten = survey({ economic: 10 })

  test('is the weighted mean of what was answered', () => {
    const two = survey({ economic: 2 })
    const weighed = { ...two, items: two.items.map((item, n) => ({ ...item, weight: n === 0 ? 3 : 1 })) }
    const given = { economic0: 'o4', economic1: 'o0' }
    expect(score(weighed, given).composite).toEqual({ is: 'score', value: 0.75 })
    expect(indicativeMean(weighed, given).composite).toEqual({ is: 'score', value: 0.5 })
  })

  test('is there from 70 percent on, and not below', () => {
    const some = (count: number) =>
      Object.fromEntries(ten.items.slice(0, count).map(({ code }) => [code, 'o2']))
    expect(score(ten, some(7)).dimensions['economic']).toEqual({ is: 'score', value: 0.5 })
    expect(score(ten, some(6)).dimensions['economic']).toEqual({ is: 'insufficient' })
  })

  test('misses a refusal, and not what does not apply', () => {
    const given = all(ten, 'o4')
    const put = (count: number, answer: string) => ({
      ...given,
      ...Object.fromEntries(ten.items.slice(0, count).map(({ code }) => [code, answer])),
    })
    expect(score(ten, put(3, 'refused')).composite).toEqual({ is: 'score', value: 1 })
    expect(score(ten, put(4, 'refused')).composite).toEqual({ is: 'insufficient' })
    expect(score(ten, put(9, 'not_applicable')).composite).toEqual({ is: 'score', value: 1 })
    expect(score(ten, put(10, 'not_applicable')).composite).toEqual({ is: 'insufficient' })
    expect(score(ten, put(4, 'unknown')).composite).toEqual({ is: 'insufficient' })
  })

  test('is not reckoned without official weights, whatever is missing', () => {
    const missing = { is: 'weights_missing' }
    const given = all(ten, 'o4')
    expect(score({ ...ten, official: false }, given).composite).toEqual(missing)
    const [first, ...rest] = ten.items
    const holed = { ...ten, items: [{ ...first, weight: null }, ...rest] as typeof ten.items }
    expect(score(holed, given)).toEqual({ composite: missing, dimensions: { economic: missing } })
  })
})

describe('by chance', () => {
  const definition = fc
    .record({ a: fc.integer({ min: 1, max: 9 }), b: fc.integer({ min: 1, max: 9 }) })
    .chain((sizes) => {
      const bare = survey(sizes)
      return fc
        .array(fc.double({ min: 0.01, max: 10, noNaN: true }), {
          minLength: bare.items.length,
          maxLength: bare.items.length,
        })
        .map((weights) => ({
          ...bare,
          items: bare.items.map((item, n) => ({ ...item, weight: weights[n] ?? 1 })),
        }))
    })
  const answer = fc.constantFrom(
    'o0',
    'o1',
    'o2',
    'o3',
    'o4',
    'unknown',
    'refused',
    'not_applicable',
    undefined,
  )
  const filled = definition.chain((it) =>
    fc.array(answer, { minLength: it.items.length, maxLength: it.items.length }).map((given) => ({
      it,
      answers: Object.fromEntries(
        it.items.flatMap(({ code }, n) => (given[n] === undefined ? [] : [[code, given[n]]])),
      ) as SurveyAnswers,
    })),
  )

  test('a score lies between the least and the greatest answer', () => {
    fc.assert(
      fc.property(filled, ({ it, answers }) => {
        const values = it.items.flatMap(
          ({ code }) => options.find((one) => one.code === answers[code])?.value ?? [],
        )
        for (const one of Object.values(score(it, answers).dimensions).concat(score(it, answers).composite)) {
          if (one.is !== 'score') continue
          expect(one.value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9)
          expect(one.value).toBeLessThanOrEqual(Math.max(...values) + 1e-9)
        }
      }),
    )
  })

  test('the same factor on every weight changes nothing', () => {
    fc.assert(
      fc.property(filled, fc.double({ min: 0.1, max: 50, noNaN: true }), ({ it, answers }, factor) => {
        const times = {
          ...it,
          items: it.items.map((item) => ({ ...item, weight: (item.weight ?? 0) * factor })),
        }
        const [one, other] = [score(it, answers).composite, score(times, answers).composite]
        expect(other.is).toBe(one.is)
        if (one.is === 'score' && other.is === 'score') expect(other.value).toBeCloseTo(one.value, 9)
      }),
    )
  })

  test('a question that does not apply is as if it had never been asked', () => {
    fc.assert(
      fc.property(filled, ({ it, answers }) => {
        const asked = it.items.filter(({ code }) => answers[code] !== 'not_applicable')
        const without = { ...it, items: asked }
        expect(score(it, answers)).toEqual(score(without, answers))
      }),
    )
  })

  test('a better answer never makes a score worse', () => {
    fc.assert(
      fc.property(filled, ({ it, answers }) => {
        const [code] = Object.entries(answers).find(([, given]) => given === 'o1') ?? []
        if (code === undefined) return
        const [before, after] = [
          score(it, answers).composite,
          score(it, { ...answers, [code]: 'o3' }).composite,
        ]
        if (before.is === 'score' && after.is === 'score')
          expect(after.value).toBeGreaterThanOrEqual(before.value - 1e-9)
      }),
    )
  })
})

describe('the surveys that ship', () => {
  const shipped = readShelf().surveys.map((text) => readSurvey(text))

  test('can be read, are not official, and so give no score', () => {
    expect(shipped.length).toBe(2)
    for (const read of shipped) {
      if (!('definition' in read)) throw new Error(`${read.fault} ${read.at}`)
      const { definition } = read
      expect([definition.official, definition.items.some(({ weight }) => weight !== null)]).toEqual([
        false,
        false,
      ])
      const given = Object.fromEntries(
        definition.items.map(({ code, options: own }) => [code, own[0]?.code ?? '']),
      )
      expect(score(definition, given).composite).toEqual({ is: 'weights_missing' })
      expect(indicativeMean(definition, given).composite.is).toBe('score')
    }
  })

  test('are compared question by question', () => {
    const one = survey({ economic: 3 }, null)
    const [first, second, third] = one.items
    if (!first || !second || !third) throw new Error('three questions')
    const other = {
      ...one,
      official: true,
      items: [
        { ...first, weight: 2 },
        { ...second, text: { fr: 'y', en: 'x' } },
        { ...third, code: 'new' },
      ],
    }
    expect(compareSurveys(one, other)).toEqual({
      ...{
        added: ['new'],
        removed: ['economic2'],
        reworded: ['economic1'],
        answers: [],
        weights: ['economic0'],
      },
      official: true,
    })
  })

  test.each([
    ['no JSON', '{', 'not_json'],
    ['something else', '{}', 'not_a_survey'],
    ['a code twice', JSON.stringify(survey({ economic: 2 })).replace('economic1', 'economic0'), 'twice'],
    [
      'a dimension that is none',
      JSON.stringify(survey({ economic: 1 })).replace('"dimension":"economic"', '"dimension":"other"'),
      'no_dimension',
    ],
    [
      'official without weights',
      JSON.stringify({ ...survey({ economic: 1 }, null), official: true }),
      'no_weights',
    ],
  ])('are refused with their fault: %s', (_, text, fault) => {
    expect(readSurvey(text)).toMatchObject({ fault })
  })
})
