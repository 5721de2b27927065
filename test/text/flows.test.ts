/** The flows as they ship: readable, complete in words, and understood by the words people use. */
import { describe, expect, test } from 'vitest'
import type { Flow, Step } from '../../src/flow/definition.ts'
import { inspect } from '../../src/flow/inspect.ts'
import { makeBook, readFlow } from '../../src/flow/read.ts'
import { textsOf } from '../../src/flow/texts-of.ts'
import { readShelf } from '../../src/shelf.ts'
import { makeLocales } from '../../src/text/locale.ts'

const shelf = readShelf()
const locales = makeLocales(shelf.locales)
const read = shelf.flows.map(({ name, text }) => ({ name, ...readFlow(name, text) }))
const flows: readonly Flow[] = read.flatMap(({ flow }) => flow ?? [])
const book = makeBook(flows)

describe('the flows', () => {
  test('can all be read', () => {
    expect(read.flatMap(({ issues }) => issues)).toEqual([])
    expect(flows.length).toBeGreaterThan(15)
  })

  test('have nothing that an inspection finds', () => {
    expect(inspect(book, locales)).toEqual([])
  })

  test('say or ask every sentence of their own subjects', () => {
    const subjects = new Set([...flows.map(({ flow }) => flow), 'more'])
    const used = new Set(flows.flatMap(({ steps }) => steps.flatMap(textsOf)))
    const own = locales.keys().filter((key) => subjects.has(key.split('.')[0] ?? ''))
    // Said within other sentences: services and items of a referral (flow/referral-words.ts).
    const within = /^referral\.(?:for|your)_/
    expect(own.filter((key) => !used.has(key) && !within.test(key))).toEqual([])
  })

  test('ask at most three questions for one request', () => {
    const takers = flows.filter(({ flow }) =>
      ['followup', 'need', 'info', 'problem', 'feedback', 'data'].includes(flow),
    )
    expect(takers.map(({ flow, steps }) => [flow, questionsAtMost(steps) <= 3])).toEqual(
      takers.map(({ flow }) => [flow, true]),
    )
  })

  test('name for their choices only words that lists can hear', () => {
    // Concepts, and the two replies; commands are heard before any list.
    const { concepts } = shelf.understanding as { readonly concepts: object }
    const known = new Set(['yes', 'no', ...Object.keys(concepts)])
    const words = flows.flatMap(({ steps }) =>
      steps.flatMap((step) =>
        'ask' in step ? (step.choices ?? []).flatMap((choice) => choice.words ?? []) : [],
      ),
    )
    expect(words.length).toBeGreaterThan(30)
    expect(words.filter((word) => !known.has(word))).toEqual([])
  })

  test.each([
    ['danger.call_soon', 'duty'],
    ['danger.told', 'duty'],
    ['danger.reply_soon', 'duty'],
    ['danger.number', 'emergency_number'],
    ['welcome.office', 'office_place'],
    ['person.place', 'office_place'],
  ] as const)('say %s only when the office has its %s', (say, fact) => {
    const places = flows.flatMap(({ steps }) =>
      steps.flatMap((step, at) =>
        'say' in step && step.say === say ? [{ steps, step, before: steps[at - 1] }] : [],
      ),
    )
    expect(places.length).toBeGreaterThan(0)
    for (const { steps, step, before } of places) {
      expect(before && fallsThrough(before)).toBe(false)
      const ways = steps.flatMap((one) => waysTo(one, step.id))
      expect(new Set(ways)).toEqual(new Set([fact]))
    }
  })
})

/** Which fact leads from a step to another; "always" when none is asked for. */
function waysTo(step: Step, id: string): string[] {
  if ('when' in step) {
    const asked = step.when.filter(({ next }) => next === id).map((one) => one.if.person ?? 'always')
    return step.otherwise === id ? [...asked, 'always'] : asked
  }
  const named = step.next === id || ('ask' in step && step.choices?.some(({ next }) => next === id))
  return named ? ['always'] : []
}

function fallsThrough(step: Step): boolean {
  if (step.next !== undefined || 'end' in step) return false
  if ('ask' in step && step.choices?.every(({ next }) => next !== undefined)) return false
  return !('when' in step && step.otherwise !== undefined)
}

/** The longest way through the questions of a flow; branches of a list are alternatives. */
function questionsAtMost(steps: readonly Step[]): number {
  const place = new Map(steps.map(({ id }, at) => [id, at]))
  const count = (at: number, seen: ReadonlySet<number>): number => {
    const step = steps[at]
    if (step === undefined || seen.has(at)) return 0
    const after = new Set([...seen, at])
    const jumps = 'when' in step ? [...step.when.map(({ next }) => next), step.otherwise] : [step.next]
    const chosen = 'ask' in step ? (step.choices ?? []).map(({ next }) => next) : []
    const named = [...jumps, ...chosen].flatMap((id) => place.get(id ?? '') ?? [])
    const ways = fallsThrough(step) ? [...named, at + 1] : named
    return ('ask' in step ? 1 : 0) + Math.max(0, ...('end' in step ? [] : ways).map((to) => count(to, after)))
  }
  return count(0, new Set())
}
