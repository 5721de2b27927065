/** The vocabulary that ships, made once for all tests of understanding, and short ways to ask it. */
import type { Language } from '../../../src/core/language.ts'
import { readUnderstanding } from '../../../src/flow/answer/files.ts'
import type { Expected, Heard } from '../../../src/flow/answer/heard.ts'
import { makeVocabulary } from '../../../src/flow/answer/vocabulary.ts'
import type { Answer } from '../../../src/flow/session.ts'
import { readShelf } from '../../../src/shelf.ts'

export const shelf = readShelf()
export const understanding = readUnderstanding(shelf.understanding)
export const vocabulary = makeVocabulary(shelf)

/** A Tuesday, ten in the morning in Bamako. */
export const now = new Date('2026-02-10T10:00:00Z')

export function expecting(ask: Expected['ask'], more: Partial<Expected> = {}): Expected {
  return { ask, strict: false, optional: false, ...more }
}

/** A list whose labels are French, Bambara, English. */
export function list(
  ...choices: readonly (readonly [
    value: string,
    labels: readonly [string, string, string],
    words?: string[],
  ])[]
): Expected {
  return expecting('choice', {
    choices: choices.map(([value, [fr, bm, en], words]) => ({ value, labels: { fr, bm, en }, words })),
  })
}

export function hear(text: string, expected?: Expected, language: Language = 'fr'): Heard {
  return vocabulary.hear(text, expected, language, now)
}

/** The answer alone, freed of its wrapping; what is no answer comes back as it was heard. */
export function answerTo(expected: Expected, text: string, language: Language = 'fr'): Answer | Heard {
  const heard = hear(text, expected, language)
  return heard.is === 'answer' ? heard.answer : heard
}

/** The value of a coded, counted, dated or written answer; undefined for everything else. */
export function kept(expected: Expected, text: string, language: Language = 'fr'): unknown {
  const answer = answerTo(expected, text, language)
  return 'value' in answer && answer.is !== 'doubt' ? answer.value : undefined
}

export const menu = list(
  ['followup', ['Suivi de mon dossier', 'N ka dosiye kɔlɔsili', 'Follow-up on my case']],
  ['need', ['Dire un besoin', 'N mago fɔ', 'Report a need']],
  [
    'problem',
    [
      'Dire un problème ou donner un avis',
      'Gɛlɛya walima hakilina fɔ',
      'Report a problem or give an opinion',
    ],
    ['problem', 'complaint'],
  ],
  ['info', ['Demander une information', 'Kunnafoni ɲini', 'Ask for information'], ['information']],
  ['person', ['Parler à une personne', 'Ka kuma ni mɔgɔ ye', 'Talk to a person'], ['call']],
  ['more', ['Autre chose', 'Dɔ wɛrɛ', 'Something else'], ['other']],
)

export const needs = list(
  ['health', ['Santé', 'Kɛnɛya', 'Health']],
  ['food', ['Nourriture', 'Dumuni', 'Food']],
  ['housing', ['Logement', 'Sigiyɔrɔ', 'Housing']],
  ['work', ['Travail, commerce', 'Baara, jago', 'Work, business']],
  ['training', ['Formation', 'Baarakalan', 'Training']],
  ['school', ['École', 'Lakɔli', 'School']],
  ['papers', ['Papiers', 'Sɛbɛnw', 'Papers']],
  ['family', ['Famille', 'Denbaya', 'Family']],
  ['worries', ['Soucis, peur', 'Hami, siran', 'Worries, fear']],
  ['other', ['Autre', 'Dɔ wɛrɛ', 'Other']],
)

/** Ways of typing Bambara without its letters, as people with French habits do (domain notes 6.2). */
export const typists: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll('ɛ', 'e').replaceAll('ɔ', 'o').replaceAll('ɲ', 'ny').replaceAll('ŋ', 'n'),
  (text) => text.replaceAll('ɛ', 'è').replaceAll('ɔ', 'ô').replaceAll('ɲ', 'gn').replaceAll('ŋ', 'n'),
  (text) => text.replaceAll('ɛ', 'é').replaceAll('ɔ', 'o').replaceAll('ɲ', 'ny').replaceAll('j', 'dj'),
  (text) => text.replaceAll('u', 'ou').replaceAll('ɛ', 'e').replaceAll('ɔ', 'o').replaceAll('c', 'tch'),
  (text) => text.toUpperCase(),
  (text) => text.replaceAll("'", '’'),
  (text) => text.replaceAll("'", ' '),
  (text) => text.replaceAll("'", ''),
  (text) => text.normalize('NFD'),
]
