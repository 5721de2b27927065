/** What is known of the people of a table before it is taken in: their cases by number, workers by name, phones. */
import type { Language } from '../core/language.ts'
import { caseRoles, type Staff } from '../core/staff.ts'
import { personsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

/** The case of a number with its person, as a row of a table is compared with it. */
export type KnownCase = {
  readonly case: string
  readonly caseVersion: number
  readonly owner?: string
  readonly office?: string
  /** Whether whoever brings the table may see this person. */
  readonly seen: boolean
  readonly person: {
    readonly id: string
    readonly key: string
    readonly version: number
    readonly name?: string
    readonly sex?: string
    readonly birthYear?: number
    readonly phone?: string
    readonly language?: Language
    readonly region?: string
    readonly cercle?: string
    readonly returnCountry?: string
    /** ISO date. */
    readonly returnDate?: string
  }
}

/** The cases of these numbers; a number may have several, and most have none. */
export async function casesByNumber(
  { prisma, keys }: Part,
  numbers: readonly string[],
  reader: Staff | undefined,
): Promise<ReadonlyMap<string, readonly KnownCase[]>> {
  const byHash = new Map(numbers.map((number) => [keys.hash('case_number', number).toString('hex'), number]))
  const files = await prisma.case.findMany({
    where: { numberHash: { in: [...byHash.keys()].map((hash) => new Uint8Array(Buffer.from(hash, 'hex'))) } },
    include: { person: true },
  })
  const seen = await seenAmong(
    prisma,
    files.map((file) => file.personId),
    reader,
  )
  await keys.load(files.map(({ person }) => person.keyId))
  const found = new Map<string, KnownCase[]>()
  for (const { person, ...file } of files) {
    const number = byHash.get(Buffer.from(file.numberHash ?? []).toString('hex')) ?? ''
    const read = (column: string, value: Uint8Array | null) =>
      keys.read(person.keyId, placeOf('person', column, person.id), value)
    const known: KnownCase = {
      case: file.id,
      caseVersion: file.version,
      owner: file.ownerId ?? undefined,
      office: file.officeId ?? undefined,
      seen: seen.has(person.id),
      person: {
        id: person.id,
        key: person.keyId,
        version: person.version,
        name: read('name_enc', person.nameEnc),
        sex: person.sex ?? undefined,
        birthYear: person.birthYear ?? undefined,
        phone: read('phone_enc', person.phoneEnc),
        // Written by the program from the same union.
        language: (person.language ?? undefined) as Language | undefined,
        region: person.region ?? undefined,
        cercle: person.cercle ?? undefined,
        returnCountry: person.returnCountry ?? undefined,
        returnDate: person.returnDate?.toISOString().slice(0, 10),
      },
    }
    found.set(number, [...(found.get(number) ?? []), known])
  }
  return found
}

async function seenAmong(
  prisma: Part['prisma'],
  people: readonly string[],
  reader: Staff | undefined,
): Promise<ReadonlySet<string>> {
  if (reader === undefined || people.length === 0) return new Set(people)
  const rows = await prisma.person.findMany({
    where: { AND: [{ id: { in: [...people] } }, personsSeenBy(reader)] },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id))
}

/** The people who have these phones, by phone: whoever brings the table sees only whom they see anyway. */
export async function peopleByPhone(
  { prisma, keys }: Part,
  phones: readonly string[],
  reader: Staff | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (phones.length === 0) return new Map()
  const byHash = new Map(phones.map((phone) => [keys.hash('phone', phone).toString('hex'), phone]))
  const hashes = [...byHash.keys()].map((hash) => new Uint8Array(Buffer.from(hash, 'hex')))
  const rows = await prisma.person.findMany({
    where: { AND: [{ phoneHash: { in: hashes } }, reader ? personsSeenBy(reader) : {}] },
    select: { id: true, phoneHash: true },
  })
  const found = new Map<string, string[]>()
  for (const { id, phoneHash } of rows) {
    const phone = byHash.get(Buffer.from(phoneHash ?? []).toString('hex')) ?? ''
    found.set(phone, [...(found.get(phone) ?? []), id])
  }
  return found
}

/** A member of staff to whom a case may be given. */
export type Worker = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly office?: string
}

/** Active staff who follow cases, to find the worker that a row names. */
export async function listWorkers(prisma: Part['prisma']): Promise<readonly Worker[]> {
  const rows = await prisma.staff.findMany({
    where: { active: true, roles: { hasSome: [...caseRoles] } },
    select: { id: true, name: true, email: true, officeId: true },
  })
  return rows.map(({ officeId, ...one }) => ({ ...one, office: officeId ?? undefined }))
}
