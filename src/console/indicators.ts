/** From counts to what the report of indicators shows: a period, one split, small numbers hidden. */
import {
  type IndicatorRow,
  type Indicators,
  inOrder,
  monthOf,
  nothing,
  type Part,
  type Period,
  quarterOf,
  rowsOf,
  type Split,
  shareOf,
  splits,
  totalOf,
} from '../core/indicators.ts'
import { type Shown, shownAlone, shownOf, shownParts } from '../core/small-numbers.ts'
import type { Staff } from '../core/staff.ts'
import { tallyRequests, tallySealed, tallyTalk } from '../store/indicators.ts'
import { nameOf } from './counted.ts'
import { FormFault } from './form.ts'
import type { ConsoleParts } from './parts.ts'

type Parts = Pick<ConsoleParts, 'database' | 'clock' | 'counted'>

/** What an address asks for. */
export type IndicatorWish = Period & { readonly by: Split; readonly office?: string }

export type IndicatorReport = {
  readonly wish: IndicatorWish
  readonly all: Indicators
  readonly rows: Readonly<Record<Part, readonly IndicatorRow[]>>
  /** Of all offices alone. */
  readonly talk?: TalkView
  /** Whole quarters in the period that are over; of all offices alone. */
  readonly sealed?: readonly {
    readonly from: Date
    readonly opened: Shown
    readonly abuse: Shown
    readonly forwarded: Shown
  }[]
}

export type TalkView = {
  readonly messages: Shown
  readonly voice: Shown
  readonly voiceShare?: number
  readonly writers: Shown
  readonly ofCaseload: Shown
  readonly caseload: Shown
  readonly reach?: number
  readonly notUnderstood: Shown
  readonly feedback: readonly { readonly kind: string; readonly n: Shown }[]
  readonly decisions: number
  readonly recipients: Shown
  readonly optOuts: Shown
}

const day = 86_400_000
/** Nobody reports on more, and nothing is counted longer. */
const longestDays = 2 * 366

/** The quarter before this one while nothing is asked; `until` is the last day that counts. Fails with FormFault. */
export function wishOf(query: Readonly<Record<string, unknown>>, now: Date): IndicatorWish {
  const { from, until, by, office } = query
  const usual = quarterOf(now, 1)
  const dayOf = (value: unknown, otherwise: Date) => {
    if (value === undefined || value === '') return otherwise
    const at = new Date(`${String(value)}T00:00:00Z`)
    if (Number.isNaN(at.getTime())) throw new FormFault('indicators.bad_day')
    return at
  }
  const first = dayOf(from, usual.from)
  const last = new Date(dayOf(until, new Date(usual.until.getTime() - day)).getTime() + day)
  if (last <= first) throw new FormFault('indicators.turned')
  if (last.getTime() - first.getTime() > longestDays * day) throw new FormFault('indicators.too_long')
  return {
    ...{ from: first, until: last, by: splits.find((one) => one === by) ?? 'kind' },
    ...(typeof office === 'string' && office !== '' ? { office } : {}),
  }
}

/** Periods that one reports on. */
export function usualPeriods(now: Date) {
  return [
    { name: 'last_quarter', ...quarterOf(now, 1) },
    { name: 'this_quarter', ...quarterOf(now) },
    { name: 'last_month', ...monthOf(now, 1) },
    { name: 'this_month', ...monthOf(now) },
  ]
}

/** The fields of a form that asks for it; `until` stands there as the last day. */
export function fieldsOf({ from, until, by, office }: IndicatorWish): Readonly<Record<string, string>> {
  const iso = (at: Date) => at.toISOString().slice(0, 10)
  const last = new Date(until.getTime() - day)
  return { from: iso(from), until: iso(last), by, ...(office ? { office } : {}) }
}

/** The same as an address. */
export function queryOf(wish: IndicatorWish): string {
  return new URLSearchParams(fieldsOf(wish)).toString()
}

export async function loadIndicators(
  { database, clock, counted }: Parts,
  staff: Staff,
  wish: IndicatorWish,
): Promise<IndicatorReport> {
  const { prisma } = database
  const now = clock.now()
  const everywhere = wish.office === undefined
  const period = [wish.from, wish.until]
  const [{ all, rows }, talk, sealed] = await Promise.all([
    counted(nameOf('requests', staff, wish), () => tallyRequests(prisma, staff, wish, wish.by, now)),
    everywhere ? counted(nameOf('talk', period), () => tallyTalk(prisma, wish)) : undefined,
    everywhere ? sealedIn(prisma, wish, now) : undefined,
  ])
  return {
    ...{
      wish,
      all: totalOf(all ?? nothing, all?.medianMinutes),
      rows: {
        answers: inOrder(rowsOf(rows, 'answers'), wish.by),
        loop: inOrder(rowsOf(rows, 'loop'), wish.by),
      },
    },
    ...(talk ? { talk: talkOf(talk) } : {}),
    ...(sealed ? { sealed } : {}),
  }
}

function talkOf(it: Awaited<ReturnType<typeof tallyTalk>>): TalkView {
  const { messages, voice, writers, ofCaseload, caseload } = it
  const { notUnderstood, feedback, decisions, recipients, optOuts } = it
  const said = { messages: shownAlone(messages), voice: shownOf(voice, messages) }
  const people = {
    writers: shownAlone(writers),
    ofCaseload: shownOf(ofCaseload, writers),
    caseload: shownAlone(caseload),
  }
  const parts = shownParts(feedback.map(({ n }) => n)).parts
  const shares = {
    voiceShare: shareOf(said.voice, said.messages),
    reach: shareOf(people.ofCaseload, people.caseload),
  }
  return {
    ...{ ...said, ...people, notUnderstood: shownAlone(notUnderstood), decisions },
    ...{ recipients: shownAlone(recipients), optOuts: shownOf(optOuts, recipients) },
    ...Object.fromEntries(Object.entries(shares).filter(([, share]) => share !== undefined)),
    feedback: feedback.map(({ kind }, index) => ({ kind, n: parts[index] ?? 'hidden' })),
  }
}

/** Only quarters that lie whole in the period and are over: nothing tells that something is being looked at now. */
async function sealedIn(prisma: Parts['database']['prisma'], { from, until }: Period, now: Date) {
  const first = quarterOf(from)
  const begin = first.from.getTime() === from.getTime() ? from : first.until
  const end = quarterOf(until < now ? until : now).from
  if (end <= begin) return []
  const rows = await tallySealed(prisma, { from: begin, until: end })
  return rows.map((row) => ({
    from: row.from,
    opened: shownAlone(row.opened),
    abuse: shownOf(row.abuse, row.opened),
    forwarded: shownOf(row.forwarded, row.abuse),
  }))
}
