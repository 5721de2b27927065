/**
 * Danger phrases: whole words, exact after folding. All phrases stand in one tree of words, so a message is walked once
 * whatever their number. What the file says is often typed for a word counts as that word. An apostrophe, and the gap after a lone n (n yɛrɛ), may be typed as nothing or as a space.
 */
import { type Danger, type DangerKind, dangerKinds } from '../../core/danger.ts'
import type { DangerFile } from './files.ts'
import { apart, foldPlain, plain } from './fold.ts'
import type { ReadNumber } from './number.ts'
import { partOf, readWords, type Said } from './said.ts'

export type ReadDanger = (text: string, said: Said) => Danger | undefined

/** What a phrase says once its last word is reached. */
type Reached = { danger?: Danger; lookAlike?: boolean; negator?: boolean }
type Node = Reached & { readonly next: Map<string, Node> }

/** Number words stand for whole numbers of a range; the file says which by name. */
const ranges = { age: [5, 17], teen: [12, 17], n: [0, 999] } as const
type Range = keyof typeof ranges
const placeholder = /^\{(age|teen|n)\}$/
/** A number in words takes four at most: tan ni wɔɔrɔ, quatre-vingt-dix. */
const longestNumber = 4

const apostrophe = /['`\u2019\u02bc\u2018\u00b4\u2032\uff07\u02b9\u02bb]/

/** A word as it is folded, and what is typed for it. */
type Typed = ReadonlyMap<string, readonly string[]>

type Span = { readonly from: number; readonly to: number }

export function makeDanger(file: DangerFile, numbers: ReadNumber): ReadDanger {
  const root: Node = { next: new Map() }
  const typed: Typed = new Map(
    Object.entries(file.typed).map(([word, ways]) => [
      foldPlain(plain(word)),
      ways.map((way) => foldPlain(plain(way))),
    ]),
  )
  const plant = (phrase: string, reached: Reached) => plantIn(root, spellings(phrase, typed), reached)
  for (const kind of dangerKinds) {
    const { strong, weak, lookAlikes } = file.kinds[kind]
    for (const phrase of inAll(strong)) plant(phrase, { danger: { kind, strength: 'strong' } })
    for (const phrase of inAll(weak)) plant(phrase, { danger: { kind, strength: 'weak' } })
    for (const phrase of lookAlikes) plant(phrase, { lookAlike: true })
  }
  for (const phrase of inAll(file.negators)) plant(phrase, { negator: true })
  return (text, said) => {
    const found = walk(root, said, numbers)
    if (!apostrophe.test(text)) return found
    const joined = readWords(plain(text).replaceAll("'", ''))
    return graver(found, walk(root, joined, numbers))
  }
}

function inAll({ fr, en, bm }: { fr: string[]; en: string[]; bm: string[] }): readonly string[] {
  return [...fr, ...en, ...bm]
}

/** Adds every way in which a phrase may be typed; of two dangers at one place the graver stays. */
function plantIn(root: Node, ways: readonly (readonly string[])[], reached: Reached): void {
  for (const words of ways) {
    let node = root
    for (const word of words) {
      const next = node.next.get(word) ?? { next: new Map() }
      node.next.set(word, next)
      node = next
    }
    const danger = graver(node.danger, reached.danger)
    Object.assign(node, reached, danger === undefined ? {} : { danger })
  }
}

/** A phrase as words, once for every choice of gap or no gap, and of a word or what is typed for it. */
function spellings(phrase: string, typed: Typed): readonly (readonly string[])[] {
  let ways: string[] = ['']
  const pieces = phrase.replace(/[\u2019]/g, "'").split(/(?<=')|\s+/)
  for (const [at, piece] of pieces.entries()) {
    const soft = piece.endsWith("'") || plain(piece) === 'n'
    const written = placeholder.test(piece) ? piece : plain(piece)
    const last = at === pieces.length - 1
    ways = ways.flatMap((way) =>
      last ? [way + written] : soft ? [way + written, `${way + written} `] : [`${way + written} `],
    )
  }
  const folded = ways.map((way) =>
    way.split(' ').map((word) => (placeholder.test(word) ? word : foldPlain(apart(word)))),
  )
  const all = folded.flatMap((words) => wordings(words, typed))
  return [...new Map(all.map((words) => [words.join(' '), words])).values()]
}

function wordings(words: readonly string[], typed: Typed): readonly (readonly string[])[] {
  return words.reduce<readonly (readonly string[])[]>(
    (ways, word) => ways.flatMap((way) => [word, ...(typed.get(word) ?? [])].map((one) => [...way, one])),
    [[]],
  )
}

function walk(root: Node, said: Said, numbers: ReadNumber): Danger | undefined {
  const dangers: (Span & { readonly danger: Danger })[] = []
  const lookAlikes: Span[] = []
  const negatedFrom: number[] = []
  const reach = (node: Node, from: number, to: number): void => {
    if (node.danger !== undefined) dangers.push({ from, to, danger: node.danger })
    if (node.lookAlike === true) lookAlikes.push({ from, to })
    if (node.negator === true) negatedFrom.push(to)
    const next = node.next.get(said.folded[to] ?? '')
    if (next !== undefined) reach(next, from, to + 1)
    for (const range of rangesOf(node)) {
      const number = numberAt(said, to, numbers, ranges[range])
      const after = node.next.get(`{${range}}`)
      if (number !== undefined && after !== undefined) reach(after, from, number)
    }
  }
  for (let from = 0; from < said.folded.length; from++) {
    const first = root.next.get(said.folded[from] ?? '')
    if (first !== undefined) reach(first, from, from + 1)
  }
  let gravest: Danger | undefined
  for (const { from, to, danger } of dangers) {
    if (lookAlikes.some((span) => span.from <= from && span.to >= to)) continue
    if (danger.strength === 'weak' && negatedFrom.includes(from)) continue
    gravest = graver(gravest, danger)
  }
  return gravest
}

const noRange: readonly Range[] = []
const rangeNames = ['age', 'teen', 'n'] as const satisfies readonly Range[]

function rangesOf(node: Node): readonly Range[] {
  if (node.next.size === 0) return noRange
  return rangeNames.filter((range) => node.next.has(`{${range}}`))
}

/** Where the number that begins at a word ends, if it lies in the range. */
function numberAt(
  said: Said,
  from: number,
  numbers: ReadNumber,
  [least, most]: readonly [number, number],
): number | undefined {
  for (let to = Math.min(said.words.length, from + longestNumber); to > from; to--) {
    const value = numbers.whole(partOf(said, from, to))
    if (value !== undefined) return value >= least && value <= most ? to : undefined
  }
  return undefined
}

/** Strong before weak, then in the order of the kinds. */
function graver(a: Danger | undefined, b: Danger | undefined): Danger | undefined {
  if (a === undefined || b === undefined) return a ?? b
  if (a.strength !== b.strength) return a.strength === 'strong' ? a : b
  return rank(a.kind) <= rank(b.kind) ? a : b
}

function rank(kind: DangerKind): number {
  return dangerKinds.indexOf(kind)
}
