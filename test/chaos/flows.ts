/** Flows and words for the chaos run: every number that somebody sends is answered with that number. */
import { readShelf, type Shelf } from '../../src/shelf.ts'

const welcome = `
flow: welcome
version: 1
about: Answers each number with itself, for ever.
steps:
  - id: number
    ask: number
    text: chaos.again
    keep: n
  - id: heard
    say: chaos.heard
    next: number
`

/** What the answer to a number says; the provider counts these. */
export const heard = (n: number) => `Reçu ${n}.`

/** The shipped words and sentences, and instead of the shipped flows the one above. */
export function chaosShelf(): Shelf {
  const shelf = readShelf()
  const chaos = { heard: 'Reçu {n}.', again: 'Encore un nombre ?' }
  const { fr, bm, en } = shelf.locales
  return {
    ...shelf,
    flows: [{ name: 'welcome', text: welcome }],
    locales: { fr: { ...fr, chaos }, bm: { ...bm, chaos }, en: { ...en, chaos } },
  }
}
