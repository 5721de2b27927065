/** From the ledger of a campaign to what its report shows: small numbers hidden, and whatever would give them away. */
import { type Shown, shownOf, shownParts, toldRows } from '../core/small-numbers.ts'
import { type CampaignRow, loadCampaign } from '../store/campaign.ts'
import {
  type CampaignGroup,
  type CampaignOutcome,
  campaignOutcomes,
  groupsOf,
  paceOfCampaign,
  surveyOf,
} from '../store/campaign-report.ts'
import type { ConsoleParts } from './parts.ts'

/** What is counted of everybody, and of each group of them. */
export const reportColumns = [
  'recipients',
  'delivered',
  'read',
  'sent',
  'failed',
  'unknown',
  'answered',
  'stopped',
] as const
export type ReportColumn = (typeof reportColumns)[number]

export const reportDimensions = ['language', 'region', 'channel'] as const
export type ReportDimension = (typeof reportDimensions)[number]

export type Figures = Readonly<Record<ReportColumn, Shown>>

/** A list of reasons with their numbers; empty where it would tell too much. */
export type Reasons = readonly { readonly reason: string; readonly n: Shown }[]

export type CampaignReport = {
  readonly campaign: CampaignRow
  readonly all: Figures
  /** Handed over to the phone or at least to the provider. */
  readonly reached: Shown
  readonly waiting: Shown
  /** Left out when it was released; then those whose turn came and who could not be written to any more. */
  readonly leftOut: { readonly whole: Shown; readonly reasons: Reasons }
  readonly leftOutLater: { readonly whole: Shown; readonly reasons: Reasons }
  readonly failed: Reasons
  /** By the codes of the question, `''` for answers in their own words. */
  readonly answers: Reasons
  /** Of the survey: what was chosen, by the name that each answer is kept under. */
  readonly survey: ReadonlyMap<string, Reasons>
  readonly groups: Readonly<
    Record<ReportDimension, readonly { readonly name: string; readonly figures?: Figures }[]>
  >
  readonly pace: {
    readonly minutes: number
    readonly steps: readonly { readonly at: Date; readonly n: Shown }[]
  }
}

/** Fails with `campaign:not_found`. */
export async function loadReport(
  { database }: Pick<ConsoleParts, 'database'>,
  id: string,
): Promise<CampaignReport> {
  const { campaign } = await loadCampaign(database.prisma, id)
  const { pool } = database
  const [groups, pace, chosen] = await Promise.all([
    groupsOf(pool, id),
    paceOfCampaign(pool, id),
    campaign.question?.flow ? surveyOf(pool, id) : [],
  ])
  const report = reportOf(groups, campaign)
  const survey = shownSurvey(report.all.answered, chosen)
  return { campaign, ...report, survey, pace: { ...pace, steps: shownSteps(pace.steps) } }
}

export function reportOf(
  groups: readonly CampaignGroup[],
  { released, question }: Pick<CampaignRow, 'released' | 'question'>,
): Omit<CampaignReport, 'campaign' | 'pace' | 'survey'> {
  const { figures: all, reached, waiting, leftOut } = figuresOf(groups)
  const of = (wanted: CampaignOutcome) => groups.filter(({ outcome }) => outcome === wanted)
  return {
    ...{ all, reached, waiting },
    leftOut: whole(new Map(Object.entries(released?.leftOut ?? {}))),
    leftOutLater: {
      whole: leftOut,
      reasons: under(
        leftOut,
        sumBy(of('left_out'), ({ reason }) => reason),
      ),
    },
    failed: under(
      all.failed,
      sumBy(of('failed'), ({ reason }) => reason),
    ),
    answers: under(all.answered, answersOf(groups, question)),
    groups: {
      language: tableOf(groups, ({ language }) => language),
      region: tableOf(groups, ({ region }) => region),
      channel: tableOf(groups, ({ channel }) => channel),
    },
  }
}

/** Of everybody. What is a part of another number is told only beside it. */
function figuresOf(groups: readonly CampaignGroup[]) {
  const n = (...wanted: readonly CampaignOutcome[]) =>
    sum(groups.filter(({ outcome }) => wanted.includes(outcome)))
  const arrived = n('delivered', 'read')
  const parts = [arrived, n('sent'), n('failed'), n('unknown'), n('waiting'), n('left_out')]
  const { whole: recipients, parts: shown } = shownParts(parts)
  const [delivered = 'hidden', sent = 'hidden', failed = 'hidden', ...rest] = shown
  const [unknown = 'hidden', waiting = 'hidden', leftOut = 'hidden'] = rest
  const part = (count: number, of: Shown) => (of === 'hidden' ? of : shownOf(count, of))
  const answered = part(sum(groups.filter((one) => one.answered)), recipients)
  const stopped = part(sum(groups.filter((one) => one.stopped)), recipients)
  return {
    figures: {
      ...{ recipients, delivered, read: part(n('read'), delivered), sent, failed, unknown },
      ...{ answered, stopped },
    },
    reached: delivered === 'hidden' || sent === 'hidden' ? ('hidden' as const) : delivered + sent,
    ...{ waiting, leftOut },
  }
}

