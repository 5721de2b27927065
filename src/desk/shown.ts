/** What of a request may be shown in a chat outside the office, in words: reference, kind and due; the text only when asked. */
import type { NeedCategory } from '../core/need.ts'
import { readReference, showReference } from '../core/reference.ts'
import type { RequestKind, RequestState } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { requestsInChatOf } from '../store/access.ts'
import type { Database } from '../store/database.ts'
import { keysOfSaid, type SaidBody, saidBody } from '../store/said.ts'
import type { Locales } from '../text/locale.ts'

/** A request as a chat may name it. */
export type Shown = {
  readonly id: string
  readonly reference: string
  readonly kind: RequestKind
  readonly category?: NeedCategory
  readonly state: RequestState
  readonly dueAt: Date
  readonly owner?: string
}

export type Say = (key: string, vars?: Readonly<Record<string, string | number>>) => string

/** The words of one member of staff. */
export function sayTo(locales: Locales, staff: Pick<Staff, 'language'>): Say {
  return (key, vars) => locales.t(staff.language, key.includes('.') ? key : `console.chat.${key}`, vars)
}

const select = {
  id: true,
  reference: true,
  kind: true,
  category: true,
  state: true,
  dueAt: true,
  ownerId: true,
}

/** The request that somebody names; for what is absent, hidden or of a shared phone alike `request:not_found`. */
export async function requestNamed(
  prisma: Database['prisma'],
  staff: Staff,
  which: { readonly reference: string } | { readonly id: string },
): Promise<Shown> {
  const reference = 'reference' in which ? readReference(which.reference) : undefined
  const where = 'id' in which ? { id: which.id } : { reference: reference ?? '' }
  const row = await prisma.request.findFirst({ where: { AND: [where, requestsInChatOf(staff)] }, select })
  if (!row) throw new Failure('request:not_found')
  return shownOf(row)
}

/** The first of those that wait in somebody's queues for anybody, or of their own, by when they are due. */
export async function listShown(
  prisma: Database['prisma'],
  staff: Staff,
  look: 'queue' | 'mine',
  limit: number,
): Promise<readonly Shown[]> {
  const own = look === 'mine' ? { ownerId: staff.id } : { ownerId: null, queue: { in: [...staff.queues] } }
  const rows = await prisma.request.findMany({
    where: { AND: [requestsInChatOf(staff), { ...own, state: { not: 'closed' } }] },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    take: limit,
    select,
  })
  return rows.map(shownOf)
}

/** One line: `123-45-678 · Besoin · Santé · avant jeu. 26 nov., 17:00`. */
export function lineOf(say: Say, staff: Pick<Staff, 'language'>, it: Shown): string {
  const category = it.category ? ` · ${say(`console.need.${it.category}`)}` : ''
  const due = it.state === 'open' ? ` · ${say('due', { due: momentOf(staff, it.dueAt) })}` : ''
  return `${showReference(it.reference)} · ${say(`taxonomy.${it.kind}`)}${category}${due}`
}

/** Day and time in Bamako, short. */
export function momentOf({ language }: Pick<Staff, 'language'>, at: Date): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    ...{ timeZone: 'Africa/Bamako', weekday: 'short', day: 'numeric', month: 'short' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).format(at)
}

const messagesRead = 6
/** What fits in one message of Telegram, with room for the frame. */
const longestRead = 3_500
const longestSaid = 1_200

/** What was said last in a request that `requestNamed` gave, the newest at the end. */
export async function readShown(
  { prisma, keys }: Pick<Database, 'prisma' | 'keys'>,
  say: Say,
  id: string,
): Promise<string> {
  const rows = await prisma.message.findMany({
    where: { requestId: id, visibility: 'open', OR: [{ direction: 'in' }, { staffId: { not: null } }] },
    orderBy: { position: 'desc' },
    take: messagesRead,
    include: { media: true },
  })
  await keys.load(rows.flatMap(keysOfSaid))
  const lines: string[] = []
  let length = 0
  for (const row of rows) {
    const who = say(row.direction === 'in' ? 'person' : 'colleague')
    const line = `${who} ${bodyOf(say, saidBody(row, keys))}`
    length += line.length
    if (length > longestRead) break
    lines.unshift(line)
  }
  return lines.length === 0 ? say('nothing_said') : lines.join('\n\n')
}

function bodyOf(say: Say, body: SaidBody): string {
  if (body.kind === 'text') return cut(body.text)
  if (body.kind !== 'file') return say(`body_${body.kind}`)
  const written = [body.transcript, body.text].filter((one) => one !== undefined && one !== '')
  return [say(`body_${body.as}`), ...written.map((one) => cut(one ?? ''))].join(' ')
}

function cut(text: string): string {
  return text.length > longestSaid ? `${text.slice(0, longestSaid)}…` : text
}

function shownOf(row: {
  readonly id: string
  readonly reference: string
  readonly kind: string
  readonly category: string | null
  readonly state: string
  readonly dueAt: Date
  readonly ownerId: string | null
}): Shown {
  return {
    ...{ id: row.id, reference: row.reference, dueAt: row.dueAt, owner: row.ownerId ?? undefined },
    // Codes were written by the program from the same unions.
    kind: row.kind as RequestKind,
    category: (row.category ?? undefined) as NeedCategory | undefined,
    state: row.state as RequestState,
  }
}
