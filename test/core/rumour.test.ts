/** What stands together because it was said alike. */
import { describe, expect, test } from 'vitest'
import { clustersOf, type Saying } from '../../src/core/rumour.ts'

let said = 0
const say = (words: string, teller = `teller ${said + 1}`): Saying => {
  said += 1
  return { id: words, teller, at: new Date(said * 1000), words: words.split(' ') }
}
const groups = (...sayings: Saying[]) => clustersOf(sayings).map(({ tellers, shared }) => [tellers, shared])

/** What is said every week besides. */
const usual = [
  say('faut prevenir deux jours avant visite'),
  say('faut payer pour etre sur liste'),
  say('metez bureau nioro kayes est loin'),
  say('choisit les projets pour les retournes'),
]

describe('sayings stand together', () => {
  test('when people share a number and a place, whatever the language', () => {
    const rumour = [
      say('dit que oim done 2000 euro bamako est vrai'),
      say('mogow ko oim 2000 euro bamako tinye don'),
      say('2000 euro bamako pour les retournes faut venir kand'),
    ]
    expect(groups(...rumour, ...usual)).toEqual([[3, expect.arrayContaining(['2000', 'euro', 'bamako'])]])
  })

  test('when they share three words that carry something', () => {
    const rumour = [
      'dit programe finit decembre',
      'parait programe finit bien decembre',
      'programe finit decembre',
    ]
    expect(groups(...rumour.map((words) => say(words)), ...usual)).toHaveLength(1)
  })

  test('when short sayings are the same words', () => {
    expect(groups(say('kits finis'), say('kits finis'), say('kits finis'), ...usual)).toEqual([
      [3, ['kits', 'finis']],
    ])
  })

  test('tied by one that is like two of them', () => {
    const all = [say('programe finit decembre bientot'), say('bureau kayes ferme lundi')]
    const tie = say('programe finit decembre bureau kayes ferme')
    expect(groups(...all, tie, ...usual)).toEqual([[3, expect.any(Array)]])
  })
})

describe('sayings stand apart', () => {
  test('when one person repeats what nobody else says', () => {
    const again = () => say('oim done 2000 euro bamako', 'the same')
    expect(groups(again(), again(), again(), again())).toEqual([])
  })

  test('when they share what joins sentences, or one word', () => {
    expect(groups(...usual, say('kayes'), say('bamako kayes gao'), say('marche kayes demain'))).toEqual([])
  })

  test('when nothing was said in words', () => {
    expect(groups(say(''), say(''), say(''), say('oui'), say('non'), say('oui'))).toEqual([])
  })
})

test('the one with the most tellers comes first, its newest saying first', () => {
  const three = [1, 2, 3].map(() => say('programe finit decembre'))
  const four = [1, 2, 3, 4].map(() => say('oim done 2000 euro bamako'))
  const found = clustersOf([...three, ...four])
  expect(found.map(({ tellers }) => tellers)).toEqual([4, 3])
  expect(found[0]?.sayings.map(({ at }) => at.getTime())).toEqual(
    four.map(({ at }) => at.getTime()).reverse(),
  )
})
