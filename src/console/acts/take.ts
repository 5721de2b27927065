/** Takes a request that nobody has. */
import { takeRequest } from '../../turn/act.ts'
import type { ActRoute } from './act-route.ts'

export const take: ActRoute = async ({ desk }, act) => {
  await takeRequest(desk, act)
}
