/** Who may write for whom, and where what they write belongs. */
import type { Language } from '../core/language.ts'
import { type ProxyMatter, proxyMatters } from '../core/proxy.ts'
import type { Database } from './database.ts'
import type { Helped } from './road.ts'

type Prisma = Database['prisma']

/** Whom somebody writes for by this record; undefined once it has ended. */
export async function findHelped(prisma: Prisma, proxy: string, now: Date): Promise<Helped | undefined> {
  const row = await prisma.proxy.findFirst({ where: { id: proxy, endedAt: null, until: { gt: now } } })
  const person =
    row &&
    (await prisma.person.findFirst({
      where: { id: row.personId, erasedAt: null },
      include: {
        cases: { orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }], take: 1 },
        addresses: {
          where: { until: null, address: { state: 'live' } },
          orderBy: { address: { lastHeardAt: { sort: 'desc', nulls: 'last' } } },
          include: { address: { include: { channel: { select: { kind: true } } } } },
          take: 1,
        },
      },
    }))
  if (!row || !person) return undefined
  const [file] = person.cases
  const address = person.addresses[0]?.address
  return {
    matters: mattersOf(row.matters),
    person: {
      ...{ id: person.id, key: person.keyId, case: file?.id, minor: person.minor, known: true },
      ...{
        owner: file?.ownerId ?? undefined,
        pastOwners: file?.pastOwners ?? [],
        office: file?.officeId ?? undefined,
      },
      region: person.region ?? undefined,
    },
    ...(address
      ? {
          address: {
            ...{ id: address.id, channel: address.channelId, channelKind: address.channel.kind },
            ...{ key: address.keyId, shared: address.shared },
            // Codes were written by the program from the same unions.
            language: (address.language as Language | null) ?? undefined,
            state: address.state as 'live',
            stopped: address.stopped as 'no' | 'campaigns' | 'all',
          },
        }
      : {}),
  }
}

export type ProxyFacts = {
  readonly id: string
  readonly writer: string
  readonly matters: readonly ProxyMatter[]
  readonly until: Date
}

/** Who writes for this person now. */
export async function proxiesOf(prisma: Prisma, person: string, now: Date): Promise<readonly ProxyFacts[]> {
  const rows = await prisma.proxy.findMany({
    where: { personId: person, endedAt: null, until: { gt: now } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, writerId, matters, until }) => ({
    ...{ id, writer: writerId, matters: mattersOf(matters), until },
  }))
}

function mattersOf(codes: string): readonly ProxyMatter[] {
  return proxyMatters.filter((matter) => codes.split(' ').includes(matter))
}
