/** Steps that say nothing and only decide where the walk goes. */
import { holds, keptAnswer, plainValue } from '../condition.ts'
import type { Value } from '../definition.ts'
import { millisecondsOf } from '../duration.ts'
import { known } from '../known.ts'
import type { Answer } from '../session.ts'
import { endToMenu, endTop, enterFlow, leaveAll } from '../stack.ts'
import { replaceTop, top, type Walk } from '../walk.ts'
import { wishOf } from '../wish.ts'
import type { Take } from './after.ts'
import { mayPrompt } from './ask.ts'

export const when: Take<'when'> = (walk, step) => {
  const branch = step.when.find((one) => holds(walk, one.if))
  return branch ? { to: branch.next } : { to: step.otherwise ?? step.next }
}

export const set: Take<'set'> = (walk, step) => {
  const frame = top(walk)
  if (frame) replaceTop(walk, { ...frame, answers: { ...frame.answers, ...answersOf(walk, step.set) } })
  return 'on'
}

export const enter: Take<'enter'> = (walk, step) => {
  const answers = step.with ? answersOf(walk, step.with) : undefined
  return enterFlow(walk, step.enter, { answers }) ? 'moved' : 'on'
}

/**
 * Words kept earlier that name a wish go to its flow; where that flow is being talked through already, it goes on. A
 * story about a need is left for a person to sort, so that its request is open at once; a mere word is not the story.
 */
export const followWish: Take<'follow_wish'> = (walk, { follow_wish: from }) => {
  const said = keptAnswer(walk, from.answer)
  if (said?.is !== 'text') return 'on'
  const { parts, language, situation, session } = walk
  const heard = parts.vocabulary.hear(said.value, undefined, language, situation.now)
  const story = said.value.trim().split(/\s+/).length > 2
  const wish = heard.is === 'concept' ? wishOf(walk, heard.concept, story ? said : undefined) : undefined
  if (!wish || session.stack.some(({ flow }) => flow === wish.flow)) return 'on'
  if (story && wish.flow === known.need) return 'on'
  return enterFlow(walk, wish.flow, { answers: wish.answers }) ? 'moved' : 'on'
}

/** Stands still until the time is over; on a phone that others read, until the person writes again. */
export const wait: Take<'wait'> = (walk, step) => {
  const frame = top(walk)
  const until = frame?.until ?? walk.now + millisecondsOf(step.wait)
  if (until <= walk.now) return 'on'
  if (frame) replaceTop(walk, { ...frame, until })
  walk.session.wakeAt = mayPrompt(walk) ? until : undefined
  return 'waits'
}

export const end: Take<'end'> = (walk, step) => {
  switch (step.end) {
    case 'done':
      endTop(walk, 'done')
      return 'moved'
    case 'menu':
      endToMenu(walk)
      return 'moved'
    case 'left':
      leaveAll(walk, 'left')
      return 'moved'
    default:
      return step.end satisfies never
  }
}

function answersOf(walk: Walk, values: Readonly<Record<string, Value>>): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const answer =
        typeof value === 'string' ? code(plainValue(walk, value)) : keptAnswer(walk, value.answer)
      return answer ? [[name, answer]] : []
    }),
  )
}

function code(value: string | undefined): Answer | undefined {
  return value === undefined ? undefined : { is: 'code', value }
}
