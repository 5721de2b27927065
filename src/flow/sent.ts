/** Voice notes, files, places and contact cards: an answer where they can be one, else kept for a person, never refused. */
import { showReference } from '../core/reference.ts'
import type { Ask } from './definition.ts'
import { isIdle } from './idle.ts'
import type { Input } from './input.ts'
import { known } from './known.ts'
import { park } from './listen.ts'
import { giveToIntake, giveToReaders, join, recentRequest } from './opening.ts'
import { guardedRequest } from './protect.ts'
import { accept, joinInHand, repeatQuestion } from './question.ts'
import { noteReply } from './reply.ts'
import { run } from './run.ts'
import { sentences } from './sentences.ts'
import { enterFlow } from './stack.ts'
import { present } from './steps/ask.ts'
import { isQuiet, isSensitive, openQuestion, requestInHand, speak, top, type Walk } from './walk.ts'

type InputOf<K extends Input['kind']> = Extract<Input, { readonly kind: K }>

/** A voice note is always valid: it answers a free question, and every other one by way of a listener (S6). */
export function onVoice(walk: Walk, message: string): void {
  const step = openQuestion(walk)
  if (isIdle(walk)) noteReply(walk)
  if (step && takesVoice(step) && !walk.session.doubt && !walk.stale) {
    accept(walk, step, { is: 'voice', message })
  } else if (isQuiet(walk) || inScript(walk)) {
    keepGuarded(walk)
    speak(walk, sentences.voiceReceived)
    repeatQuestion(walk)
  } else if (isSensitive(walk)) {
    const again = park(walk, keepGuarded(walk), step)
    speak(walk, again ? sentences.added : sentences.parked)
  } else {
    parkVoice(walk)
  }
}

/** Photos and documents answer a free question like a voice note; else they belong to what was spoken of. */
export function onFile(walk: Walk, message: string): void {
  const step = openQuestion(walk)
  if (step && (step.ask === 'text' || step.ask === 'voice') && !walk.session.doubt && !walk.stale) {
    accept(walk, step, { is: 'voice', message })
  } else {
    keepThing(walk)
  }
}

export function onLocation(walk: Walk, { latitude, longitude }: InputOf<'location'>): void {
  const step = openQuestion(walk)
  const said = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
  if (step?.ask === 'place' && !walk.stale) accept(walk, step, { is: 'place', value: { said } })
  else if (step?.ask === 'text' && !walk.stale) accept(walk, step, { is: 'text', value: said })
  else keepThing(walk)
}

/** A contact card answers where a phone is asked for; a number that is none is kept like any other thing. */
export function onContact(walk: Walk, { phone }: InputOf<'contact'>): void {
  const step = openQuestion(walk)
  const { vocabulary, expected } = walk.parts
  const heard =
    step?.ask === 'phone' && !walk.stale
      ? vocabulary.hear(phone, expected(step), walk.language, walk.situation.now)
      : undefined
  if (step && heard?.is === 'answer' && heard.answer.is === 'phone') accept(walk, step, heard.answer)
  else keepThing(walk)
}

/** A sticker and the like: said to be unreadable; it is no wrong answer. */
export function onUnreadable(walk: Walk): void {
  speak(walk, sentences.cannotRead)
  repeatQuestion(walk)
}

/**
 * Lays a voice note with intake, where the open question waits for what a listener hears. Whoever is not known, or spoke
 * without being asked, is asked whether there is danger now; more notes in a row only join.
 */
export function parkVoice(walk: Walk): void {
  const asking = top(walk)?.flow === known.voice
  const step = openQuestion(walk)
  const { joined, ...opened } = giveToReaders(walk, 'voice')
  // What was asked half a day ago is asked again: nobody knows what the note answers.
  const waits = asking || walk.stale ? undefined : step
  const again = park(walk, opened.request, waits)
  if (joined || (waits && walk.situation.known)) {
    speak(walk, waits && !again ? sentences.parked : sentences.added)
    if (step && walk.stale) present(walk, step)
    return
  }
  speak(walk, sentences.voiceReceived, { ref: showReference(opened.reference), n: opened.days })
  if (enterFlow(walk, known.voice, { opened })) run(walk)
}

/** Keeps a thing with the request in hand, the last one, or intake, and says so. */
export function keepThing(walk: Walk): void {
  if (isSensitive(walk) || isQuiet(walk)) keepGuarded(walk)
  else if (!joinInHand(walk)) {
    const recent = recentRequest(walk)
    if (recent === undefined) giveToReaders(walk, 'not_understood')
    else join(walk, recent)
  }
  speak(walk, sentences.fileReceived)
  if (top(walk)?.flow !== known.menu) repeatQuestion(walk)
}

/** In sensitive flows and after suicidal words nothing goes where others may listen. Gives the request it goes to. */
function keepGuarded(walk: Walk): string {
  const inHand = requestInHand(walk)?.request ?? guardedRequest(walk)
  if (inHand === undefined) return giveToIntake(walk, 'voice').request
  join(walk, inHand)
  return inHand
}

/** The script for danger waits for no listener: its questions are asked again at once. */
function inScript(walk: Walk): boolean {
  return isSensitive(walk) && walk.session.guarded !== undefined && guardedRequest(walk) !== undefined
}

/** Of a free question a voice is the answer; of every other one a listener has to say what it answers. */
function takesVoice(step: Ask): boolean {
  return step.voice === 'accepted' && (step.ask === 'text' || step.ask === 'name' || step.ask === 'voice')
}
