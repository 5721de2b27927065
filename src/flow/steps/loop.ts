/** What the person says of a matter that was answered: a yes closes it, a no is looked at by somebody else. */
import { requestInHand, tell, type Walk } from '../walk.ts'
import type { Take } from './after.ts'

export const settleRequest: Take<'settle_request'> = (walk, { settle_request: answer }) => {
  const it = loopInHand(walk)
  // Staff were faster: it is open again, or somebody hid it.
  if (!it) return 'on'
  const { request } = it
  tell(walk, { type: 'loop_answered', request, answer })
  if (answer === 'no') tell(walk, { type: 'request_appealed', request })
  else if (it.open && it.closable) tell(walk, { type: 'request_closed', request, outcome: 'answered' })
  return 'on'
}

function loopInHand(walk: Walk) {
  const inHand = requestInHand(walk)?.request
  return walk.situation.loops?.find(({ request }) => request === inHand)
}
