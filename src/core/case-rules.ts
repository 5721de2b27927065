/** What staff may do with a case, as rules: each gives what happened, and nothing when nothing would change. */
import { Failure } from '../failure.ts'
import { type CaseFile, type ClosureReason, chosenStages, type Stage } from './case.ts'
import type { Happening } from './event.ts'
import type { Staff } from './staff.ts'

/**
 * Where the case stands from here on. The next stage needs no reason; going back, and leaving stages out, does: fails with
 * `case:reason_missing`, and with `case:closed` for one that must be reopened first.
 */
export function setStage(it: CaseFile, stage: Stage, reason?: string): readonly Happening[] {
  if (it.closed) throw new Failure('case:closed', { case: it.id })
  if (stage === it.stage) return []
  if (reason === undefined && !isNext(it.stage, stage)) throw new Failure('case:reason_missing')
  const secret = reason === undefined ? undefined : { reason }
  return [{ type: 'case_staged', case: it.id, from: it.stage, stage, secret }]
}

/** Whether one stage follows the other. Whoever was reopened begins where they stand: that is told. */
export function isNext(from: Stage, to: Stage): boolean {
  const place = (stage: Stage) => (chosenStages as readonly Stage[]).indexOf(stage)
  return place(from) >= 0 && place(to) === place(from) + 1
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

/** Looked after more closely from here on, or not any more. */
export function noteRisk(it: CaseFile, high: boolean, reason: string): readonly Happening[] {
  if (it.closed) throw new Failure('case:closed', { case: it.id })
  if (it.highRisk === high) return []
  return [{ type: 'risk_noted', case: it.id, high, secret: { reason } }]
}

/** A second closure changes nothing. */
export function closeCase(it: CaseFile, reason: ClosureReason, note?: string): readonly Happening[] {
  if (it.closed) return []
  const secret = note === undefined ? undefined : { note }
  return [{ type: 'case_closed', case: it.id, from: it.stage, reason, secret }]
}

/** Who decides that a closed case is open again (domain notes S9); all others ask them. */
export function mayReopenCase({ roles }: Pick<Staff, 'roles'>): boolean {
  return roles.includes('officer') || roles.includes('supervisor')
}

/** Open again; what was known of it stands. Fails with `staff:not_allowed`. */
export function reopenCase(it: CaseFile, by: Pick<Staff, 'roles'>, reason: string): readonly Happening[] {
  if (!mayReopenCase(by)) throw new Failure('staff:not_allowed')
  return it.closed ? [{ type: 'case_reopened', case: it.id, secret: { reason } }] : []
}
