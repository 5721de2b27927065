/** What is said outside every question, or at the menu: greetings, thanks, wishes in one's own words, other languages. */
import { showReference } from '../core/reference.ts'
import type { Ask } from './definition.ts'
import { known } from './known.ts'
import { giveToReaders, isConfided, join, joinAnswered } from './opening.ts'
import { guardedRequest } from './protect.ts'
import { accept, isSubstantial, joinInHand, repeatQuestion } from './question.ts'
import { noteReply } from './reply.ts'
import { run } from './run.ts'
import { sentences } from './sentences.ts'
import { enterFlow, layAside, showMenu } from './stack.ts'
import { isParked } from './steps/ask.ts'
import { repeatOrMenu } from './universal.ts'
import {
  inWords,
  isQuiet,
  isSensitive,
  openQuestion,
  replaceTop,
  speak,
  tell,
  top,
  type Walk,
} from './walk.ts'
import { choiceFor, wishOf } from './wish.ts'

/**
 * Greets back as the time of day wants it, once per session, and asks what is open or shows the menu; whoever waits until a
 * voice note was heard is told that once more.
 */
export function onGreeting(walk: Walk): void {
  greet(walk)
  const step = openQuestion(walk)
  if (step && isParked(walk, step)) speak(walk, sentences.parked)
  else repeatOrMenu(walk)
}

/** The greeting alone; nothing when it was said in this session. */
export function greet(walk: Walk): void {
  if (!walk.session.greeted) speak(walk, greetingAt(walk.situation.now.getUTCHours()))
  walk.session.greeted = true
}

/** Thanks back. Praise in whole words is kept for those who report on the work, and opens nothing (S20). */
export function onThanks(walk: Walk, text: string, praise: boolean): void {
  const sensitive = isSensitive(walk)
  if (isIdle(walk)) noteReply(walk)
  // Thanks to whoever listened in confidence are not for those who report on the work.
  if (!sensitive && isConfided(walk)) giveToReaders(walk, 'not_understood', text)
  else if (!sensitive && praise) {
    tell(walk, { type: 'feedback_recorded', feedback: walk.world.id(), kind: 'praise', secret: { text } })
  }
  speak(walk, sentences.thanked)
  if (top(walk)?.flow !== known.menu) repeatQuestion(walk)
}

/**
 * "ok", "non", 👍 when nothing is asked: heard, and nothing is opened of it. To whoever waits for a word of theirs, and
 * to a question for words, it is one.
 */
export function onNod(walk: Walk, step: Ask | undefined, text: string): void {
  if (step && !isIdle(walk)) {
    accept(walk, step, { is: 'text', value: text })
    return
  }
  const awaited = walk.situation.requests.some(({ state }) => state === 'answered' || state === 'waiting')
  if (awaited || isQuiet(walk) || isConfided(walk)) {
    keepText(walk, text)
    return
  }
  noteReply(walk)
  speak(walk, sentences.nodded)
}

/** A word of the menu or of a need: goes where the menu would lead. Gives false when it leads nowhere. */
export function onConcept(walk: Walk, concept: string, text: string): boolean {
  if (isQuiet(walk)) return false
  // A sentence that happens to name food may be about what was told in confidence; a word is a wish.
  if (isSubstantial(text) && isConfided(walk)) return false
  if (isSubstantial(text) && startsAgain(walk, concept)) return false
  const said = isSubstantial(text) ? inWords(walk, text) : undefined
  const wish = wishOf(walk, concept, said)
  if (wish) {
    layAside(walk)
    enterFlow(walk, wish.flow, { answers: wish.answers })
    run(walk)
    return true
  }
  const place = choiceFor(walk.parts.book.current(known.menu), concept)
  return place !== undefined && chooseInMenu(walk, place.step, place.value)
}

/**
 * A sentence after the case was closed is read by a person, who decides what comes of it: no flow of a running case begins
 * (S9). Complaints keep their own road, and a word alone is a wish.
 */
function startsAgain(walk: Walk, concept: string): boolean {
  return walk.situation.caseClosed === true && wishOf(walk, concept, undefined)?.flow !== 'problem'
}

/** Chooses in the menu without showing it. */
export function chooseInMenu(walk: Walk, step: Ask, value: string): boolean {
  showMenu(walk)
  const frame = top(walk)
  if (frame?.flow !== known.menu) return true
  replaceTop(walk, { ...frame, step: step.id })
  walk.session.open = true
  accept(walk, step, { is: 'code', value })
  return true
}

/** Keeps words nobody expected, says so, and lets a person read them. Said again they join, without another word. */
export function keepText(walk: Walk, text: string, more: { readonly silently?: boolean } = {}): void {
  if (isIdle(walk) && !more.silently) noteReply(walk)
  const guarded = isQuiet(walk) ? guardedRequest(walk) : undefined
  if (guarded !== undefined) {
    join(walk, guarded)
    if (!more.silently) speak(walk, sentences.quiet)
    return
  }
  if (!more.silently && !isConfided(walk) && joinAnswered(walk)) {
    speak(walk, sentences.added)
    return
  }
  const cause = walk.situation.caseClosed ? 'after_closure' : 'not_understood'
  const { joined, reference, days } = giveToReaders(walk, cause, text)
  if (more.silently) return
  if (joined) speak(walk, sentences.added)
  else speak(walk, sentences.kept, { ref: showReference(reference), n: days })
}

/** Another language or script: the choice of languages with the word that any language may be spoken, once a day (S7). */
export function onForeign(walk: Walk, text: string): void {
  const { session } = walk
  if (isSensitive(walk)) {
    if (!joinInHand(walk)) giveToReaders(walk, 'not_understood', text)
    speak(walk, sentences.anyLanguage)
    repeatQuestion(walk)
    return
  }
  giveToReaders(walk, 'not_understood', text)
  const day = 86_400_000
  if (session.foreignAt !== undefined && walk.now - session.foreignAt < day) {
    speak(walk, sentences.added)
    return
  }
  session.foreignAt = walk.now
  speak(walk, sentences.anyLanguage)
  if (enterFlow(walk, known.language)) run(walk)
  else repeatOrMenu(walk)
}

/** Whether a text that matched nothing is in a language or script that we do not speak. */
export function isForeign(walk: Walk, text: string): boolean {
  const { vocabulary } = walk.parts
  const script = vocabulary.script(text)
  if (script !== 'Latn' && script !== 'Zyyy') return true
  return isSubstantial(text) && vocabulary.guessLanguage(text) === 'other'
}

function greetingAt(hour: number): string {
  if (hour >= 5 && hour < 12) return sentences.greetMorning
  if (hour >= 12 && hour < 15) return sentences.greetMidday
  if (hour >= 15 && hour < 19) return sentences.greetAfternoon
  return sentences.greetEvening
}

/** Whether nothing is asked but what the menu asks. */
export function isIdle(walk: Walk): boolean {
  return openQuestion(walk) === undefined || top(walk)?.flow === known.menu
}
