/**
 * Entering and leaving flows. A flow entered by an `enter` step gives its answers back to the flow below; one that was
 * laid over an open question (help, language, the menu) gives nothing back, and the question is asked again.
 * Nothing here says a sentence of a flow; the steps are walked by run.ts.
 */

import { known } from './known.ts'
import { giveToIntake, type Opened } from './opening.ts'
import { sentences } from './sentences.ts'
import { type Answer, type Frame, linesOf } from './session.ts'
import type { Walk } from './walk.ts'
import {
  chainStart,
  flowOf,
  hasEntered,
  isQuiet,
  openQuestion,
  placeOf,
  replaceTop,
  speak,
  stands,
  tell,
  top,
} from './walk.ts'

export type Given = {
  readonly answers?: Readonly<Record<string, Answer>>
  readonly opened?: Opened
  /** Something more urgent comes first; this flow begins when that has ended. */
  readonly fresh?: boolean
}

/**
 * Puts a flow on top; false when there is none of that key. A flow that is in the stack already is not entered a second
 * time but gone back to: its open question is asked again.
 */
export function enterFlow(walk: Walk, key: string, given: Given = {}): boolean {
  const flow = walk.parts.book.current(key)
  const first = flow?.steps[0]
  if (flow === undefined || first === undefined) return false
  walk.session.open = false
  walk.session.doubt = undefined
  const before = walk.session.stack.findIndex((frame) => frame.flow === key)
  if (before >= 0) {
    goBackTo(walk, before, first.id)
    return true
  }
  tell(walk, { type: 'flow_entered', flow: key })
  const answers = key === known.welcome ? { ...heldWords(walk), ...given.answers } : given.answers
  if (key === known.welcome) walk.session.welcomed = true
  walk.session.stack = [
    ...walk.session.stack,
    {
      flow: key,
      hash: flow.hash,
      step: first.id,
      answers: answers ?? {},
      trail: [],
      request: given.opened?.request,
      reference: given.opened?.reference,
      days: given.opened?.days,
      fresh: given.fresh,
    },
  ]
  return true
}

function goBackTo(walk: Walk, place: number, first: string): void {
  endAbove(walk, place)
  const frame = top(walk)
  if (frame && !stands(walk, frame, 'ask')) replaceTop(walk, { ...frame, step: first, until: undefined })
}

/** What somebody new on a shared phone said before it was asked who speaks is the first that they said to us. */
function heldWords(walk: Walk): Readonly<Record<string, Answer>> {
  const { held } = walk.session
  walk.session.held = undefined
  return held && held.text.trim().split(/\s+/).length >= 3
    ? { said: { is: 'text', value: held.text, message: held.message } }
    : {}
}

/** Leaves every flow above a place in the stack. */
export function endAbove(walk: Walk, place: number): void {
  const { stack } = walk.session
  endAll(walk, stack.slice(place + 1), 'left')
  walk.session.stack = stack.slice(0, place + 1)
  walk.session.doubt = undefined
}

/** Ends the talking flow. The flow below goes on after its `enter`, or asks its open question again. */
export function endTop(walk: Walk, how: 'done' | 'left'): void {
  const frame = top(walk)
  if (!frame) return
  const entered = chainStart(walk) < walk.session.stack.length - 1
  endFrame(walk, frame, how)
  walk.session.stack = walk.session.stack.slice(0, -1)
  walk.session.open = false
  const below = top(walk)
  if (!below) return
  if (entered) {
    replaceTop(walk, {
      ...below,
      answers: { ...below.answers, ...frame.answers },
      request: below.request ?? frame.request,
      reference: below.request ? below.reference : frame.reference,
      days: below.request ? below.days : frame.days,
      claimed: below.claimed ?? frame.claimed,
    })
    moveOn(walk)
  } else if (frame.flow === known.menu) {
    returnToKept(walk, [frame])
  }
}

/**
 * After another matter the question that was left for the menu comes back, if anything would be lost without it; one that
 * the other matter has answered goes on.
 */
function returnToKept(walk: Walk, ended: readonly Frame[]): void {
  const { stack } = walk.session
  const left = top(walk)
  const placed = left && placeOf(walk, left)
  const served = placed?.kind === 'ask' ? placed.step.served : undefined
  if (served !== undefined && ended.some(({ request, claimed }) => request !== undefined || claimed)) {
    moveOn(walk, served)
    return
  }
  const start = chainStart(walk)
  const chain = stack.slice(start)
  walk.recall = stands(walk, top(walk), 'ask')
  if (!walk.recall || chain.some((frame) => frame.flow === known.welcome || holdsWords(frame))) return
  endAll(walk, chain, 'left')
  walk.session.stack = stack.slice(0, start)
  walk.recall = false
}

/** Whether more than choices of lists was said in a flow, or it is about a request. */
function holdsWords(frame: Frame): boolean {
  if (frame.request !== undefined) return true
  return Object.values(frame.answers).some(({ is }) => is !== 'code' && is !== 'nothing')
}

/** Puts the talking flow on the step after the one at which it stands; at its last step it ends. */
export function moveOn(walk: Walk, to?: string): void {
  const frame = top(walk)
  const flow = frame && flowOf(walk, frame)
  const place = frame && flow?.index.get(frame.step)
  if (!frame || !flow || place === undefined) return
  const step = to ?? flow.steps[place]?.next ?? flow.steps[place + 1]?.id
  if (step === undefined || !flow.index.has(step)) endTop(walk, 'done')
  else replaceTop(walk, { ...frame, step, until: undefined, fresh: undefined })
}

