/** Takes a request out of the one it had joined. */
import { partRequest } from '../../turn/act-merge.ts'
import type { ActRoute } from './act-route.ts'

export const part: ActRoute = async ({ desk }, act) => {
  await partRequest(desk, act)
}
