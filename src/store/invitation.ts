/**
 * One-time links by which staff choose a password: their first one, or another when theirs is lost. Nobody else ever knows
 * it. The link's code is known to whoever holds the link; the row has its keyed hash.
 */
import { randomBytes } from 'node:crypto'
import type { Database } from './database.ts'
import { endStaffChats } from './staff-chat.ts'
import { dropStaffKey } from './staff-key.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

/** How many days a link is good for. */
export const invitationDays = 7

/** Makes the link's code; an older link of the same account is worth nothing from here on. */
export async function invite({ prisma, keys }: Part, staff: string, now: Date): Promise<string> {
  const code = randomBytes(24).toString('base64url')
  const expiresAt = new Date(now.getTime() + invitationDays * 24 * 60 * 60_000)
  const row = { codeHash: hashOf(keys, code), expiresAt }
  await prisma.invitation.upsert({
    where: { staffId: staff },
    create: { staffId: staff, ...row },
    update: row,
  })
  return code
}

export type Invited = { readonly id: string; readonly name: string; readonly email: string }

/** Who is invited by this code; undefined when it is unknown, used or too old. */
export async function findInvited(
  { prisma, keys }: Part,
  code: string,
  now: Date,
): Promise<Invited | undefined> {
  const row = await prisma.invitation.findUnique({
    where: { codeHash: hashOf(keys, code), expiresAt: { gt: now } },
    select: { staff: { select: { id: true, name: true, email: true } } },
  })
  return row?.staff
}

/**
 * Uses the code up: the account has this password, is open, and every session of it ends. False when somebody was quicker.
 */
export async function takeInvitation(
  { prisma, keys }: Part,
  it: { readonly code: string; readonly staff: string; readonly passwordHash: string },
  now: Date,
): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.invitation.deleteMany({
      where: { codeHash: hashOf(keys, it.code), staffId: it.staff, expiresAt: { gt: now } },
    })
    if (count === 0) return false
    await tx.staff.update({
      where: { id: it.staff },
      data: { passwordHash: it.passwordHash, active: true },
    })
    await dropStaffKey(tx, it.staff)
    await tx.signIn.deleteMany({ where: { staffId: it.staff } })
    await endStaffChats(tx, it.staff)
    return true
  })
}

/** Takes a link back; nothing when there is none. */
export async function cancelInvitation({ prisma }: Pick<Part, 'prisma'>, staff: string): Promise<void> {
  await prisma.invitation.deleteMany({ where: { staffId: staff } })
}

/** Prisma wants bytes that lie in a buffer of their own. */
function hashOf(keys: Part['keys'], code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(keys.hash('invitation', code))
}
