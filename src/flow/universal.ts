/** The words that work in every step of every flow. They lose nothing: what they lay over an open question ends there. */
import type { Answering } from '../core/answering.ts'
import type { Universal } from './answer/heard.ts'
import { answerBy } from './answer-by.ts'
import { known } from './known.ts'
import { callGuarded } from './protect.ts'
import { repeatQuestion } from './question.ts'
import { run } from './run.ts'
import { sentences } from './sentences.ts'
import type { Answer } from './session.ts'
import { dropAll, endTop, enterFlow, showMenu } from './stack.ts'
import { chainStart, isSensitive, replaceTop, speak, tell, top, type Walk } from './walk.ts'
import { choiceFor } from './wish.ts'

const acts: { readonly [W in Universal]: (walk: Walk, named?: string) => void } = {
  menu: toMenu,
  back,
  repeat: repeatOrMenu,
  change: (walk) => returnTo(walk, 0),
  language: (walk, named) => layOver(walk, known.language, languageNamed(walk, named)),
  help: (walk) => {
    walk.help = true
    layOver(walk, known.help)
  },
  help_me: (walk) => layOver(walk, walk.parts.book.current(known.helpMe) ? known.helpMe : known.help),
  person: (walk) => (callGuarded(walk) ? run(walk) : layOver(walk, known.person)),
  stop: (walk) => (isSensitive(walk) ? leave(walk) : layOver(walk, known.stop)),
  start: (walk) => {
    // What stopping asked besides is over with it.
    if (top(walk)?.flow === known.stop) endTop(walk, 'left')
    layOver(walk, known.start)
  },
  by_voice: (walk) => answerAndGoOn(walk, 'voice'),
  text_only: (walk) => answerAndGoOn(walk, 'text'),
  leave,
}

/** `named`: the concept of the language that was named with it. */
export function onUniversal(walk: Walk, word: Universal, named?: string): void {
  walk.session.parked = undefined
  acts[word](walk, named)
}

/** Shows the menu, over the open question if there is one. */
export function toMenu(walk: Walk): void {
  showMenu(walk)
  run(walk)
}

/** The open question again; with none, the menu. */
export function repeatOrMenu(walk: Walk): void {
  if (!repeatQuestion(walk)) toMenu(walk)
}

function answerAndGoOn(walk: Walk, how: Answering): void {
  answerBy(walk, how)
  repeatOrMenu(walk)
}

function layOver(walk: Walk, key: string, answers: Readonly<Record<string, Answer>> = {}): void {
  if (enterFlow(walk, key, { answers })) run(walk)
  else repeatOrMenu(walk)
}

/** What the question for a language would keep; nothing when none was named. */
function languageNamed(walk: Walk, named: string | undefined): Readonly<Record<string, Answer>> {
  const chosen = named === undefined ? undefined : choiceFor(walk.parts.book.current(known.language), named)
  return chosen ? { [chosen.step.keep]: { is: 'code', value: chosen.value } } : {}
}

/** To the question before; at the first question of a flow, to the last one of the flow that entered it. */
function back(walk: Walk): void {
  const { session } = walk
  if (session.doubt) {
    repeatOrMenu(walk)
    return
  }
  const frame = top(walk)
  const settled = frame?.request !== undefined || frame?.claimed === true
  const entered = chainStart(walk) < session.stack.length - 1
  if (frame?.trail.length === 0 && !entered && session.stack.length > 1) {
    endTop(walk, 'left')
    walk.recall = false
    run(walk)
    return
  }
  if (frame?.trail.length === 0 && !settled && entered) {
    const below = session.stack.at(-2)
    if (below && below.trail.length > 0) {
      tell(walk, { type: 'flow_ended', flow: frame.flow, how: 'left' })
      session.stack = session.stack.slice(0, -1)
    }
  }
  returnTo(walk, (top(walk)?.trail.length ?? 0) - 1)
}

/** Back to one of the questions that can still be changed. */
export function returnTo(walk: Walk, place: number): void {
  const frame = top(walk)
  const step = frame?.trail[place]
  if (!frame || step === undefined) {
    repeatOrMenu(walk)
    return
  }
  replaceTop(walk, { ...frame, step, trail: frame.trail.slice(0, place) })
  walk.session.open = false
  run(walk)
}

/** Quick exit: one neutral line, and nothing that was open comes back. */
function leave(walk: Walk): void {
  dropAll(walk)
  walk.session.held = undefined
  walk.session.greeted = false
  walk.session.shown = []
  walk.session.left = true
  speak(walk, sentences.left)
}
