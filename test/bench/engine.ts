/** How fast the engine is by itself: a walk through the menu with the flows and words that ship, on one core. */
import { referenceOf } from '../../src/core/reference.ts'
import { makeVocabulary } from '../../src/flow/answer/vocabulary.ts'
import { makeEngine } from '../../src/flow/engine.ts'
import { makeBook, readFlow } from '../../src/flow/read.ts'
import type { Input, Session, Situation } from '../../src/flow/session.ts'
import { readShelf } from '../../src/shelf.ts'
import { makeLocales } from '../../src/text/locale.ts'
import type { World } from '../../src/world.ts'

/** A need from the greeting to its record, then the menu again. */
const walk = ['bonjour', '2', '1', 'mon enfant est très malade depuis hier', '1', '0', '6', '0']

const rounds = 1_000
const measures = 12

/** Turns a second of one engine in this process, after it has warmed up: the best of a dozen measures, as other work disturbs. */
export function engineTurnsPerSecond(): number {
  const shelf = readShelf()
  const locales = makeLocales(shelf.locales as Parameters<typeof makeLocales>[0])
  const engine = makeEngine({
    book: makeBook(shelf.flows.flatMap(({ name, text }) => readFlow(name, text).flow ?? [])),
    vocabulary: makeVocabulary(shelf),
    label: (text, language) => (locales.has(language, text) ? locales.t(language, text) : undefined),
    wording: (text, language) => locales.wording(language, text),
  })
  const now = new Date('2026-03-02T09:00:00Z')
  let count = 0
  const world: World = { now, id: () => `id-${count++}`, reference: () => referenceOf(count++ % 10_000_000) }
  const situation: Situation = {
    now,
    language: 'fr',
    consent: { keep_data: 'given' },
    known: true,
    shared: false,
    minor: false,
    stopped: 'no',
    requests: [],
    duty: false,
    office: { open: true, opensAt: now },
    daysFor: () => 5,
  }
  const measure = (): number => {
    let session: Session | undefined
    const began = process.hrtime.bigint()
    for (let round = 0; round < rounds; round += 1) {
      session = undefined
      for (const text of walk) {
        const input: Input = { kind: 'text', message: 'message', text, sentAt: now }
        session = engine.respond(session, input, situation, world).session
      }
    }
    const seconds = Number(process.hrtime.bigint() - began) / 1e9
    return Math.round((rounds * walk.length) / seconds)
  }
  measure()
  return Math.max(...Array.from({ length: measures }, measure))
}
