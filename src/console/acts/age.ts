/** Notes that an age which was said in the chat is not the person's. */
import { settleAge } from '../../turn/act-age.ts'
import type { ActRoute } from './act-route.ts'

export const notTheirAge: ActRoute = async ({ desk }, act) => {
  await settleAge(desk, act)
}
