/** The terms of tasks, and what staff may do with one. */
import { describe, expect, test } from 'vitest'
import { areTerms, type Task, type TaskTerms, usualTerms, visitDays, whenOf } from '../../src/core/task.ts'
import { finishTask, postponeTask } from '../../src/core/task-rules.ts'
import { Failure } from '../../src/failure.ts'

const noon = new Date('2026-03-11T12:00:00Z')
const at = (days: number) => new Date(noon.getTime() + days * 86_400_000)
const task: Task = { kind: 'visit', of: 'c', step: 2, person: 'p', dueAt: noon }
const codeOf = (act: () => unknown) => {
  try {
    act()
    return 'taken'
  } catch (error) {
    return error instanceof Failure ? `${error.code} ${error.facts['field']}` : String(error)
  }
}

describe('the terms', () => {
  test('that are usual can be kept', () => expect(areTerms(usualTerms)).toBe(true))

  test.each<[string, Partial<TaskTerms>]>([
    ['half a day', { plan: 1.5 }],
    ['nothing readable', { plan: Number.NaN }],
    ['a day before the beginning', { call: -1 }],
    ['longer than two years', { plan: 731 }],
    ['visits out of order', { visits: [30, 30] }],
    ['no visit', { visits: [] }],
    ['a visit every day', { visitsHighRisk: 1 }],
    ['a check-in that is late before it begins', { checkInFrom: 28, checkInUntil: 28 }],
  ])('are refused: %s', (_what, terms) => expect(areTerms({ ...usualTerms, ...terms })).toBe(false))

  test('visit a case at high risk every month for as long as the others', () => {
    expect(visitDays(usualTerms, false)).toEqual([30, 90, 180])
    expect(visitDays(usualTerms, true)).toEqual([30, 60, 90, 120, 150, 180])
  })
})

describe('a task', () => {
  test('is late from the day after', () => {
    expect(whenOf({ dueAt: at(-0.4) }, noon)).toBe('today')
    expect(whenOf({ dueAt: at(-0.6) }, noon)).toBe('late')
    expect(whenOf({ dueAt: at(0.6) }, noon)).toBe('soon')
  })

  test('is ended and put off with a reason only', () => {
    expect(finishTask(task, 'vue au marché')).toEqual([
      { type: 'task_done', task: 'visit', of: 'c', step: 2, secret: { reason: 'vue au marché' } },
    ])
    expect(codeOf(() => finishTask(task, undefined))).toBe('form:invalid note')
    expect(codeOf(() => postponeTask(task, at(3), undefined, noon))).toBe('form:invalid note')
  })

  test('comes back within ninety days', () => {
    expect(postponeTask(task, at(90), 'voyage', noon)[0]).toMatchObject({ until: at(90).toISOString() })
    for (const day of [-1, 0, 91, Number.NaN])
      expect(codeOf(() => postponeTask(task, at(day), 'voyage', noon))).toBe('form:invalid until')
  })
})
