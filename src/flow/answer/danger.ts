/**
 * Danger phrases: whole words, exact after folding. All phrases stand in one net of words, in which what is often typed
 * (danger-phrase.ts) leads to the same places, so a message is walked once whatever their number.
 */
import { type Danger, type DangerKind, dangerKinds } from '../../core/danger.ts'
import { makeWritings, type Writings } from './danger-phrase.ts'
import type { DangerFile } from './files.ts'
import { plain } from './fold.ts'
import type { ReadNumber } from './number.ts'
import { partOf, readWords, type Said } from './said.ts'

export type ReadDanger = {
  (text: string, said: Said): Danger | undefined
  /** How old a child says that they are: the number in a phrase of the danger `child`. */
  readonly years: (text: string, said: Said) => number | undefined
}

/** What a phrase says once its last word is reached. */
type Reached = { danger?: Danger; lookAlike?: boolean; negator?: boolean }
/** `own`: the words of phrases; `next`: what leads on, those and what is typed for them. */
type Node = Reached & { readonly own: Map<string, Node>; readonly next: Map<string, Node[]> }

/** Number words stand for whole numbers of a range; the file says which by name. */
const ranges = { age: [5, 17], teen: [12, 17], n: [0, 999], sum: [500, 100_000_000] } as const
type Range = keyof typeof ranges
/** A number in words takes four at most: tan ni wɔɔrɔ, quatre-vingt-dix. */
const longestNumber = 4

const apostrophe = /['`\u2019\u02bc\u2018\u00b4\u2032\uff07\u02b9\u02bb]/
/** "15ans" is typed for "15 ans". */
const glued = /(?<=\d)(?=[a-z])/g

type Span = { readonly from: number; readonly to: number }
/** A phrase that was said, and the number in it. */
type Find = { readonly danger: Danger; readonly years?: number }

export function makeDanger(file: DangerFile, numbers: ReadNumber): ReadDanger {
  const root: Node = { own: new Map(), next: new Map() }
  const writings = makeWritings(file)
  const plant = (phrase: string, reached: Reached) => plantIn(root, phrase, writings, reached)
  for (const kind of dangerKinds) {
    const { strong, weak, lookAlikes } = file.kinds[kind]
    for (const phrase of inAll(strong)) plant(phrase, { danger: { kind, strength: 'strong' } })
    for (const phrase of inAll(weak)) plant(phrase, { danger: { kind, strength: 'weak' } })
    for (const phrase of lookAlikes) plant(phrase, { lookAlike: true })
  }
  for (const phrase of inAll(file.negators)) plant(phrase, { negator: true })
  const look = (said: Said) => walk({ root, fillers: writings.fillers, numbers }, said)
  const findsIn = (text: string, said: Said): readonly Find[] => {
    const joined = apostrophe.test(text) ? readWords(plain(text).replaceAll("'", '')) : said
    const parted = joined.words.join(' ')
    const unglued = parted.replace(glued, ' ')
    const ways = [
      said,
      ...(joined === said ? [] : [joined]),
      ...(unglued === parted ? [] : [readWords(unglued)]),
    ]
    return ways.flatMap(look)
  }
  const read = (text: string, said: Said) =>
    findsIn(text, said).reduce<Danger | undefined>(
      (gravest, { danger }) => graver(gravest, danger),
      undefined,
    )
  const years = (text: string, said: Said) =>
    findsIn(text, said).find((one) => one.danger.kind === 'child' && one.years !== undefined)?.years
  return Object.assign(read, { years })
}

function inAll({ fr, en, bm }: { fr: string[]; en: string[]; bm: string[] }): readonly string[] {
  return [...fr, ...en, ...bm]
}

/** Adds every way in which a phrase may be typed; of two dangers at one place the graver stays. */
function plantIn(root: Node, phrase: string, { writings, typedAt }: Writings, reached: Reached): void {
  for (const words of writings(phrase)) {
    const path = [root]
    for (const word of words) path.push(own(path.at(-1) ?? root, word))
    for (const place of words.keys()) {
      const from = path[place]
      for (const { many, way } of typedAt(words, place)) {
        const to = path[place + many]
        if (from && to) detour(from, way, to)
      }
    }
    const end = path.at(-1) ?? root
    const danger = graver(end.danger, reached.danger)
    Object.assign(end, reached, danger === undefined ? {} : { danger })
  }
}

/** Where a word of a phrase leads. */
function own(node: Node, word: string): Node {
  const known = node.own.get(word)
  if (known) return known
  const made: Node = { next: new Map(), own: new Map() }
  node.own.set(word, made)
  lead(node, word, made)
  return made
}

/** Other words that lead from one place to another. */
function detour(from: Node, way: readonly string[], to: Node): void {
  const before = way.slice(0, -1).reduce(own, from)
  const last = way.at(-1)
  if (last !== undefined) lead(before, last, to)
}

function lead(from: Node, word: string, to: Node): void {
  const known = from.next.get(word)
  if (known === undefined) from.next.set(word, [to])
  else if (!known.includes(to)) known.push(to)
}

type Net = { readonly root: Node; readonly fillers: ReadonlySet<string>; readonly numbers: ReadNumber }

function walk({ root, fillers, numbers }: Net, said: Said): readonly Find[] {
  const dangers: (Span & Find)[] = []
  const lookAlikes: Span[] = []
  const negatedFrom: number[] = []
  const reach = (node: Node, from: number, to: number, years?: number): void => {
    if (node.danger !== undefined) {
      dangers.push({ from, to, danger: node.danger, ...(years === undefined ? {} : { years }) })
    }
    if (node.lookAlike === true) lookAlikes.push({ from, to })
    if (node.negator === true) negatedFrom.push(to)
    goOn(node, from, to, years)
  }
  const goOn = (node: Node, from: number, to: number, years?: number): void => {
    const word = said.folded[to] ?? ''
    for (const next of node.next.get(word) ?? none) reach(next, from, to + 1, years)
    // "je veux vraiment mourir": what is put between the words changes nothing.
    if (fillers.has(word)) goOn(node, from, to + 1, years)
    for (const range of rangesOf(node)) {
      const number = numberAt(said, to, numbers, ranges[range])
      if (number === undefined) continue
      for (const after of node.next.get(`{${range}}`) ?? none) reach(after, from, number.to, number.value)
    }
  }
  for (let from = 0; from < said.folded.length; from++) {
    for (const first of root.next.get(said.folded[from] ?? '') ?? none) reach(first, from, from + 1)
  }
  return dangers.filter(({ from, to, danger }) => {
    if (lookAlikes.some((span) => span.from <= from && span.to >= to)) return false
    return danger.strength === 'strong' || !negatedFrom.includes(from)
  })
}

const none: readonly Node[] = []
const noRange: readonly Range[] = []
const rangeNames = ['age', 'teen', 'n', 'sum'] as const satisfies readonly Range[]

function rangesOf(node: Node): readonly Range[] {
  if (node.next.size === 0) return noRange
  return rangeNames.filter((range) => node.next.has(`{${range}}`))
}

/** The number that begins at a word and where it ends, if it lies in the range. */
function numberAt(
  said: Said,
  from: number,
  numbers: ReadNumber,
  [least, most]: readonly [number, number],
): { readonly to: number; readonly value: number } | undefined {
  for (let to = Math.min(said.words.length, from + longestNumber); to > from; to--) {
    const value = numbers.whole(partOf(said, from, to))
    if (value !== undefined) return value >= least && value <= most ? { to, value } : undefined
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