/** Ends the whole conversation in hand and shows the menu, or goes back to a question left for the menu before. */
export function endToMenu(walk: Walk): void {
  const start = chainStart(walk)
  const { stack } = walk.session
  const ended = stack.slice(start)
  endAll(walk, ended, 'done')
  walk.session.stack = stack.slice(0, start)
  walk.session.open = false
  if (start > 0) returnToKept(walk, ended)
  if (walk.session.stack.length === 0) openMenu(walk)
}

/** Leaves everything; nothing is open afterwards. */
export function leaveAll(walk: Walk, how: 'left' | 'restarted'): void {
  endAll(walk, walk.session.stack, how)
  clear(walk)
}

/** Everything is forgotten at once, without a trace in what is said: the quick exit, and danger. */
export function dropAll(walk: Walk): void {
  for (const frame of walk.session.stack.toReversed()) {
    tellEnd(walk, frame, 'left')
  }
  clear(walk)
}

/** "menu": lays the menu over the open question, to which the person comes back afterwards. */
export function showMenu(walk: Walk): void {
  layAside(walk)
  openMenu(walk)
}

/**
 * Makes room for another matter. The open question waits below, unless it is sensitive, a helper's, the menu's, or was
 * asked by the way: what is not answered then is not asked again.
 */
export function layAside(walk: Walk): void {
  const { stack } = walk.session
  const start = chainStart(walk)
  const talks = walk.session.open || stands(walk, top(walk), 'wait')
  const chain = stack.slice(start).filter((frame) => frame.flow !== known.menu)
  const below = stack.slice(0, start)
  const keep =
    talks && openQuestion(walk)?.aside !== true && mayWait(walk, chain)
      ? [...below.filter((frame) => stands(walk, frame, 'wait')), ...chain]
      : below
  endAll(
    walk,
    stack.filter((frame) => !keep.includes(frame)),
    'left',
  )
  clear(walk)
  walk.session.stack = keep
}

function openMenu(walk: Walk): void {
  if (isQuiet(walk)) speak(walk, sentences.quiet)
  else enterFlow(walk, known.menu)
}

function clear(walk: Walk): void {
  walk.session.stack = []
  walk.session.open = false
  walk.session.doubt = undefined
  walk.session.wakeAt = undefined
  walk.session.tries = 0
  walk.session.parked = undefined
  walk.session.unread = undefined
}

const helpers: ReadonlySet<string> = new Set(
  Object.values(known).filter((key) => key !== known.welcome && key !== known.need),
)

function mayWait(walk: Walk, [first, ...entered]: readonly Frame[]): boolean {
  if (!first || helpers.has(first.flow)) return false
  return [first, ...entered].every((frame) => flowOf(walk, frame)?.sensitive !== true)
}

function endAll(walk: Walk, frames: readonly Frame[], how: 'done' | 'left' | 'restarted'): void {
  for (const frame of frames.toReversed()) endFrame(walk, frame, how)
}

function endFrame(walk: Walk, frame: Frame, how: 'done' | 'left' | 'restarted'): void {
  tellEnd(walk, frame, how)
  const refused = walk.situation.consent.keep_data === 'refused'
  if (refused || isClaimed(walk, frame)) return
  // What an entered flow keeps goes back to the flow that entered it, which may yet take it to somebody.
  if (how === 'done' && hasEntered(walk, walk.session.stack[walk.session.stack.indexOf(frame) - 1])) return
  const words = wordsOf(walk, frame, how)
  if (words !== undefined) giveToIntake(walk, 'not_understood', words)
}

/** A first contact that was broken off begins again with the next message. */
function tellEnd(walk: Walk, frame: Frame, how: 'done' | 'left' | 'restarted'): void {
  if (frame.flow === known.welcome && how !== 'done') walk.session.welcomed = false
  tell(walk, { type: 'flow_ended', flow: frame.flow, how })
}

/**
 * What somebody said in a flow that ends without having taken it to anybody. A flow that was walked to its end took
 * what it asked for; only what was said besides is left over.
 */
export function wordsOf(walk: Walk, frame: Frame, how: 'done' | 'left' | 'restarted'): string | undefined {
  const flow = flowOf(walk, frame)
  if (!flow || flow.sensitive) return undefined
  const whole = how !== 'done' || frame.flow === known.welcome
  const asked = flow.steps.flatMap((step) =>
    how !== 'done' && 'ask' in step && (step.ask === 'text' || step.ask === 'voice') ? [step.keep] : [],
  )
  const texts = ['unheard', ...(whole ? ['said'] : []), ...asked].flatMap((name) => {
    return linesOf(frame.answers[name], false).map(({ value }) => value)
  })
  return texts.length > 0 ? [...new Set(texts)].join('\n') : undefined
}

/** Whether a request or a record was made by this flow, or by one that it entered or was entered by. */
function isClaimed(walk: Walk, frame: Frame): boolean {
  const { stack } = walk.session
  let first = stack.indexOf(frame)
  let last = first
  while (first > 0 && hasEntered(walk, stack[first - 1])) first -= 1
  while (last < stack.length - 1 && hasEntered(walk, stack[last])) last += 1
  const chain = first < 0 ? [frame] : stack.slice(first, last + 1)
  return chain.some((one) => one.request !== undefined || one.claimed === true)
}
