/** How a spoken message becomes Telegram messages, and a refusal of Telegram one of our failures. */
import { GrammyError, HttpError } from 'grammy'
import { describe, expect, test } from 'vitest'
import { cutLabel, splitText } from '../../src/channel/split.ts'
import { failureOf, partsOf } from '../../src/channel/telegram-send.ts'

describe('what is sent', () => {
  test('a short text is one message without buttons', () => {
    expect(partsOf({ text: 'Bonjour *Awa_*', language: 'fr' })).toEqual([{ text: 'Bonjour *Awa_*' }])
  })

  test('buttons stand one to a row, with the list and the number as data', () => {
    const buttons = [
      { label: '1 Oui', list: 'k3', number: 1 },
      { label: '2 Non', list: 'k3', number: 2 },
    ]
    expect(partsOf({ text: 'Oui ?', language: 'fr', buttons })[0]?.keyboard).toEqual({
      inline_keyboard: [
        [{ text: '1 Oui', callback_data: 'k3:1' }],
        [{ text: '2 Non', callback_data: 'k3:2' }],
      ],
    })
  })

  test('a button that Telegram would refuse is left out, so that the message still arrives', () => {
    const buttons = [
      { label: '1 Oui', list: 'k'.repeat(70), number: 1 },
      { label: '  ', list: 'k3', number: 2 },
    ]
    expect(partsOf({ text: 'Oui ?', language: 'fr', buttons })).toEqual([{ text: 'Oui ?' }])
  })

  test('only the last part of a long text carries the buttons', () => {
    const text = 'Une phrase assez longue pour compter. '.repeat(220).trim()
    const parts = partsOf({ text, language: 'fr', buttons: [{ label: '1 Oui', list: 'k3', number: 1 }] })
    expect(parts.map((it) => it.keyboard !== undefined)).toEqual([false, false, true])
    expect(parts.map((it) => it.text).join(' ') === text).toBe(true)
    expect(parts.every((it) => it.text.length <= 4096 && it.text.endsWith('.'))).toBe(true)
  })

  test.each([
    [
      'at a paragraph',
      'Un deux. Trois quatre.\n\nCinq six sept.',
      30,
      ['Un deux. Trois quatre.', 'Cinq six sept.'],
    ],
    ['at a sentence', 'Un deux trois. Quatre cinq six.', 20, ['Un deux trois.', 'Quatre cinq six.']],
    ['at a space', 'abcdef ghijkl mnop', 14, ['abcdef ghijkl', 'mnop']],
    ['inside a word without end', 'a'.repeat(25), 10, ['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)]],
    ['never inside an emoji', `${'a'.repeat(9)}👍👍`, 10, ['a'.repeat(9), '👍👍']],
    ['not at all when it fits', 'Oui.', 10, ['Oui.']],
  ])('a text is split %s', (_, text, length, parts) => {
    expect(splitText(text, length)).toEqual(parts)
  })

  test.each([
    ['1 Santé', 40, '1 Santé'],
    ['3 Dire un problème ou donner un avis sur le programme', 30, '3 Dire un problème ou donner…'],
    ['1 Anticonstitutionnellement', 12, '1 Anticonst…'],
    [' 1 \n Santé ', 40, '1 Santé'],
  ])('the label %j is cut to %i letters with care', (label, length, cut) => {
    expect(cutLabel(label, length)).toBe(cut)
  })
})

describe('what Telegram refuses', () => {
  const token = '123456:secret-token'
  const answer = (error_code: number, description: string, retry_after?: number) =>
    new GrammyError(
      "Call to 'sendMessage' failed!",
      { ok: false, error_code, description, parameters: { retry_after } },
      'sendMessage',
      { text: 'a private sentence' },
    )

  test.each([
    [400, 'channel:refused'],
    [401, 'channel:unauthorized'],
    [403, 'channel:blocked'],
    [404, 'channel:unauthorized'],
    [409, 'channel:unreachable'],
    [413, 'channel:refused'],
    [429, 'channel:throttled'],
    [500, 'channel:unreachable'],
    [502, 'channel:unreachable'],
  ])('%i means %s', (code, failure) => {
    expect(failureOf(answer(code, 'No'), token).code).toBe(failure)
  })

  test('being throttled says for how long, also where Telegram does not', () => {
    expect(failureOf(answer(429, 'Too Many Requests', 35), token).facts['afterSeconds']).toBe(35)
    expect(failureOf(answer(429, 'Too Many Requests'), token).facts['afterSeconds']).toBe(5)
  })

  test('neither the token nor what was said is left in the failure', () => {
    const network = new HttpError(
      "Network request for 'sendMessage' failed!",
      Object.assign(new Error(`request to https://host/bot${token}/sendMessage failed`), {
        code: 'ECONNRESET',
      }),
    )
    for (const error of [network, answer(400, `Bad Request: ${token}`), new Error(token), token]) {
      const failure = failureOf(error, token)
      expect(`${failure.stack} ${JSON.stringify(failure)} ${failure.cause}`).not.toMatch(
        /secret-token|private sentence/,
      )
    }
    expect(failureOf(network, token).facts['theirs']).toBe('ECONNRESET')
  })
})
