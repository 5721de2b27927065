/**
 * Who gets a request: given by a colleague, or by the machine in turn. The machine gives only to people who are there, may
 * see the request and have not yet as many as the office allows; never what is sealed.
 */
import { Failure } from '../failure.ts'
import type { Happening } from './event.ts'
import type { Language } from './language.ts'
import type { Request } from './request.ts'
import { mustBeOpen } from './request-rules.ts'
import type { WorkerSex } from './safe-contact.ts'
import type { Staff } from './staff.ts'

export const assignments = ['manual', 'round_robin'] as const
export type Assignment = (typeof assignments)[number]

/**
 * Gives a request to somebody. A supervisor of its office may, and members of its queue: to themselves what nobody has, and
 * with a reason to each other or what somebody has. Fails with `staff:not_allowed` and `request:reason_missing`.
 */
export function assign(
  it: Request,
  by: Pick<Staff, 'id' | 'roles' | 'queues' | 'office'>,
  to: { readonly owner: string; readonly reason?: string },
): readonly Happening[] {
  mustBeOpen(it)
  if (it.owner === to.owner) return []
  const supervises = superviseOffice(by, it)
  if (!supervises && !by.queues.includes(it.queue)) throw new Failure('staff:not_allowed', { request: it.id })
  const plain = supervises || (to.owner === by.id && it.owner === undefined)
  if (!plain && !to.reason) throw new Failure('request:reason_missing', { request: it.id })
  const secret = to.reason ? { reason: to.reason } : undefined
  return [{ type: 'request_assigned', request: it.id, owner: to.owner, secret }]
}

/** Whether somebody supervises the office that a request belongs to. */
export function superviseOffice(by: Pick<Staff, 'roles' | 'office'>, it: Pick<Request, 'office'>): boolean {
  return by.roles.includes('supervisor') && by.office !== undefined && by.office === it.office
}

/** The machine gives it; nothing when somebody was quicker, or when it must not. */
export function assignInTurn(it: Request, owner: string): readonly Happening[] {
  if (it.state === 'closed' || it.owner !== undefined || it.visibility === 'sealed') return []
  return [{ type: 'request_assigned', request: it.id, owner }]
}

/** Somebody the machine may give a request to. */
export type Candidate = {
  readonly staff: string
  readonly speaks: readonly string[]
  /** As they said of themselves. */
  readonly sex?: WorkerSex
  /** How many open requests of the queue they have. */
  readonly open: number
  /** When they were last given one. */
  readonly assignedAt?: Date
}

/**
 * Whose turn it is: below the limit, speaking the person's language first, then whoever was given one longest ago. Whoever
 * would rather speak with a woman, or a man, is given to nobody else by the machine.
 */
export function nextInTurn(
  candidates: readonly Candidate[],
  {
    language,
    prefers,
  }: { readonly language?: Language | undefined; readonly prefers?: WorkerSex | undefined },
  limit: number | undefined,
): Candidate | undefined {
  const wished = candidates.filter(({ sex }) => prefers === undefined || sex === prefers)
  const free = wished.filter(({ open }) => limit === undefined || open < limit)
  const speaking = free.filter(({ speaks }) => language !== undefined && speaks.includes(language))
  return (speaking.length > 0 ? speaking : free).toSorted(byTurn)[0]
}

function byTurn(one: Candidate, other: Candidate): number {
  const since = (one.assignedAt?.getTime() ?? 0) - (other.assignedAt?.getTime() ?? 0)
  return since || one.open - other.open || (one.staff < other.staff ? -1 : 1)
}
