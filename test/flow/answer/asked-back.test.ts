/** Real words in the real engine: what is asked back is kept as what it turned out to be. */
import { expect, test } from 'vitest'
import { all, flow, only, player } from '../play.ts'
import { smallHouse } from '../small-house.ts'
import { vocabulary } from './words.ts'

const where = flow(
  'followup',
  `
  - { id: place, ask: place, text: who.place, keep: place }
  - { id: describe, describe_person: { place: { answer: place } } }
  - { id: said, say: who.thanks }
  - { id: done, end: done }`,
)

function atPlace() {
  const who = player(
    [...smallHouse.filter(({ flow: key }) => key !== 'followup'), where],
    undefined,
    [],
    vocabulary,
  )
  who.says('menu')
  expect(who.says('1').said).toEqual(['who.place'])
  return who
}

test('a misspelt cercle is asked back, and with yes it is the cercle', () => {
  const who = atPlace()
  expect(only(who.says('Bafoulabi'), 'answer_doubted').value).toBe('ml-kayes-bafoulabe')
  expect(only(who.says('ôwô'), 'person_described').secret.place).toEqual({
    region: 'ml-kayes',
    cercle: 'ml-kayes-bafoulabe',
    said: 'Bafoulabé',
  })
})

test('a misspelt cercle that was another place is asked again', () => {
  const who = atPlace()
  who.says('Bafoulabi')
  expect(who.says('non').said).toContain('who.place')
  expect(only(who.says('Sirakorola kura'), 'person_described').secret.place).toEqual({
    said: 'Sirakorola kura',
  })
})

test('a sentence with a number in it is kept, and does not open the menu', () => {
  const who = player(smallHouse, undefined, [], vocabulary)
  who.says('menu')
  who.says('quitter')
  const turn = who.says("j'ai 3 enfants")
  expect(all(turn, 'request_opened').map(({ kind }) => kind)).toEqual(['unclear'])
})
