/** What the reader may do with a request that they may see: so that a page offers nothing that an act would refuse. */
import { queueKeys, queueOf } from '../core/queue.ts'
import { kindOf, type RequestKind } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import type { Allowed, Facts } from './view.ts'

/** The acts to offer. The rules (core/request-rules.ts) have the last word. */
export function allowedOf(facts: Pick<Facts, 'row' | 'reach'>, staff: Staff): Allowed {
  const { row, reach } = facts
  const open = row.state !== 'closed'
  const others = row.owner !== undefined && row.owner.id !== staff.id
  const reachable = reach !== undefined && reach.state === 'live' && reach.stopped !== 'all'
  const guards = staff.roles.includes('protection') || staff.roles.includes('psea')
  return {
    take: open && row.owner === undefined,
    answer: open && !others && reachable,
    handOver: open,
    close: open,
    reopen: !open,
    falseAlarm: open && guards && isHandedBack(row.kind),
    sort: open && !isHandedBack(row.kind),
    priority: open,
    attempt: open,
    note: true,
  }
}

/** What becomes another kind only as a false alarm, by those who guard it. */
export function isHandedBack(kind: RequestKind): boolean {
  return isGuarded(kind) || kind === 'security.threat'
}

/** Matters of protection: sealed ones, and everything of that family. */
export function isGuarded(kind: RequestKind): boolean {
  return kind.startsWith('protection.') || kindOf(kind).visibility === 'sealed'
}

/** Whoever oversees cases brings whole tables of them. */
export function mayImport({ roles }: Staff): boolean {
  return roles.includes('supervisor') || roles.includes('officer')
}

/** Whoever sits where confidential matters wait: voice notes come there, and nowhere else. */
export function mayListen({ queues }: Staff): boolean {
  return queueKeys.some((key) => queueOf(key).closed === true && queues.includes(key))
}

/** Who keeps the list of partners; everybody who refers may choose from it. */
export function keepsPartners({ roles }: Staff): boolean {
  return roles.includes('officer') || roles.includes('admin')
}