/** One table: a row is told whole or not at all. */
function tableOf(
  groups: readonly CampaignGroup[],
  nameOf: (group: CampaignGroup) => string,
): CampaignReport['groups'][ReportDimension] {
  const names = [...sumBy(groups, nameOf)].sort(([, one], [, other]) => other - one).map(([name]) => name)
  const members = names.map((name) => groups.filter((group) => nameOf(group) === name))
  // Whatever is shown of a row is one of these numbers, or a sum of some.
  const cells = members.map((some) => [
    ...campaignOutcomes.map((wanted) => sum(some.filter(({ outcome }) => outcome === wanted))),
    ...[true, false].map((so) => sum(some.filter(({ answered }) => answered === so))),
    ...[true, false].map((so) => sum(some.filter(({ stopped }) => stopped === so))),
  ])
  const told = toldRows(cells)
  return names.map((name, index) => ({
    name,
    ...(told[index] ? { figures: plainFigures(members[index] ?? []) } : {}),
  }))
}

function plainFigures(groups: readonly CampaignGroup[]): Figures {
  const n = (...wanted: readonly CampaignOutcome[]) =>
    sum(groups.filter(({ outcome }) => wanted.includes(outcome)))
  return {
    ...{ recipients: sum(groups), delivered: n('delivered', 'read'), read: n('read'), sent: n('sent') },
    ...{ failed: n('failed'), unknown: n('unknown') },
    answered: sum(groups.filter((one) => one.answered)),
    stopped: sum(groups.filter((one) => one.stopped)),
  }
}

/** Every choice, also one that nobody took; then those who answered in words of their own. */
function answersOf(
  groups: readonly CampaignGroup[],
  question: CampaignRow['question'],
): ReadonlyMap<string, number> {
  const said = sumBy(
    groups.filter(({ answered }) => answered),
    ({ answer }) => answer,
  )
  if (!question) return new Map()
  const chosen = question.choices.map(({ value }) => [value, said.get(value) ?? 0] as const)
  const others = [...said].filter(([answer]) => question.choices.every(({ value }) => value !== answer))
  return new Map([...chosen, ['', others.reduce((all, [, n]) => all + n, 0)]])
}

/** Reasons of a number that is shown beside them; none where it is not, or where they would tell of one person each. */
function under(all: Shown, counts: ReadonlyMap<string, number>): Reasons {
  const list = whole(counts)
  return all === 'hidden' || list.whole === 'hidden' ? [] : list.reasons
}

/** Whoever answered one question may have left the next. */
function shownSurvey(
  answered: Shown,
  chosen: Awaited<ReturnType<typeof surveyOf>>,
): CampaignReport['survey'] {
  const names = [...new Set(chosen.map(({ keep }) => keep))]
  return new Map(
    names.map((name) => {
      const counts = chosen.filter(({ keep }) => keep === name).map(({ value, n }) => [value, n] as const)
      return [name, under(answered, new Map(counts))]
    }),
  )
}

function whole(counts: ReadonlyMap<string, number>): { readonly whole: Shown; readonly reasons: Reasons } {
  const shown = shownParts([...counts.values()])
  const reasons = [...counts.keys()].map((reason, index) => ({ reason, n: shown.parts[index] ?? 'hidden' }))
  return { whole: shown.whole, reasons: shown.whole === 'hidden' ? [] : reasons }
}

function shownSteps(steps: readonly { readonly at: Date; readonly n: number }[]) {
  const { parts } = shownParts(steps.map(({ n }) => n))
  return steps.map(({ at }, index) => ({ at, n: parts[index] ?? ('hidden' as const) }))
}

function sumBy(
  groups: readonly CampaignGroup[],
  nameOf: (group: CampaignGroup) => string,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const group of groups) sums.set(nameOf(group), (sums.get(nameOf(group)) ?? 0) + group.n)
  return sums
}

function sum(groups: readonly CampaignGroup[]): number {
  return groups.reduce((all, { n }) => all + n, 0)
}
