/** How a case goes through its stages: the next one freely, any other with a reason, and back from its end by decision. */
import { describe, expect, test } from 'vitest'
import { type CaseFile, chosenStages, type Stage } from '../../src/core/case.ts'
import { closeCase, reopenCase, setStage } from '../../src/core/case-rules.ts'
import { roles } from '../../src/core/staff.ts'
import { Failure } from '../../src/failure.ts'

const file = (stage: Stage, closed = false): CaseFile => ({
  ...{ id: 'c', stage, closed, version: 0, highRisk: false },
})
const codeOf = (act: () => readonly { readonly type: string }[]) => {
  try {
    return act()[0]?.type ?? 'nothing'
  } catch (error) {
    return error instanceof Failure ? error.code : String(error)
  }
}

describe('a stage', () => {
  test('is followed by the next without a word; back, and further ahead, need a reason', () => {
    for (const [from, before] of chosenStages.entries()) {
      for (const [to, after] of chosenStages.entries()) {
        const without = from === to ? 'nothing' : to === from + 1 ? 'case_staged' : 'case:reason_missing'
        expect([before, after, codeOf(() => setStage(file(before), after))]).toEqual([before, after, without])
        expect(codeOf(() => setStage(file(before), after, 'entretien'))).toBe(
          from === to ? 'nothing' : 'case_staged',
        )
      }
    }
  })

  test('after a case was reopened is one that staff say why they chose', () => {
    expect(codeOf(() => setStage(file('reopened'), 'delivery'))).toBe('case:reason_missing')
    expect(codeOf(() => setStage(file('reopened'), 'delivery', 'le moteur'))).toBe('case_staged')
  })

  test('of a closed case does not change', () => {
    expect(codeOf(() => setStage(file('closure', true), 'plan', 'x'))).toBe('case:closed')
  })
})

test.each(roles)('who decides that a closed case is open again: %s', (role) => {
  const decides = role === 'officer' || role === 'supervisor'
  const told = codeOf(() => reopenCase(file('closure', true), { roles: [role] }, 'le moteur'))
  expect(told).toBe(decides ? 'case_reopened' : 'staff:not_allowed')
})

test('a second closure changes nothing', () => {
  expect(codeOf(() => closeCase(file('monitoring'), 'support_ended'))).toBe('case_closed')
  expect(codeOf(() => closeCase(file('closure', true), 'support_ended'))).toBe('nothing')
})
