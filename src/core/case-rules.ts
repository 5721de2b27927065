/** What staff may do with a case, as rules: each gives what happened, and nothing when nothing would change. */
import { Failure } from '../failure.ts'
import type { CaseFile, ClosureReason, Stage } from './case.ts'
import type { Happening } from './event.ts'

/** Where the case stands from here on, and why. Fails with `case:closed`: that is reopened first. */
export function setStage(it: CaseFile, stage: Stage, reason: string): readonly Happening[] {
  if (it.closed) throw new Failure('case:closed', { case: it.id })
  if (stage === it.stage) return []
  return [{ type: 'case_staged', case: it.id, from: it.stage, stage, secret: { reason } }]
}

/** Who looks after the case, and for which office. */
export function assignCase(
  it: CaseFile,
  to: { readonly owner?: string; readonly office?: string; readonly reason?: string },
): readonly Happening[] {
  if (to.owner === it.owner && to.office === it.office) return []
  const secret = to.reason === undefined ? undefined : { reason: to.reason }
  return [{ type: 'case_assigned', case: it.id, owner: to.owner, office: to.office, secret }]
}

/** A second closure changes nothing. */
export function closeCase(it: CaseFile, reason: ClosureReason, note?: string): readonly Happening[] {
  if (it.closed) return []
  const secret = note === undefined ? undefined : { note }
  return [{ type: 'case_closed', case: it.id, from: it.stage, reason, secret }]
}

/** Open again; what was known of it stands. */
export function reopenCase(it: CaseFile, reason: string): readonly Happening[] {
  return it.closed ? [{ type: 'case_reopened', case: it.id, secret: { reason } }] : []
}
