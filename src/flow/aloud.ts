/** Whether a sentence is also said aloud, by its recording, and what that costs the person. Says nothing itself. */
import { type Answering, type Carried, isSpokenTo, monthOf } from '../core/answering.ts'
import type { Clip } from '../core/clip.ts'
import type { Language } from '../core/language.ts'
import type { Say } from '../core/message.ts'
import type { Input } from './input.ts'
import { sentences } from './sentences.ts'
import type { Session } from './session.ts'

/** The recordings there are; a sentence that was changed since has none. */
export type Voices = {
  clip(language: Language, key: string, choices: readonly string[]): Clip | undefined
  /** Whether anything at all can be said aloud in a language. */
  any(language: Language): boolean
}

/** What is remembered of how a person listens; a part of their session. */
export type Memory = { answering?: Answering; onlySpeaks?: boolean; carried?: Carried }

/** What else decides; the limits are those of a situation (session.ts). */
export type Ear = {
  readonly shared: boolean
  readonly sensitive: boolean
  readonly unasked: boolean
  readonly voiceNotes: number | undefined
  readonly voiceBudget: number | undefined
  readonly now: number
}

/**
 * A sentence with whatever goes before it: every sentence of the product that leaves for a person passes here. Whoever just
 * wrote hears the recording as a message of its own; of our own accord both are one, so that the words alone can go as a
 * template. The one time in a month that the budget is spent they are told, in answer.
 */
export function sayAloud(voices: Voices | undefined, memory: Memory, ear: Ear, say: Say): readonly Say[] {
  const { language } = say
  const clip = voices && takeClip(voices, memory, ear, say)
  if (clip === undefined) return [say]
  if (clip === 'used_up') return [{ text: sentences.voiceUsedUp, language }, say]
  return ear.unasked ? [{ ...say, aloud: clip }] : [{ text: say.text, language, clip }, say]
}

/** Counted to the person's month. */
function takeClip(voices: Voices, memory: Memory, ear: Ear, say: Say): Clip | 'used_up' | undefined {
  const listening = { chosen: memory.answering, onlySpeaks: memory.onlySpeaks === true, ...ear }
  if (ear.voiceNotes === undefined || ear.voiceBudget === 0 || !isSpokenTo(listening)) return undefined
  const clip = voices.clip(say.language, say.text, say.choices?.map(({ text }) => text) ?? [])
  if (!clip || clip.bytes > ear.voiceNotes) return undefined
  const month = monthOf(ear.now)
  const carried: Carried = memory.carried?.month === month ? memory.carried : { month, bytes: 0 }
  if (ear.voiceBudget !== undefined && carried.bytes + clip.bytes > ear.voiceBudget) {
    if (carried.told || ear.unasked) return undefined
    memory.carried = { ...carried, told: true }
    return 'used_up'
  }
  memory.carried = { ...carried, bytes: carried.bytes + clip.bytes }
  return clip
}

/** Whoever types has shown that they can read; a digit or a pressed button shows nothing. */
export function noteHabit(memory: Memory, input: Input): void {
  const file = input.kind === 'file' && (input.file === 'audio' || input.file === 'voice')
  if (input.kind === 'voice' || file) memory.onlySpeaks ??= true
  else if (input.kind === 'text' && /\p{L}/u.test(input.text)) memory.onlySpeaks = false
}

/**
 * How somebody listens as far as staff may know it: what was chosen, written or heard in a hidden turn does not stand on
 * their page, because it would tell that there was one. `input` is absent for the passing of time.
 */
export function openMemory(
  before: Session | undefined,
  after: Session,
  turn: { readonly hidden: boolean; readonly input?: Input },
): Memory | undefined {
  if (turn.hidden) return before?.openly
  const memory: Memory = { ...before?.openly }
  if (after.answering !== before?.answering) memory.answering = after.answering
  if (turn.input) noteHabit(memory, turn.input)
  const { carried } = after
  if (!carried) return memory
  const known = before?.carried?.month === carried.month ? before.carried.bytes : 0
  const open = memory.carried?.month === carried.month ? memory.carried.bytes : 0
  memory.carried = { month: carried.month, bytes: open + carried.bytes - known }
  return memory
}
