/** Which follow-up a flow talks about, and what the walk knows of it. */
import { isAhead } from '../core/followup.ts'
import { slotNames } from './appointment-words.ts'
import { known } from './known.ts'
import type { Frame, OwnFollowUp } from './session.ts'
import { placeOf, top, type Walk } from './walk.ts'

/** The follow-up that the talking flow is about. */
export function followUpInHand(walk: Walk): OwnFollowUp | undefined {
  const answer = top(walk)?.answers['follow_up']
  const it = walk.situation.followUps?.find(({ id }) => answer?.is === 'code' && id === answer.value)
  return it && isStanding(it.state) ? it : undefined
}

/** What this walk knows of one from here on. */
export function knowFollowUp(walk: Walk, it: OwnFollowUp): void {
  const followUps = walk.situation.followUps?.map((one) => (one.id === it.id ? it : one))
  walk.situation = { ...walk.situation, ...(followUps ? { followUps } : {}) }
}

/** Whether a time stands, agreed or not yet. */
export function isStanding(state: OwnFollowUp['state']): boolean {
  return state === 'proposed' || state === 'agreed'
}

/** What is asked about, where it no longer stands (`ended`), or where each time that could be answered is over (`past`). */
export function overInHand(walk: Walk): { readonly past: OwnFollowUp } | 'ended' | undefined {
  const { situation, session } = walk
  const frame = session.stack.find(({ flow }) => flow === known.appointment)
  if (!frame) return undefined
  const answer = frame.answers['follow_up']
  const it = situation.followUps?.find(({ id }) => answer?.is === 'code' && id === answer.value)
  if (!it || !isStanding(it.state)) return 'ended'
  const placed = placeOf(walk, frame)
  const slots = placed?.kind === 'ask' ? slotsShown(frame, placed.step.keep) : []
  const times = slots.length > 0 ? slots : [it]
  return times.some(({ at }) => isAhead(at, situation.now)) ? undefined : { past: it }
}

/** The times that a question shows to choose from, by the choice that takes each. */
export function slotsShown(
  frame: Frame | undefined,
  keep: string,
): readonly { readonly value: string; readonly at: Date }[] {
  if (keep !== 'pick') return []
  return Object.entries(slotNames).flatMap(([value, name]) => {
    const answer = frame?.answers[name]
    return answer?.is === 'code' ? [{ value, at: new Date(answer.value) }] : []
  })
}
