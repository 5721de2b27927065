/** A control word or a yes that folds onto another would be read as it: this stops the build. */
import { describe, expect, test } from 'vitest'
import type { Saying } from '../../../src/flow/answer/files.ts'
import { squash } from '../../../src/flow/answer/fold.ts'
import { tighten } from '../../../src/flow/answer/phrases.ts'
import { understanding } from './words.ts'

type Meaning = readonly [meaning: string, words: readonly string[]]

const { commands, replies, numbers, ordinals, greetings, courtesy, concepts } = understanding
const bambara = ({ bm, typed }: Saying) => [...bm, ...typed]
const all = (saying: Saying) => [...saying.fr, ...saying.en, ...bambara(saying)]

const control: readonly Meaning[] = Object.entries(commands).map(([word, saying]) => [word, all(saying)])
const answers: readonly Meaning[] = [
  ['yes', [...all(replies.yes), ...all(replies.agree)]],
  ['soft yes', all(replies.soft_yes)],
  ['no', [...all(replies.no), ...all(replies.refuse)]],
]
const counts: readonly Meaning[] = Object.entries(numbers).map(([value, saying]) => [value, all(saying)])

/** What each key means, for keys that mean more than one thing. */
function collisions(meanings: readonly Meaning[], key: (word: string) => string): Record<string, string[]> {
  const found = new Map<string, Set<string>>()
  for (const [meaning, words] of meanings) {
    for (const word of words) found.set(key(word), (found.get(key(word)) ?? new Set()).add(meaning))
  }
  return Object.fromEntries(
    [...found].filter(([, those]) => those.size > 1).map(([word, those]) => [word, [...those].sort()]),
  )
}

describe('words that would be taken for each other', () => {
  test('no control word, yes or no folds onto another', () => {
    expect(collisions([...control, ...answers], squash)).toEqual({})
  })

  test('no number word folds onto another number', () => {
    expect(collisions(counts, squash)).toEqual({})
  })

  test('of control words and numbers only segin is both, and its rule is written', () => {
    expect(collisions([...control, ...counts], squash)).toEqual({ segin: ['8', 'back'], segi: ['8', 'back'] })
  })

  test('no ordinal is another, a number, a yes, a no or a word of control, but for fɔlɔ', () => {
    const places: readonly Meaning[] = [ordinals.fr, ordinals.en, ordinals.bm, ordinals.typed].flatMap(
      (all) => all.map((names, at): Meaning => [`place ${at + 1}`, names]),
    )
    expect(collisions([...places, ...counts, ...control, ...answers], squash)).toEqual({
      ...{ segin: ['8', 'back'], segi: ['8', 'back'], folo: ['menu', 'place 1'] },
    })
    const manners: Meaning[] = [...Object.values(greetings), ...Object.values(courtesy)].map((saying) => [
      'courtesy',
      all(saying),
    ])
    const meant: Meaning[] = Object.entries(concepts).map(([id, saying]) => [id, all(saying)])
    const onlyPlaces = new Set(places.flatMap(([, names]) => names.map(squash)))
    const others = [...manners, ...meant].flatMap(([id, names]) =>
      names.filter((name) => onlyPlaces.has(squash(name))).map((name) => [id, name]),
    )
    expect(others).toEqual([])
  })

  test('no yes or no is a number', () => {
    expect(collisions([...answers, ...counts], squash)).toEqual({})
  })

  test('no greeting, thanks or please is a control word, a yes or a no', () => {
    const manners: Meaning[] = [...Object.values(greetings), ...Object.values(courtesy)].map((saying) => [
      'courtesy',
      all(saying),
    ])
    expect(collisions([...manners, ...control, ...answers], squash)).toEqual({})
  })

  test('a French or English control word, as typed, means one thing', () => {
    const exact: Meaning[] = Object.entries(commands).map(([word, { fr, en }]) => [word, [...fr, ...en]])
    expect(collisions(exact, tighten)).toEqual({})
  })

  test('a Bambara control word hides no word of the menu or of a need', () => {
    const spoken: Meaning[] = Object.entries(commands).map(([word, saying]) => [word, bambara(saying)])
    const menu: Meaning[] = Object.entries(concepts)
      .filter(([, { group }]) => group === 'menu' || group === 'need')
      .map(([id, concept]) => [concept.means ?? id, bambara(concept)])
    expect(collisions([...spoken, ...menu], squash)).toEqual({})
  })

  test('every Bambara entry says how certain it is', () => {
    const sayings = [commands, replies, greetings, numbers, concepts].flatMap((group) =>
      Object.entries(group),
    )
    const uncertain = sayings.filter(
      ([, saying]) => bambara(saying).length > 0 && saying.certainty === undefined,
    )
    expect(uncertain.map(([id]) => id)).toEqual([])
  })
})
