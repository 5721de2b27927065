/** What ships as files, made ready to talk: the sentences, the flows, the words people use, and the engine over them. */
import { makeVocabulary, type Vocabulary } from './flow/answer/vocabulary.ts'
import type { Flow, FlowBook } from './flow/definition.ts'
import { type Engine, makeEngine } from './flow/engine.ts'
import { type Issue, makeBook, readFlow } from './flow/read.ts'
import type { Shelf } from './shelf.ts'
import { type Locales, makeLocales } from './text/locale.ts'

export type Conversation = {
  readonly locales: Locales
  readonly book: FlowBook
  readonly vocabulary: Vocabulary
  readonly engine: Engine
  /** The current flows, in the order of their files. */
  readonly flows: readonly Flow[]
  /** Faults of files that could not be read; a house does not open on them. */
  readonly issues: readonly Issue[]
}

/** `older` are versions of flows in which somebody's session may still stand. */
export function makeConversation(shelf: Shelf, older: readonly Flow[] = []): Conversation {
  const locales = makeLocales(shelf.locales)
  const read = shelf.flows.map(({ name, text }) => readFlow(name, text))
  const flows = read.flatMap(({ flow }) => flow ?? [])
  const book = makeBook(flows, older)
  const vocabulary = makeVocabulary(shelf)
  const engine = makeEngine({
    book,
    vocabulary,
    label: (text, language) => (locales.has(language, text) ? locales.t(language, text) : undefined),
    wording: (text, language) => locales.wording(language, text),
  })
  return { locales, book, vocabulary, engine, flows, issues: read.flatMap(({ issues }) => issues) }
}
