/**
 * What administrators do with accounts. Ordinary things are done at once; whatever opens what is guarded is asked for, and
 * those who guard it are told (core/approval.ts).
 */
import { type Change, type Guard, guardOfQueue, guards, partChange } from '../core/approval.ts'
import { factorRoles } from '../core/entry.ts'
import type { Staff } from '../core/staff.ts'
import {
  type AccountFacts,
  type AccountWish,
  addAccount,
  listPresent,
  loadAccount,
  seatsAfter,
  writeAccount,
} from '../store/account.ts'
import { askApproval, suspend } from '../store/approval.ts'
import { cancelInvitation, invite } from '../store/invitation.ts'
import { dismissStaff, reinstateStaff } from '../store/seat.ts'
import { resetFactor } from '../store/second-factor.ts'
import { closeStaffSignIns } from '../store/sign-in.ts'
import { seatsOf } from '../store/staff.ts'
import type { Releasing } from '../store/unattended.ts'
import type { Console } from './asked.ts'
import { FormFault } from './form.ts'

/** Makes an account and gives the code of its link. Fails with `staff:exists` and FormFault. */
export async function inviteColleague(
  console: Console,
  reader: Staff,
  wish: AccountWish & { readonly email: string; readonly language: 'fr' | 'en' },
): Promise<{ readonly id: string; readonly code: string }> {
  const { database, clock } = console
  if (wish.roles.length === 0) throw new FormFault('account.staff.no_role')
  await mustExist(console, wish)
  const id = clock.id()
  const wanted = { roles: wish.roles, queues: seatsOf(wish.roles) }
  const { now, waits } = partChange({ roles: [], queues: [] }, wanted, false)
  await addAccount(database.prisma, { ...wish, id, roles: now.roles, at: clock.now() })
  await ask(console, reader, id, waits)
  return { id, code: await invite(database, id, clock.now()) }
}

/** Writes what was changed by hand; gives what waits for somebody's agreement. Fails with FormFault. */
export async function editAccount(
  console: Console,
  reader: Staff,
  id: string,
  wish: AccountWish,
): Promise<readonly Change[]> {
  const { prisma } = console.database
  const before = await loadAccount(prisma, id)
  if (wish.supervisor === id) throw new FormFault('account.staff.own_supervisor')
  await mustExist(console, wish)
  const wanted = { roles: wish.roles, queues: seatsAfter(before.roles, wish.roles, wish.queues) }
  const { now, waits } = partChange(before, wanted, id === reader.id)
  if (before.roles.includes('admin') && !now.roles.includes('admin') && before.active) {
    const others = (await listPresent(prisma)).filter((one) => one.id !== id && one.roles.includes('admin'))
    if (others.length === 0) throw new FormFault('account.staff.last_admin')
  }
  const released = await writeAccount(prisma, id, { ...wish, ...now }, releasing(console, reader))
  const guarded = now.roles.some((role) => factorRoles.includes(role) && !before.roles.includes(role))
  // What they may do now is not for a browser that gave a password alone.
  if (guarded && !before.hasFactor) await closeStaffSignIns(console.database, id)
  await ask(console, reader, id, waits, released)
  return waits
}

/** A link by which somebody chooses another password; gives its code. */
export async function renewLink(console: Console, reader: Staff, id: string): Promise<string> {
  const account = await loadAccount(console.database.prisma, id)
  if (!account.active && !account.invited) throw new FormFault('account.staff.closed')
  await shut(console, reader, account)
  return invite(console.database, id, console.clock.now())
}

/** Takes the second factor of somebody away: the next sign-in sets up another. */
export async function renewFactor(console: Console, reader: Staff, id: string): Promise<void> {
  const account = await loadAccount(console.database.prisma, id)
  await shut(console, reader, account)
  await resetFactor(console.database, id, console.clock.now())
}

/** Closes an account at once and tells those who guard what it opened; nobody closes their own. */
export async function closeAccount(console: Console, reader: Staff, id: string): Promise<void> {
  const { prisma } = console.database
  const account = await loadAccount(prisma, id)
  if (id === reader.id) throw new FormFault('admin.not_yourself')
  const released = await dismissStaff(prisma, id, releasing(console, reader))
  await cancelInvitation(console.database, id)
  await ask(
    console,
    reader,
    id,
    guardsHeld(account).map((guard) => ({ kind: 'dismiss', guard })),
    released,
  )
}

/** Opens a closed account again; what is guarded stays shut until it is confirmed. */
export async function reopenAccount(console: Console, reader: Staff, id: string): Promise<void> {
  const { prisma } = console.database
  const account = await loadAccount(prisma, id)
  if (account.active || account.invited) return
  await shut(console, reader, account)
  await reinstateStaff(prisma, id)
}

/** Whoever holds a fresh password or second factor may not be who held the old one. */
async function shut(console: Console, reader: Staff, account: AccountFacts): Promise<void> {
  const held = guardsHeld(account)
  if (held.length === 0) return
  await suspend(console.database.prisma, account.id, held)
  await ask(
    console,
    reader,
    account.id,
    held.map((guard) => ({ kind: 'reset', guard })),
  )
}

/** What somebody guards, by role or by seat. */
function guardsHeld({ roles, queues }: AccountFacts): readonly Guard[] {
  return guards.filter(
    (guard) => roles.some((role) => role === guard) || queues.some((queue) => guardOfQueue(queue) === guard),
  )
}

/** Who takes a seat away, for what is released with it. */
function releasing({ clock }: Console, { id }: Staff): Releasing {
  return { clock, by: id }
}

async function ask(
  { database, clock, desk }: Console,
  reader: Staff,
  staff: string,
  changes: readonly Change[],
  hints: readonly string[] = [],
): Promise<void> {
  const told = await askApproval(database.prisma, clock, { staff, askedBy: reader.id, changes })
  desk.watch.forget()
  const theirs = told.flatMap((id) => [`staff-${id}`, `alert-${id}`])
  desk.passOn({ outgoing: new Map(), hints: new Set([...hints, ...theirs]) })
}

async function mustExist({ database }: Console, { office, supervisor }: AccountWish): Promise<void> {
  const { prisma } = database
  const found = await Promise.all([
    office === undefined || prisma.office.findUnique({ where: { id: office }, select: { id: true } }),
    supervisor === undefined || prisma.staff.findUnique({ where: { id: supervisor }, select: { id: true } }),
  ])
  if (found.includes(null)) throw new FormFault('form.incomplete')
}
