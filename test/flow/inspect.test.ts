import { describe, expect, test } from 'vitest'
import type { Language } from '../../src/core/language.ts'
import type { Flow } from '../../src/flow/definition.ts'
import { inspect, type Wordings } from '../../src/flow/inspect.ts'
import { known } from '../../src/flow/known.ts'
import { makeBook, readFlow } from '../../src/flow/read.ts'
import { readShelf } from '../../src/shelf.ts'
import { makeLocales } from '../../src/text/locale.ts'
import { flow } from './play.ts'

/** Every sentence says its key, but for those named here. */
function wordings(special: Readonly<Record<string, string>> = {}, missing: readonly string[] = []): Wordings {
  return {
    t: (language: Language, key) => special[`${language}/${key}`] ?? special[key] ?? key.replaceAll('.', ' '),
    has: (language, key) => !missing.includes(`${language}/${key}`),
  }
}

const complete = Object.values(known).map((key) => flow(key, `  - { id: a, say: ${key}.one }`))

function issuesOf(flows: readonly Flow[], texts: Wordings = wordings()) {
  return inspect(makeBook([...complete, ...flows]), texts).map(
    ({ flow: of, step, code }) => `${of}.${step} ${code}`,
  )
}

describe('the inspection finds', () => {
  test('nothing in flows that are right', () => {
    const fine = flow('it', '  - { id: a, say: it.one }\n  - { id: b, end: done }')
    expect(issuesOf([fine])).toEqual([])
  })

  test('a flow the engine needs and nobody wrote', () => {
    const issues = inspect(makeBook(complete.slice(1)), wordings())
    expect(issues).toMatchObject([{ flow: known.welcome, code: 'missing_flow' }])
  })

  test.each<[string, string, string[], string?]>([
    ['a step that no way leads to', '  - { id: a, end: done }\n  - { id: b, end: done }', ['it.b dead_step']],
    [
      'a dead step after a question whose choices all jump',
      '  - { id: a, ask: choice, text: it.q, keep: k, choices: [{ value: x, text: it.x, next: c }, { value: y, text: it.y, next: c }] }\n  - { id: b, say: it.b }\n  - { id: c, end: done }',
      ['it.b dead_step'],
    ],
    ['a way to nowhere', '  - { id: a, say: it.one, next: nowhere }', ['it.a missing_step']],
    ['a flow that is entered and not there', '  - { id: a, enter: nothing }', ['it.a missing_flow']],
    [
      'a loop without a question',
      '  - { id: a, say: it.one }\n  - { id: b, say: it.two, next: a }',
      ['it.a loop'],
    ],
    ['a flow that enters itself', '  - { id: a, enter: it }', ['it.a loop']],
    [
      'a choice of one, and two choices of one value',
      '  - { id: a, ask: choice, text: it.q, keep: k, choices: [{ value: x, text: it.x }] }\n  - { id: b, ask: choice, text: it.q, keep: k, choices: [{ value: x, text: it.x }, { value: x, text: it.y }] }',
      ['it.a missing_choices', 'it.b missing_choices'],
    ],
    [
      'more choices than people read',
      `  - { id: a, ask: choice, text: it.q, keep: k, choices: [${[1, 2, 3, 4, 5, 6, 7].map((n) => `{ value: c${n}, text: it.c${n} }`).join(', ')}] }`,
      ['it.a too_many_choices'],
    ],
    [
      'a reminder in a sensitive flow',
      '  - { id: a, ask: text, text: it.q, keep: k, silence: { after: 20m, say: it.there } }\n  - { id: b, wait: 2d }',
      ['it.a silence', 'it.b silence'],
      'sensitive: true',
    ],
    [
      'an answer that nothing keeps',
      '  - { id: a, when: [{ if: { answer: colour, is: red }, next: b }] }\n  - { id: b, set: { k: { answer: size } } }',
      ['it.a unknown_answer', 'it.b unknown_answer'],
    ],
  ])('%s', (_, steps, found, head) => {
    expect(issuesOf([flow('it', steps, head)])).toEqual(found)
  })

  test('no loop where a question or a wait stands in the way, also in a flow that is entered', () => {
    const asks = flow('asks', '  - { id: q, ask: text, text: asks.q, keep: k }')
    const waits = flow('waits', '  - { id: a, wait: 2d, next: b }\n  - { id: b, say: waits.one, next: a }')
    const around = flow('around', '  - { id: a, enter: asks }\n  - { id: b, say: around.one, next: a }')
    expect(issuesOf([asks, waits, around])).toEqual([])
  })

  test('an answer of an entered flow, or one handed over, as kept', () => {
    const child = flow(
      'child',
      '  - { id: q, ask: text, text: child.q, keep: told }\n  - { id: w, set: { k: { answer: hint } } }',
    )
    const it = flow(
      'it',
      '  - { id: a, enter: child, with: { hint: small } }\n  - { id: b, set: { k: { answer: told } } }',
    )
    expect(issuesOf([child, it])).toEqual([])
  })
})

describe('of a sentence the inspection finds', () => {
  const one = flow('it', '  - { id: a, say: it.one }')

  test('that a language lacks it', () => {
    expect(issuesOf([one], wordings({}, ['bm/it.one']))).toEqual(['it.a missing_text'])
  })

  test.each([
    ['that it is too long', 'x'.repeat(301), ['too_long']],
    ['a promise', 'You will receive your kit soon.', ['promise']],
    ['an amount', 'Each family has 50 000 FCFA.', ['promise']],
    ['a number nobody verified', 'Call 17 at once.', ['unverified_number']],
    ['a telephone number', 'We are at +223 20 22 00 00.', ['unverified_number']],
    ['no fault in choices and years', 'Send 1 or 2, or 00. Since 2024.', []],
    ['no promise in its denial', 'You will receive no more messages.', []],
  ])('%s', (_, text, codes) => {
    expect(issuesOf([one], wordings({ 'en/it.one': text }))).toEqual(codes.map((code) => `it.a ${code}`))
  })

  test('a call said without anybody on duty', () => {
    const texts = wordings({ 'en/it.call': 'A person will call you.' })
    const always = flow('it', '  - { id: a, say: it.call }')
    const onDuty = flow(
      'it',
      '  - { id: a, when: [{ if: { person: duty }, next: b }], otherwise: c }\n  - { id: b, say: it.call }\n  - { id: c, end: done }',
    )
    expect(issuesOf([always], texts)).toEqual(['it.a promise'])
    expect(issuesOf([onDuty], texts)).toEqual([])
  })
})

test('the flows that ship have no issue', () => {
  const shelf = readShelf()
  const read = shelf.flows.map(({ name, text }) => readFlow(name, text))
  expect(read.flatMap(({ issues }) => issues)).toEqual([])
  const book = makeBook(read.flatMap((one) => one.flow ?? []))
  expect(inspect(book, makeLocales(shelf.locales as Parameters<typeof makeLocales>[0]))).toEqual([])
})
