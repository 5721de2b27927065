/** Joins a request with another of the same person. */
import { z } from 'zod'
import { mergeRequests } from '../../turn/act-merge.ts'
import { readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

export const merge: ActRoute = async ({ desk }, act, body) => {
  await mergeRequests(desk, act, readForm(z.object({ other: z.uuid() }), body).other)
}
