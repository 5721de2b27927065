/** Which follow-up a flow talks about, and what the walk knows of it. */
import type { OwnFollowUp } from './session.ts'
import { top, type Walk } from './walk.ts'

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
