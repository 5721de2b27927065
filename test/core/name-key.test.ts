/** Every group of spellings of domain notes 5.5, and what must not be taken for one another. */
import { describe, expect, test } from 'vitest'
import { compareNames, nameKeys, nameWords } from '../../src/core/name-key.ts'

const groups = [
  ['Coulibaly', 'Kulibali', 'Kulubali'],
  ['Traoré', 'Tarawele', 'Trawele', 'Taraore'],
  ['Diarra', 'Jara'],
  ['Diallo', 'Jalo'],
  ['Keïta', 'Keyita', 'Keta'],
  ['Dembélé', 'Danbele', 'Denbele'],
  ['Doumbia', 'Dunbiya', 'Dunbuya'],
  ['Cissé', 'Sisɛ', 'Sise'],
  ['Sissoko', 'Sisɔkɔ', 'Sisoko'],
  ['Sangaré', 'Sangare', 'Sankare'],
  ['Sanogo', 'Sagango', 'Sakanoko'],
  ['Maïga', 'Mayga', 'Mayiga'],
  ['Bathily', 'Bacili'],
  ['Diabaté', 'Jɛbatɛ', 'Jabate', 'Jubatɛ'],
  ['Haïdara', 'Haydara', 'Hayidara'],
  ['Kouyaté', 'Kuyate', 'Kuwate'],
  ['Fatoumata', 'Faatumata', 'Fatumata'],
  ['Aïssata', 'Ayisata', 'Asta', 'Asitan', 'Sitan', 'Satu'],
  ['Djénéba', 'Jɛnɛba', 'Jɛnɛbu', 'Zeyinabu'],
  ['Kadidia', 'Kadiatou', 'Kajatu', 'Kadija', 'Kadidiya', 'Kadiyatu'],
  ['Mariam', 'Mariyamu', 'Mariyama'],
  ['Aminata', 'Minata', 'Minɛta'],
  ['Mamadou', 'Mamadi', 'Mamadu', 'Mamari', 'Mahamadu', 'Mohamɛdi'],
  ['Boubacar', 'Bakary', 'Bakari', 'Bubakari', 'Bukari', 'Aboubacar'],
  ['Ibrahima', 'Iburahimu', 'Ibrim', 'Berehima'],
  ['Ousmane', 'Usmani', 'Usumana', 'Zumana'],
  ['Souleymane', 'Solomani', 'Sulemani', 'Sulaye'],
  ['Oumar', 'Umaru', 'Omaru', 'Moru', 'Omar'],
  ['Seydou', 'Sedu'],
  ['Sidiki', 'Siriki'],
  ['Tiémoko', 'Cɛmɔgɔ', 'Cɛmɔkɔ'],
  ['Moussa', 'Musa'],
  ['Issa', 'Isa'],
  ['Diakité', 'Jakite'],
  ['Niaré', 'Ɲarɛ'],
  ['Ouattara', 'Watara'],
] as const

/** Found by their consonants only: the rules bring the others of the table together. */
const near = new Set(['Sankare'])

describe('spellings of one name', () => {
  test.each(groups.map((group) => [group[0], group] as const))(
    '%s is found however it is written',
    (_, group) => {
      for (const one of group) {
        for (const other of group) {
          const { strong, weak } = compareNames(one, other)
          const nearly = one !== other && (near.has(one) || near.has(other))
          expect([one, other, strong, weak]).toEqual([one, other, nearly ? 0 : 1, nearly ? 1 : 0])
        }
      }
    },
  )

  test('that the table does not know are near when their consonants are', () => {
    expect(compareNames('Sangaré', 'Sunkari')).toEqual({ words: 1, strong: 0, weak: 1 })
  })
})

describe('different names', () => {
  test('of the table stay apart but for one', () => {
    const found = groups.flatMap(([one], at) =>
      groups.slice(at + 1).flatMap(([other]) => (compareNames(one, other).strong > 0 ? [[one, other]] : [])),
    )
    expect(found).toEqual([])
  })

  test('of two sounds are not found by their consonants', () => {
    expect(nameKeys('Jara').weak).toBeUndefined()
    expect(compareNames('Jara', 'Jori')).toEqual({ words: 1, strong: 0, weak: 0 })
  })
})

describe('a whole name', () => {
  test('fits in any order of its words, and each word once', () => {
    expect(compareNames('Traoré Djénéba', 'Jɛnɛba Tarawele')).toEqual({ words: 2, strong: 2, weak: 0 })
    expect(compareNames('Mamadou Mamadi Diarra', 'Mamadu Jara')).toEqual({ words: 2, strong: 2, weak: 0 })
    expect(compareNames('Moussa', 'Musa Kulibali')).toEqual({ words: 1, strong: 1, weak: 0 })
  })

  test('is read out of what people type', () => {
    expect(nameWords("  N'Diaye,  Awa-Fatou (dite A.) ")).toEqual(['ndiaye', 'awa', 'fatou', 'dite'])
    expect(nameWords('😀 12 345 -- .')).toEqual([])
    expect(nameWords('ab '.repeat(10_000))).toEqual(['ab'])
  })

  test('keeps the same keys with accents composed or not, in capitals or not', () => {
    expect(nameKeys('TRAORÉ')).toEqual(nameKeys('traore\u0301'))
    expect(nameKeys('')).toEqual({ strong: '', weak: undefined, alias: undefined })
  })
})
