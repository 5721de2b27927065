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
  const found: Found = { people: new Map(), limit }
  for (const way of waysOf(part.keys, sought)) {
    if (found.people.size > limit) break
    await follow(part, staff, way, found)
  }
  const people = [...found.people.values()]
  return { people: people.slice(0, limit), more: people.length > limit }
}

/** One way to look: people by a condition, or by words, whose index gives the newest of them at once. */
type Way = {
  readonly nearly: boolean
  /** What a phone of theirs must end with: the hash holds fewer digits than may have been typed. */
  readonly ends?: string
} & ({ readonly where: Prisma.PersonWhereInput } | { readonly words: Words; readonly atLeast?: number })

/** Words of a name, each by its hashes. */
type Words = readonly (readonly bigint[])[]

type Found = { readonly people: Map<string, FoundPerson>; readonly limit: number }

/** Whoever sees many people finds a screenful among the newest namesakes; for all others everybody is looked at. */
const newest = [60, 400]

async function follow(part: Part, staff: Staff, way: Way, found: Found): Promise<void> {
  if (!('words' in way)) return take(part, staff, { ...way, found })
  const ids = await peopleWithWords(part, way.words, way.atLeast)
  let from = 0
  for (const size of newest) {
    const some = ids.slice(from, from + size)
    if (some.length > 0) await take(part, staff, { ...way, where: { id: { in: some } }, found })
    if (found.people.size > found.limit || from + size >= ids.length) return
    from += size
  }
  // A name as common as this is asked for together with who may be seen, which takes longer.
  if (way.atLeast !== undefined) return
  const where = { AND: way.words.map((word) => ({ words: { some: { word: { in: [...word] } } } })) }
  await take(part, staff, { ...way, where, found })
}

/** Four digits are shared by ten people in a hundred thousand. */
const sameDigitsAtMost = 200

type Taking = {
  readonly where: Prisma.PersonWhereInput
  readonly nearly: boolean
  readonly ends?: string
  readonly found: Found
}

async function take(
  { prisma, keys }: Part,
  staff: Staff,
  { where, nearly, ends, found: { people, limit } }: Taking,
): Promise<void> {
  const rows = await prisma.person.findMany({
    where: { AND: [where, { id: { notIn: [...people.keys()] }, erasedAt: null }, personsSeenBy(staff)] },
    orderBy: { id: 'desc' },
    // Of those who share the last digits only some have the others as well.
    take: ends === undefined ? limit + 1 - people.size : sameDigitsAtMost,
    select: columns,
  })
  await keys.load(rows.flatMap((row) => [row.keyId, ...row.addresses.map(({ address }) => address.keyId)]))
  for (const row of rows) {
    if (ends === undefined || phonesOf(row, keys).some((phone) => phone.endsWith(ends))) {
      people.set(row.id, foundPerson(row, keys, nearly))
    }
  }
}

function waysOf(keys: Part['keys'], { name, phone, digits, caseNumber }: Sought): readonly Way[] {
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
  if (tail !== undefined) ways.push({ words: [[tail]], nearly: false, ...(digits ? { ends: digits } : {}) })
  const words = nameWords(name).map((word) => nameHashes(keys, word))
  if (words.length === 0) return ways
  const same = words.map((word) => word.same)
  ways.push(
    { words: same, nearly: false },
    { words: words.map((word) => [...word.same, ...word.near]), nearly: true },
  )
  // One word of it may be a village, or a name that they do not use.
  if (words.length > 2) ways.push({ words: same, atLeast: words.length - 1, nearly: true })
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
