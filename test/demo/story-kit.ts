/** The story of the demo office as tests tell it, once for each file. */
import { createHmac } from 'node:crypto'
import { makeConversation } from '../../src/conversation.ts'
import type { DemoRow, DemoTable } from '../../src/demo/ledger.ts'
import { type Story, tellStory } from '../../src/demo/story.ts'
import { readPlaces } from '../../src/flow/answer/files.ts'
import { readShelf } from '../../src/shelf.ts'

export const shelf = readShelf()
export const conversation = makeConversation(shelf)
const places = readPlaces(shelf.places)

/** Monday noon, a working day. */
export const now = new Date('2026-11-23T12:00:00Z')

export function tell(more: { readonly now?: Date; readonly seed?: string } = {}): Story {
  const hash = (kind: string, value: string) =>
    createHmac('sha256', 'story').update(`${kind}|${value}`).digest().subarray(0, 17)
  return tellStory({ ...conversation, places, hash, now, seed: 'baro', ...more })
}

export function rowsOf({ ledger }: Story, table: DemoTable): readonly DemoRow[] {
  return [...(ledger.tables.get(table)?.values() ?? [])]
}

/** How often each value stands in a column. */
export function countBy(rows: readonly DemoRow[], column: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { plain } of rows) {
    const value = String(plain[column] ?? '')
    counts[value] = (counts[value] ?? 0) + 1
  }
  return counts
}
