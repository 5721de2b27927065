/** Complaints without a name, by their code; and what staff answer in them. */
import type { Language } from '../core/language.ts'
import type { QueueKey } from '../core/queue.ts'
import type { Priority, RequestState } from '../core/request.ts'
import type { Visibility } from '../core/visibility.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type Nameless = {
  readonly id: string
  readonly key: string
  readonly queue: QueueKey
  readonly state: RequestState
  readonly visibility: Visibility
  readonly priority: Priority
  readonly language?: Language
  readonly contestedAt?: Date
  /** What staff answered, the oldest first. */
  readonly answers: readonly string[]
  /** Which of it was told to nobody yet. */
  readonly unread: readonly string[]
}

/** The complaint of a code; undefined for every other, and for one that was erased. A miss takes the same work. */
export async function findNameless({ prisma, keys }: Part, code: string): Promise<Nameless | undefined> {
  const codeHash = new Uint8Array(keys.hash('complaint', code))
  const row = await prisma.request.findUnique({ where: { codeHash } })
  const words = await prisma.namelessWord.findMany({
    where: { requestId: row?.id ?? '00000000-0000-0000-0000-000000000000', by: 'staff' },
    orderBy: { id: 'asc' },
  })
  const key = words[0]?.keyId ?? row?.keyId
  if (!row || !key || row.forgottenAt) return undefined
  await keys.load([key])
  if (keys.isErased(key)) return undefined
  return {
    ...{ id: row.id, key: await wordsKey({ prisma, keys }, row.id, key) },
    // Codes were written by the program from the same unions.
    ...{ queue: row.queue as QueueKey, state: row.state as RequestState },
    visibility: row.visibility as Visibility,
    priority: row.priority as Priority,
    ...(row.language ? { language: row.language as Language } : {}),
    ...(row.contestedAt ? { contestedAt: row.contestedAt } : {}),
    answers: words.flatMap(
      (one) => keys.read(one.keyId, placeOf('nameless_word', 'text_enc', one.id), one.textEnc) ?? [],
    ),
    unread: words.flatMap((one) => (one.readAt ? [] : [one.id])),
  }
}

/** What was said in it lies under a key that the house can open: whoever has the code must be told, with nobody there. */
async function wordsKey({ prisma, keys }: Part, request: string, key: string): Promise<string> {
  if (!keys.isSealed(key)) return key
  const first = await prisma.namelessWord.findFirst({
    where: { requestId: request },
    select: { keyId: true },
  })
  return first?.keyId ?? key
}

export type NamelessWord = {
  readonly id: string
  readonly by: 'person' | 'staff'
  readonly name?: string
  readonly text?: string
  readonly at: Date
  readonly readAt?: Date
}

/** What was said in one, its own words first, that the caller has found under the reader's access; undefined for a request that has a name. */
export async function namelessWords(
  { prisma, keys }: Part,
  request: string,
): Promise<readonly NamelessWord[] | undefined> {
  const row = await prisma.request.findUnique({
    where: { id: request },
    select: {
      codeHash: true,
      keyId: true,
      textEnc: true,
      openedAt: true,
      namelessWords: { orderBy: { id: 'asc' } },
    },
  })
  if (!row?.codeHash) return undefined
  await keys.load([...row.namelessWords.map(({ keyId }) => keyId), ...(row.keyId ? [row.keyId] : [])])
  const first = row.keyId
    ? keys.read(row.keyId, placeOf('request', 'text_enc', request), row.textEnc)
    : undefined
  const staff = await prisma.staff.findMany({
    where: { id: { in: row.namelessWords.flatMap(({ staffId }) => staffId ?? []) } },
    select: { id: true, name: true },
  })
  const told: NamelessWord = {
    id: request,
    by: 'person',
    at: row.openedAt,
    ...(first ? { text: first } : {}),
  }
  const later = row.namelessWords.map((one) => ({
    ...{ id: one.id, at: one.at, by: one.by === 'staff' ? ('staff' as const) : ('person' as const) },
    name: staff.find(({ id }) => id === one.staffId)?.name,
    text: keys.read(one.keyId, placeOf('nameless_word', 'text_enc', one.id), one.textEnc),
    readAt: one.readAt ?? undefined,
  }))
  return [told, ...later]
}
