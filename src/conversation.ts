/** What ships as files, made ready to talk: the sentences, the flows, the words people use, and the engine over them. */
import type { Recording, Saying } from './core/clip.ts'
import type { Language } from './core/language.ts'
import type { SurveyDefinition } from './core/survey.ts'
import { readPlaces } from './flow/answer/files.ts'
import { formerRegions } from './flow/answer/place.ts'
import { makeVocabulary, type Vocabulary } from './flow/answer/vocabulary.ts'
import type { Flow, FlowBook } from './flow/definition.ts'
import { type Engine, makeEngine } from './flow/engine.ts'
import { type Issue, makeBook, readFlow } from './flow/read.ts'
import { type Gate, isPublished, type Readiness, readinessOf } from './flow/readiness.ts'
import { sayingsOf } from './flow/sayings.ts'
import { readSurvey } from './flow/survey-file.ts'
import type { Shelf, ShippedClip } from './shelf.ts'
import { type LiveLocales, makeLiveLocales, type Rewording } from './text/locale.ts'
import { shelveVoices, type VoiceShelf } from './text/voices.ts'

/** What the office made of the texts: its wordings, its recordings, and what it asks of a flow before it talks. */
export type OfficeTexts = {
  readonly rewording: Rewording
  readonly recordings: readonly Recording[]
  readonly gate: Gate
}

export type Conversation = {
  readonly locales: LiveLocales
  readonly book: FlowBook
  readonly vocabulary: Vocabulary
  readonly engine: Engine
  /** Regions by the one that each was cut from. */
  readonly formerOf: Readonly<Record<string, string>>
  /** The current flows, in the order of their files. */
  readonly flows: readonly Flow[]
  /** Faults of files that could not be read; a house does not open on them. */
  readonly issues: readonly Issue[]
  /** Everything there is to be read aloud. */
  readonly sayings: readonly Saying[]
  /** Surveys that ship, to be filled in by staff. */
  readonly surveys: readonly SurveyDefinition[]
  readonly voices: () => VoiceShelf
  /** Recordings that ship. */
  readonly clips: readonly ShippedClip[]
  /** How far every flow is in every language. */
  readonly readiness: () => readonly Readiness[]
  /** From here on the conversation talks as the office has it, in the middle of whatever is being said. */
  retell(texts: OfficeTexts): void
}

/** `older` are versions of flows in which somebody's session may still stand. */
export function makeConversation(shelf: Shelf, older: readonly Flow[] = []): Conversation {
  const locales = makeLiveLocales(shelf.locales)
  const read = shelf.flows.map(({ name, text }) => readFlow(name, text))
  const flows = read.flatMap(({ flow }) => flow ?? [])
  const book = makeBook(flows, older)
  const vocabulary = makeVocabulary(shelf)
  const sayings = sayingsOf(book)
  const state = (voices: VoiceShelf, gate: Gate) => {
    const readiness = readinessOf(book, sayings, {
      isReviewed: (language, key) => isReviewed(locales, language, key),
      isRecorded: (language, saying) => voices.state(language, saying) === 'ready',
    })
    const shut = new Set(
      readiness.filter((one) => !isPublished(one, gate)).map(({ flow, language }) => `${language} ${flow}`),
    )
    // Made anew each time, because an engine remembers the labels of choices.
    const engine = makeEngine({
      book,
      vocabulary,
      label: (text, language) => (locales.has(language, text) ? locales.t(language, text) : undefined),
      wording: (text, language) => locales.wording(language, text),
      voices,
      published: (flow, language) => !shut.has(`${language} ${flow}`),
    })
    return { voices, readiness, engine }
  }
  let now = state(shelveVoices(locales, sayings, shelf.clips), {})
  return {
    locales,
    book,
    vocabulary,
    engine: {
      respond: (session, input, situation, world) => now.engine.respond(session, input, situation, world),
    },
    flows,
    issues: read.flatMap(({ issues }) => issues),
    formerOf: formerRegions(readPlaces(shelf.places)),
    sayings,
    surveys: shelf.surveys.map(shippedSurvey),
    clips: shelf.clips,
    voices: () => now.voices,
    readiness: () => now.readiness,
    retell({ rewording, recordings, gate }) {
      locales.reword(rewording)
      now = state(shelveVoices(locales, sayings, [...shelf.clips, ...recordings]), gate)
    },
  }
}

/** What ships is read by the tests; a file that somebody changed on this machine must be one still. */
function shippedSurvey(text: string): SurveyDefinition {
  const read = readSurvey(text)
  if (!('definition' in read)) throw new Error(`a survey that ships cannot be read: ${read.fault} ${read.at}`)
  return read.definition
}

/** French and English ship as the programme wrote them; what is graded, or worded anew, somebody must have read. */
function isReviewed(locales: LiveLocales, language: Language, key: string): boolean {
  return locales
    .forms(language, key)
    .every(
      ({ certainty, reviewer }) => Boolean(reviewer) || (certainty === undefined && reviewer === undefined),
    )
}
