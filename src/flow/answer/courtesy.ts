/** Greetings, thanks and please round what is meant: recognised, and taken off before the rest is read. */
import type { Understanding } from './files.ts'
import type { Heard } from './heard.ts'
import { type Found, makePhrases, type Phrases, phraseAt, wordings } from './phrases.ts'
import { partOf, type Said } from './said.ts'

type Greeting = Extract<Heard, { is: 'greeting' }>['greeting']
type Manner = Greeting | 'thanks' | 'hello_or_thanks' | 'please' | 'more'

/** A message with its courtesy taken off; `core` without words when it was nothing else. */
export type Polite = {
  readonly core: Said
  readonly greeting?: Greeting
  readonly thanks: boolean
  /** "i ni ce": hello when nothing is open, thanks when a question is. */
  readonly eitherWay: boolean
}

export type ReadCourtesy = (said: Said) => Polite

export function makeCourtesy(understanding: Understanding): ReadCourtesy {
  const { greetings, courtesy } = understanding
  const phrases = makePhrases<Manner>([
    ['hello_or_thanks', wordings(courtesy.hello_or_thanks)],
    ['morning', wordings(greetings.morning)],
    ['midday', wordings(greetings.midday)],
    ['afternoon', wordings(greetings.afternoon)],
    ['evening', wordings(greetings.evening)],
    ['any', wordings(greetings.any)],
    ['thanks', wordings(courtesy.thanks)],
    ['please', wordings(courtesy.please)],
    ['more', wordings(courtesy.more)],
  ])
  return (said) => strip(phrases, said)
}

function strip(phrases: Phrases<Manner>, said: Said): Polite {
  const manners: Manner[] = []
  let from = 0
  for (;;) {
    const found = mannerAt(phrases, said, from)
    // "beaucoup" and "bien" are courtesy only after a word of it.
    if (found === undefined || (found.value === 'more' && from === 0)) break
    manners.push(found.value)
    from = found.to
  }
  let to = said.folded.length
  for (let start = Math.max(from + 1, to - 6); start < to; start++) {
    const tail = manners.length
    if (takes(phrases, said, start, manners)) {
      to = start
      break
    }
    manners.length = tail
  }
  const greeting = manners.find(isGreeting)
  const timed = manners.find((manner): manner is Greeting => isGreeting(manner) && manner !== 'any')
  return {
    core: partOf(said, from, to),
    greeting: timed ?? greeting,
    // "i ni ce kosɛbɛ", thank you very much, is no greeting.
    thanks:
      manners.includes('thanks') ||
      manners.some((each, at) => each === 'more' && manners[at - 1] === 'hello_or_thanks'),
    eitherWay: manners.includes('hello_or_thanks'),
  }
}

/** Whether the words from here on are nothing but thanks and please; adds what they are. */
function takes(phrases: Phrases<Manner>, said: Said, start: number, into: Manner[]): boolean {
  for (let at = start; at < said.folded.length; ) {
    const found = mannerAt(phrases, said, at)
    if (found === undefined || isGreeting(found.value) || (found.value === 'more' && at === start))
      return false
    into.push(found.value)
    at = found.to
  }
  return true
}

/** "cc" is a greeting and folds to one letter; the c of "c'est" is none. */
function mannerAt(phrases: Phrases<Manner>, { words, folded }: Said, at: number): Found<Manner> | undefined {
  const found = phraseAt(phrases, folded, at)
  return found && found.to - at === 1 && words[at]?.length === 1 ? undefined : found
}

function isGreeting(manner: Manner): manner is Greeting {
  return manner !== 'thanks' && manner !== 'hello_or_thanks' && manner !== 'please' && manner !== 'more'
}
