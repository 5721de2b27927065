/** Asks again for a file that never came. */
import { z } from 'zod'
import { wantLateFile } from '../../turn/act-file.ts'
import { readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

export const wantFile: ActRoute = async ({ desk }, act, body) => {
  await wantLateFile(desk, act, readForm(z.object({ media: z.uuid() }), body).media)
}
