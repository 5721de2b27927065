/** Who is called when danger does not wait for office hours: a line for each kind of matter, and its order. */
import { guards, type QueueKey, queueOf } from './queue.ts'
import type { Priority } from './request.ts'
import type { Visibility } from './visibility.ts'

export const dutyLines = ['protection', 'psea', 'conduct', 'data', 'critical'] as const
export type DutyLine = (typeof dutyLines)[number]

/** Called first, then the deputies in their order. */
export const dutyRanks = [0, 1, 2] as const
export type DutyRank = (typeof dutyRanks)[number]

/** The line that answers for a queue; what has none of its own is everybody's. */
export function dutyLineOf(queue: QueueKey): DutyLine {
  return dutyLines.find((line) => line === queue) ?? 'critical'
}

/** Lines of sealed matters: being on duty for them makes a holder, so only who guards such matters may be. */
export function isGuardedLine(line: DutyLine): boolean {
  return line !== 'critical' && queueOf(line).guards === true
}

/** Whether somebody who sits in these queues may be on duty on a line: being called must not let in whoever has no seat. */
export function mayBeOnDuty(line: DutyLine, staff: { readonly queues: readonly string[] }): boolean {
  if (line === 'critical') return true
  return isGuardedLine(line) ? guards(staff) : staff.queues.includes(line)
}

/**
 * Why staff are called. danger: a life or the dignity of a person may be at risk. critical: something that cannot wait
 * until the office opens. late: nobody answered such a matter in time. report: nobody has reported it. opening: a colleague asks to be let in. approval and limit come without a request.
 */
export const alertCauses = ['danger', 'critical', 'late', 'report', 'opening', 'approval', 'limit'] as const
export type AlertCause = (typeof alertCauses)[number]

/** Whether a request that is opened, raised, moved or found to be another kind calls somebody. */
export function callFor(
  it: {
    readonly visibility: Visibility
    readonly priority: Priority
    /** A danger phrase was found in what was just said. */
    readonly danger: boolean
  },
  /** The office does not open long enough today. */
  pressing: boolean,
): AlertCause | undefined {
  if (it.priority === 0 || (it.danger && it.visibility !== 'open')) return 'danger'
  return it.priority === 1 && pressing ? 'critical' : undefined
}
