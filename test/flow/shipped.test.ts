/** The flows and words that ship, under whatever people send: nothing breaks, nothing loops, nobody is left without a word. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeVocabulary } from '../../src/flow/answer/vocabulary.ts'
import { readFlow } from '../../src/flow/read.ts'
import { readShelf } from '../../src/shelf.ts'
import { hours, minutes, only, player } from './play.ts'

const shelf = readShelf()
const flows = shelf.flows.flatMap(({ name, text }) => readFlow(name, text).flow ?? [])
const vocabulary = makeVocabulary(shelf)

const texts = [
  ...[
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '00',
    'oui',
    'non',
    'ɔwɔ',
    'ayi',
    'passer',
    'foyi',
    '76 00 00 00',
    '34',
  ],
  ...[
    'menu',
    'retour',
    'aide',
    'au secours',
    'agent',
    'langue',
    'STOP',
    'START',
    'bonjour',
    'i ni ce',
    'merci',
  ],
  ...['kôlôsili', "j'ai faim", 'santé', 'je veux une formation', 'où est ma demande', 'effacez mes données'],
  ...[
    'mon moteur est tombé en panne',
    'Awa Traoré',
    'Kayes',
    'ML-TEST-002',
    'السلام عليكم كيف حالك',
    'hein ?',
  ],
  ...[
    'mon agent me demande 50 000 pour mon kit',
    "n b'a fɛ ka n yɛrɛ faga",
    'n si bɛ san 15 na',
    "j'ai peur",
  ],
]
const input = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...texts).map((text) => ({ kind: 'text', text }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'voice', seconds: 3 } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'file', file: 'photo' } as const) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('choice' as const),
      list: fc.constantFrom('1', '3', '5'),
      number: fc.integer({ min: 1, max: 6 }),
    }),
  },
)
const moment = fc.record({ input, pause: fc.constantFrom(2, 2, 2, 2, 20 * 60, 200 * 60) })

test('any sequence of what people send is survived and answered', () => {
  fc.assert(
    fc.property(
      fc.array(moment, { maxLength: 30 }),
      fc.constantFrom({}, { language: 'bm' as const }),
      (moments, facts) => {
        const who = player(flows, facts, [], vocabulary)
        for (const { input: sent, pause } of moments) {
          who.after(pause * minutes)
          const turn = who.sends(sent)
          expect(turn.happenings.length).toBeGreaterThan(0)
          expect(turn.said).not.toContain('common.restart')
          expect(turn.said.length).toBeLessThanOrEqual(12)
          const keys = turn.session.stack.map(({ flow }) => flow)
          expect(new Set(keys).size).toBe(keys.length)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('suicidal words are heard from anywhere, in the first message and in the last', () => {
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 15 }), (moments) => {
      const who = player(flows, {}, [], vocabulary)
      for (const { input: sent, pause } of moments) {
        who.after(pause * minutes)
        who.sends(sent)
      }
      who.after(48 * hours)
      const turn = who.says('je veux en finir')
      expect(only(turn, 'request_opened').kind).toBe('protection.suicide')
      expect(turn.said.length).toBeGreaterThan(0)
    }),
    { numRuns: 100 },
  )
})
