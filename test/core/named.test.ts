import { describe, expect, test } from 'vitest'
import { namedIn, officeName, officesIn, staffName } from '../../src/core/named.ts'

const staff = [
  staffName('moussa', 'Moussa Traoré'),
  staffName('other moussa', 'Moussa Keïta'),
  staffName('awa', 'Awa Coulibaly'),
  staffName('sitan', 'Aïssata Diallo'),
]
const near = (id: string) => id !== 'other moussa'
const named = (said: string) => namedIn(said, staff, near)

describe('somebody of staff who is named', () => {
  test('is found by both words of the name, in any order and spelling', () => {
    expect(named('musa tarawele me demande 50 000')).toEqual(['moussa'])
    expect(named('c’est KEITA MOUSSA qui a pris l’argent')).toEqual(['other moussa'])
    expect(named('a ko Sitan Jalo ye')).toEqual(['sitan'])
  })

  test('is everybody near whom one word may mean, and everybody when nobody near is meant', () => {
    expect(named('moussa me demande de l’argent')).toEqual(['moussa'])
    expect(named('le chef keita est mauvais')).toEqual(['other moussa'])
    expect(namedIn('moussa', staff, () => false)).toEqual(['moussa', 'other moussa'])
  })

  test('is nobody where nobody is named', () => {
    expect(named('mon agent me demande 50 000 pour mon kit')).toEqual([])
    expect(named('n ka baarakɛla bɛ wari ɲini ne fɛ')).toEqual([])
    expect(named('')).toEqual([])
  })
})

describe('an office that is named', () => {
  const offices = [
    officeName('kayes', 'Kayes'),
    officeName('gao', 'Bureau de Gao'),
    officeName('plateau', 'Quartier Plateau'),
  ]
  test.each([
    ['le bureau de Kayes garde les kits', ['kayes']],
    ["ceux du bureau de l'OIM à Kayes prennent l'argent", ['kayes']],
    ['Kayes biro la, u bɛ wari ɲini', ['kayes']],
    ['the Gao office asks for money', ['gao']],
    ['au bureau du quartier plateau on m’insulte', ['plateau']],
    ['je vis à Kayes et mon agent me demande 50 000', []],
    ['le bureau est loin, et moi je reste avec ma famille à Kayes', []],
    ['le bureau du plateau', []],
  ])('%s', (said, found) => expect(officesIn(said, offices)).toEqual(found))
})
