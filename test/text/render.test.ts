/** From a wish to words on a channel, with and without buttons. */
import { describe, expect, test } from 'vitest'
import type { Say } from '../../src/core/message.ts'
import { makeLocales } from '../../src/text/locale.ts'
import { speak } from '../../src/text/render.ts'

const locales = makeLocales({
  fr: { need: { ask: 'Quel est votre besoin, {name} ?', health: 'Santé', work: 'Travail, commerce' } },
  bm: {},
  en: {},
})
const wide = { buttons: { most: 10, labelLength: 40 }, textLength: 4096 }
const plain = { buttons: undefined, textLength: 4096 }
const question: Say = {
  text: 'need.ask',
  vars: { name: 'Awa' },
  language: 'fr',
  list: '7',
  choices: [
    { value: 'health', text: 'need.health' },
    { value: 'work', text: 'need.work' },
  ],
}

describe('a question with choices', () => {
  test('shows buttons that carry their number, and says the list only once', () => {
    expect(speak(question, wide, locales)).toEqual({
      text: 'Quel est votre besoin, Awa ?',
      language: 'fr',
      key: 'need.ask',
      vars: { name: 'Awa' },
      buttons: [
        { label: '1 Santé', list: '7', number: 1 },
        { label: '2 Travail, commerce', list: '7', number: 2 },
      ],
    })
  })

  test('is a numbered list where the channel has no buttons', () => {
    expect(speak(question, plain, locales)).toEqual({
      text: 'Quel est votre besoin, Awa ?\n1 Santé\n2 Travail, commerce',
      language: 'fr',
      key: 'need.ask',
      vars: { name: 'Awa' },
    })
  })

  test('is a numbered list where one label or one choice too many does not fit', () => {
    const short = { ...plain, buttons: { most: 10, labelLength: 18 } }
    const few = { ...plain, buttons: { most: 1, labelLength: 40 } }
    for (const screen of [short, few]) {
      expect(speak(question, screen, locales).buttons).toBeUndefined()
      expect(speak(question, screen, locales).text).toContain('\n2 Travail, commerce')
    }
  })

  test('counts letters and not code units when it measures a label', () => {
    const screen = { ...plain, buttons: { most: 10, labelLength: 19 } }
    expect(speak(question, screen, locales).buttons).toHaveLength(2)
  })

  test('without a tag has no buttons, because a press could not be read back', () => {
    expect(speak({ ...question, list: undefined }, wide, locales).buttons).toBeUndefined()
  })
})

test('a sentence without choices is only its words', () => {
  const say: Say = { text: 'need.health', language: 'bm', choices: [], list: '1' }
  expect(speak(say, wide, locales)).toEqual({ text: 'Santé', language: 'bm', key: 'need.health' })
})

test('a text longer than the channel allows is not cut here', () => {
  const spoken = speak(
    { text: 'need.ask', vars: { name: 'a'.repeat(99) }, language: 'fr' },
    { ...plain, textLength: 20 },
    locales,
  )
  expect(spoken.text).toContain('a'.repeat(99))
})
