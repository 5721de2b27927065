/** What became of a campaign: in a sentence, in pictures, and in tables that can be printed and taken along. */
import type { JSX } from 'preact'
import { exportFormats } from '../../core/data-export.ts'
import { fewest, type Shown } from '../../core/small-numbers.ts'
import { hasContent } from '../../store/access.ts'
import { type CampaignPicture, choiceName, stepName } from '../campaign-pictures.ts'
import {
  type CampaignReport,
  type Reasons,
  type ReportDimension,
  reportColumns,
  reportDimensions,
} from '../campaign-report.ts'
import type { SurveyTable } from '../campaign-survey.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Table } from './figures.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly report: CampaignReport
  readonly survey: readonly SurveyTable[]
  /** Ids of regions are not what one reads. */
  readonly placeName: (id: string) => string
}

export function CampaignReportPage({ page, rail, report, survey, placeName }: Props): JSX.Element {
  const { words } = page
  const { campaign } = report
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('campaign_report.title', { name: campaign.name })}
      icon="chart"
    >
      <div class="report">
        <p class="no-print">
          <a href={`/console/campaigns/${campaign.id}`}>{words.t('campaign_report.back')}</a>
          {hasContent(page.staff) ? (
            <>
              {' · '}
              <a href={`/console/campaigns/${campaign.id}/answers`}>
                {words.t('campaign_report.to_answers')}
              </a>
            </>
          ) : null}
        </p>
        <p class="quiet">{words.t('campaign_report.as_of', { at: words.exact(words.now) })}</p>
        <p class="sentence">{sentenceOf(words, report)}</p>
        <div class="pictures">
          <PacePicture words={words} report={report} />
          <AnswersPicture words={words} report={report} />
        </div>
        <div class="columns">
          {survey.map((one) => (
            <Surveyed key={one.keep} words={words} table={one} />
          ))}
        </div>
        <div class="columns">
          <Why words={words} title="left_out" reasons={report.leftOut.reasons} group="left" />
          <Why words={words} title="left_out_later" reasons={report.leftOutLater.reasons} group="left" />
          <Why words={words} title="failed" reasons={report.failed} group="failure" />
        </div>
        {reportDimensions.map((dimension) => (
          <Groups key={dimension} words={words} dimension={dimension} report={report} placeName={placeName} />
        ))}
        <p class="quiet">{words.t('campaign_report.hidden_note', { fewest })}</p>
        <Take page={page} campaign={campaign.id} />
      </div>
    </Sheet>
  )
}

/** What it comes to, as one would say it. */
function sentenceOf(words: Words, { campaign, all, reached, waiting }: CampaignReport): string {
  if (!campaign.releasedAt) return words.t('campaign_report.not_yet')
  const t = (key: string, n: Shown) => words.t(`campaign_report.${key}`, { n: numberOf(words, n) })
  const parts = [t('reached', reached), t('of_all', all.recipients)]
  if (all.read !== 0) parts.push(t('read_by', all.read))
  if (all.failed !== 0) parts.push(t('failed_for', all.failed))
  if (all.unknown !== 0) parts.push(t('unknown_for', all.unknown))
  if (waiting !== 0) parts.push(t('waiting_for', waiting))
  parts.push(t('answered_by', all.answered))
  if (all.stopped !== 0) parts.push(t('stopped_by', all.stopped))
  return parts.join(' ')
}

type Part = { readonly words: Words; readonly report: CampaignReport }

function PacePicture({ words, report }: Part): JSX.Element | null {
  const { steps, minutes } = report.pace
  if (steps.length === 0) return null
  const title = words.t('campaign_report.picture_pace')
  return (
    <Picture words={words} picture="pace" title={title} report={report}>
      <Table
        caption={title}
        head={[words.t('campaign_report.from'), words.t('campaign_report.messages')]}
        rows={steps.map(({ at, n }) => ({
          key: at.toISOString(),
          name: stepName(words, at, minutes),
          cells: [numberOf(words, n)],
        }))}
      />
    </Picture>
  )
}

function AnswersPicture({ words, report }: Part): JSX.Element | null {
  const { answers, campaign } = report
  if (answers.length === 0) return null
  const title = words.t('campaign_report.picture_answers')
  return (
    <Picture words={words} picture="answers" title={title} report={report}>
      <Table
        caption={title}
        head={[words.t('campaign_report.answer'), words.t('campaign_report.people')]}
        rows={answers.map(({ reason, n }) => ({
          key: reason,
          name: choiceName(words, campaign, reason),
          cells: [numberOf(words, n)],
        }))}
      />
    </Picture>
  )
}

type PictureProps = Part & {
  readonly picture: CampaignPicture
  readonly title: string
  readonly children: JSX.Element
}

