/**
 * People as they are looked for: by case number, by a phone or its last digits, by a name however it is spelt. Every way
 * ends in the same condition of access; the best ways come first, and none is more than a screenful.
 */
import type { Prisma } from '../../prisma/client/client.ts'
import { nameWords } from '../core/name-key.ts'
import type { Staff } from '../core/staff.ts'
import { hasContent, personsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { digitsHash, nameHashes, peopleWithWords } from './person-words.ts'

type Part = Pick<Database, 'pool' | 'prisma' | 'keys'>

/** What somebody typed, read as everything it can be. */
export type Sought = {
  readonly name: string
  /** E.164, when it is a whole number. */
  readonly phone?: string
  /** The digits of what may be the end of a phone. */
  readonly digits?: string
  readonly caseNumber?: string
}

export type FoundPerson = {
  readonly id: string
  readonly name?: string
  readonly region?: string
  readonly cercle?: string
  readonly birthYear?: number
  readonly caseNumber?: string
  readonly stage?: string
  /** Found by a spelling that only sounds like it, or by a part of the name. */
  readonly nearly: boolean
}

/** Up to `limit` people, the surest first; `more` says that others were found the same way. */
export async function findPeople(
  part: Part,
  staff: Staff,
  sought: Sought,
  limit: number,
): Promise<{ readonly people: readonly FoundPerson[]; readonly more: boolean }> {
  if (!hasContent(staff)) return { people: [], more: false }
  const found = new Map<string, FoundPerson>()
  for (const way of waysOf(part, sought)) {
    if (found.size > limit) break
    await follow(part, staff, way, { found, limit })
  }
  const people = [...found.values()]
  return { people: people.slice(0, limit), more: people.length > limit }
}

/** One way to look: people by a condition, or by ids that an index gives. */
type Way = {
  readonly where?: Prisma.PersonWhereInput
  readonly ids?: () => Promise<readonly string[]>
  readonly nearly: boolean
  /** What a phone of theirs must end with: the hash holds fewer digits than may have been typed. */
  readonly ends?: string
}

/** How many namesakes are asked for at a time: whoever sees many finds a screenful among the first. */
const batches = [60, 400, 1_200, 4_000]

async function follow(
  { prisma, keys }: Part,
  staff: Staff,
  { where = {}, ids, nearly, ends }: Way,
  { found, limit }: { readonly found: Map<string, FoundPerson>; readonly limit: number },
): Promise<void> {
  const all = await ids?.()
  for (let from = 0, n = 0; all === undefined || from < all.length; n++) {
    const some = all?.slice(from, from + (batches[n] ?? all.length))
    const rows = await prisma.person.findMany({
      where: {
        AND: [
          where,
          some === undefined ? {} : { id: { in: [...some] } },
          { id: { notIn: [...found.keys()] }, erasedAt: null },
          personsSeenBy(staff),
        ],
      },
      orderBy: { id: 'desc' },
      take: limit + 1 - found.size,
      select: columns,
    })
    await keys.load(rows.flatMap((row) => [row.keyId, ...row.addresses.map(({ address }) => address.keyId)]))
    for (const row of rows) {
      if (ends === undefined || phonesOf(row, keys).some((phone) => phone.endsWith(ends))) {
        found.set(row.id, foundPerson(row, keys, nearly))
      }
    }
    if (some === undefined || found.size > limit) return
    from += some.length
  }
}

function waysOf(part: Part, { name, phone, digits, caseNumber }: Sought): readonly Way[] {
  const { keys } = part
  const ways: Way[] = []
  if (caseNumber !== undefined) {
    const numberHash = new Uint8Array(keys.hash('case_number', caseNumber))
    ways.push({ where: { cases: { some: { numberHash } } }, nearly: false })
  }
  if (phone !== undefined) {
    const phoneHash = new Uint8Array(keys.hash('phone', phone))
    const reached = { addresses: { some: { until: null, address: { phoneHash } } } }
    ways.push({ where: { OR: [{ phoneHash }, reached] }, nearly: false })
  }
  const tail = digits === undefined || phone !== undefined ? undefined : digitsHash(keys, digits)
  if (tail !== undefined) {
    ways.push({ ids: () => peopleWithWords(part, [[tail]]), nearly: false, ends: digits })
  }
  const words = nameWords(name).map((word) => nameHashes(keys, word))
  if (words.length === 0) return ways
  const same = words.map((word) => word.same)
  ways.push(
    { ids: () => peopleWithWords(part, same), nearly: false },
    {
      ids: () =>
        peopleWithWords(
          part,
          words.map((word) => [...word.same, ...word.near]),
        ),
      nearly: true,
    },
  )
  // One word of it may be a village, or a name that they do not use.
  if (words.length > 2) ways.push({ ids: () => peopleWithWords(part, same, words.length - 1), nearly: true })
  return ways
}

const columns = {
  ...{ id: true, keyId: true, nameEnc: true, phoneEnc: true, region: true, cercle: true, birthYear: true },
  cases: { orderBy: { openedAt: 'desc' }, take: 1, select: { id: true, stage: true, numberEnc: true } },
  addresses: { select: { address: { select: { id: true, keyId: true, phoneEnc: true } } } },
} as const satisfies Prisma.PersonSelect

type PersonRow = Prisma.PersonGetPayload<{ select: typeof columns }>

function foundPerson(row: PersonRow, keys: Part['keys'], nearly: boolean): FoundPerson {
  const [file] = row.cases
  return {
    id: row.id,
    name: keys.read(row.keyId, placeOf('person', 'name_enc', row.id), row.nameEnc),
    region: row.region ?? undefined,
    cercle: row.cercle ?? undefined,
    birthYear: row.birthYear ?? undefined,
    caseNumber: file && keys.read(row.keyId, placeOf('case_file', 'number_enc', file.id), file.numberEnc),
    stage: file?.stage,
    nearly,
  }
}

function phonesOf({ id, keyId, phoneEnc, addresses }: PersonRow, keys: Part['keys']): readonly string[] {
  const phones = [
    keys.read(keyId, placeOf('person', 'phone_enc', id), phoneEnc),
    ...addresses.map(({ address }) =>
      keys.read(address.keyId, placeOf('address', 'phone_enc', address.id), address.phoneEnc),
    ),
  ]
  return phones.filter((phone) => phone !== undefined)
}
