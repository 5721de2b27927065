/** What follows from hearing something while a question is open: taken, asked back, asked again, or handed over. */
import { showReference } from '../core/reference.ts'
import { noteCheckIn } from './check-in.ts'
import type { Ask } from './definition.ts'
import { known } from './known.ts'
import { giveToReaders, join } from './opening.ts'
import { run } from './run.ts'
import { sentences } from './sentences.ts'
import { type Answer, linesOf } from './session.ts'
import { leaveAll, moveOn } from './stack.ts'
import { choicesOf, isParked, present, showList, takeLead, yesNo } from './steps/ask.ts'
import { noteSurvey } from './survey.ts'
import { joinUnheard, keepUnheard, unheard } from './unheard.ts'
import {
  flowOf,
  inWords,
  isSensitive,
  messageOf,
  openQuestion,
  replaceTop,
  requestInHand,
  speak,
  tell,
  top,
  type Walk,
} from './walk.ts'

/** Questions so far that "back" can return to. */
const trailKept = 20

/** Nothing is kept of somebody who has not agreed to it. */
function isWelcoming({ session }: Walk): boolean {
  return session.stack.some(({ flow }) => flow === known.welcome)
}

/** Takes an answer and walks on. */
export function accept(walk: Walk, step: Ask, answer: Answer): void {
  const { session } = walk
  const frame = top(walk)
  if (!frame) return
  tell(walk, {
    type: 'answer_kept',
    flow: frame.flow,
    step: step.id,
    ...(step.ask === 'code' ? {} : recordOf(answer)),
  })
  const after = {
    ...frame,
    answers: { ...frame.answers, [step.keep]: answer.is === 'text' ? inWords(walk, answer.value) : answer },
    trail: [...frame.trail.slice(1 - trailKept), step.id],
  }
  replaceTop(walk, after)
  noteSurvey(walk, after, answer)
  noteCheckIn(walk, after, step.keep)
  session.open = false
  session.tries = 0
  session.doubt = undefined
  session.wakeAt = undefined
  session.unread = undefined
  takeLead(walk)
  if (answer.is === 'text' || answer.is === 'voice') joinInHand(walk)
  const choice = answer.is === 'code' ? step.choices?.find(({ value }) => value === answer.value) : undefined
  moveOn(walk, choice?.next)
  run(walk)
}

/** Not understood: asked again with help; the second time a person is offered; the third time a person takes over. */
export function refuse(walk: Walk, step: Ask, text?: string): void {
  const { session } = walk
  const frame = top(walk)
  if (!frame) return
  session.doubt = undefined
  session.tries += 1
  session.unread = unreadOf(walk)
  tell(walk, { type: 'answer_refused', flow: frame.flow, step: step.id, tries: session.tries })
  if (text !== undefined) keepWords(walk, text)
  if (session.tries >= 3) {
    if (step.told === undefined) giveUp(walk, text)
    else accept(walk, step, { is: 'code', value: step.told })
    return
  }
  speak(walk, step.help ?? plainHelp(walk, step, text))
  if (session.tries === 2) speak(walk, sentences.offerPerson)
  present(walk, step)
}

/** Whoever went on telling where a number was wanted hears that it is noted; the number is asked for besides. */
function plainHelp(walk: Walk, step: Ask, text: string | undefined): string {
  if (choicesOf(step).length === 0) return sentences.notUnderstood
  const told = text !== undefined && isSubstantial(text) && !isSensitive(walk) && !isWelcoming(walk)
  return told ? sentences.notedChoose : sentences.chooseNumber
}

/** A story where a choice was asked for: kept, and taken for the choice that the question names for it. */
export function takeTold(walk: Walk, step: Ask, value: string, text: string): void {
  keepWords(walk, text)
  accept(walk, step, { is: 'code', value })
}

/** A fuzzy match is never taken: it is asked back. Where nothing may be echoed it counts as not understood. */
export function askBack(walk: Walk, step: Ask | undefined, value: string, text: string): void {
  if (step && isSensitive(walk)) {
    refuse(walk, step)
    return
  }
  const frame = top(walk)
  const flow = frame && flowOf(walk, frame)
  if (step && frame) tell(walk, { type: 'answer_doubted', flow: frame.flow, step: step.id, value })
  const key = step && flow && walk.parts.labelKey(flow, step.keep, value)
  const word = (key && walk.parts.label(key, walk.language)) ?? text
  showList(walk, sentences.doubt, yesNo, step?.id ?? '', { doubt: true, vars: { word } })
  walk.session.doubt = { value, text }
  walk.session.unread = unreadOf(walk)
}

/** The message as it was first sent: a correction of a correction is one of it. */
function unreadOf(walk: Walk): string | undefined {
  return walk.input.kind === 'edit' ? walk.input.original : messageOf(walk)
}

/** Asks the open question again, unless it waits for a listener; gives false when none is open. */
export function repeatQuestion(walk: Walk): boolean {
  const step = openQuestion(walk)
  if (step && !isParked(walk, step)) present(walk, step)
  return step !== undefined
}

/** Words that answered nothing, from somebody who has said more than a slip of the thumb. */
export function isSubstantial(text: string): boolean {
  return text.trim().split(/\s+/).length >= 3
}

/** The message belongs to the request that the conversation is about, if there is one. */
export function joinInHand(walk: Walk): boolean {
  const inHand = requestInHand(walk)
  if (inHand) join(walk, inHand.request)
  return inHand !== undefined
}

function giveUp(walk: Walk, text: string | undefined): void {
  const inHand = requestInHand(walk)
  const frame = top(walk)
  if (isSensitive(walk) && inHand) {
    speak(walk, sentences.handedOverQuietly)
  } else {
    const told = linesOf(frame?.answers[unheard], false).map(({ value }) => value)
    const words = [...told, ...(text === undefined || told.includes(text) ? [] : [text])].join('\n')
    const { request, reference, days } = giveToReaders(walk, 'hand_over', words === '' ? undefined : words)
    joinUnheard(walk, frame, request)
    speak(walk, sentences.handedOver, { ref: showReference(reference), n: days })
  }
  if (frame) replaceTop(walk, { ...frame, claimed: true })
  leaveAll(walk, 'left')
}

/** Content is not lost because a question expected something else. */
function keepWords(walk: Walk, text: string): void {
  if (isSubstantial(text) && !joinInHand(walk)) keepUnheard(walk, text)
}

function recordOf(answer: Answer): { readonly value?: string; readonly secret?: { readonly said: string } } {
  switch (answer.is) {
    case 'code':
      return { value: answer.value }
    case 'place':
      return { secret: { said: answer.value.said } }
    case 'number':
    case 'text':
    case 'date':
    case 'phone':
      return { secret: { said: String(answer.value) } }
    case 'voice':
    case 'lines':
    case 'nothing':
      return {}
    default:
      return answer satisfies never
  }
}
