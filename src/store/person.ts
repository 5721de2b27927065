/** A person with their addresses and consents. */
import type { ConsentAnswer, ConsentItem, ConsentMedium } from '../core/consent.ts'
import type { GuardianWord } from '../core/guardian.ts'
import type { Language } from '../core/language.ts'
import { type SafeContact, type WorkerSex, workerSexes } from '../core/safe-contact.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { fileSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { type Keys, placeOf } from './encryption.ts'
import { isId } from './request.ts'
import { safeContactOf } from './safe-contact.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type PersonFacts = {
  readonly id: string
  readonly name?: string
  readonly sex?: string
  readonly birthYear?: number
  readonly minor: boolean
  readonly language?: Language
  readonly region?: string
  readonly cercle?: string
  readonly place?: string
  readonly phone?: string
  readonly returnCountry?: string
  /** `2026-03-02`. */
  readonly returnDate?: string
  readonly caseNumber?: string
  readonly stage?: string
  readonly safeContact?: SafeContact
  /** Whom they would rather speak with. */
  readonly prefers?: WorkerSex
  readonly owner?: string
  /** Merged into this person; a link that can be undone. */
  readonly sameAs?: string
  readonly version: number
}

export type AddressFacts = {
  readonly id: string
  readonly channel: string
  readonly channelKind: string
  readonly language?: Language
  readonly state: 'live' | 'blocked' | 'closed'
  readonly shared: boolean
  readonly stopped: 'no' | 'campaigns' | 'all'
  /** What the app shows as a name: a hint, never an identity. */
  readonly displayName?: string
  /** E.164, where the provider vouches for it. */
  readonly phone?: string
  readonly lastHeardAt?: Date
  readonly since: Date
  /** When it was found not to be theirs any more, and why. */
  readonly until?: Date
  readonly endedBy?: string
  readonly verified?: boolean
}

export type ConsentFacts = {
  readonly item: ConsentItem
  readonly answer: ConsentAnswer
  readonly medium: ConsentMedium
  readonly language: Language
  readonly at: Date
  /** Of whoever answers for a child: who they are to the child, and how staff heard it. */
  readonly guardian?: GuardianWord & { readonly staff?: string }
}

/** The person, for a member of staff who may see them; fails with `person:not_found` for all others. */
export async function loadPerson({ prisma, keys }: Part, staff: Staff, id: string): Promise<PersonFacts> {
  const person = (await opensPerson(prisma, staff, id)) && (await readPerson({ prisma, keys }, id))
  if (!person) throw new Failure('person:not_found', { person: id })
  return person
}

/** Whether the page of a person exists for this member of staff. */
export async function opensPerson(prisma: Part['prisma'], staff: Staff, id: string): Promise<boolean> {
  if (!isId(id)) return false
  const where = { AND: [{ id }, fileSeenBy(staff)] }
  return (await prisma.person.findFirst({ where, select: { id: true } })) !== null
}

/** The person beside a request that the caller has loaded under the reader's access; undefined when there is none. */
export async function readPerson({ prisma, keys }: Part, id: string): Promise<PersonFacts | undefined> {
  const row = await prisma.person.findUnique({
    where: { id },
    include: { cases: { orderBy: { openedAt: 'desc' }, take: 1 } },
  })
  if (!row) return undefined
  await keys.load([row.keyId])
  const read = (table: string, column: string, of: string, value: Uint8Array | null | undefined) =>
    keys.read(row.keyId, placeOf(table, column, of), value)
  const [file] = row.cases
  return {
    id,
    name: read('person', 'name_enc', id, row.nameEnc),
    sex: row.sex ?? undefined,
    birthYear: row.birthYear ?? undefined,
    minor: row.minor,
    language: (row.language ?? undefined) as Language | undefined,
    region: row.region ?? undefined,
    cercle: row.cercle ?? undefined,
    place: read('person', 'place_enc', id, row.placeEnc),
    phone: read('person', 'phone_enc', id, row.phoneEnc),
    returnCountry: row.returnCountry ?? undefined,
    returnDate: row.returnDate?.toISOString().slice(0, 10),
    caseNumber: file && read('case_file', 'number_enc', file.id, file.numberEnc),
    stage: file?.stage,
    safeContact: safeContactOf(row, keys),
    prefers: workerSexes.find((sex) => sex === row.prefers),
    owner: file?.ownerId ?? undefined,
    sameAs: row.sameAsId ?? undefined,
    version: row.version,
  }
}

