/** What a voice note says, written down by whoever listened. Every wording stays in the history; the last one is shown. */
import type { Happening } from './event.ts'

export const longestTranscript = 4000

/** A voice note that can be written down. */
export type Heard = {
  readonly message: string
  readonly media: string
  /** The request it belongs to, if any. */
  readonly request?: string
  readonly transcript?: string
}

/** The new wording on record; nothing when it says the same. An empty one takes back what was written. */
export function writeTranscript(it: Heard, text: string): readonly Happening[] {
  const clean = text.trim()
  if (clean === (it.transcript ?? '')) return []
  const { message, media, request } = it
  return [{ type: 'transcript_written', message, media, request, secret: { text: clean } }]
}

/** A short sign of a wording, by which a form tells which one it began from (FNV-1a; nobody needs to trust it). */
export function digestOfText(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  }
  return hash.toString(36)
}
