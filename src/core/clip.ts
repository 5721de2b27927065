/** A recorded sentence: what may be one, and what a message that carries it must know. */
import type { Language } from './language.ts'
import { isWholeOgg, oggOpusChannels, oggOpusSeconds } from './ogg.ts'

/** What a message carries of a clip; its bytes are found by `media`. */
export type Clip = { readonly media: string; readonly bytes: number; readonly seconds: number }

/** One thing to be read aloud: a sentence, and the choices that stand under it. `choices` are locale keys. */
export type Saying = {
  /** The key of its sentence; with more behind it where one sentence stands over several lists. Names its file. */
  readonly id: string
  readonly key: string
  readonly choices: readonly string[]
  /** The flows that say it; none: the conversation itself. */
  readonly flows: readonly string[]
}

/** A recording with what it says: `wording` is the hash of its words; without bytes, it was taken away. */
export type Recording = Clip & {
  readonly language: Language
  /** Id of the saying. */
  readonly saying: string
  readonly wording: string
}

/** Cheap phones and dear data (domain notes 5.3). */
export const clipLimits = { seconds: 30, bytes: 120_000 } as const

/** Why a recording is no clip; each has its sentence in the studio. */
export type ClipFault = 'no_opus' | 'not_mono' | 'long' | 'large' | 'empty'

/** How long a recording lasts, or why it is no clip. Only its bytes are believed. */
export function judgeClip(bytes: Uint8Array): { readonly seconds: number } | { readonly fault: ClipFault } {
  if (bytes.length === 0) return { fault: 'empty' }
  if (bytes.length > clipLimits.bytes) return { fault: 'large' }
  const seconds = oggOpusSeconds(bytes)
  if (seconds === undefined || !isWholeOgg(bytes)) return { fault: 'no_opus' }
  if (oggOpusChannels(bytes) !== 1) return { fault: 'not_mono' }
  // A recorder stops a moment after it was told to.
  if (seconds > clipLimits.seconds + 1) return { fault: 'long' }
  return seconds < 0.2 ? { fault: 'empty' } : { seconds: Math.round(seconds * 10) / 10 }
}

const prefix = 'clip-'

/** The name under which the bytes of a clip are opened; `digest` is their SHA-256 in hex. */
export function clipMedia(digest: string): string {
  return `${prefix}${digest}`
}

/** The digest in such a name; undefined for every other file. */
export function digestOfClip(media: string): string | undefined {
  return /^clip-([0-9a-f]{64})$/.exec(media)?.[1]
}
