/** Opens a closed request again. */
import { reopenRequest } from '../../turn/act.ts'
import type { ActRoute } from './act-route.ts'

export const reopen: ActRoute = async ({ desk }, act) => {
  await reopenRequest(desk, act)
}
