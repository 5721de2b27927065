/** What there is to be read aloud: every sentence that a flow or the conversation itself says, with the list under it. */
import { createHash } from 'node:crypto'
import type { Saying } from '../core/clip.ts'
import type { FlowBook, Step } from './definition.ts'
import { besideFlows, sentences } from './sentences.ts'
import { choicesOf, yesNo } from './steps/ask.ts'
import { textsOf } from './texts-of.ts'

type Heard = { readonly key: string; readonly choices: readonly string[]; readonly flow?: string }

/** Parts of other sentences: read aloud with those, never by themselves. */
const partsOfOthers: ReadonlySet<string> = new Set([
  ...[sentences.yes, sentences.no],
  ...[sentences.stateOpen, sentences.stateWaiting, sentences.stateAnswered, sentences.stateClosed],
])

/** All of them, by key. A sentence that stands over several lists is several sayings, each recorded for itself. */
export function sayingsOf(book: FlowBook): readonly Saying[] {
  const heard: Heard[] = [...Object.values(sentences), ...Object.values(besideFlows)]
    .filter((key) => !partsOfOthers.has(key))
    .map((key) => ({ key, choices: key === sentences.doubt ? keysOf(yesNo) : [] }))
  for (const flow of book.keys()) {
    for (const step of book.current(flow)?.steps ?? []) heard.push(...saidBy(step, flow))
  }
  const lists = new Map<string, Map<string, Heard[]>>()
  for (const one of heard) {
    const ofKey = lists.get(one.key) ?? new Map<string, Heard[]>()
    const list = one.choices.join(' ')
    lists.set(one.key, ofKey.set(list, [...(ofKey.get(list) ?? []), one]))
  }
  return [...lists]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, ofKey]) =>
      [...ofKey].map(([list, all]) => ({
        id: ofKey.size === 1 ? key : `${key}-${createHash('sha256').update(list).digest('hex').slice(0, 6)}`,
        key,
        choices: all[0]?.choices ?? [],
        flows: [...new Set(all.flatMap(({ flow }) => flow ?? []))],
      })),
    )
}

function saidBy(step: Step, flow: string): Heard[] {
  if (!('ask' in step)) return textsOf(step).map((key) => ({ key, choices: [], flow }))
  const beside = [step.help, step.silence?.say].filter((key) => key !== undefined)
  return [
    { key: step.text, choices: keysOf(choicesOf(step)), flow },
    ...beside.map((key) => ({ key, choices: [], flow })),
  ]
}

function keysOf(choices: readonly { readonly text: string }[]): readonly string[] {
  return choices.map(({ text }) => text)
}
