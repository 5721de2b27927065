/** A conversation of the store as a page shows it, with the names of everybody in it. */
import type { DeliveryState } from '../core/message.ts'
import { staffNames } from '../store/seat.ts'
import type { ThreadItem, ThreadPage } from '../store/thread.ts'
import type { ConsoleParts } from './parts.ts'
import type { Item, Thread } from './view.ts'

type Parts = Pick<ConsoleParts, 'database'>

/** A thread of the store with the names of everybody in it. */
export async function threadView({ database }: Parts, page: ThreadPage): Promise<Thread> {
  const names = Object.fromEntries(
    await staffNames(database.prisma, [...new Set(page.items.flatMap(staffIn))]),
  )
  return { items: page.items.map((item) => itemOf(item, names)), earlier: page.earlier !== undefined }
}

function staffIn(item: ThreadItem): readonly string[] {
  if (item.type === 'said') return item.staff ? [item.staff] : []
  const by = typeof item.by === 'object' ? [item.by.staff] : []
  const owner = 'owner' in item.happening ? item.happening.owner : undefined
  const holder = 'holder' in item.happening ? item.happening.holder : undefined
  const colleague = 'colleague' in item.happening ? item.happening.colleague : undefined
  return [...by, ...[owner, holder, colleague].filter((one) => one !== undefined)]
}

/** What was written on the paired phone is the office's, although nobody knows whose hand it was. */
function speakerOf({
  direction,
  staff,
  body,
}: Extract<ThreadItem, { type: 'said' }>): 'person' | 'staff' | 'machine' {
  if (direction === 'in') return 'person'
  return staff || (body.kind === 'text' && body.typed) ? 'staff' : 'machine'
}

function itemOf(item: ThreadItem, names: Readonly<Record<string, string>>): Item {
  if (item.type === 'happened') {
    const staff = typeof item.by === 'object' ? item.by.staff : undefined
    const by = staff && names[staff]
    return {
      type: 'happened',
      id: item.id,
      at: item.at,
      happening: item.happening,
      names,
      staff,
      ...(by ? { by } : {}),
    }
  }
  const { id, at, body, before, corrected, visibility, failure, request } = item
  const language =
    item.language === 'fr' || item.language === 'bm' || item.language === 'en' ? item.language : undefined
  return {
    ...{ type: 'said', id, at, body, before, corrected, visibility, language, request },
    from: speakerOf(item),
    staff: item.staff,
    name: item.staff ? names[item.staff] : undefined,
    failure,
    // Outgoing states are written from the union.
    delivery: item.direction === 'out' ? (item.state as DeliveryState) : undefined,
  }
}
