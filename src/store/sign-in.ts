/**
 * Signed-in browsers. The cookie's value is known to the browser alone; the row holds its keyed hash. A session ends an
 * hour after the last page, twelve hours after the sign-in, when its owner leaves or is made inactive.
 */
import { randomBytes } from 'node:crypto'
import type { Staff } from '../core/staff.ts'
import type { Database } from './database.ts'
import { staffOf, staffSelect } from './staff.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

const idle = 60 * 60_000
const longest = 12 * 60 * 60_000
/** The last page is written down once a minute at most: a page need not wait for a write. */
const noted = 60_000

export type SignedIn = {
  readonly staff: Staff /** Keyed hash of the cookie's value. */
  readonly session: Buffer
}

/** Opens a session and gives the value of its cookie; what has expired is swept away on the way. */
export async function openSignIn({ prisma, keys }: Part, staff: string, now: Date): Promise<string> {
  const value = randomBytes(32).toString('base64url')
  await prisma.signIn.deleteMany({ where: { expiresAt: { lt: now } } })
  await prisma.signIn.create({
    data: {
      idHash: bytes(keys.hash('cookie', value)),
      staffId: staff,
      createdAt: now,
      seenAt: now,
      expiresAt: new Date(now.getTime() + longest),
    },
  })
  return value
}

/** Who this browser is, or undefined when the session is unknown, expired, or its owner inactive. */
export async function findSignIn(
  { prisma, keys }: Part,
  value: string,
  now: Date,
): Promise<SignedIn | undefined> {
  const session = keys.hash('cookie', value)
  const found = await findSession({ prisma }, session, now)
  return found && { staff: found, session }
}

/** The same by the hash, for lines that stay open; being open does not count as a page. */
export async function findSession(
  { prisma }: Pick<Part, 'prisma'>,
  session: Buffer,
  now: Date,
): Promise<Staff | undefined> {
  const row = await prisma.signIn.findUnique({
    where: { idHash: bytes(session), expiresAt: { gt: now }, seenAt: { gt: new Date(now.getTime() - idle) } },
    include: { staff: { select: { ...staffSelect, active: true } } },
  })
  return row?.staff.active ? staffOf(row.staff) : undefined
}

/** Notes that a page was read, so that the hour begins again. */
export async function noteSignIn(
  { prisma }: Pick<Part, 'prisma'>,
  session: Buffer,
  now: Date,
): Promise<void> {
  await prisma.signIn.updateMany({
    where: { idHash: bytes(session), seenAt: { lt: new Date(now.getTime() - noted) } },
    data: { seenAt: now },
  })
}

/** Ends one session; nothing when it has ended. */
export async function closeSignIn({ prisma }: Pick<Part, 'prisma'>, session: Buffer): Promise<void> {
  await prisma.signIn.deleteMany({ where: { idHash: bytes(session) } })
}

/** Prisma wants bytes that lie in a buffer of their own. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer)
}
