/** Where notes named somebody: only of requests that they may still see. */
import type { RequestKind } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { happeningOf } from './event-parts.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type MentionLine = {
  readonly id: string
  readonly at: Date
  readonly by: string
  readonly read: boolean
  readonly reference: string
  readonly kind: RequestKind
  /** Absent when it was erased. */
  readonly note?: string
}

const mostShown = 60

const of = (staff: Staff) => ({ staffId: staff.id, request: requestsSeenBy(staff) })

/** What is new for somebody. */
export function countMentions(prisma: Part['prisma'], staff: Staff): Promise<number> {
  return prisma.mention.count({ where: { ...of(staff), readAt: null } })
}

/** The last ones, what is new first. */
export async function listMentions({ prisma, keys }: Part, staff: Staff): Promise<readonly MentionLine[]> {
  const rows = await prisma.mention.findMany({
    where: of(staff),
    orderBy: [{ readAt: { sort: 'desc', nulls: 'first' } }, { at: 'desc' }],
    take: mostShown,
    include: { request: { select: { reference: true, kind: true } } },
  })
  const notes = await prisma.event.findMany({
    where: {
      type: 'note_written',
      requestId: { in: rows.map((row) => row.requestId) },
      turnId: { in: rows.map((row) => row.turnId) },
    },
  })
  await keys.load(notes.flatMap((note) => note.keyId ?? []))
  const said = new Map(notes.map((note) => [note.turnId, noteOf(note, keys)]))
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: row.byId,
    read: row.readAt !== null,
    reference: row.request.reference,
    // Written by the program from the same union.
    kind: row.request.kind as RequestKind,
    note: said.get(row.turnId),
  }))
}

/** Whoever opens the request has read what named them in it; gives whether anything was new. */
export async function readMentions(
  prisma: Part['prisma'],
  staff: string,
  request: string,
  at: Date,
): Promise<boolean> {
  const { count } = await prisma.mention.updateMany({
    where: { staffId: staff, requestId: request, readAt: null },
    data: { readAt: at },
  })
  return count > 0
}

type NoteRow = Awaited<ReturnType<Part['prisma']['event']['findMany']>>[number]

function noteOf(row: NoteRow, keys: Part['keys']): string | undefined {
  const secret = row.keyId
    ? keys.read(row.keyId, placeOf('event', 'secret_enc', row.id), row.secretEnc)
    : undefined
  const happening = happeningOf(row.type, row.facts, secret)
  return happening.type === 'note_written' && secret !== undefined ? happening.secret.note : undefined
}
