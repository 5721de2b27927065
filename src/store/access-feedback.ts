/**
 * Who may read feedback, said once. Officers read all of it, supervisors that of their office and what came from no known
 * office; they sort it too. Monitoring is shown every line without a word of what was said. What became a restricted or
 * sealed matter is told to nobody here, not even as a count.
 */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Staff } from '../core/staff.ts'

type Reader = Pick<Staff, 'roles' | 'office'>

/** The feedback whose words they read, and which they sort. */
export function feedbackReadBy({ roles, office }: Reader): Prisma.FeedbackWhereInput {
  if (roles.includes('officer')) return { visibility: 'open' }
  if (!roles.includes('supervisor')) return { id: { in: [] } }
  return { visibility: 'open', OR: [{ officeId: null }, ...(office ? [{ officeId: office }] : [])] }
}

/** The feedback that exists for them, with its words or without. */
export function feedbackSeenBy(staff: Reader): Prisma.FeedbackWhereInput {
  return staff.roles.includes('monitoring') ? { visibility: 'open' } : feedbackReadBy(staff)
}

/** Whether there are pages of feedback for them. */
export function seesFeedback(staff: Pick<Staff, 'roles'>): boolean {
  return readsFeedback(staff) || staff.roles.includes('monitoring')
}

/** Whether they read what was said of any of it. */
export function readsFeedback({ roles }: Pick<Staff, 'roles'>): boolean {
  return roles.includes('officer') || roles.includes('supervisor')
}

/** Whether they read the words of this one: `feedbackReadBy`, asked of a row that is at hand. */
export function readsWordsOf(staff: Reader, { officeId }: { readonly officeId: string | null }): boolean {
  if (staff.roles.includes('officer')) return true
  return staff.roles.includes('supervisor') && (officeId === null || officeId === staff.office)
}
