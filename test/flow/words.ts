/** A vocabulary of a few dozen English words: enough to drive the engine without the real one. */
import type { Danger } from '../../src/core/danger.ts'
import type { Heard, Universal } from '../../src/flow/answer/heard.ts'
import type { Vocabulary } from '../../src/flow/answer/vocabulary.ts'

const universals: Readonly<Record<string, Universal>> = {
  menu: 'menu',
  '0': 'menu',
  back: 'back',
  repeat: 'repeat',
  change: 'change',
  language: 'language',
  help: 'help',
  'help me': 'help_me',
  person: 'person',
  stop: 'stop',
  start: 'start',
  '00': 'leave',
}
const concepts: Readonly<Record<string, string>> = {
  'follow-up': 'follow_up',
  'i want a follow-up please': 'follow_up',
  hungry: 'food',
  'we have nothing to eat': 'food',
  where: 'where',
  weather: 'weather',
}
const dangers: readonly (readonly [string, Danger])[] = [
  ['want to die', { kind: 'suicide', strength: 'strong' }],
  ['touched me', { kind: 'sea', strength: 'strong' }],
  ['asks for money', { kind: 'fraud', strength: 'strong' }],
  ['i am 15', { kind: 'child', strength: 'strong' }],
  ['help me', { kind: 'danger_now', strength: 'strong' }],
  ['i am in danger', { kind: 'danger_now', strength: 'strong' }],
  ['afraid', { kind: 'danger_now', strength: 'weak' }],
]
const free = new Set(['text', 'name', 'place', 'voice', 'case_number'])
const digitsAnswer = new Set(['number', 'age', 'phone', 'date', 'case_number'])

export const words: Vocabulary = {
  hear(text, expected): Heard {
    const said = text.trim().toLowerCase()
    // "__proto__" is a word like any other.
    const universal = Object.hasOwn(universals, said) ? universals[said] : undefined
    if (universal && !(said === '0' && expected && digitsAnswer.has(expected.ask)))
      return { is: 'universal', word: universal }
    if (said === 'hello') return { is: 'greeting', greeting: 'any' }
    if (said.startsWith('thank you'))
      return { is: 'thanks', ...(said === 'thank you' ? {} : { praise: true }) }
    if (expected?.optional && said === 'pass') return { is: 'answer', answer: { is: 'nothing' } }
    const number = /^\d+$/.test(said) ? Number(said) : undefined
    if (expected?.ask === 'number' || expected?.ask === 'age') {
      return number === undefined
        ? { is: 'nothing' }
        : { is: 'answer', answer: { is: 'number', value: number } }
    }
    if (expected?.ask === 'phone') {
      return /^\+\d{8,}$/.test(said)
        ? { is: 'answer', answer: { is: 'phone', value: said } }
        : { is: 'nothing' }
    }
    if (expected?.ask === 'date') {
      return /^\d{4}-\d\d-\d\d$/.test(said)
        ? { is: 'answer', answer: { is: 'date', value: said } }
        : { is: 'nothing' }
    }
    if (expected?.ask === 'place') return { is: 'answer', answer: { is: 'place', value: { said: text } } }
    if (expected && free.has(expected.ask)) return { is: 'answer', answer: { is: 'text', value: text } }
    if (expected?.choices || expected?.ask === 'yes_no') {
      const choices = expected.choices ?? [
        { value: 'yes', labels: {} },
        { value: 'no', labels: {} },
      ]
      const choice = number === undefined ? choices.find(({ value }) => value === said) : choices[number - 1]
      if (choice) return { is: 'answer', answer: { is: 'code', value: choice.value } }
      const near = choices.find(({ value }) => value.length >= 5 && value.slice(0, -1) === said)
      if (near) return { is: 'doubt', value: near.value, text: near.value }
    }
    const concept = Object.hasOwn(concepts, said) ? concepts[said] : undefined
    return concept ? { is: 'concept', concept } : { is: 'nothing' }
  },
  danger: (text) => dangers.find(([phrase]) => text.toLowerCase().includes(phrase))?.[1],
  yearsSaid: (text) => (text.toLowerCase().includes('i am 15') ? 15 : undefined),
  guessLanguage(text) {
    if (text.includes('ayuu')) return 'other'
    return text.includes('le la les') ? 'fr' : undefined
  },
  script: (text) => (/[\u0600-\u06ff]/.test(text) ? 'Arab' : /[\u07c0-\u07ff]/.test(text) ? 'Nkoo' : 'Latn'),
  appointment: (text) => (text === 'friday' ? { change: false, other: false, only: 5, not: [] } : undefined),
  place: () => undefined,
}