function Picture({ words, picture, title, report, children }: PictureProps): JSX.Element {
  const address = (size: 'wide' | 'narrow') =>
    `/console/campaigns/${report.campaign.id}/report/picture?of=${picture}&size=${size}`
  return (
    <figure class="card picture">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      <picture>
        <source media="(max-width: 480px)" srcset={address('narrow')} width={320} height={240} />
        <img
          src={address('wide')}
          width={480}
          height={240}
          alt={words.t('campaign_report.picture_alt', { title })}
          decoding="async"
        />
      </picture>
      <details>
        <summary>{words.t('supervision.behind')}</summary>
        {children}
      </details>
    </figure>
  )
}

/** One question of the survey, its choices in the order in which people hear them. */
function Surveyed({ words, table }: { readonly words: Words; readonly table: SurveyTable }): JSX.Element {
  return (
    <section class="card">
      <Table
        caption={table.title}
        head={[words.t('campaign_report.answer'), words.t('campaign_report.people')]}
        rows={table.rows.map(({ value, name, n }) => ({ key: value, name, cells: [numberOf(words, n)] }))}
      />
    </section>
  )
}

type WhyProps = {
  readonly words: Words
  readonly title: 'left_out' | 'left_out_later' | 'failed'
  readonly reasons: Reasons
  readonly group: 'left' | 'failure'
}

/** Why somebody got nothing, most people first. */
function Why({ words, title, reasons, group }: WhyProps): JSX.Element | null {
  if (reasons.length === 0) return null
  const size = (n: Shown) => (n === 'hidden' ? 0 : n)
  const sorted = [...reasons].sort((one, other) => size(other.n) - size(one.n))
  return (
    <section class="card">
      <Table
        caption={words.t(`campaign_report.${title}`)}
        head={[words.t('campaign_report.why'), words.t('campaign_report.people')]}
        rows={sorted.map(({ reason, n }) => ({
          key: reason,
          name: reasonName(words, group, reason),
          cells: [numberOf(words, n)],
        }))}
      />
    </section>
  )
}

type GroupsProps = Part & { readonly dimension: ReportDimension; readonly placeName: Props['placeName'] }

/** By language, region or channel; the last line is everybody. */
function Groups({ words, dimension, report, placeName }: GroupsProps): JSX.Element | null {
  const groups = report.groups[dimension]
  if (groups.length === 0) return null
  const cells = (figures: CampaignReport['all'] | undefined) =>
    reportColumns.map((column) => numberOf(words, figures ? figures[column] : 'hidden'))
  return (
    <section class="card report-groups">
      <Table
        caption={words.t(`campaign_report.by_${dimension}`)}
        head={[
          words.t(`campaign_report.${dimension}`),
          ...reportColumns.map((column) => words.t(`campaign_report.column.${column}`)),
        ]}
        rows={[
          ...groups.map(({ name, figures }) => ({
            key: name,
            name: groupName(words, dimension, name, placeName),
            cells: cells(figures),
          })),
          { key: 'all', name: words.t('campaign_report.all'), cells: cells(report.all) },
        ]}
      />
    </section>
  )
}

export function groupName(
  words: Words,
  dimension: ReportDimension,
  name: string,
  placeName: Props['placeName'],
): string {
  if (dimension === 'region') return name === '' ? words.t('campaign_report.no_region') : placeName(name)
  return words.t(`${dimension}.${name}`)
}

const failures = [
  ...['channel:blocked', 'channel:refused', 'channel:window_closed', 'channel:unsupported'],
  ...['channel:unauthorized', 'channel:unconfigured', 'channel:bad_template', 'channel:unreachable'],
  ...['channel:throttled', 'person:stopped', 'key:erased'],
]

/** A reason as one would say it; one of a later version is none that can be told. */
export function reasonName(words: Words, group: WhyProps['group'], reason: string): string {
  if (group === 'left') return words.t(`campaign_report.left.${reason}`)
  return words.t(`campaign_report.failure.${failures.includes(reason) ? reason.split(':')[1] : 'other'}`)
}

/** A number as it is written; one of few people is not. */
export function numberOf(words: Words, n: Shown): string {
  if (n === 'hidden') return words.t('campaign_report.hidden')
  return n.toLocaleString(words.language === 'fr' ? 'fr-FR' : 'en-GB')
}

function Take({ page, campaign }: { readonly page: Page; readonly campaign: string }): JSX.Element {
  const { words } = page
  return (
    <form method="post" action={`/console/campaigns/${campaign}/report/export`} class="sheet-acts no-print">
      <Hidden fields={{ _csrf: page.token }} />
      {exportFormats.map((format) => (
        <button key={format} type="submit" class="button" name="format" value={format}>
          {words.t(`campaign_report.take_${format}`)}
        </button>
      ))}
      <button type="button" class="button" data-print hidden>
        {words.t('card.print')}
      </button>
    </form>
  )
}
