/** Many people with an address each, for tests and measurements of campaigns. */
import type { Language } from '../../src/core/language.ts'
import type { Database } from '../../src/store/database.ts'
import { placeOf } from '../../src/store/encryption.ts'
import type { Clock } from '../../src/world.ts'

export type Soul = {
  /** How the channel calls them. */
  readonly from: string
  readonly language?: Language
  readonly region?: string
  readonly consent?: 'given' | 'refused' | 'withdrawn' | 'none'
  readonly minor?: boolean
  readonly shared?: boolean
  readonly stopped?: 'no' | 'campaigns' | 'all'
  readonly state?: 'live' | 'blocked' | 'closed'
  /** E.164. */
  readonly phone?: string
  readonly name?: string
  /** No address at all. */
  readonly far?: boolean
}

/** Gives the id of each person, in the order given. */
export async function gather(
  { pool, keys, prisma }: Pick<Database, 'pool' | 'keys' | 'prisma'>,
  clock: Clock,
  channel: string,
  souls: readonly Soul[],
): Promise<readonly string[]> {
  const at = clock.now()
  const made = souls.map((soul) => {
    const [person, address] = [clock.id(), clock.id()]
    return {
      ...{ soul, person, address, session: clock.id() },
      ...{ mine: keys.make('person', clock.id(), at), its: keys.make('address', clock.id(), at) },
    }
  })
  const rows = made.flatMap(({ mine, its }) => [mine.row, its.row])
  await prisma.subjectKey.createMany({
    data: rows.flatMap((row) => {
      if (!('insert' in row)) return []
      const { id, subject, wrapped, wrap_id: wrapId, created_at: createdAt } = row.plain
      return [{ id, subject, wrapped, wrapId, createdAt } as never]
    }),
  })
  await prisma.person.createMany({
    data: made.map(({ soul, person, mine }) => ({
      ...{
        id: person,
        keyId: mine.id,
        createdAt: at,
        language: soul.language ?? 'fr',
        minor: soul.minor ?? false,
      },
      region: soul.region ?? null,
      nameEnc: soul.name
        ? new Uint8Array(keys.encrypt(mine.id, placeOf('person', 'name_enc', person), soul.name))
        : null,
    })),
  })
  await prisma.case.createMany({
    data: made.map(({ person }) => ({ id: clock.id(), personId: person, openedAt: at })),
  })
  const near = made.filter(({ soul }) => !soul.far)
  const secret = (key: string, address: string, column: string, text: string) =>
    new Uint8Array(keys.encrypt(key, placeOf('address', column, address), text))
  await prisma.address.createMany({
    data: near.map(({ soul, address, session, its }) => ({
      ...{
        id: address,
        channelId: channel,
        keyId: its.id,
        sessionId: session,
        createdAt: at,
        lastHeardAt: at,
      },
      externalHash: new Uint8Array(keys.hash('address', `${channel}|${soul.from}`)),
      externalEnc: secret(its.id, address, 'external_enc', soul.from),
      phoneEnc: soul.phone ? secret(its.id, address, 'phone_enc', soul.phone) : null,
      language: soul.language ?? 'fr',
      ...{ shared: soul.shared ?? false, stopped: soul.stopped ?? 'no', state: soul.state ?? 'live' },
    })),
  })
  await prisma.session.createMany({
    data: near.map(({ person, address, session }) => ({
      ...{ id: session, addressId: address, personId: person, updatedAt: at },
    })),
  })
  await prisma.personAddress.createMany({
    data: near.map(({ person, address }) => ({ personId: person, addressId: address, since: at })),
  })
  const said = ({ person, address, session }: (typeof made)[number], item: string, answer: string) => ({
    ...{ id: clock.id(), addressId: address, personId: person, sessionId: session, item, answer, at },
    ...{ text: 'notice.ask', wording: '', language: 'fr', medium: 'text' },
  })
  await prisma.consent.createMany({
    data: made.flatMap((one) => {
      const { consent = 'given' } = one.soul
      const keeps = said(one, 'keep_data', 'given')
      return consent === 'none' ? [keeps] : [keeps, said(one, 'information', consent)]
    }),
  })
  await pool.query('analyze person, person_address, address, consent')
  return made.map(({ person }) => person)
}
