/** Phones that are paired through WhatsApp Web: how their sessions fare, and what staff have set and ordered. */
import type pg from 'pg'
import type { Incoming } from '../core/message.ts'
import { addressHash } from './address.ts'
import type { Database } from './database.ts'
import type { Keys } from './encryption.ts'
import { arrivalHash, sentHash } from './message-body.ts'

type Prisma = Database['prisma']
type Pool = Pick<pg.Pool, 'query'>

export type PairedPhone = {
  readonly id: string
  /** Of the channel: starting, up, down, unauthorized, stopped. */
  readonly state: string
  readonly stateAt?: Date
  readonly why?: string
  readonly code?: string
  readonly codeAt?: Date
  readonly account?: string
  readonly askedBy?: string
  readonly askedAt?: Date
  readonly pairedBy?: string
  readonly pairedAt?: Date
  readonly unlinkAt?: Date
  readonly pausedAt?: Date
  readonly pausedBy?: string
  readonly dailyCap: number
  readonly campaigns: boolean
  readonly sentDay?: Date
  readonly sentCount: number
  /** Found only by looking back, since the beginning. */
  readonly foundLate: number
}

/** How a session fares; what is absent is no longer so. */
export type PhoneNews = {
  readonly state: string
  readonly why?: string
  readonly code?: string
  readonly account?: string
}

const kind = 'whatsapp_web'

/** The phone of this house that is, or may be, paired; undefined where the channel was never on. */
export async function findPairedPhone(prisma: Prisma): Promise<PairedPhone | undefined> {
  const channel = await prisma.channel.findFirst({ where: { kind }, orderBy: { id: 'asc' } })
  if (!channel) return undefined
  const row = await prisma.whatsappWeb.findUnique({ where: { channelId: channel.id } })
  return {
    id: channel.id,
    state: channel.state,
    ...present({
      ...{
        stateAt: channel.stateAt,
        why: row?.why,
        code: row?.code,
        codeAt: row?.codeAt,
        account: row?.account,
      },
      ...{
        askedBy: row?.askedById,
        askedAt: row?.askedAt,
        pairedBy: row?.pairedById,
        pairedAt: row?.pairedAt,
      },
      ...{
        unlinkAt: row?.unlinkAt,
        pausedAt: row?.pausedAt,
        pausedBy: row?.pausedById,
        sentDay: row?.sentDay,
      },
    }),
    dailyCap: row?.dailyCap ?? 400,
    campaigns: row?.campaigns ?? false,
    sentCount: row?.sentCount ?? 0,
    foundLate: row?.foundLate ?? 0,
  }
}

/** The values that there are. */
function present<T extends object>(all: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  const some = Object.entries(all).filter(([, value]) => value !== null && value !== undefined)
  // The names and the values are those of `all`.
  return Object.fromEntries(some) as { [Name in keyof T]?: NonNullable<T[Name]> }
}

/** Makes the row of an account, once. */
export async function ensurePairedPhone(prisma: Prisma, channelId: string): Promise<void> {
  await prisma.whatsappWeb.upsert({ where: { channelId }, create: { channelId }, update: {} })
}

/** Writes how the session fares. A phone that scanned the code was paired by whoever had asked for it. */
export async function notePhone(
  prisma: Prisma,
  channelId: string,
  news: PhoneNews,
  now: Date,
): Promise<void> {
  const before = await prisma.whatsappWeb.findUnique({ where: { channelId } })
  const [channel] = await prisma.channel.findMany({ where: { id: channelId }, select: { state: true } })
  const moved = channel?.state !== news.state
  const pairing = news.state === 'up' && before?.code != null
  const gone = news.why === 'logged_out'
  await prisma.channel.updateMany({
    where: { id: channelId },
    data: { state: news.state, ...(moved ? { stateAt: now } : {}) },
  })
  await prisma.whatsappWeb.updateMany({
    where: { channelId },
    data: {
      why: news.why ?? null,
      code: news.code ?? null,
      codeAt: news.code === undefined ? null : now,
      ...(news.account === undefined ? {} : { account: news.account }),
      ...(pairing ? { pairedAt: now, pairedById: before?.askedById ?? null, askedById: null } : {}),
      ...(gone ? { account: null, pairedAt: null, pairedById: null } : {}),
    },
  })
}

