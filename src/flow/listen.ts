/**
 * Voice notes that wait for a listener. At a question that needs more than a voice the conversation parks: the question
 * stays open, silently, and goes on by itself with what a listener heard. Whatever the person writes or presses meanwhile
 * takes the lead again: then the note is information for staff, and answers nothing any more.
 */
import { dangerOfRequest } from '../core/danger.ts'
import { kindOf } from '../core/request.ts'
import { leaveAppointment, tellPast } from './appointment.ts'
import type { Ask, FlowBook } from './definition.ts'
import { overInHand } from './followup.ts'
import type { Input } from './input.ts'
import { known } from './known.ts'
import { quietMilliseconds } from './protect.ts'
import { accept } from './question.ts'
import { sentences } from './sentences.ts'
import { endAbove } from './stack.ts'
import { present } from './steps/ask.ts'
import { messageOf, placeOf, replaceTop, speak, tell, top, type Walk } from './walk.ts'

type HeardInput = Extract<Input, { readonly kind: 'heard' }>

/** Lays the note with listeners; at a question (`step`) the conversation waits for them. Gives whether it did before. */
export function park(walk: Walk, request: string, step: Ask | undefined): boolean {
  const { session } = walk
  const frame = top(walk)
  const message = messageOf(walk)
  if (message === undefined) return false
  // While danger is asked for, more of the same goes with the question below.
  const below = frame?.flow === known.voice ? session.parked : undefined
  const asked = step && frame && { flow: frame.flow, hash: frame.hash, step: step.id }
  const question = below ?? asked
  const before = question !== undefined && isSame(session.parked, question) ? session.parked : undefined
  tell(walk, {
    type: 'voice_parked',
    request,
    message,
    flow: question?.flow,
    hash: question?.hash,
    step: question?.step,
  })
  if (!question) return false
  const { flow, hash, step: at } = question
  session.parked = { flow, hash, step: at, messages: [...(before?.messages ?? []), message] }
  if (below) return true
  session.doubt = undefined
  session.tries = 0
  session.wakeAt = undefined
  return before !== undefined
}

/** The question that waits, in the version of its flow in which the person stands. */
export function questionAsked(
  book: Pick<FlowBook, 'version'>,
  { hash, step }: { readonly hash: string; readonly step: string },
): Ask | undefined {
  const flow = book.version(hash)
  const place = flow?.index.get(step)
  const found = place === undefined ? undefined : flow?.steps[place]
  return found && 'ask' in found ? found : undefined
}

/** What a listener made of a note; nothing where the conversation has gone on without it. */
export function onHeard(walk: Walk, { message, found }: HeardInput): void {
  const step = found.is === 'guarded' ? undefined : returnToParked(walk, message)
  if (step && (found.is === 'choice' || found.is === 'words') && isOver(walk)) return
  switch (found.is) {
    case 'choice':
      if (step) accept(walk, step, { is: 'code', value: found.value })
      break
    case 'words': {
      const { vocabulary, expected } = walk.parts
      const heard = step && vocabulary.hear(found.text, expected(step), walk.language, walk.situation.now)
      if (step && heard?.is === 'answer') accept(walk, step, heard.answer)
      break
    }
    case 'summary':
      if (!step) break
      speak(walk, sentences.listened)
      present(walk, step)
      break
    case 'unclear':
      speak(walk, sentences.sayAgain)
      if (step) present(walk, step)
      break
    case 'guarded':
      guard(walk, found)
      break
    default:
      found satisfies never
  }
}

/** An answer about a time that is over by the time it is heard, or that staff took back meanwhile. */
function isOver(walk: Walk): boolean {
  if (top(walk)?.flow !== known.appointment) return false
  const over = overInHand(walk)
  if (over === 'ended') leaveAppointment(walk)
  else if (over) tellPast(walk, over.past)
  return over !== undefined
}

/** The question at which this note was said, open again on top; undefined where it was left or answered. */
function returnToParked(walk: Walk, message: string): Ask | undefined {
  const { session } = walk
  const { parked } = session
  if (!parked?.messages.includes(message)) return undefined
  const place = session.stack.findLastIndex(({ flow, step }) => flow === parked.flow && step === parked.step)
  const frame = session.stack[place]
  const placed = frame && placeOf(walk, frame)
  if (!frame || placed?.kind !== 'ask') return undefined
  endAbove(walk, place)
  replaceTop(walk, { ...frame, fresh: undefined })
  session.open = true
  return placed.step
}

/** The matter is not intake's any more: what is said next goes to those who guard it, and never back to the listeners. */
function guard(
  walk: Walk,
  { request, reference, kind }: HeardInput['found'] & { readonly is: 'guarded' },
): void {
  const { session } = walk
  if (session.intake?.request === request) session.intake = undefined
  session.lastRequest = { request, reference, kind, priority: kindOf(kind).priority, at: walk.now }
  const danger = dangerOfRequest(kind)
  if (danger) session.guarded = { request, reference, kind: danger, at: walk.now }
  if (danger === 'suicide') session.quietUntil = walk.now + quietMilliseconds
}

function isSame(
  one: { readonly flow: string; readonly step: string } | undefined,
  other: { readonly flow: string; readonly step: string },
): boolean {
  return one?.flow === other.flow && one.step === other.step
}
