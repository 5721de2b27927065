/** How soon a request must be answered: the highest of its kind, what the person said of it, and danger (domain 1.9). */
import { type Danger, requestOfDanger } from './danger.ts'
import type { NeedCategory, Urgency } from './need.ts'
import { kindOf, type Priority, type RequestKind, type Term } from './request.ts'

/** What lacking today is critical, not only high: illness, hunger, no shelter, fear. */
const critical: ReadonlySet<NeedCategory> = new Set(['health', 'food', 'housing', 'worries'])

/** Weak words of these kinds are critical, those of the others high. */
const graveWhenWeak: ReadonlySet<Danger['kind']> = new Set(['suicide', 'child', 'danger_now'])

/** Until the first human answer, where the kind does not say it. P1 is answered within the working day it arrives on. */
const termOfPriority = {
  0: { minutes: 60 },
  1: { workingDays: 0 },
  2: { workingDays: 2 },
  3: { workingDays: 5 },
  4: { workingDays: 10 },
} as const satisfies Record<Priority, Term>

/** The priority by rule. Every fact can only raise it (lower the number); only a person may lower a priority. */
export function priorityOf(facts: {
  readonly kind: RequestKind
  readonly category?: NeedCategory
  readonly urgency?: Urgency
  readonly danger?: Danger
}): Priority {
  return higher(
    kindOf(facts.kind).priority,
    urgencyPriority(facts.category, facts.urgency),
    facts.danger ? dangerPriority(facts.danger) : 4,
  )
}

/** What a danger phrase alone calls for. */
export function dangerPriority(danger: Danger): Priority {
  if (danger.strength === 'weak') return graveWhenWeak.has(danger.kind) ? 1 : 2
  return danger.kind === 'danger_now' ? 0 : kindOf(requestOfDanger[danger.kind]).priority
}

/** The more urgent of several. */
export function higher(...priorities: readonly Priority[]): Priority {
  return Math.min(...priorities) as Priority
}

/** How long staff may take. A request raised above what is usual for its kind is due by its priority if that is sooner. */
export function termOf(kind: RequestKind, priority: Priority): Term {
  const usual = kindOf(kind)
  const raised: Term = termOfPriority[priority]
  if (!usual.term) return raised
  return priority < usual.priority && roughly(raised) < roughly(usual.term) ? raised : usual.term
}

/** Minutes, near enough to tell the shorter of two terms; the calendar knows the exact moment. */
function roughly(term: Term): number {
  if ('minutes' in term) return term.minutes
  return 'workingHours' in term ? term.workingHours * 60 : (term.workingDays + 1) * 24 * 60
}

function urgencyPriority(category: NeedCategory | undefined, urgency: Urgency | undefined): Priority {
  if (urgency === 'today') return category && critical.has(category) ? 1 : 2
  if (urgency === 'this_week' && category === 'health') return 2
  return 4
}
