/** Writes down what a voice note says. */
import { z } from 'zod'
import { longestTranscript } from '../../core/transcript.ts'
import { transcribe } from '../../turn/act-transcript.ts'
import { FormFault, readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

const shape = z.object({ media: z.uuid(), text: z.string(), had: z.string().max(20) })

export const transcript: ActRoute = async ({ desk }, act, body) => {
  const { media, had, text } = readForm(shape, body)
  const written = text.replace(/\r\n?/g, '\n')
  if (written.length > longestTranscript) {
    throw new FormFault('said.transcript_long', { most: longestTranscript })
  }
  await transcribe(desk, act, { media, had, text: written })
}
