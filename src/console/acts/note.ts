/** Writes a note for colleagues. */
import { writeNote } from '../../turn/act.ts'
import { FormFault, readNote } from '../form.ts'
import type { ActRoute } from './act-route.ts'

export const note: ActRoute = async ({ desk }, act, body) => {
  const text = readNote(body)
  if (text === undefined) throw new FormFault('form.incomplete')
  await writeNote(desk, act, text)
}
