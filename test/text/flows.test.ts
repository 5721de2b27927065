/** The flows as they ship: readable, complete in words, and understood by the words people use. */
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/core/language.ts'
import type { Flow, Step } from '../../src/flow/definition.ts'
import { known } from '../../src/flow/known.ts'
import { readFlow } from '../../src/flow/read.ts'
import { readShelf } from '../../src/shelf.ts'
import { makeLocales } from '../../src/text/locale.ts'

const shelf = readShelf()
const locales = makeLocales(shelf.locales)
const read = shelf.flows.map(({ name, text }) => ({ name, ...readFlow(name, text) }))
const flows: readonly Flow[] = read.flatMap(({ flow }) => flow ?? [])

describe.each(read.map(({ name, issues, flow }) => [name, { issues, flow }] as const))('%s', (_, it) => {
  const steps = it.flow?.steps ?? []

  test('is readable', () => {
    expect(it.issues).toEqual([])
  })

  test('says only sentences that are there in every language', () => {
    const keys = steps.flatMap(textsOf)
    expect(languages.flatMap((language) => keys.filter((key) => !locales.has(language, key)))).toEqual([])
  })

  test('goes only to steps and flows that are there', () => {
    const ids = new Set(steps.map(({ id }) => id))
    expect(steps.flatMap(targetsOf).filter((id) => !ids.has(id))).toEqual([])
    const entered = steps.flatMap((step) => ('enter' in step ? [step.enter] : []))
    expect(entered.filter((key) => !flows.some(({ flow }) => flow === key))).toEqual([])
  })

  test('has no step that nothing leads to', () => {
    const reached = new Set(steps[0] ? [steps[0].id] : [])
    steps.forEach((step, place) => {
      for (const id of targetsOf(step)) reached.add(id)
      const after = steps[place + 1]
      if (after && goesOn(step)) reached.add(after.id)
    })
    expect(steps.filter(({ id }) => !reached.has(id)).map(({ id }) => id)).toEqual([])
  })

  test('never asks again on silence when it is sensitive', () => {
    const prompting = steps.filter((step) => 'ask' in step && step.silence)
    expect(it.flow?.sensitive ? prompting : []).toEqual([])
  })

  test('shows at most six choices, ten for needs', () => {
    const lists = steps.flatMap((step) => ('ask' in step && step.choices ? [step.choices.length] : []))
    expect(Math.max(0, ...lists)).toBeLessThanOrEqual(it.flow?.flow === 'need' ? 10 : 6)
  })

  test('names only words that the understanding knows', () => {
    const words = steps.flatMap((step) =>
      'ask' in step ? (step.choices ?? []).flatMap((choice) => choice.words ?? []) : [],
    )
    expect(words.filter((word) => !vocabulary.has(word))).toEqual([])
  })
})

describe('all flows together', () => {
  test('hold every flow that the engine enters by itself', () => {
    expect(Object.values(known).filter((key) => !flows.some(({ flow }) => flow === key))).toEqual([])
  })

  test('say or ask every sentence of their own subjects', () => {
    const subjects = new Set([...flows.map(({ flow }) => flow), 'more'])
    const used = new Set(flows.flatMap(({ steps }) => steps.flatMap(textsOf)))
    const unused = locales.keys().filter((key) => subjects.has(key.split('.')[0] ?? '') && !used.has(key))
    expect(unused).toEqual([])
  })

  test('promise a call only while somebody is on duty, and a number only when there is one', () => {
    const calls = flows.flatMap(({ flow, steps }) =>
      steps.flatMap((step) =>
        'say' in step && guarded[step.say] ? [{ flow, id: step.id, say: step.say }] : [],
      ),
    )
    expect(calls.length).toBeGreaterThanOrEqual(5)
    for (const { flow, id, say } of calls) {
      const doors =
        flows.find((it) => it.flow === flow)?.steps.filter((step) => targetsOf(step).includes(id)) ?? []
      const asks = doors.map((step) =>
        'when' in step ? step.when.find((one) => one.next === id)?.if.person : 'none',
      )
      expect([say, ...asks]).toEqual([say, ...asks.map(() => guarded[say])])
      expect(fallsInto(flow, id)).toBe(false)
    }
  })
})

/** Sentences that may be said only when a fact about the office holds. */
const guarded: Readonly<Record<string, string>> = {
  'danger.call_soon': 'duty',
  'danger.reply_soon': 'duty',
  'danger.number': 'emergency_number',
  'welcome.office': 'office_place',
  'person.place': 'office_place',
}

/** Concepts, and the two replies; commands are heard before any list. */
const vocabulary = new Set([
  'yes',
  'no',
  ...Object.keys((shelf.understanding as { readonly concepts: object }).concepts),
])

function textsOf(step: Step): string[] {
  if ('say' in step) return [step.say]
  if ('ask' in step) {
    const labels = (step.choices ?? []).map(({ text }) => text)
    return [step.text, step.help, step.silence?.say, ...labels].flatMap((key) => key ?? [])
  }
  if ('show_notice' in step) return [...step.show_notice]
  if ('record_consent' in step) return [step.record_consent.text]
  if ('show_requests' in step) return [step.show_requests.one, step.show_requests.none]
  if ('find_request' in step) return [step.find_request.found, step.find_request.unknown]
  return []
}

function targetsOf(step: Step): string[] {
  const own = step.next === undefined ? [] : [step.next]
  if ('when' in step)
    return [...own, ...step.when.map(({ next }) => next), ...(step.otherwise ? [step.otherwise] : [])]
  if (!('ask' in step)) return own
  const branches = [step.silence?.next, ...(step.choices ?? []).map(({ next }) => next)]
  return [...own, ...branches.flatMap((id) => id ?? [])]
}

/** Whether a walk may simply go on to the step below. */
function goesOn(step: Step): boolean {
  if (step.next !== undefined || 'end' in step) return false
  if ('when' in step) return step.otherwise === undefined
  return !('ask' in step && step.choices?.every(({ next }) => next !== undefined))
}

function fallsInto(flow: string, id: string): boolean {
  const steps = flows.find((it) => it.flow === flow)?.steps ?? []
  const before = steps[steps.findIndex((step) => step.id === id) - 1]
  return before !== undefined && goesOn(before)
}
