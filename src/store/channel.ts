/** Channel accounts: their rows, who of several processes runs one, and what a poller remembers. */
import type pg from 'pg'
import { campaignMost, tierOf } from '../core/daily-tier.ts'
import type { Database } from './database.ts'

type Prisma = Database['prisma']

export type ChannelRow = {
  readonly id: string
  readonly kind: string
  readonly account: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly state: string
}

/** The row of an account, made when there is none; `settings` replace what was there. */
export async function ensureChannel(
  prisma: Prisma,
  one: {
    readonly id: string
    readonly kind: string
    readonly account: string
    readonly settings?: Readonly<Record<string, string | number | boolean>>
    readonly at: Date
  },
): Promise<ChannelRow> {
  const { kind, account, at } = one
  const settings = one.settings === undefined ? {} : { settings: { ...one.settings } }
  const row = await prisma.channel.upsert({
    where: { kind_account: { kind, account } },
    create: { id: one.id, kind, account, createdAt: at, ...settings },
    update: settings,
  })
  return rowOf(row)
}

/** The business account at Meta that a number belongs to, once it is known. */
export async function businessOf(prisma: Prisma, id: string): Promise<string | undefined> {
  const row = await prisma.channel.findUnique({ where: { id }, select: { settings: true } })
  const business = (row?.settings as Readonly<Record<string, unknown>> | undefined)?.['business']
  return typeof business === 'string' ? business : undefined
}

/** Every account there is, the oldest first. */
export async function listChannels(prisma: Prisma): Promise<readonly ChannelRow[]> {
  return (await prisma.channel.findMany({ orderBy: { id: 'asc' } })).map(rowOf)
}

/** The accounts that may carry a campaign: of paired phones only those for which an administrator allows it. */
export async function campaignAccounts(prisma: Prisma): Promise<readonly string[]> {
  const [channels, phones] = await Promise.all([
    prisma.channel.findMany({ select: { id: true, kind: true } }),
    prisma.whatsappWeb.findMany({ where: { campaigns: true }, select: { channelId: true } }),
  ])
  const allowed = new Set(phones.map(({ channelId }) => channelId))
  return channels.filter(({ id, kind }) => kind !== 'whatsapp_web' || allowed.has(id)).map(({ id }) => id)
}

/**
 * To how many a kind of channel may speak in one day where that is limited: the paired phone that campaigns may use, and a
 * business on the Cloud API, as if everybody there had to be written to first.
 */
export async function mostPerDay(prisma: Prisma): Promise<Readonly<Record<string, number>>> {
  const [phones, numbers] = await Promise.all([
    prisma.whatsappWeb.findMany({ where: { campaigns: true }, select: { dailyCap: true } }),
    prisma.channel.findMany({ where: { kind: 'whatsapp_cloud' }, select: { settings: true } }),
  ])
  const caps = phones.map(({ dailyCap }) => dailyCap)
  const tiers = numbers.flatMap(({ settings }) => {
    const tier = tierOf((settings as { readonly limit?: string }).limit)
    return tier === undefined || tier === Number.POSITIVE_INFINITY ? [] : [campaignMost(tier)]
  })
  return {
    ...(caps.length === 0 ? {} : { whatsapp_web: Math.min(...caps) }),
    ...(tiers.length === 0 ? {} : { whatsapp_cloud: Math.min(...tiers) }),
  }
}

/** Takes or prolongs the lease on an account; false while another holder's runs. */
export async function leaseChannel(
  pool: Pick<pg.Pool, 'query'>,
  id: string,
  lease: { readonly holder: string; readonly now: Date; readonly until: Date },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update channel set holder = $2, held_until = $4
     where id = $1 and (holder is null or holder = $2 or held_until is null or held_until <= $3)`,
    [id, lease.holder, lease.now, lease.until],
  )
  return rowCount === 1
}

/**
 * Gives the lease back; nothing when it is somebody else's by now. Never fails: the lease of a house whose database stopped
 * before it ends by itself.
 */
export async function releaseChannel(
  pool: Pick<pg.Pool, 'query'>,
  id: string,
  holder: string,
): Promise<void> {
  await pool
    .query('update channel set holder = null, held_until = null where id = $1 and holder = $2', [id, holder])
    .catch(() => undefined)
}

/** What the poller of an account keeps between runs (channel/contract.ts, Cursor). */
export function cursorOf(
  prisma: Prisma,
  id: string,
): { read(): Promise<string | undefined>; write(value: string): Promise<void> } {
  return {
    async read() {
      const row = await prisma.channel.findUnique({ where: { id }, select: { cursor: true } })
      return row?.cursor ?? undefined
    },
    async write(value) {
      await prisma.channel.updateMany({ where: { id }, data: { cursor: value } })
    },
  }
}

/** Marks an address as its provider tells: blocked by the person, or reached again. */
export async function noteAddress(
  { pool, keys }: Pick<Database, 'pool' | 'keys'>,
  news: { readonly channel: string; readonly from: string; readonly news: 'blocked' | 'unblocked' },
): Promise<void> {
  const [from, to] = news.news === 'blocked' ? ['live', 'blocked'] : ['blocked', 'live']
  await pool.query(
    'update address set state = $4 where channel_id = $1 and external_hash = $2 and state = $3',
    [news.channel, keys.hash('address', `${news.channel}|${news.from}`), from, to],
  )
}

function rowOf(row: NonNullable<Awaited<ReturnType<Prisma['channel']['findFirst']>>>): ChannelRow {
  const { id, kind, account, state } = row
  // The column holds an object: its default is one and ensureChannel writes no other.
  return { id, kind, account, state, settings: row.settings as Readonly<Record<string, unknown>> }
}
