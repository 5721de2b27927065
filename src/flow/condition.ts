/** The only expression of a flow file: one comparison of an answer, or of a fact about the person or the office. */
import type { Comparison, Value } from './definition.ts'
import { type Answer, linesOf } from './session.ts'
import { isLocked, isQuiet, top, type Walk } from './walk.ts'

/** Whether a comparison holds now. With neither `is`, `in` nor `kept` it asks whether the thing is there and true. */
export function holds(walk: Walk, it: Comparison): boolean {
  const found = it.answer === undefined ? factOf(walk, it.person) : answerOf(walk, it.answer)
  if (it.kept !== undefined) return (found !== undefined) === it.kept
  if (it.is !== undefined) return found === it.is
  if (it.in !== undefined) return it.in.some((one) => one === found)
  return found !== undefined && found !== false
}

/** A value of a step: fixed, or taken from an answer; undefined when nobody answered that. */
export function plainValue(walk: Walk, value: Value | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  const plain = answerOf(walk, value.answer)
  return plain === undefined ? undefined : String(plain)
}

/** An answer kept in the talking flow. */
export function keptAnswer(walk: Walk, name: string): Answer | undefined {
  return top(walk)?.answers[name]
}

function answerOf(walk: Walk, name: string): string | number | undefined {
  const answer = keptAnswer(walk, name)
  switch (answer?.is) {
    case 'place':
      return answer.value.said
    case 'voice':
      return 'voice'
    case 'lines':
      return linesOf(answer, false).length > 0 ? 'lines' : undefined
    case 'nothing':
    case undefined:
      return undefined
    default:
      return answer?.value
  }
}

/** Whether somebody is on duty for the danger that is being talked about. */
function isOnDuty({ session, situation }: Walk): boolean {
  return session.guarded?.kind === 'sea' ? situation.pseaDuty === true : situation.duty
}

function factOf(walk: Walk, fact: Comparison['person']): string | boolean | undefined {
  const { situation } = walk
  switch (fact) {
    case 'known':
    case 'shared':
    case 'minor':
      return situation[fact]
    case 'helped':
      return situation.helped === true
    case 'helps_need':
      return situation.helps?.includes('need') ?? false
    case 'helps_followup':
      return situation.helps?.includes('followup') ?? false
    case 'helps_info':
      return situation.helps?.includes('info') ?? false
    case 'coded':
      return situation.lock !== undefined
    case 'locked':
      return isLocked(walk)
    case 'duty':
      return isOnDuty(walk)
    case 'consent':
      return situation.consent.keep_data
    case 'informed':
      return situation.consent.information
    case 'language':
      return situation.language
    case 'quiet':
      return isQuiet(walk)
    case 'has_requests':
      return situation.requests.length > 0
    case 'emergency_number':
      return situation.emergencyNumber !== undefined
    case 'stopped':
      return situation.stopped
    case 'office_open':
      return situation.office.open
    case 'office_place':
      return situation.office.place !== undefined
    case undefined:
      return undefined
    default:
      return fact satisfies never
  }
}
