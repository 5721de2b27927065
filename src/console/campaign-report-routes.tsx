/** What became of a campaign: a page, its pictures, and the same numbers as a table to take along. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ExportRow, exportFormats } from '../core/data-export.ts'
import { Failure } from '../failure.ts'
import { hasContent } from '../store/access.ts'
import { loadCampaign } from '../store/campaign.ts'
import { mostReplies, repliesTo } from '../store/campaign-answers.ts'
import { beginExport, endExport } from '../store/data-export.ts'
import { isId } from '../store/request.ts'
import { seesCampaigns } from '../turn/act-campaign.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { groupsOfReplies } from './campaign-answers.ts'
import { campaignPictureOf, campaignPictures, choiceName, stepName } from './campaign-pictures.ts'
import { type CampaignReport, loadReport, reportColumns, reportDimensions } from './campaign-report.ts'
import { type SurveyTable, surveyTables } from './campaign-survey.ts'
import { readForm } from './form.ts'
import { loadRail } from './load.ts'
import { CampaignAnswersPage } from './pages/campaign-answers.tsx'
import { CampaignReportPage, groupName, numberOf, reasonName } from './pages/campaign-report.tsx'
import { noteRead } from './reads.ts'
import { sendTable } from './table-stream.ts'
import { dayOf, type Words } from './words.ts'

const base = '/console/campaigns/:id/report'
const exportForm = z.object({ format: z.enum(exportFormats) })

export function campaignReportRoutes(app: FastifyInstance, console: Console): void {
  const placeName = (id: string) => console.placeName?.(id) ?? id
  app.get(base, async (request, reply) => {
    const report = await loadReport(console, campaignIn(request))
    const rail = await loadRail(console, askingOf(request).staff)
    const page = pageOf(console, request, reply)
    const survey = surveyTables(console, page.words, report)
    return sendPage(reply, CampaignReportPage({ page, rail, report, survey, placeName }))
  })
  /** A picture is no page and carries its own style. */
  app.get(`${base}/picture`, async (request, reply) => {
    const report = await loadReport(console, campaignIn(request))
    const { of, size } = request.query as Record<string, unknown>
    const picture = campaignPictures.find((one) => one === of) ?? 'pace'
    const chart = campaignPictureOf(wordsOf(console, request), picture, report)
    const { drawChart } = await import('./chart.ts')
    return reply
      .type('image/svg+xml; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(drawChart(chart, size === 'narrow' ? 'narrow' : 'wide'))
  })
  app.get('/console/campaigns/:id/answers', async (request, reply) => {
    const { staff } = askingOf(request)
    const id = campaignIn(request)
    if (!hasContent(staff)) throw new Failure('page:not_found')
    const [{ campaign }, rail, replies] = await Promise.all([
      loadCampaign(console.database.prisma, id),
      loadRail(console, staff),
      repliesTo(console.database, staff, id),
    ])
    const groups = groupsOfReplies(replies, campaign.question)
    const page = pageOf(console, request, reply)
    const more = replies.length >= mostReplies
    return sendPage(reply, CampaignAnswersPage({ page, rail, campaign, groups, more }))
  })
  app.post(`${base}/export`, async (request, reply) => {
    const report = await loadReport(console, campaignIn(request))
    return take(console, request, reply, report, placeName)
  })
}

/** The campaign of the address, for whoever may read of campaigns. */
export function campaignIn(request: FastifyRequest): string {
  const { id } = request.params as { id: string }
  if (!seesCampaigns(askingOf(request).staff)) throw new Failure('page:not_found')
  if (!isId(id)) throw new Failure('campaign:not_found')
  return id
}

async function take(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  report: CampaignReport,
  placeName: (id: string) => string,
): Promise<FastifyReply> {
  const { format } = readForm(exportForm, request.body)
  const { database, clock, log } = console
  const words = wordsOf(console, request)
  const id = clock.id()
  const about = { staff: askingOf(request).staff.id, what: 'campaign', purpose: 'monitoring' } as const
  await beginExport(database.prisma, {
    ...{ ...about, id, format, filter: { campaign: report.campaign.id }, at: clock.now() },
  })
  noteRead(request, 'export')
  const rows = rowsOf(words, report, surveyTables(console, words, report), placeName)
  await endExport(database.prisma, id, rows.length, clock.now())
  const t = (key: string) => words.t(`campaign_report.${key}`)
  const columns = ['part', 'name', ...reportColumns, 'people'].map((key) => {
    const legend = key === 'part' || key === 'name' || key === 'people' ? t(key) : t(`column.${key}`)
    return { key, heading: key, legend }
  })
  async function* given(): AsyncGenerator<ExportRow> {
    yield* rows
  }
  const sheets = { rows: t('sheet'), legend: words.t('export.legend') }
  return sendTable(
    reply,
    log,
    { name: `campaign-${dayOf(clock.now())}`, format },
    { columns, rows: given(), sheets },
  )
}

/** The tables of the page one below the other, each row with the part that it is of. */
function rowsOf(
  words: Words,
  report: CampaignReport,
  survey: readonly SurveyTable[],
  placeName: (id: string) => string,
): readonly ExportRow[] {
  const t = (key: string) => words.t(`campaign_report.${key}`)
  const value = (n: number | 'hidden') => (n === 'hidden' ? numberOf(words, n) : n)
  const figures = (some: CampaignReport['all'] | undefined) =>
    Object.fromEntries(reportColumns.map((column) => [column, value(some ? some[column] : 'hidden')]))
  const counts = (part: string, list: CampaignReport['failed'], nameOf: (reason: string) => string) =>
    list.map(({ reason, n }) => ({ part: t(part), name: nameOf(reason), people: value(n) }))
  return [
    { part: t('all'), name: report.campaign.name, ...figures(report.all) },
    ...reportDimensions.flatMap((dimension) =>
      report.groups[dimension].map((group) => ({
        part: t(`by_${dimension}`),
        name: groupName(words, dimension, group.name, placeName),
        ...figures(group.figures),
      })),
    ),
    ...counts('left_out', report.leftOut.reasons, (reason) => reasonName(words, 'left', reason)),
    ...counts('left_out_later', report.leftOutLater.reasons, (reason) => reasonName(words, 'left', reason)),
    ...counts('failed', report.failed, (reason) => reasonName(words, 'failure', reason)),
    ...counts('picture_answers', report.answers, (reason) => choiceName(words, report.campaign, reason)),
    ...survey.flatMap(({ title, rows }) =>
      rows.map(({ name, n }) => ({ part: title, name, people: value(n) })),
    ),
    ...report.pace.steps.map(({ at, n }) => ({
      part: t('picture_pace'),
      name: `${dayOf(at)} ${stepName(words, at, 1)}`,
      people: value(n),
    })),
  ]
}
