/** What several people said alike lately, as suggestions; and one rumour with all that belongs to it. */
import { type Cluster, clustersOf, type Saying } from '../core/rumour.ts'
import type { Staff } from '../core/staff.ts'
import { apart, foldPlain, plain } from '../flow/answer/fold.ts'
import { type FeedbackLine, feedbackLines } from '../store/feedback.ts'
import { listRumours, loadRumour, type RumourLine } from '../store/rumour.ts'
import type { ConsoleParts } from './parts.ts'

type Parts = Pick<ConsoleParts, 'database' | 'clock'>

/** What is looked through for likeness, in days that one may choose. */
export const windows = [7, 14, 30] as const
export type Window = (typeof windows)[number]

/** Each is compared with each: beyond so many the newest must do. */
const mostCompared = 1500
const mostRumours = 50
const mostSayings = 500
const day = 86_400_000

/** Sayings that belong together. */
export type Suggestion = {
  /** What stands in no rumour yet, the newest first. */
  readonly lines: readonly FeedbackLine[]
  /** How many more it is than these lines. */
  readonly more: number
  readonly tellers: number
  readonly shared: readonly string[]
  /** The rumour that some of it belongs to. */
  readonly rumour?: RumourLine
}

export type Rumours = {
  readonly days: Window
  readonly suggestions: readonly Suggestion[]
  /** How many more there are, of fewer people each. */
  readonly later: number
  readonly rumours: readonly RumourLine[]
}

/** So many are read at once, and so many lines of them; the others come once these are put together. */
const suggestedAtOnce = 8
const linesAtOnce = 40

/** Suggestions are what nobody put together yet, wholly or in part. */
export async function loadRumours(parts: Parts, staff: Staff, days: Window): Promise<Rumours> {
  const { database, clock } = parts
  const from = new Date(clock.now().getTime() - days * day)
  const [lines, rumours] = await Promise.all([
    recent(database, staff, from),
    listRumours(database.prisma, mostRumours),
  ])
  const byId = new Map(lines.map((line) => [line.id, line]))
  const suggestions = clustersOf(lines.map(sayingOf))
    .map((cluster) => suggestionOf(cluster, byId, rumours))
    .filter(({ lines: fresh }) => fresh.length > 0)
  const shown = firstOf(suggestions)
  return { days, suggestions: shown, later: suggestions.length - shown.length, rumours }
}

/** The first of them that can be read at once; of one that is longer by itself its newest lines. */
function firstOf(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  let lines = 0
  return suggestions.slice(0, suggestedAtOnce).flatMap((one, place) => {
    lines += one.lines.length
    if (place > 0 && lines > linesAtOnce) return []
    const read = one.lines.slice(0, linesAtOnce)
    return [{ ...one, lines: read, more: one.lines.length - read.length }]
  })
}

/** One with what was said; fails with `rumour:not_found`. */
export async function loadRumourView({ database }: Parts, staff: Staff, id: string) {
  const rumour = await loadRumour(database.prisma, id)
  const lines: FeedbackLine[] = []
  for await (const line of feedbackLines(database, staff, { rumour: rumour.id })) {
    if (lines.push(line) === mostSayings) break
  }
  return { rumour, lines }
}

/** What may be a rumour: thanks are alike everywhere, and what became a request is answered there. */
async function recent(database: Parts['database'], staff: Staff, from: Date): Promise<FeedbackLine[]> {
  const lines: FeedbackLine[] = []
  for await (const line of feedbackLines(database, staff, { from: from.toISOString().slice(0, 10) })) {
    if (line.kind === 'praise' || line.text === undefined || line.request || line.at < from) continue
    if (lines.push(line) === mostCompared) break
  }
  return lines
}

function suggestionOf(
  { sayings, tellers, shared }: Cluster,
  byId: ReadonlyMap<string, FeedbackLine>,
  rumours: readonly RumourLine[],
): Suggestion {
  const all = sayings.flatMap(({ id }) => byId.get(id) ?? [])
  const known = all.find(({ rumour }) => rumour !== undefined)?.rumour
  const lines = all.filter(({ rumour }) => rumour === undefined)
  return { lines, more: 0, tellers, shared, rumour: rumours.find(({ id }) => id === known) }
}

function sayingOf({ id, text = '', teller = id, at }: FeedbackLine): Saying {
  return { id, teller, at, words: wordsOf(text) }
}

/** "2 000" is one number, and one thing is not another than many. */
function wordsOf(text: string): readonly string[] {
  const numbered = apart(plain(text)).replace(/(?<=\d) (?=\d{3}\b)/g, '')
  return numbered.split(' ').map((word) => foldPlain(word).replace(/(?<=...)s$/, ''))
}
