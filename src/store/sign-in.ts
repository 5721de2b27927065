/**
 * Signed-in browsers. The cookie's value is known to the browser alone; the row holds its keyed hash. A session ends an
 * hour after the last page, twelve hours after the sign-in, when its owner leaves or is made inactive. Until everything
 * that comes after the password is done (core/entry.ts) it opens nothing but those pages, and only for a quarter of an hour.
 */
import { randomBytes } from 'node:crypto'
import type { Entrant } from '../core/entry.ts'
import type { Staff } from '../core/staff.ts'
import type { Pair } from './box.ts'
import type { Database } from './database.ts'
import { entrantOf, staffOf, staffSelect } from './staff.ts'
import { endStaffChats } from './staff-chat.ts'
import { sessionKey, unwrapSecret, wrapSecret } from './staff-key.ts'

type Part = Pick<Database, 'prisma' | 'keys'>
type Road = Pick<Database, 'pool' | 'keys'>

const idle = 60 * 60_000
const longest = 12 * 60 * 60_000
const enteringMilliseconds = 15 * 60_000
/** The last page is written down once a minute at most: a page need not wait for a write. */
const noted = 60_000

export type SignedIn = {
  readonly staff: Staff
  /** Keyed hash of the cookie's value. */
  readonly session: Buffer
  /** When the last page was noted. */
  readonly seenAt: Date
  /** What the account and this session bring for the way in. */
  readonly entrant: Entrant
  /** Their key pair, which the cookie opened. */
  readonly pair?: Pair
}

export type NewSession = {
  readonly staff: string
  /** A code was given on the way to it. */
  readonly factor: boolean
  /** Nothing is left to be done before the first page. */
  readonly whole: boolean
  /** Kind of browser, in one word. */
  readonly browser?: string
  /** Kept for the session under what only its cookie knows. */
  readonly pair?: Pair
}

/** Opens a session and gives the value of its cookie; what has expired is swept away on the way. */
export async function openSignIn({ prisma, keys }: Part, it: NewSession, now: Date): Promise<string> {
  const value = randomBytes(32).toString('base64url')
  await prisma.signIn.deleteMany({ where: { expiresAt: { lt: now } } })
  await prisma.signIn.create({
    data: {
      idHash: bytes(keys.hash('cookie', value)),
      staffId: it.staff,
      factor: it.factor,
      browser: it.browser ?? null,
      secretEnc: it.pair ? bytes(wrapSecret(sessionKey(value), it.pair.secret)) : null,
      createdAt: now,
      seenAt: now,
      expiresAt: new Date(now.getTime() + (it.whole ? longest : enteringMilliseconds)),
    },
  })
  return value
}

/**
 * Who this browser is, or undefined when the session is unknown, expired, or its owner inactive. Every page asks this
 * first: one statement, where Prisma would go five times.
 */
export async function findSignIn(
  { pool, keys }: Road,
  value: string,
  now: Date,
): Promise<SignedIn | undefined> {
  const session = keys.hash('cookie', value)
  const { rows } = await pool.query<SignInRow>({
    name: 'find-sign-in',
    text: findText,
    values: [session, now, new Date(now.getTime() - idle)],
  })
  const [row] = rows
  if (!row) return undefined
  const { factorGiven, factor, secretEnc, publicKey, seenAt, queues, ...staff } = row
  const pair = pairIn(value, secretEnc, publicKey ?? undefined)
  return {
    staff: staffOf({ ...staff, queues: queues.map((queue) => ({ queue })) }),
    session,
    seenAt,
    entrant: entrantOf({ ...staff, factor: factor ? {} : null }, factorGiven),
    ...(pair ? { pair } : {}),
  }
}

type SignInRow = Omit<Parameters<typeof staffOf>[0], 'queues'> & {
  readonly conduct: number | null
  readonly queues: readonly string[]
  /** Whether the account has a second factor, and whether a code was given on the way to this session. */
  readonly factor: boolean
  readonly factorGiven: boolean
  readonly secretEnc: Buffer | null
  readonly publicKey: Buffer | null
  readonly seenAt: Date
}

