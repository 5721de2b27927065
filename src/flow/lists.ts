/** Buttons and quotes: read against the list they belong to, not against the question that happens to be open. */
import type { Ask } from './definition.ts'
import { chooseInMenu, onConcept } from './idle.ts'
import { known } from './known.ts'
import { accept, refuse } from './question.ts'
import { onCampaignButton } from './reply.ts'
import { sentences } from './sentences.ts'
import type { Answer, Shown } from './session.ts'
import { endAbove } from './stack.ts'
import { repeatOrMenu, toMenu } from './universal.ts'
import { openQuestion, placeOf, replaceTop, speak, staleAfter, top, type Walk } from './walk.ts'

/** A button was pressed: the number of a choice, counted from 1, on a list that we sent. */
export function onButton(walk: Walk, list: string, number: number): void {
  if (onCampaignButton(walk, list, number)) return
  const shown = walk.session.shown.find((one) => one.list === list)
  const value = shown?.values[number - 1]
  if (shown && value !== undefined) press(walk, shown, value)
  else tooLate(walk)
}

/** Reads a text that quotes a list of ours against that list; false when it has to be read like any other text. */
export function onQuote(walk: Walk, text: string, list: string): boolean {
  const shown = walk.session.shown.find((one) => one.list === list)
  if (!shown || shown === walk.session.shown.at(-1)) return false
  const value = readAgainst(walk, text, shown)
  if (value !== undefined) press(walk, shown, value)
  return value !== undefined
}

/** A bare number while nothing is asked: a choice of the menu if that was the last list of the day, else the menu. */
export function onLooseNumber(walk: Walk, text: string): void {
  const last = walk.session.shown.at(-1)
  const menu = last && last.flow === known.menu && !last.doubt && walk.now - last.at <= staleAfter
  const value = menu ? readAgainst(walk, text, last) : undefined
  if (last && value !== undefined) chooseLate(walk, last, value)
  else toMenu(walk)
}

function readAgainst(walk: Walk, text: string, shown: Shown): string | undefined {
  const { vocabulary } = walk.parts
  const choices = shown.values.map((value) => ({ value, labels: {} }))
  const ask = shown.doubt ? 'yes_no' : 'choice'
  const expected = { ask, choices, strict: false, optional: false } as const
  const heard = vocabulary.hear(text, expected, walk.language, walk.situation.now)
  return heard.is === 'answer' && heard.answer.is === 'code' ? heard.answer.value : undefined
}

/** A yes or no about the word that was asked back. */
export function settleDoubt(walk: Walk, yes: boolean): void {
  const { doubt } = walk.session
  const step = openQuestion(walk)
  walk.session.doubt = undefined
  if (!doubt) return
  if (yes && step) accept(walk, step, meant(walk, step, doubt))
  else if (step) refuse(walk, step)
  else if (!yes || !onConcept(walk, doubt.value, doubt.text)) repeatOrMenu(walk)
}

/** The word that was asked back, heard in the place of the slip; a choice is its code. */
function meant(walk: Walk, step: Ask, doubt: { readonly value: string; readonly text: string }): Answer {
  const { vocabulary, expected } = walk.parts
  const heard = vocabulary.hear(doubt.text, expected(step), walk.language, walk.situation.now)
  const sure = step.ask === 'place' && heard.is === 'answer'
  return sure ? heard.answer : { is: 'code', value: doubt.value }
}

function press(walk: Walk, shown: Shown, value: string): void {
  if (shown.doubt) {
    if (walk.session.doubt && shown === walk.session.shown.at(-1)) settleDoubt(walk, value === 'yes')
    else tooLate(walk)
    return
  }
  const step = openQuestion(walk)
  if (step?.id === shown.step && top(walk)?.flow === shown.flow) accept(walk, step, { is: 'code', value })
  else if (!changeAnswer(walk, shown, value)) chooseLate(walk, shown, value)
}

/** The list of an earlier question that can still be changed: goes back to it with this answer. */
function changeAnswer(walk: Walk, shown: Shown, value: string): boolean {
  const { session } = walk
  const place = session.stack.findLastIndex(
    (frame) => frame.flow === shown.flow && (frame.trail.includes(shown.step) || frame.step === shown.step),
  )
  const frame = session.stack[place]
  if (!frame) return false
  const asked = placeOf(walk, { ...frame, step: shown.step })
  if (asked?.kind !== 'ask') return false
  endAbove(walk, place)
  const before = frame.trail.indexOf(shown.step)
  const trail = before < 0 ? frame.trail : frame.trail.slice(0, before)
  replaceTop(walk, { ...frame, step: shown.step, trail, fresh: undefined, until: undefined })
  session.open = true
  accept(walk, asked.step, { is: 'code', value })
  return true
}

/** The list is of a conversation that is over; only the menu still leads somewhere. */
function chooseLate(walk: Walk, shown: Shown, value: string): void {
  const menu = shown.flow === known.menu ? walk.parts.book.current(known.menu) : undefined
  const step = menu?.steps.find((one): one is Ask => 'ask' in one && one.id === shown.step)
  if (step?.choices?.some((choice) => choice.value === value)) chooseInMenu(walk, step, value)
  else tooLate(walk)
}

function tooLate(walk: Walk): void {
  speak(walk, sentences.oldList)
  repeatOrMenu(walk)
}
