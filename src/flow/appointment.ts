/**
 * Follow-ups in the conversation: what is to be said of one waits until nothing else is asked, and what people say of a time
 * is read before anything else is made of it.
 */
import { isAhead, weekdayOf } from '../core/followup.ts'
import { lockState } from '../core/lock.ts'
import { followUpInHand, isStanding, slotsShown } from './followup.ts'
import { isIdle } from './idle.ts'
import { known } from './known.ts'
import { accept } from './question.ts'
import { run } from './run.ts'
import { sentences } from './sentences.ts'
import type { OwnFollowUp } from './session.ts'
import { endAbove, enterFlow, layAside } from './stack.ts'
import {
  isQuiet,
  isSensitive,
  longPause,
  openQuestion,
  speak,
  staleAfter,
  tell,
  top,
  type Walk,
} from './walk.ts'

/** Nobody is at a question any more that was not answered for so long. */
const idleAfter = 3_600_000

/** Whether something of ours is to be said now. */
export function isPrompted({ followUps = [], referrals = [] }: Walk['situation']): boolean {
  return [...followUps, ...referrals].some(({ prompt, knocked }) => prompt?.due && !knocked)
}

/** Says what is due, once the conversation is idle; on a phone that others read or that has a code, only neutral words. */
export function promptFollowUp(walk: Walk): void {
  const { shared, lock, now, followUps = walk.kept?.followUps } = walk.situation
  const it = followUps?.find(({ prompt, knocked }) => prompt?.due && !knocked)
  if (!it?.prompt || !mayAsk(walk, known.appointment) || lockState(lock, now) === 'watched') return
  const { id: followUp, request } = it
  const prompted = { type: 'follow_up_prompted', followUp, request, prompt: it.prompt.what } as const
  if (it.at.getTime() <= walk.now) tell(walk, { ...prompted, how: 'unsaid' })
  else if (shared || lock) {
    tell(walk, { ...prompted, how: 'knocked' })
    speak(walk, sentences.knock)
  } else {
    tell(walk, { ...prompted, how: 'said' })
    begin(walk, it, it.prompt.what)
  }
}

/** On a shared phone it is known by now who speaks, and what waits for them is said. */
export function promptAfterKnock(walk: Walk): void {
  const it = walk.situation.followUps?.find(({ knocked }) => knocked)
  if (!it?.prompt || !isIdle(walk) || isQuiet(walk) || isSensitive(walk)) return
  const { id: followUp, request } = it
  const how = it.at.getTime() <= walk.now ? 'unsaid' : 'said'
  tell(walk, { type: 'follow_up_prompted', followUp, request, prompt: it.prompt.what, how })
  if (how === 'said') begin(walk, it, it.prompt.what)
}

/** Whoever comes back after a long pause is asked once more about a time that still lies ahead. Gives true when they are. */
export function proposeAgain(walk: Walk): boolean {
  const { followUps, now, shared, lock } = walk.situation
  const it = followUps?.find(({ state, at }) => state === 'proposed' && isAhead(at, now))
  const hidden = shared || lock !== undefined || isQuiet(walk) || isSensitive(walk)
  if (!it || walk.pause <= longPause || !isIdle(walk) || hidden) return false
  begin(walk, it, 'propose')
  return true
}

/** A time that is over, or that staff took back, is asked about no longer. */
export function leaveAppointment(walk: Walk): void {
  const place = walk.session.stack.findIndex(({ flow }) => flow === known.appointment)
  if (place < 0) return
  endAbove(walk, place - 1)
  walk.session.open = false
}

/** Says that its time is over. Other times follow for what was proposed; whether they met at an agreed one, staff know. */
export function tellPast(walk: Walk, it: OwnFollowUp): void {
  begin(walk, it, it.state === 'proposed' ? 'past' : 'over')
}

/** Words about the time that is asked about, or that an agreed one is to be moved. Gives true when they are dealt with. */
export function onAppointment(walk: Walk, text: string): boolean {
  const { followUps } = walk.situation
  if (!followUps || followUps.length === 0 || isSensitive(walk) || isQuiet(walk)) return false
  const said = walk.parts.vocabulary.appointment(text)
  if (!said) return false
  const step = openQuestion(walk)
  if (step && top(walk)?.flow === known.appointment) {
    const shown = slotsShown(top(walk), step.keep)
    const meant = shown.filter(({ at }) => weekdayOf(at) === said.only)
    const [only] = meant
    if (only && meant.length === 1 && !said.other) {
      accept(walk, step, { is: 'code', value: only.value })
      return true
    }
    const it = followUpInHand(walk)
    // "oui, jeudi" of a Thursday says yes.
    if (!said.other && !said.change && shown.length === 0 && it && said.only === weekdayOf(it.at))
      return false
    const other = step.choices?.find(({ value }) => value === 'no' || value === 'none')
    if (other) accept(walk, step, { is: 'code', value: other.value })
    return other !== undefined
  }
  // "I cannot", said right after a time was agreed, speaks of that time.
  const moves = said.change || (said.other && walk.session.shown.at(-1)?.flow === known.appointment)
  if (!moves || !isIdle(walk)) return false
  const next = followUps.find(({ state, at }) => isStanding(state) && isAhead(at, walk.situation.now))
  const past = followUps.find(({ state }) => state === 'proposed')
  if (next) begin(walk, next, 'change')
  else if (past) tellPast(walk, past)
  return next !== undefined || past !== undefined
}

/** Whether something of our own may be asked: nobody is at a question, or at one of the same flow, or asked by the way. */
export function mayAsk(walk: Walk, own: string): boolean {
  const { session, now } = walk
  if (isQuiet(walk)) return false
  if (isIdle(walk) || top(walk)?.flow === own || openQuestion(walk)?.aside) return true
  return now - session.heardAt > (isSensitive(walk) ? staleAfter : idleAfter)
}

function begin(walk: Walk, it: OwnFollowUp, prompt: string): void {
  layAside(walk)
  const before = walk.session.stack.findIndex(({ flow }) => flow === known.appointment)
  if (before >= 0) endAbove(walk, before - 1)
  const code = (value: string) => ({ is: 'code', value }) as const
  const answers = { prompt: code(prompt), follow_up: code(it.id), where: code(whereOf(it)) }
  if (enterFlow(walk, known.appointment, { answers })) run(walk)
}

function whereOf({ kind, place }: OwnFollowUp): string {
  if (kind === 'visit') return 'home'
  if (kind === 'call') return 'phone'
  return place === undefined ? 'unknown' : 'office'
}
