/** How people are answered, by voice or in writing, as far as staff may know it: kept with the session of each phone. */
import { type Answering, monthOf } from '../core/answering.ts'
import type { Session } from '../flow/session.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

/** Of one phone on which a person speaks. */
export type AnsweringFacts = {
  readonly address: string
  readonly channelKind: string
  readonly shared: boolean
  readonly chosen?: Answering
  readonly onlySpeaks: boolean
  /** What recordings have cost them in the running month. */
  readonly bytes: number
}

/** A session with its state, to be written again while its version stands. */
export type HeardSession = {
  readonly id: string
  readonly address: string
  readonly key: string
  readonly version: number
  readonly state: Session
}

/** The phones on which a person, whom the caller has found under the reader's access, has ever said anything. */
export async function answeringOf(
  database: Part,
  person: string,
  now: Date,
): Promise<readonly AnsweringFacts[]> {
  const heard = await heardSessions(database, person)
  const addresses = await database.prisma.address.findMany({
    where: { id: { in: heard.map(({ address }) => address) } },
    select: { id: true, shared: true, channel: { select: { kind: true } } },
  })
  return heard.flatMap(({ address: id, state: { openly } }) => {
    const address = addresses.find((one) => one.id === id)
    if (!address) return []
    const { answering: chosen, onlySpeaks = false, carried } = openly ?? {}
    const bytes = carried?.month === monthOf(now.getTime()) ? carried.bytes : 0
    const facts = { channelKind: address.channel.kind, shared: address.shared, onlySpeaks, bytes }
    return [{ address: id, ...facts, ...(chosen ? { chosen } : {}) }]
  })
}

/** What this person chose on this phone, as far as staff may know it. */
export async function chosenAnswering(
  database: Part,
  of: { readonly address: string; readonly person: string },
): Promise<Answering | undefined> {
  const { prisma } = database
  const [address, session] = await Promise.all([
    prisma.address.findUnique({ where: { id: of.address }, select: { keyId: true } }),
    prisma.session.findFirst({ where: { addressId: of.address, personId: of.person }, select: { id: true } }),
  ])
  if (!address || !session) return undefined
  const heard = await heardSession(database, { session: session.id, key: address.keyId })
  return heard?.state.openly?.answering
}

/** The session of one phone; undefined while nothing was ever said there, and once its key was erased. */
export async function heardSession(
  { prisma, keys }: Part,
  of: { readonly session: string; readonly key: string },
): Promise<HeardSession | undefined> {
  const row = await prisma.session.findUnique({
    where: { id: of.session },
    select: { id: true, addressId: true, version: true, stateEnc: true },
  })
  await keys.load([of.key])
  return row ? heardIn(row, of.key, keys) : undefined
}

/** Their sessions on phones that are theirs still, oldest first. */
export async function heardSessions(
  { prisma, keys }: Part,
  person: string,
): Promise<readonly HeardSession[]> {
  const links = await prisma.personAddress.findMany({
    where: { personId: person, until: null },
    select: { addressId: true, address: { select: { keyId: true } } },
  })
  const keyOf = new Map(links.map(({ addressId, address }) => [addressId, address.keyId]))
  const rows = await prisma.session.findMany({
    where: { personId: person, addressId: { in: [...keyOf.keys()] } },
    orderBy: { id: 'asc' },
    select: { id: true, addressId: true, version: true, stateEnc: true },
  })
  await keys.load([...keyOf.values()])
  return rows.flatMap((row) => heardIn(row, keyOf.get(row.addressId) ?? '', keys) ?? [])
}

function heardIn(
  row: {
    readonly id: string
    readonly addressId: string
    readonly version: number
    readonly stateEnc: Uint8Array | null
  },
  key: string,
  keys: Part['keys'],
): HeardSession | undefined {
  const { id, addressId: address, version } = row
  const text = keys.read(key, placeOf('session', 'state_enc', id), row.stateEnc)
  return text === undefined ? undefined : { id, address, key, version, state: JSON.parse(text) as Session }
}
