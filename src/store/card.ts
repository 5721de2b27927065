/** Invitation cards: made at reception for a person, used once, worth nothing after two weeks. Codes lie as keyed hashes. */
import type { CardDoor } from '../core/card.ts'
import type { Language } from '../core/language.ts'
import type { Staff } from '../core/staff.ts'
import { personsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import type { Standing } from './road.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

/** A card that may be used, with the person it ties an address to. */
export type Card = {
  readonly id: string
  readonly version: number
  /** Who gave it, to the person's own hand. */
  readonly staff: string
  readonly person: NonNullable<Standing['person']>
  readonly name?: string
  readonly language?: Language
}

/**
 * The card of a code, while it is worth something; `used_here` when this address has used it before. Whatever else a code
 * is (foreign, spent, too old, never made), it is undefined.
 */
export async function findCard(
  { prisma, keys }: Part,
  code: string,
  address: string,
  now: Date,
): Promise<Card | 'used_here' | undefined> {
  const row = await prisma.card.findUnique({
    where: { codeHash: new Uint8Array(keys.hash('card', code)) },
  })
  if (!row) return undefined
  if (row.addressId === address) return 'used_here'
  if (row.usedAt || row.endedAt || row.expiresAt <= now) return undefined
  const person = await prisma.person.findUnique({
    where: { id: row.personId, erasedAt: null },
    include: {
      cases: { orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }], take: 1 },
    },
  })
  if (!person) return undefined
  await keys.load([person.keyId])
  const [file] = person.cases
  return {
    id: row.id,
    version: row.version,
    staff: row.staffId,
    name: keys.read(person.keyId, placeOf('person', 'name_enc', person.id), person.nameEnc),
    // Written by the program from the same union.
    language: (person.language ?? undefined) as Language | undefined,
    person: {
      id: person.id,
      key: person.keyId,
      case: file?.id,
      owner: file?.ownerId ?? undefined,
      office: file?.officeId ?? undefined,
      region: person.region ?? undefined,
      minor: person.minor,
      known: true,
    },
  }
}

export type CardLine = {
  readonly id: string
  readonly person: string
  readonly name?: string
  readonly madeAt: Date
  readonly expiresAt: Date
  readonly state: 'open' | 'used' | 'ended' | 'expired'
  readonly usedAt?: Date
}

/** The cards that this member of staff made, for people they still see, newest first. */
export async function listCards(
  { prisma, keys }: Part,
  staff: Staff,
  now: Date,
): Promise<readonly CardLine[]> {
  const rows = await prisma.card.findMany({
    where: { staffId: staff.id },
    orderBy: { createdAt: 'desc' },
    take: 100,
  })
  const people = await prisma.person.findMany({
    where: { AND: [{ id: { in: rows.map((row) => row.personId) } }, personsSeenBy(staff)] },
    select: { id: true, keyId: true, nameEnc: true },
  })
  await keys.load(people.map((person) => person.keyId))
  const byId = new Map(people.map((person) => [person.id, person]))
  return rows.flatMap((row) => {
    const person = byId.get(row.personId)
    if (!person) return []
    return {
      ...{ id: row.id, person: person.id, madeAt: row.createdAt, expiresAt: row.expiresAt },
      name: keys.read(person.keyId, placeOf('person', 'name_enc', person.id), person.nameEnc),
      state: stateOf(row, now),
      usedAt: row.usedAt ?? undefined,
    }
  })
}

function stateOf(
  row: { readonly usedAt: Date | null; readonly endedAt: Date | null; readonly expiresAt: Date },
  now: Date,
): CardLine['state'] {
  if (row.usedAt) return 'used'
  if (row.endedAt) return 'ended'
  return row.expiresAt <= now ? 'expired' : 'open'
}

/** The accounts that people write to, as cards lead to them; a setting of the office. */
export async function readCardDoors(prisma: Part['prisma']): Promise<readonly CardDoor[]> {
  const row = await prisma.setting.findUnique({ where: { key: 'card_doors' } })
  // Written by writeCardDoors.
  return (row?.value ?? []) as unknown as readonly CardDoor[]
}

export async function writeCardDoors(prisma: Part['prisma'], doors: readonly CardDoor[]): Promise<void> {
  const value = doors.map((door) => ({ ...door }))
  await prisma.setting.upsert({
    where: { key: 'card_doors' },
    create: { key: 'card_doors', value },
    update: { value },
  })
}
