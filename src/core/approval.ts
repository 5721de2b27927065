/**
 * Changes of accounts that open what is guarded. Who administers accounts could otherwise let anybody, and themselves,
 * into protection matters; so such a change waits until somebody of that role who is present agrees to it.
 *
 * Who may agree: a present holder of what is guarded. Where there is none: another administrator. While there is only one
 * administrator and nothing guarded was ever brought to us, nobody can be harmed and nobody else could agree: it is done
 * at once. Nobody agrees to what they asked for, nor to what is about themselves.
 */
import { type QueueKey, queueKeys, queueOf } from './queue.ts'
import { contentRoles, type Role, roles, type Staff } from './staff.ts'

/** What is guarded: three roles with their queues, and reading conversations at all for who administers accounts. */
export const guards = ['protection', 'psea', 'data_protection', 'content'] as const
export type Guard = (typeof guards)[number]

/** `dismiss` is told, never asked: shutting somebody out must not wait. */
export const approvalKinds = ['grant', 'withdraw', 'seat', 'unseat', 'reset', 'dismiss'] as const
export type ApprovalKind = (typeof approvalKinds)[number]

/** One change, about one thing that is guarded. */
export type Change = {
  readonly kind: ApprovalKind
  readonly guard: Guard
  /** Of `content`: the roles to be given. */
  readonly roles?: readonly Role[]
}

export type Approval = Change & {
  readonly id: string
  /** Whom it is about. */
  readonly staff: string
  readonly askedBy: string
}

/** The role that guards itself, if this one does. */
export function guardOfRole(role: Role): Exclude<Guard, 'content'> | undefined {
  return role === 'protection' || role === 'psea' || role === 'data_protection' ? role : undefined
}

/** Who guards a queue: the role that sits there at first. */
export function guardOfQueue(queue: QueueKey): Exclude<Guard, 'content'> | undefined {
  const [role] = queueOf(queue).roles
  return role === undefined ? undefined : guardOfRole(role)
}

/** The queue of a guard. */
export function queueOfGuard(guard: Guard): QueueKey | undefined {
  return queueKeys.find((queue) => guardOfQueue(queue) === guard)
}

export type Account = { readonly roles: readonly Role[]; readonly queues: readonly QueueKey[] }

/**
 * Parts an edit of an account into what is done at once and what waits. `self`: an administrator edits their own account,
 * and is not to make a reader of conversations out of themselves.
 */
export function partChange(
  before: Account,
  wanted: Account,
  self: boolean,
): { readonly now: Account; readonly waits: readonly Change[] } {
  const had = (role: Role) => before.roles.includes(role)
  const waits: Change[] = []
  const now = roles.filter((role) => (guardOfRole(role) ? had(role) : wanted.roles.includes(role)))
  for (const role of roles) {
    const guard = guardOfRole(role)
    if (guard && had(role) !== wanted.roles.includes(role))
      waits.push({ kind: had(role) ? 'withdraw' : 'grant', guard })
  }
  const seats = queueKeys.filter((queue) => (guardOfQueue(queue) ? before : wanted).queues.includes(queue))
  for (const queue of queueKeys) {
    const guard = guardOfQueue(queue)
    const sits = before.queues.includes(queue)
    // The seat comes and goes with the role; asked alone it is a change of its own.
    if (!guard || sits === wanted.queues.includes(queue) || waits.some((one) => one.guard === guard)) continue
    waits.push({ kind: sits ? 'unseat' : 'seat', guard })
  }
  const gained = now.filter((role) => !had(role) && contentRoles.includes(role))
  if (!self || gained.length === 0 || before.roles.some((role) => contentRoles.includes(role)))
    return { now: { roles: now, queues: seats }, waits }
  return {
    // Without a role that reads, a seat shows nothing, and waits for the role.
    now: { roles: now.filter((role) => !gained.includes(role)), queues: seats },
    waits: [...waits, { kind: 'grant', guard: 'content', roles: gained }],
  }
}

/** Whoever could agree to something, as far as it concerns them. */
export type Present = {
  readonly id: string
  readonly roles: readonly Role[]
  /** What was reset and not confirmed: they cannot speak for it. */
  readonly suspended: readonly string[]
}

/** Who holds what is guarded; conversations are held by those who answer for others. */
export function holds(it: Pick<Present, 'roles' | 'suspended'>, guard: Guard): boolean {
  if (guard === 'content') return it.roles.includes('supervisor') || it.roles.includes('officer')
  return it.roles.includes(guard) && !it.suspended.includes(guard)
}

/** Who may agree to a change, of all active accounts; empty while there is nobody. */
export function deciders(
  it: Pick<Approval, 'guard' | 'staff' | 'askedBy'>,
  present: readonly Present[],
): readonly string[] {
  const others = present.filter(({ id }) => id !== it.askedBy && id !== it.staff)
  const holders = others.filter((one) => holds(one, it.guard))
  const may = holders.length > 0 ? holders : others.filter((one) => one.roles.includes('admin'))
  return may.map(({ id }) => id)
}

/** Whether anything could ever wait for them: they guard something, or administer accounts. */
export function mayApprove({ roles: held }: { readonly roles: readonly Role[] }): boolean {
  const deciding: readonly Role[] = [
    'admin',
    'supervisor',
    'officer',
    'protection',
    'psea',
    'data_protection',
  ]
  return held.some((role) => deciding.includes(role))
}

/** Whether a change need not wait: a new office with one administrator, and nothing there to be guarded yet. */
export function isFirst(
  it: Pick<Approval, 'guard' | 'staff'>,
  present: readonly Present[],
  guardedMatters: number,
): boolean {
  const holders = present.filter((one) => one.id !== it.staff && holds(one, it.guard))
  const administrators = present.filter((one) => one.roles.includes('admin'))
  return holders.length === 0 && administrators.length <= 1 && guardedMatters === 0
}

/** What is left to somebody while guarded roles of theirs are suspended. */
export function without(suspended: readonly string[], it: Pick<Staff, 'roles' | 'queues'>) {
  const shut = (guard: Guard | undefined) => guard !== undefined && suspended.includes(guard)
  return {
    roles: it.roles.filter((role) => !shut(guardOfRole(role))),
    queues: it.queues.filter((queue) => {
      const key = queueKeys.find((one) => one === queue)
      return key === undefined || !shut(guardOfQueue(key))
    }),
  }
}