/** Where a person that one may see is reached, the last heard first. */
export async function addressesOfPerson(part: Part, person: string): Promise<readonly AddressFacts[]> {
  return (await addressHistory(part, person)).filter(({ until }) => until === undefined)
}

/** Where they are or were reached, what holds first, the last heard before others. */
export async function addressHistory(
  { prisma, keys }: Part,
  person: string,
): Promise<readonly AddressFacts[]> {
  const links = await prisma.personAddress.findMany({
    where: { personId: person },
    include: { address: { include: { channel: true } } },
    orderBy: [
      { until: { sort: 'desc', nulls: 'first' } },
      { address: { lastHeardAt: { sort: 'desc', nulls: 'last' } } },
    ],
  })
  await keys.load(links.map((link) => link.address.keyId))
  return links.map(({ address, since, until, endedBy, verifiedAt }) => ({
    ...addressFacts(address, keys),
    since,
    until: until ?? undefined,
    endedBy: endedBy ?? undefined,
    verified: verifiedAt !== null,
  }))
}

/**
 * One address beside a request that the caller has loaded under the reader's access. Of a request of nobody known the
 * address tells no name and no number: whoever spoke did not agree to be known by them.
 */
export async function readAddress(
  { prisma, keys }: Part,
  id: string,
  person: string | undefined,
): Promise<AddressFacts | undefined> {
  const row = await prisma.address.findUnique({ where: { id }, include: { channel: true } })
  if (!row) return undefined
  await keys.load([row.keyId])
  const facts = addressFacts(row, keys)
  return person === undefined ? { ...facts, displayName: undefined, phone: undefined } : facts
}

/** What a person allows, one record for each item: the last one. What they said of a referral stands with that, as hidden. */
export async function consentsOf(
  prisma: Part['prisma'],
  of: { readonly person: string } | { readonly session: string },
): Promise<readonly ConsentFacts[]> {
  const rows = await prisma.consent.findMany({
    where: { ...('person' in of ? { personId: of.person } : { sessionId: of.session }), referralId: null },
    orderBy: [{ item: 'asc' }, { at: 'desc' }, { id: 'desc' }],
    distinct: ['item'],
  })
  // Codes were written by the program from the same unions.
  return rows.map((row) => ({
    item: row.item as ConsentItem,
    answer: row.answer as ConsentAnswer,
    medium: row.medium as ConsentMedium,
    language: row.language as Language,
    at: row.at,
    ...(row.kin && row.heard
      ? {
          guardian: {
            ...{ kin: row.kin as GuardianWord['kin'], medium: row.heard as GuardianWord['medium'] },
            ...(row.staffId ? { staff: row.staffId } : {}),
          },
        }
      : {}),
  }))
}

type AddressRow = NonNullable<Awaited<ReturnType<Part['prisma']['address']['findFirst']>>> & {
  readonly channel: { readonly kind: string }
}

function addressFacts(row: AddressRow, keys: Keys): AddressFacts {
  const read = (column: string, value: Uint8Array | null) =>
    keys.read(row.keyId, placeOf('address', column, row.id), value)
  return {
    id: row.id,
    channel: row.channelId,
    channelKind: row.channel.kind,
    // Codes were written by the program from the same unions.
    language: (row.language ?? undefined) as Language | undefined,
    state: row.state as AddressFacts['state'],
    shared: row.shared,
    stopped: row.stopped as AddressFacts['stopped'],
    displayName: read('display_enc', row.displayEnc),
    phone: read('phone_enc', row.phoneEnc),
    lastHeardAt: row.lastHeardAt ?? undefined,
    since: row.createdAt,
  }
}
