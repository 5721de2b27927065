/**
 * Four digits in the conversation: chosen, given, or given because somebody stands by. What they open, and what they only
 * seem to open, is answered in the same words.
 */
import { codeIn, isEasy, judgeCode, type Lock, lockState, triesAtMost } from '../core/lock.ts'
import type { Ask } from './definition.ts'
import { isIdle } from './idle.ts'
import { known } from './known.ts'
import { accept } from './question.ts'
import { run } from './run.ts'
import { sentences } from './sentences.ts'
import { dropAll, endTop } from './stack.ts'
import { present } from './steps/ask.ts'
import { chainStart, openQuestion, speak, tell, top, type Walk } from './walk.ts'

/** Kinds of questions that four digits may answer. */
const figures: readonly Ask['ask'][] = ['number', 'age', 'date', 'phone', 'case_number']

/** What a walk knows of somebody behind their code, or who may be watched. */
export const nothingOfTheirs = {
  requests: [],
  followUps: undefined,
  loops: undefined,
  referrals: undefined,
  checkIn: undefined,
  caseClosed: undefined,
  campaign: undefined,
} as const

/** Gives true when the message was a code, or may well have been one. */
export function onCode(walk: Walk): boolean {
  const { input, situation } = walk
  if (input.kind !== 'text' || input.code === undefined) return false
  const step = openQuestion(walk)
  if (step?.ask === 'code' && top(walk)?.flow !== known.unlock) {
    choose(walk, step, input.code, input.text)
    return true
  }
  const { lock } = situation
  if (!lock) return false
  const how = judgeCode(lock, input.code)
  const asked = step?.ask === 'code'
  if (!asked && step && !walk.stale && figures.includes(step.ask)) return false
  if (how === 'refused' && !asked && !isIdle(walk)) return false
  if (how === 'refused') refuse(walk, lock, step)
  else open(walk, lock, how)
  return true
}

function choose(walk: Walk, step: Ask, mark: string, text: string): void {
  tell(walk, { type: 'code_given', how: 'chosen', tries: 0 })
  if (isEasy(codeIn(text) ?? '')) {
    speak(walk, sentences.codeEasy)
    present(walk, step)
  } else {
    accept(walk, step, { is: 'code', value: mark })
  }
}

function open(walk: Walk, lock: Lock, how: 'opened' | 'alarm'): void {
  if (how === 'alarm') callForHelp(walk, lock)
  else {
    tell(walk, { type: 'code_given', how, tries: 0 })
    walk.situation = {
      ...walk.situation,
      ...walk.kept,
      lock: { ...lock, tries: 0, openedAt: walk.situation.now },
    }
    walk.kept = undefined
  }
  // The code says who speaks, better than any answer.
  if (top(walk)?.flow === known.speaker) {
    endTop(walk, 'done')
    tell(walk, { type: 'speaker_changed', to: 'same' })
  }
  // Even the code for help opens nothing where too many were wrong, and is answered as those were.
  const lost = lock.tries >= triesAtMost
  const step = openQuestion(walk)
  if (step?.ask === 'code' && !lost) accept(walk, step, { is: 'code', value: 'given' })
  else speak(walk, lost ? sentences.codeLost : sentences.codeGiven)
}

function refuse(walk: Walk, lock: Lock, step: Ask | undefined): void {
  const tries = lock.tries + 1
  tell(walk, { type: 'code_given', how: 'refused', tries })
  walk.situation = { ...walk.situation, lock: { ...lock, tries } }
  if (tries < triesAtMost) {
    speak(walk, sentences.codeWrong)
    if (step?.ask === 'code') present(walk, step)
    return
  }
  if (tries === triesAtMost) askForStaff(walk)
  speak(walk, sentences.codeLost)
  if (step?.ask === 'code') {
    walk.session.open = false
    endTop(walk, 'left')
    run(walk)
  }
}

/** Staff make sure who it is, as for a changed number, and end the code. */
function askForStaff(walk: Walk): void {
  const request = walk.world.id()
  tell(walk, {
    ...{ type: 'request_opened', request, reference: walk.world.reference(), kind: 'request.identity' },
    ...{ queue: 'identity', visibility: 'open', priority: 3, cause: 'hand_over' },
  })
  tell(walk, { type: 'code_lost', request })
}

/**
 * Whoever is on duty for protection is alerted, without content; the conversation forgets what it was about, so that
 * nothing of it shows, and goes on as if the code had opened and nothing lay behind it.
 */
function callForHelp(walk: Walk, lock: Lock): void {
  const { session, world, situation } = walk
  const again = lockState(lock, situation.now) === 'watched'
  tell(walk, { type: 'code_given', how: 'alarm', tries: lock.tries })
  // Where the code was asked for, the flow that needs it goes on.
  if (openQuestion(walk)?.ask === 'code') session.stack = session.stack.slice(chainStart(walk))
  else dropAll(walk)
  session.held = undefined
  session.shown = []
  session.lastRequest = undefined
  session.intake = undefined
  session.guarded = undefined
  session.quietUntil = undefined
  walk.situation = { ...situation, ...nothingOfTheirs, lock: { ...lock, alarmedAt: situation.now } }
  const request = world.id()
  if (!again || !lock.alarmedAt || situation.now.getTime() - lock.alarmedAt.getTime() > 3_600_000) {
    tell(walk, {
      ...{ type: 'request_opened', request, reference: world.reference(), kind: 'security.threat' },
      ...{ queue: 'protection', visibility: 'sealed', priority: 0, cause: 'danger' },
      danger: { kind: 'danger_now', strength: 'strong' },
    })
    tell(walk, { type: 'help_called', request })
  }
}
