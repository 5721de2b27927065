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
const batches = [60, 240, 900]
const candidatesAtMost = batches.reduce((sum, size) => sum + size, 0)

/** The newest messages with all these words that this member of staff may read. */
export async function findMessages(
  part: Part,
  staff: Staff,
  words: readonly string[],
  limit: number,
): Promise<FoundMessages> {
  if (words.length === 0 || !hasContent(staff)) return { messages: [], more: false }
  const { ids, cut } = await messagesWithWords(part, words, candidatesAtMost)
  const seen: Seen[] = []
  let from = 0
  for (const size of batches) {
    if (from >= ids.length || seen.length > limit) break
    seen.push(...(await readable(part.prisma, staff, ids.slice(from, from + size))))
    from += size
  }
  // That others read more of it is not told: only that there were more with these words than are looked at.
  const more = cut || ids.length === candidatesAtMost || seen.length > limit
  return { messages: await told(part, seen.slice(0, limit)), more }
}

type Seen = {
  readonly id: string
  readonly request?: { readonly id: string; readonly reference: string }
  readonly person?: string
  /** Whose name the reader may know: of a request of nobody known what lies beside it names nobody. */
  readonly named: boolean
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
  const speakers = unique(open.map(({ personId }) => personId))
  const joined = await prisma.person.findMany({
    where: { id: { in: speakers }, sameAsId: { not: null } },
    select: { id: true, sameAsId: true },
  })
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
      where: {
        AND: [
          personsSeenBy(staff),
          { id: { in: [...speakers, ...unique(joined.map(({ sameAsId }) => sameAsId))] } },
        ],
      },
      select: { id: true },
    }),
  ])
  const known = new Set(people.map(({ id }) => id))
  // What the one file said is read on the page of the other.
  for (const { id, sameAsId } of joined) if (sameAsId !== null && known.has(sameAsId)) known.add(id)
  const matters = requests.map(({ addressId, personId, ...one }) => ({
    ...one,
    ...(addressId === null ? {} : { address: addressId }),
    ...(personId === null ? {} : { person: personId }),
  }))
  return rows.flatMap((row): Seen[] => {
    const request = matterOf(matters, row)
    const person =
      row.visibility === 'open' && row.personId !== null && known.has(row.personId) ? row.personId : undefined
    const named = person !== undefined || (row.personId !== null && request?.person === row.personId)
    return request || person ? [{ id: row.id, request, person, named }] : []
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
  return seen.flatMap(({ id, request, person, named }): FoundMessage[] => {
    const row = rows.find((one) => one.id === id)
    const body = row && saidBody(row, keys)
    if (!row || !body || !('text' in body) || body.text === undefined) return []
    const who = named ? people.find((one) => one.id === row.personId) : undefined
    const name = who && keys.read(who.keyId, placeOf('person', 'name_enc', who.id), who.nameEnc)
    const direction = row.direction === 'in' ? 'in' : 'out'
    return [{ id, at: row.createdAt, direction, text: body.text, request, person, who: name }]
  })
}

function unique(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