const findText = `
  select i.factor as "factorGiven", i.secret_enc as "secretEnc", i.seen_at as "seenAt", s.id, s.name, s.email, s.roles,
    s.language, s.office_id as "officeId", s.supervisor_id as "supervisorId", s.suspended, s.sex, s.shortcuts, s.signals,
    s.conduct, k.public as "publicKey",
    array(select q.queue from queue_staff q where q.staff_id = s.id) as queues,
    exists (select from second_factor f where f.staff_id = s.id) as factor
  from sign_in i join staff s on s.id = i.staff_id left join staff_key k on k.staff_id = s.id
  where i.id_hash = $1 and i.expires_at > $2 and i.seen_at > $3 and s.active`

function pairIn(
  cookie: string,
  secretEnc: Uint8Array | null,
  publicKey: Uint8Array | undefined,
): Pair | undefined {
  const secret = secretEnc && publicKey && unwrapSecret(sessionKey(cookie), secretEnc)
  return secret && publicKey ? { publicKey: Buffer.from(publicKey), secret } : undefined
}

/** The same by the hash, for lines that stay open; being open does not count as a page. */
export async function findSession(
  { prisma }: Pick<Part, 'prisma'>,
  session: Buffer,
  now: Date,
): Promise<Staff | undefined> {
  const row = await prisma.signIn.findUnique({
    where: stillOpen(session, now),
    select: { staff: { select: { ...staffSelect, active: true } } },
  })
  return row?.staff.active ? staffOf(row.staff) : undefined
}

function stillOpen(session: Buffer, now: Date) {
  return { idHash: bytes(session), expiresAt: { gt: now }, seenAt: { gt: new Date(now.getTime() - idle) } }
}

/** Notes that a page was read, so that the hour begins again. */
export async function noteSignIn(
  { prisma }: Pick<Part, 'prisma'>,
  { session, seenAt }: SignedIn,
  now: Date,
): Promise<void> {
  const before = new Date(now.getTime() - noted)
  if (seenAt >= before) return
  await prisma.signIn.updateMany({
    where: { idHash: bytes(session), seenAt: { lt: before } },
    data: { seenAt: now },
  })
}

/** Ends one session; nothing when it has ended. */
export async function closeSignIn({ prisma }: Pick<Part, 'prisma'>, session: Buffer): Promise<void> {
  await prisma.signIn.deleteMany({ where: { idHash: bytes(session) } })
}

export type OwnSession = {
  /** Names the session on a page; it opens nothing. */
  readonly id: string
  readonly since: Date
  readonly seenAt: Date
  readonly browser?: string
}

/** The sessions of somebody that are open, the last seen first. */
export async function listSignIns(
  { prisma }: Pick<Part, 'prisma'>,
  staff: string,
  now: Date,
): Promise<readonly OwnSession[]> {
  const rows = await prisma.signIn.findMany({
    where: { staffId: staff, expiresAt: { gt: now }, seenAt: { gt: new Date(now.getTime() - idle) } },
    orderBy: { seenAt: 'desc' },
  })
  return rows.map(({ idHash, createdAt, seenAt, browser }) => ({
    id: sessionId(idHash),
    since: createdAt,
    seenAt,
    ...(browser === null ? {} : { browser }),
  }))
}

/** How a session is named on a page. */
export function sessionId(session: Uint8Array): string {
  return Buffer.from(session).toString('base64url')
}

/** Ends a session of this member of staff; nothing when it is not theirs or has ended. */
export async function closeOwnSignIn(
  { prisma }: Pick<Part, 'prisma'>,
  staff: string,
  id: string,
): Promise<void> {
  await prisma.signIn.deleteMany({ where: { staffId: staff, idHash: bytes(Buffer.from(id, 'base64url')) } })
}

/** Ends every session of somebody, and the chat in which they work. */
export async function closeStaffSignIns({ prisma }: Pick<Part, 'prisma'>, staff: string): Promise<void> {
  await prisma.signIn.deleteMany({ where: { staffId: staff } })
  await endStaffChats(prisma, staff)
}

/** Ends all sessions of somebody but this one, and the chat in which they work. */
export async function closeOtherSignIns(
  { prisma }: Pick<Part, 'prisma'>,
  staff: string,
  session: Buffer,
): Promise<void> {
  await prisma.signIn.deleteMany({ where: { staffId: staff, idHash: { not: bytes(session) } } })
  await endStaffChats(prisma, staff)
}

/** Prisma wants bytes that lie in a buffer of their own. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer)
}
