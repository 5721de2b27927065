/**
 * Matters that an office never looks into itself: it reports them to those outside who do (We Are All In, domain notes
 * 3.2), and keeps nothing but the day and the reference. No field holds what somebody found out.
 */
import { Failure } from '../failure.ts'
import type { Happening } from './event.ts'
import type { Request, RequestKind } from './request.ts'

/** Kinds of matters that must be reported before they can be closed (S10, S11). */
export const reportedKinds: readonly RequestKind[] = ['complaint.sea', 'complaint.fraud']

export function mustBeReported(kind: RequestKind): boolean {
  return reportedKinds.includes(kind)
}

/** In how many hours it is to be reported, and for how many days its words are kept after that. */
export type ReportTerms = { readonly hours: number; readonly keptDays: number }

/** Widespread practice and found in no source (domain notes 3.2, 4.4): the programme's to change. */
export const reportTerms: ReportTerms = { hours: 24, keptDays: 30 }
export const reportLimits = { hours: [1, 14 * 24], keptDays: [1, 365] } as const

/** The terms as they were set; the programme's defaults for what is none. */
export function reportTermsOf(value: unknown): ReportTerms {
  const set = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<string, unknown>>
  const within = (name: keyof ReportTerms) => {
    const [least, most] = reportLimits[name]
    const given = set[name]
    return typeof given === 'number' && Number.isInteger(given) && given >= least && given <= most
      ? given
      : reportTerms[name]
  }
  return { hours: within('hours'), keptDays: within('keptDays') }
}

const hour = 3_600_000
const day = 24 * hour

/** Until when a matter is to be reported. */
export function reportBy(openedAt: Date, { hours }: ReportTerms): Date {
  return new Date(openedAt.getTime() + hours * hour)
}

/** The first day on which its words are gone. */
export function forgottenOn(reportedOn: Date, { keptDays }: ReportTerms): Date {
  return new Date(reportedOn.getTime() + keptDays * day)
}

/**
 * It was reported on a day, under a reference that those outside gave. Said again it corrects what was said before. Fails
 * with `form:invalid` for a day to come or before it was told to us, and with `staff:not_allowed` for another kind.
 */
export function report(
  it: Request,
  said: { readonly on: string; readonly reference: string },
  now: Date,
): readonly Happening[] {
  if (!mustBeReported(it.kind)) throw new Failure('staff:not_allowed', { request: it.id })
  if (said.on > dayOf(now) || said.on < dayOf(it.openedAt)) throw new Failure('form:invalid', { field: 'on' })
  if (said.reference.trim() === '') throw new Failure('form:invalid', { field: 'reference' })
  const { on, reference } = said
  return [{ type: 'matter_reported', request: it.id, on, secret: { reference: reference.trim() } }]
}

/** The office keeps UTC all year. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
