/** What is new to a reader since they last looked: where it begins in a conversation stays while the page is open. */
import type { Item } from './view.ts'

export type Since = { readonly at: Date; readonly reader: string }

/** The first thing that the person or a colleague said, or noted, after that; the machine is no news. */
export function firstNew(items: readonly Item[], since: Since | undefined): string | undefined {
  if (!since) return undefined
  return items.find((item) => item.at > since.at && item.staff !== since.reader && isNews(item))?.id
}

function isNews(item: Item): boolean {
  return item.type === 'said' ? item.from !== 'machine' : item.happening.type === 'note_written'
}

/** As an address of the conversation carries it, so that fetching it again draws the line in the same place. */
export function sinceQuery(since: Since | undefined): string {
  return since ? `&since=${since.at.getTime()}` : ''
}

export function readSince(query: unknown, reader: string): Since | undefined {
  const { since } = query as { since?: unknown }
  return typeof since === 'string' && /^\d{12,14}$/.test(since)
    ? { at: new Date(Number(since)), reader }
    : undefined
}