/** Somebody wants to see the code: if a phone scans it, it is they who paired it. */
export async function askForCode(prisma: Prisma, channelId: string, staff: string, now: Date): Promise<void> {
  await prisma.whatsappWeb.updateMany({ where: { channelId }, data: { askedById: staff, askedAt: now } })
}

export async function pausePhone(
  prisma: Prisma,
  channelId: string,
  by: { readonly staff: string; readonly at: Date } | undefined,
): Promise<void> {
  const data = { pausedAt: by?.at ?? null, pausedById: by?.staff ?? null }
  await prisma.whatsappWeb.updateMany({ where: { channelId }, data })
}

/** Orders the unlinking; carried out by whichever process keeps the session. */
export async function orderUnlink(prisma: Prisma, channelId: string, at: Date | null): Promise<void> {
  await prisma.whatsappWeb.updateMany({ where: { channelId }, data: { unlinkAt: at } })
}

export async function limitPhone(
  prisma: Prisma,
  channelId: string,
  limits: { readonly dailyCap: number; readonly campaigns: boolean },
): Promise<void> {
  await prisma.whatsappWeb.updateMany({ where: { channelId }, data: limits })
}

/** Whether campaigns may go out on this account: those of WhatsApp Web only where an administrator allows it. */
export async function allowsCampaigns(prisma: Prisma, channelId: string): Promise<boolean> {
  const channel = await prisma.channel.findUnique({ where: { id: channelId }, select: { kind: true } })
  if (channel?.kind !== kind) return channel !== null
  const row = await prisma.whatsappWeb.findUnique({ where: { channelId }, select: { campaigns: true } })
  return row?.campaigns ?? false
}

/** One more message went out on this day. */
export async function countSent(pool: Pool, channelId: string, day: Date): Promise<void> {
  await pool.query(
    `update whatsapp_web set sent_count = case when sent_day = $2::date then sent_count + 1 else 1 end,
       sent_day = $2::date where channel_id = $1`,
    [channelId, day],
  )
}

/** Which of these are messages that went out, by what the provider calls them. */
export async function knownSent(
  { pool, keys }: { readonly pool: Pool; readonly keys: Keys },
  channel: string,
  externalIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (externalIds.length === 0) return new Set()
  const { rows } = await pool.query<{ n: number }>(
    `select i.n::int as n from unnest($1::bytea[]) with ordinality as i(hash, n)
     join message m on m.external_hash = i.hash
     where m.direction = 'out' and m.state in ('sent', 'delivered', 'read')`,
    [externalIds.map((id) => sentHash(keys, channel, id))],
  )
  return new Set(rows.flatMap(({ n }) => externalIds[n - 1] ?? []))
}

/** Counts those of these arrivals that are no rows: they came while nobody listened, and were found by looking back. */
export async function countLate(
  { pool, keys }: { readonly pool: Pool; readonly keys: Keys },
  channel: string,
  found: readonly Incoming[],
): Promise<void> {
  await pool.query(
    `update whatsapp_web set found_late = found_late + (
       select count(*) from unnest($2::bytea[], $3::bytea[]) as i(address, hash)
       where not exists (select from address a join message m on m.address_id = a.id and m.external_hash = i.hash
         where a.channel_id = $1 and a.external_hash = i.address))
     where channel_id = $1`,
    [
      channel,
      found.map(({ from }) => addressHash(keys, channel, from)),
      found.map((one) => arrivalHash(keys, one)),
    ],
  )
}
