import { describe, expect, test } from 'vitest'
import { readPlaces } from '../../../src/flow/answer/files.ts'
import { expecting, hear, kept, shelf, typists, vocabulary } from './words.ts'

const place = expecting('place')
const { regions } = readPlaces(shelf.places)
const cercles = regions.flatMap((region) => region.cercles.map((cercle) => ({ region, cercle })))
const namesOf = ({ name, bm, variants }: { name: string; bm: string[]; variants: string[] }) => [
  name,
  ...bm,
  ...variants,
]

describe('the list of places', () => {
  test('there are 20 regions with Bamako, 159 cercles, and ids that are unique', () => {
    expect(regions).toHaveLength(20)
    expect(cercles).toHaveLength(159)
    const ids = [...regions.map(({ id }) => id), ...cercles.map(({ cercle }) => cercle.id)]
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('a former region is a region of the list', () => {
    const ids = new Set(regions.map(({ id }) => id))
    expect(regions.flatMap(({ formerRegion }) => formerRegion ?? []).filter((id) => !ids.has(id))).toEqual([])
  })
})

describe('a name of a place', () => {
  test.each(regions.map((region) => [region.name, region] as const))(
    '%s is known by all its names',
    (_, region) => {
      for (const name of namesOf(region)) {
        expect([name, vocabulary.place(name)]).toEqual([name, { region: region.id, said: name }])
      }
    },
  )

  test.each(cercles.map(({ region, cercle }) => [cercle.name, region, cercle] as const))(
    '%s and its variants lead to its region',
    (_, region, cercle) => {
      const ofRegion = new Set(namesOf(region).map((name) => vocabulary.place(name)?.region))
      expect(ofRegion).toEqual(new Set([region.id]))
      for (const name of namesOf(cercle)) {
        const found = vocabulary.place(name)
        expect([name, found?.region]).toEqual([name, region.id])
        // A name that is the region's as well means the region, until "cercle" is said.
        const asCercle = found?.cercle ?? vocabulary.place(`cercle de ${name}`)?.cercle
        expect([name, asCercle]).toEqual([name, cercle.id])
      }
    },
  )

  test('Bambara names are known as people type them', () => {
    for (const { region, cercle } of cercles) {
      for (const name of cercle.bm) {
        for (const type of typists) {
          expect([type(name), vocabulary.place(type(name))?.region]).toEqual([type(name), region.id])
        }
      }
    }
  })

  test.each([
    ['je suis à Bafoulabé', 'ml-kayes', 'ml-kayes-bafoulabe'],
    ["j'habite à Kita", 'ml-kita', undefined],
    ['n bɛ Kayi la', 'ml-kayes', undefined],
    ['Ségou ville', 'ml-segou', undefined],
    ['région de Ségou', 'ml-segou', undefined],
    ['cercle de Ségou', 'ml-segou', 'ml-segou-segou'],
    ['Yélimané, Kayes', 'ml-kayes', 'ml-kayes-yelimane'],
    ['Kayes Yelimane', 'ml-kayes', 'ml-kayes-yelimane'],
    ['Timbuktu', 'ml-tombouctou', undefined],
    ['San', 'ml-san', undefined],
    ['Bamako commune 3', 'ml-bamako', undefined],
    ['Commune IV', 'ml-bamako', undefined],
    ['BKO', 'ml-bamako', undefined],
  ])('%s is in %s', (text, region, cercle) => {
    expect(vocabulary.place(text)).toEqual(
      cercle === undefined ? { region, said: text } : { region, cercle, said: text },
    )
  })

  test('the old region beside the new name does not confuse, and what was said stays', () => {
    expect(vocabulary.place('Nioro, Kayes')).toEqual({ region: 'ml-nioro', said: 'Nioro, Kayes' })
    expect(vocabulary.place('Diéma région de Kayes')).toEqual({
      region: 'ml-nioro',
      cercle: 'ml-nioro-diema',
      said: 'Diéma région de Kayes',
    })
  })

  test('places that contradict each other are none', () => {
    expect(vocabulary.place('Kayes Sikasso')).toBeUndefined()
    expect(vocabulary.place('Yélimané, Sikasso')).toBeUndefined()
  })

  test('words that are also small places are not looked for in a sentence', () => {
    for (const text of ['je veux vous dire quelque chose', 'mon san kura bɛ na sini', 'n fana bɛ n ka so']) {
      expect(vocabulary.place(text)).toBeUndefined()
    }
  })
})

describe('a question for a place', () => {
  test('a misspelt name is asked back, and its right name heard again is the answer', () => {
    for (const [text, id] of [
      ['Bafoulabi', 'ml-kayes-bafoulabe'],
      ['Yelimana', 'ml-kayes-yelimane'],
      ['Koulikora', 'ml-koulikoro'],
      ['Bandiagora', 'ml-bandiagara'],
    ] as const) {
      const heard = hear(text, place)
      expect(heard).toMatchObject({ is: 'doubt', value: id })
      const again = kept(place, heard.is === 'doubt' ? heard.text : '')
      expect([again]).toEqual([
        expect.objectContaining(id.split('-').length > 2 ? { cercle: id } : { region: id }),
      ])
    }
  })

  test('a village that nobody listed is kept as it was said', () => {
    expect(kept(place, 'Sirakorola kura')).toEqual({ said: 'Sirakorola kura' })
  })

  test('a word that means something else, a long text or a digit is no place', () => {
    for (const text of [
      'santé',
      'merci',
      'bonjour',
      '3',
      'je ne comprends pas du tout ce que vous me demandez là',
    ]) {
      expect(kept(place, text)).toBeUndefined()
    }
    expect(hear('0', place)).toEqual({ is: 'universal', word: 'menu' })
    expect(hear('menu', place)).toEqual({ is: 'universal', word: 'menu' })
  })
})
