/** What administrators change of accounts: a new password, closing and reopening. */
import { z } from 'zod'
import { passwordFault } from '../core/password.ts'
import { guards } from '../core/queue.ts'
import type { Staff } from '../core/staff.ts'
import { changePassword, dismissStaff, loadStaff, reinstateStaff } from '../store/seat.ts'
import type { Console } from './asked.ts'
import { FormFault, readForm } from './form.ts'

const passwordForm = z.object({ staff: z.uuid(), password: z.string() })
const activeForm = z.object({ staff: z.uuid(), active: z.enum(['yes', 'no']) })

/**
 * Gives somebody a new password and signs them out everywhere; fails with FormFault and `staff:not_found`. Not to those who
 * guard sealed matters: whoever knew their password could read them.
 */
export async function givePassword(console: Console, body: unknown): Promise<void> {
  const { staff: id, password } = readForm(passwordForm, body)
  const { prisma } = console.database
  const staff = await loadStaff(prisma, id)
  if (guards(staff)) throw new FormFault('admin.guarded')
  const fault = passwordFault(password, staff.email)
  if (fault) throw new FormFault(`password.${fault}`)
  await changePassword(prisma, id, await console.hashPassword(password))
}

/** Closes an account, or reopens it; nobody closes their own, or an office could lock itself out. */
export async function setActive(console: Console, body: unknown, reader: Staff): Promise<void> {
  const { staff: id, active } = readForm(activeForm, body)
  const { prisma } = console.database
  await loadStaff(prisma, id)
  if (active === 'yes') return reinstateStaff(prisma, id)
  if (id === reader.id) throw new FormFault('admin.not_yourself')
  await dismissStaff(prisma, id)
}
