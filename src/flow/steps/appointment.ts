/** Steps about a time that was proposed: agreed to, moved to another that is free, or left to staff. */

import { isAhead } from '../../core/followup.ts'
import { slotNames } from '../appointment-words.ts'
import { keptAnswer, plainValue } from '../condition.ts'
import { followUpInHand, knowFollowUp } from '../followup.ts'
import { messageOf, replaceTop, tell, top, type Walk } from '../walk.ts'
import type { Take } from './after.ts'

const hour = 3_600_000
/** A morning and an afternoon, and another day. */
const half = 6 * hour
const offered = 3

export const agreeFollowUp: Take<'agree_follow_up'> = (walk, { agree_follow_up: asked }) => {
  const it = followUpInHand(walk)
  if (it && !isAhead(it.at, walk.situation.now)) return { to: asked === true ? undefined : asked.past }
  if (it?.state !== 'proposed') return 'on'
  tell(walk, {
    ...{ type: 'follow_up_agreed', followUp: it.id, request: it.request, at: it.at.toISOString() },
  })
  knowFollowUp(walk, { ...it, state: 'agreed' })
  return 'on'
}

/** Times of a day that was named lie closer together than those of any day, which are for people who plan. */
export const offerSlots: Take<'offer_slots'> = (walk, { offer_slots: { otherwise, named } }) => {
  const it = followUpInHand(walk)
  const said = wishOf(walk)
  const names = said !== undefined && (said.only !== undefined || said.not.length > 0)
  if (!it || (named && !names)) return { to: otherwise }
  const slots = it.slots({
    apart: said?.only === undefined ? half : hour,
    only: said?.only,
    not: said?.not ?? [],
    notOn: said?.only === undefined ? [it.at.toISOString().slice(0, 10)] : [],
  })
  const frame = top(walk)
  if (slots.length < offered || !frame) return { to: otherwise }
  const codes = slots.map((at, i) => [`slot_${i + 1}`, { is: 'code', value: at.toISOString() } as const])
  replaceTop(walk, { ...frame, answers: { ...frame.answers, ...Object.fromEntries(codes) } })
  return 'on'
}

export const moveFollowUp: Take<'move_follow_up'> = (walk, { move_follow_up: { answer, taken, past } }) => {
  const it = followUpInHand(walk)
  const name = slotNames[plainValue(walk, { answer }) ?? '']
  const slot = name === undefined ? undefined : keptAnswer(walk, name)
  if (!it || slot?.is !== 'code') return { to: taken }
  const at = new Date(slot.value)
  if (!isAhead(at, walk.situation.now)) return { to: past ?? taken }
  if (!it.isFree(at)) return { to: taken }
  const [was, to] = [it.at.toISOString(), at.toISOString()]
  tell(walk, { type: 'follow_up_moved', followUp: it.id, request: it.request, at: to, was })
  knowFollowUp(walk, { ...it, state: 'agreed', at })
  return 'on'
}

/** Staff owe the next word: what was said goes with it. */
export const leaveFollowUp: Take<'leave_follow_up'> = (walk) => {
  const it = followUpInHand(walk)
  if (!it) return 'on'
  const { id: followUp, request } = it
  tell(walk, { type: 'follow_up_declined', followUp, request, was: it.at.toISOString() })
  tell(walk, { type: 'request_joined', request, message: messageOf(walk) })
  knowFollowUp(walk, { ...it, state: 'asked' })
  return 'on'
}

function wishOf({ input, parts }: Walk) {
  return input.kind === 'text' ? parts.vocabulary.appointment(input.text) : undefined
}
