/** Puts a request aside until a moment. */
import { snoozeRequest } from '../../turn/act-assign.ts'
import { readUntil } from '../until.ts'
import type { ActRoute } from './act-route.ts'

export const snooze: ActRoute = async ({ desk }, act, body) => {
  await snoozeRequest(desk, act, readUntil(body, desk.clock.now()))
}
