/**
 * The recordings of sentences, each tied to the words it says: a sentence that was changed since is not played. A sentence
 * with fields is recorded without them ("your number stands below"): what a machine fills in is read under the recording.
 */
import type { Clip, Recording, Saying } from '../core/clip.ts'
import { type Language, languages } from '../core/language.ts'
import { hashOfWords, type Locales } from './locale.ts'

/** How a saying stands in a language. `stale`: there is a recording, of other words. */
export type VoiceState = 'none' | 'stale' | 'ready'

export type VoiceShelf = {
  clip(language: Language, key: string, choices: readonly string[]): Clip | undefined
  any(language: Language): boolean
  state(language: Language, saying: Saying): VoiceState
}

/** What is to be read aloud of a saying, line by line; of forms for numbers the one for many, then the one for one. */
export function linesOf(locales: Locales, language: Language, { key, choices }: Saying): readonly string[] {
  const said = locales.forms(language, key).map(({ text }) => text)
  const listed = choices.map((choice, place) => `${place + 1} ${locales.t(language, choice)}`)
  return [...said.reverse(), ...listed]
}

/** Hash of the words of a saying: what ties a recording to them. */
export function wordingOf(locales: Locales, language: Language, saying: Saying): string {
  return hashOfWords(linesOf(locales, language, saying).join('\n'))
}

/** Of several recordings of one saying the last given counts. */
export function shelveVoices(
  locales: Locales,
  sayings: readonly Saying[],
  recordings: readonly Recording[],
): VoiceShelf {
  const last = new Map(recordings.map((one) => [`${one.language} ${one.saying}`, one]))
  const ready = new Map<string, Clip>()
  const states = new Map<string, VoiceState>()
  for (const language of languages) {
    for (const saying of sayings) {
      const recording = last.get(`${language} ${saying.id}`)
      // Taken away: nothing is played, whatever shipped.
      if (!recording || recording.bytes === 0) continue
      const fits = recording.wording === wordingOf(locales, language, saying)
      states.set(`${language} ${saying.id}`, fits ? 'ready' : 'stale')
      const { media, bytes, seconds } = recording
      if (fits) ready.set(place(language, saying.key, saying.choices), { media, bytes, seconds })
    }
  }
  const speaking = new Set([...ready.keys()].map((key) => key.split(' ')[0]))
  return {
    clip: (language, key, choices) => ready.get(place(language, key, choices)),
    any: (language) => speaking.has(language),
    state: (language, { id }) => states.get(`${language} ${id}`) ?? 'none',
  }
}

function place(language: Language, key: string, choices: readonly string[]): string {
  return `${language} ${key} ${choices.join(' ')}`
}
