/** Voice notes that wait for somebody to listen, for those who may: the access of their request is theirs. */
import type { Prisma } from '../../prisma/client/client.ts'
import { languages } from '../core/language.ts'
import type { Staff } from '../core/staff.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import type { Change } from './road.ts'
import { keysOfSaid, type SaidBody, saidBody } from './said.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

/** One matter that waits: its first note's term, and how many wait in it. */
export type ListeningLine = {
  readonly request: string
  readonly reference: string
  readonly language?: string
  readonly dueAt: Date
  readonly since: Date
  readonly notes: number
}

/** Nobody looks further than this for the next one. */
const looked = 200

/**
 * What waits for this listener, the most pressing first: in the queues they sit in, of requests they may see, and said in a
 * language of theirs (`speaks`); what nobody has told the language of is for everybody.
 */
export async function waitingNotes(
  { prisma }: Pick<Part, 'prisma'>,
  staff: Staff,
  speaks: readonly string[],
): Promise<readonly ListeningLine[]> {
  const rows = await prisma.listening.findMany({
    where: {
      heardAt: null,
      request: {
        AND: [
          requestsSeenBy(staff),
          { queue: { in: [...staff.queues] }, state: 'open' },
          { OR: [{ language: null }, { language: { in: [...speaks] } }] },
        ],
      },
    },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    take: looked,
    select: {
      id: true,
      requestId: true,
      dueAt: true,
      createdAt: true,
      request: { select: { reference: true, language: true } },
    },
  })
  const gone = await prisma.message.findMany({
    where: { id: { in: rows.map(({ id }) => id) }, deletedAt: { not: null } },
    select: { id: true },
  })
  const deleted = new Set(gone.map(({ id }) => id))
  const lines = new Map<string, ListeningLine>()
  for (const { id, requestId, dueAt, createdAt, request } of rows) {
    if (deleted.has(id)) continue
    const before = lines.get(requestId)
    lines.set(requestId, {
      ...(before ?? { request: requestId, dueAt, since: createdAt, reference: request.reference }),
      language: request.language ?? undefined,
      notes: (before?.notes ?? 0) + 1,
    })
  }
  return [...lines.values()]
}

/**
 * The languages a member of staff listens to: those they say they speak, else that of their console; and those that nobody
 * of their queues speaks, because a note that one understands badly is better than one that nobody hears.
 */
export async function languagesOf(
  { prisma }: Pick<Part, 'prisma'>,
  staff: Staff,
): Promise<readonly string[]> {
  const seats = await prisma.queueStaff.findMany({
    where: { queue: { in: [...staff.queues] }, staff: { active: true } },
    select: { staff: { select: { id: true, speaks: true, language: true } } },
  })
  const spoken = seats.map(({ staff: { id, speaks, language } }) => ({
    id,
    speaks: speaks.length > 0 ? speaks : [language],
  }))
  const own = spoken.find(({ id }) => id === staff.id)?.speaks ?? [staff.language]
  const all = new Set(spoken.flatMap(({ speaks }) => speaks))
  return [...own, ...languages.filter((language) => !all.has(language))]
}

/** A note that waits, with the question that waits for it. */
export type ParkedNote = {
  readonly message: string
  readonly address: string
  readonly at: Date
  readonly dueAt: Date
  readonly question?: { readonly flow: string; readonly hash: string; readonly step: string }
  readonly media?: { readonly id: string; readonly key: string }
  readonly body: SaidBody
}

/** The notes of a request that nobody has listened to, in the order in which they were said. */
export async function notesOf({ prisma, keys }: Part, request: string): Promise<readonly ParkedNote[]> {
  const rows = await prisma.listening.findMany({
    where: { requestId: request, heardAt: null },
    orderBy: { id: 'asc' },
    take: looked,
  })
  const messages = await prisma.message.findMany({
    where: { id: { in: rows.map(({ id }) => id) }, deletedAt: null },
    orderBy: { position: 'asc' },
    include: { media: true },
  })
  await keys.load(messages.flatMap(keysOfSaid))
  return messages.flatMap((message) => {
    const row = rows.find(({ id }) => id === message.id)
    return row ? [{ ...noteOf(message, row), body: saidBody(message, keys) }] : []
  })
}

type Row = Prisma.ListeningGetPayload<object>
type MessageRow = Prisma.MessageGetPayload<{ include: { media: true } }>

function noteOf({ id, addressId, createdAt, media: [file] }: MessageRow, row: Row): Omit<ParkedNote, 'body'> {
  const { flow, hash, step, dueAt } = row
  return {
    ...{ message: id, address: addressId, at: createdAt, dueAt },
    ...(flow && hash && step ? { question: { flow, hash, step } } : {}),
    ...(file ? { media: { id: file.id, key: file.keyId } } : {}),
  }
}

/** Whoever answers or closes a request has heard what was said in it. */
export async function heardBy(
  { prisma }: Pick<Part, 'prisma'>,
  request: string,
  staff: string,
  at: Date,
): Promise<readonly Change[]> {
  const rows = await prisma.listening.findMany({
    where: { requestId: request, heardAt: null },
    select: { id: true },
  })
  const plain = { heard_at: at, heard_by: staff, how: 'summary' }
  return rows.map(({ id }) => ({ update: 'listening', id, plain }))
}

/** Whether all that was said in a request is notes that answered a question, these counted as heard already. */
export async function isAnsweredOnly(
  { prisma }: Pick<Part, 'prisma'>,
  request: string,
  notes: readonly string[],
): Promise<boolean> {
  const rows = await prisma.listening.findMany({
    where: { requestId: request, id: { notIn: [...notes] } },
    select: { id: true, how: true },
  })
  if (rows.some(({ how }) => how !== 'answered')) return false
  const opened = await prisma.request.findFirst({ where: { id: request, cause: 'voice' } })
  const joined = await prisma.event.findMany({
    where: { requestId: request, type: 'request_joined' },
    select: { facts: true },
  })
  const said = new Set<unknown>([...notes, ...rows.map(({ id }) => id)])
  // Written by the program from core/event.ts.
  const joins = joined.map(({ facts }) => (facts as { readonly message?: string }).message)
  return opened !== null && joins.every((message) => message === undefined || said.has(message))
}
