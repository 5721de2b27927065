/** Takes back what was put aside. */
import { wakeRequest } from '../../turn/act-assign.ts'
import type { ActRoute } from './act-route.ts'

export const wake: ActRoute = async ({ desk }, act) => {
  await wakeRequest(desk, act)
}
