/**
 * Messages by their words, for whoever may read them: the same rule as that of the thread in which they stand. The index
 * gives candidates, the newest first; each is asked for under the reader's access before a word of it is decrypted.
 */
import type { Staff } from '../core/staff.ts'
import { hasContent, type Lying, liesBeside, type Matter, personsSeenBy, requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { messagesWithWords } from './message-words.ts'
import { saidBody } from './said.ts'

type Part = Pick<Database, 'pool' | 'prisma' | 'keys'>

export type FoundMessage = {
  readonly id: string
  readonly at: Date
  readonly direction: 'in' | 'out'
  readonly text: string
  /** The request it is read in, or the person on whose page it stands. */
  readonly request?: { readonly id: string; readonly reference: string }
  readonly person?: string
  readonly who?: string
}

export type FoundMessages = {
  readonly messages: readonly FoundMessage[]
  /** There are older ones, or the words are so common that not all were looked at. */
  readonly more: boolean
}

/** How many candidates are asked for at a time: most readers find a screenful among the first. */
const batches = [100, 400, 1_000, 2_500]

/** The newest messages with all these words that this member of staff may read. */
export async function findMessages(
  part: Part,
  staff: Staff,
  words: readonly string[],
  limit: number,
): Promise<FoundMessages> {
  if (words.length === 0 || !hasContent(staff)) return { messages: [], more: false }
  const seen: Seen[] = []
  let before: string | undefined
  let more = false
  for (const size of batches) {
    const { ids, cut } = await messagesWithWords(part, words, { limit: size, ...(before ? { before } : {}) })
    seen.push(...(await readable(part.prisma, staff, ids)))
    before = ids.at(-1)
    more = cut || ids.length === size
    if (!more || seen.length > limit || before === undefined) break
  }
  return { messages: await told(part, seen.slice(0, limit)), more: more || seen.length > limit }
}

type Seen = {
  readonly id: string
  readonly request?: { readonly id: string; readonly reference: string }
  readonly person?: string
}

/** Those of these messages that may be read, in their order, each with where. */
async function readable(
  prisma: Part['prisma'],
  staff: Staff,
  ids: readonly string[],
): Promise<readonly Seen[]> {
  if (ids.length === 0) return []
  const rows = await prisma.message.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: 'desc' },
    select: { id: true, requestId: true, addressId: true, personId: true, visibility: true },
  })
  const open = rows.filter(({ visibility }) => visibility === 'open')
  const [requests, people] = await Promise.all([
    prisma.request.findMany({
      where: {
        AND: [
          requestsSeenBy(staff),
          {
            OR: [
              { id: { in: unique(rows.map(({ requestId }) => requestId)) } },
              { addressId: { in: unique(open.map(({ addressId }) => addressId)) } },
            ],
          },
        ],
      },
      select: { id: true, reference: true, addressId: true, personId: true },
      orderBy: { id: 'desc' },
    }),
    prisma.person.findMany({
      where: { AND: [personsSeenBy(staff), { id: { in: unique(open.map(({ personId }) => personId)) } }] },
      select: { id: true },
    }),
  ])
  const known = new Set(people.map(({ id }) => id))
  const matters = requests.map(({ addressId, personId, ...one }) => ({
    ...one,
    ...(addressId === null ? {} : { address: addressId }),
    ...(personId === null ? {} : { person: personId }),
  }))
  return rows.flatMap((row): Seen[] => {
    const request = matterOf(matters, row)
    const person =
      row.visibility === 'open' && row.personId !== null && known.has(row.personId) ? row.personId : undefined
    return request || person ? [{ id: row.id, request, person }] : []
  })
}

/** The request it was said in, else any that it lies beside. */
function matterOf<M extends Matter>(matters: readonly M[], row: Lying): M | undefined {
  return matters.find(({ id }) => id === row.requestId) ?? matters.find((one) => liesBeside(one, row))
}

async function told({ prisma, keys }: Part, seen: readonly Seen[]): Promise<readonly FoundMessage[]> {
  const rows = await prisma.message.findMany({
    where: { id: { in: seen.map(({ id }) => id) } },
    include: { media: true },
  })
  const people = await prisma.person.findMany({
    where: { id: { in: unique(rows.map(({ personId }) => personId)) } },
    select: { id: true, keyId: true, nameEnc: true },
  })
  await keys.load([...rows, ...people].map(({ keyId }) => keyId))
  return seen.flatMap(({ id, request, person }): FoundMessage[] => {
    const row = rows.find((one) => one.id === id)
    const body = row && saidBody(row, keys)
    if (!row || !body || !('text' in body) || body.text === undefined) return []
    const who = people.find((one) => one.id === row.personId)
    const name = who && keys.read(who.keyId, placeOf('person', 'name_enc', who.id), who.nameEnc)
    const direction = row.direction === 'in' ? 'in' : 'out'
    return [{ id, at: row.createdAt, direction, text: body.text, request, person, who: name }]
  })
}

function unique(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
