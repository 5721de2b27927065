/**
 * Files that may be of the same person: found by case number, by phone, by the sound of the name; compared field by field;
 * the likeliest five. A list for people to judge: nothing is joined here and nobody is told.
 */
import type { Prisma } from '../../prisma/client/client.ts'
import { compareSides, type Match, type Side } from '../core/match.ts'
import { nameWords } from '../core/name-key.ts'
import type { PersonValues } from '../core/person.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { happeningOf } from './event-parts.ts'
import { nameHashes, peopleWithWords } from './person-words.ts'

type Part = Pick<Database, 'pool' | 'prisma' | 'keys'>

export const candidatesAtMost = 5
/** A first name alone is no candidate; a name of two words, a number or a phone is. */
const scoreAtLeast = 4
/** Of a name that a whole village has, so many are compared. */
const comparedAtMost = 60

export type Candidate = {
  readonly id: string
  readonly values: PersonValues
  readonly phones: readonly string[]
  readonly stage?: string
  readonly match: Match
}

/** What is known of somebody who writes: their file, and what they claimed. */
export type Claimant = Side & { readonly id: string }

/** The likeliest files for this one, among those that `seen` lets the reader know of. */
export async function findCandidates(
  part: Part,
  claimant: Claimant,
  seen: Prisma.PersonWhereInput,
): Promise<readonly Candidate[]> {
  const { prisma } = part
  const found = new Map<string, FileRow>()
  const all = [...sureWays(part, claimant), ...(await nameWays(part, claimant))]
  for (const way of all) {
    const rows = await prisma.person.findMany({
      where: {
        AND: [way, { id: { notIn: [claimant.id, ...found.keys()] }, erasedAt: null, sameAsId: null }, seen],
      },
      orderBy: { id: 'desc' },
      take: comparedAtMost,
      select: fileColumns,
    })
    for (const row of rows) found.set(row.id, row)
    if (found.size >= comparedAtMost) break
  }
  const sides = await sidesOf(part, [...found.values()])
  return sides
    .map(({ stage, ...side }) => ({
      ...{ id: side.id, values: side.values, phones: side.phones, stage },
      match: compareSides(claimant, side),
    }))
    .filter(({ match }) => match.score >= scoreAtLeast)
    .sort((one, other) => other.match.score - one.match.score)
    .slice(0, candidatesAtMost)
}

/** By a case number or a phone. */
function sureWays({ keys }: Part, { phones, caseNumbers }: Side): readonly Prisma.PersonWhereInput[] {
  const hashes = (kind: 'phone' | 'case_number', texts: readonly string[]) =>
    texts.map((text) => new Uint8Array(keys.hash(kind, text)))
  const ways: Prisma.PersonWhereInput[] = []
  if (caseNumbers.length > 0) {
    ways.push({ cases: { some: { numberHash: { in: hashes('case_number', caseNumbers) } } } })
  }
  if (phones.length > 0) {
    const phoneHash = { in: hashes('phone', phones) }
    // Two ways, each with its index: as one, every person there is would be looked at.
    ways.push({ phoneHash }, { addresses: { some: { address: { phoneHash } } } })
  }
  return ways
}

/** By the sound of the name, the same region before the whole country. */
async function nameWays(part: Part, { values }: Side): Promise<readonly Prisma.PersonWhereInput[]> {
  const { keys } = part
  const words = nameWords(values.name ?? '').map((word) => nameHashes(keys, word))
  const namesakes = await peopleWithWords(
    part,
    words.map((word) => [...word.same, ...word.near]),
  )
  if (namesakes.length === 0) return []
  const id = { in: [...namesakes] }
  return values.region === undefined ? [{ id }] : [{ id, region: values.region }, { id }]
}

const fileColumns = {
  ...{ id: true, keyId: true, nameEnc: true, placeEnc: true, phoneEnc: true, sex: true, birthYear: true },
  ...{ region: true, cercle: true, returnCountry: true, returnDate: true },
  cases: {
    orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }],
    select: { id: true, stage: true, numberEnc: true },
  },
  addresses: {
    where: { until: null },
    select: { address: { select: { id: true, keyId: true, phoneEnc: true } } },
  },
} satisfies Prisma.PersonSelect

type FileRow = Prisma.PersonGetPayload<{ select: typeof fileColumns }>

async function sidesOf(
  { keys }: Part,
  rows: readonly FileRow[],
): Promise<readonly (Claimant & { readonly stage?: string })[]> {
  await keys.load(rows.flatMap((row) => [row.keyId, ...row.addresses.map(({ address }) => address.keyId)]))
  return rows.map((row) => {
    const read = (table: string, column: string, of: string, value: Uint8Array | null) =>
      keys.read(row.keyId, placeOf(table, column, of), value)
    const numbers = row.cases.flatMap(
      (file) => read('case_file', 'number_enc', file.id, file.numberEnc) ?? [],
    )
    const phone = read('person', 'phone_enc', row.id, row.phoneEnc)
    const reached = row.addresses.flatMap(
      ({ address }) =>
        keys.read(address.keyId, placeOf('address', 'phone_enc', address.id), address.phoneEnc) ?? [],
    )
    return {
      id: row.id,
      values: {
        name: read('person', 'name_enc', row.id, row.nameEnc),
        place: read('person', 'place_enc', row.id, row.placeEnc),
        phone,
        caseNumber: numbers[0],
        sex: row.sex ?? undefined,
        birthYear: row.birthYear?.toString(),
        region: row.region ?? undefined,
        cercle: row.cercle ?? undefined,
        returnCountry: row.returnCountry ?? undefined,
        returnDate: row.returnDate?.toISOString().slice(0, 10),
      },
      phones: [...new Set([...(phone ? [phone] : []), ...reached])],
      caseNumbers: numbers,
      stage: row.cases[0]?.stage,
    }
  })
}

/** The sides of these files, with their stage; those that were erased or joined to another are left out. */
export async function sidesOfPeople(part: Part, people: readonly string[]) {
  const rows = await part.prisma.person.findMany({
    where: { id: { in: [...people] }, erasedAt: null, sameAsId: null },
    select: fileColumns,
  })
  return new Map((await sidesOf(part, rows)).map((side) => [side.id, side]))
}

/** The side of somebody whom the caller may see, with what they said of themselves in conversations. */
export async function claimantOf(part: Part, person: string): Promise<Claimant | undefined> {
  const { prisma, keys } = part
  const [row, told] = await Promise.all([
    prisma.person.findFirst({ where: { id: person, erasedAt: null }, select: fileColumns }),
    prisma.event.findMany({
      where: { personId: person, type: 'person_described' },
      orderBy: { id: 'desc' },
      take: 10,
    }),
  ])
  if (!row) return undefined
  const [side] = await sidesOf(part, [row])
  await keys.load(told.flatMap((event) => event.keyId ?? []))
  const claims = told.flatMap((event) => {
    const secret = event.keyId
      ? keys.read(event.keyId, placeOf('event', 'secret_enc', event.id), event.secretEnc)
      : undefined
    const it = secret === undefined ? undefined : happeningOf(event.type, event.facts, secret)
    return it?.type === 'person_described' ? [it.secret] : []
  })
  return (
    side && {
      ...side,
      phones: [...new Set([...side.phones, ...claims.flatMap(({ phone }) => phone ?? [])])],
      caseNumbers: [
        ...new Set([...side.caseNumbers, ...claims.flatMap(({ caseNumber }) => caseNumber ?? [])]),
      ],
    }
  )
}
