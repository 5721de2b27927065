/** What the passing of time does to a conversation: timers, long pauses, another person on a shared phone. */
import { greet } from './idle.ts'
import { known } from './known.ts'
import { isSubstantial } from './question.ts'
import { run } from './run.ts'
import { sentences } from './sentences.ts'
import { enterFlow, leaveAll, moveOn } from './stack.ts'
import { mayPrompt, onSilence } from './steps/ask.ts'
import { hear, isNumber, isWord } from './text.ts'
import { isQuiet, longPause, openQuestion, speak, staleAfter, stands, top, type Walk } from './walk.ts'

/** A timer is due: a question reminds once, a `wait` goes on. */
export function onTimer(walk: Walk): void {
  walk.session.wakeAt = undefined
  const step = openQuestion(walk)
  if (step) {
    const after = onSilence(walk, step)
    if (!after) return
    walk.session.open = false
    moveOn(walk, after.to)
    run(walk)
  } else if (stands(walk, top(walk), 'wait') && mayPrompt(walk)) {
    run(walk)
  }
}

/** Before anything is read: what a pause has ended. Open requests stand, whatever became of the conversation. */
export function afterPause(walk: Walk): void {
  const { session, situation } = walk
  if (walk.pause > staleAfter) session.greeted = false
  // A question of ours that came since still waits for its answer.
  const asked = session.open ? (session.shown.at(-1)?.at ?? 0) : 0
  if (walk.pause > longPause && walk.now - asked > longPause) {
    leaveAll(walk, 'left')
    session.intake = undefined
    session.offered = false
    greet(walk)
    const count = situation.requests.length
    // On a phone that others use it is not yet known who reads this.
    if (count > 0 && !situation.shared) speak(walk, sentences.openRequests, { count })
  }
  if (!session.open && stands(walk, top(walk), 'wait') && (top(walk)?.until ?? 0) <= walk.now) run(walk)
}

/**
 * On a shared phone, after half a day, it is asked first who speaks (S5); what was said waits for the answer, a pressed
 * button does not. Gives true when that question is open now. STOP and the quick exit wait for nobody.
 */
export function askWhoSpeaks(walk: Walk, text: string | undefined): boolean {
  const { input, situation } = walk
  if (!situation.shared || walk.pause <= staleAfter || isQuiet(walk)) return false
  if (input.kind === 'silence' || (text === undefined && input.kind !== 'choice')) return false
  if (text !== undefined && isWord(hear(walk, text, undefined), 'stop', 'leave')) return false
  if (!enterFlow(walk, known.speaker)) return false
  if (text !== undefined) walk.session.held = { message: input.message, text }
  run(walk)
  return true
}

/**
 * After the quick exit somebody else may hold the phone: what they press or try by chance is answered with a greeting and
 * nothing else. Words that mean something are heard as ever. Gives true when it is dealt with.
 */
export function afterLeaving(walk: Walk): boolean {
  const { session, input } = walk
  if (!session.left || input.kind === 'silence') return false
  session.left = undefined
  if (walk.pause > staleAfter) return false
  const text = input.kind === 'text' ? input.text : undefined
  const chance = input.kind === 'choice' || (text !== undefined && isByChance(walk, text))
  if (!chance || openQuestion(walk)) return false
  greet(walk)
  return true
}

function isByChance(walk: Walk, text: string): boolean {
  const heard = hear(walk, text, undefined)
  if (heard.is === 'universal' || isSubstantial(text)) return false
  return isNumber(walk, text) || heard.is === 'nothing' || heard.is === 'greeting'
}
