/** Steps that say something: a sentence, a notice that is put on record, the state of requests. */
import { readReference, showReference } from '../../core/reference.ts'
import { keptAnswer } from '../condition.ts'
import { sentences } from '../sentences.ts'
import type { OwnRequest } from '../session.ts'
import { showDay, speak, tell, tongueOf, type Vars, type Walk } from '../walk.ts'
import type { Take } from './after.ts'

export const say: Take<'say'> = (walk, step) => {
  speak(walk, step.say)
  return 'on'
}

export const showNotice: Take<'show_notice'> = (walk, step) => {
  for (const text of step.show_notice) {
    speak(walk, text)
    tell(walk, { type: 'notice_shown', text, language: tongueOf(walk) })
  }
  return 'on'
}

export const showRequests: Take<'show_requests'> = (walk, { show_requests: texts }) => {
  const { requests } = walk.situation
  if (requests.length === 0) speak(walk, texts.none)
  for (const request of requests) speak(walk, texts.one, stateOf(walk, request))
  return 'on'
}

const day = 86_400_000
/** After so many wrong references in a day every one is answered like an unknown one. */
const lookupsADay = 5

/** Tells the state of a request to the address that owns it; unknown and foreign references are answered alike. */
export const findRequest: Take<'find_request'> = (walk, { find_request: texts }) => {
  const { session, situation } = walk
  const told = keptAnswer(walk, texts.reference.answer)
  const text = told?.is === 'text' || told?.is === 'code' || told?.is === 'number' ? String(told.value) : ''
  const fresh = session.lookups && walk.now - session.lookups.since < day ? session.lookups : undefined
  const lookups = fresh ?? { count: 0, since: walk.now }
  const reference = readReference(text)
  const found =
    lookups.count < lookupsADay && reference !== undefined
      ? situation.requests.find((one) => one.reference === reference || one.joined?.includes(reference))
      : undefined
  if (found) speak(walk, texts.found, stateOf(walk, found))
  else {
    session.lookups = { ...lookups, count: lookups.count + 1 }
    speak(walk, texts.unknown)
  }
  return 'on'
}

const stateSentences = {
  open: sentences.stateOpen,
  waiting: sentences.stateWaiting,
  answered: sentences.stateAnswered,
  closed: sentences.stateClosed,
} as const

/** What is told of a request: its number, how it stands, and until when; never what it is about. */
function stateOf(walk: Walk, request: OwnRequest): Vars {
  const left = Math.ceil((request.dueAt.getTime() - walk.now) / day)
  return {
    ref: showReference(request.reference),
    state: walk.parts.label(stateSentences[request.state], walk.language) ?? '',
    n: Math.max(1, left),
    day: showDay(request.dueAt),
  }
}
