/** Indicators of accountability: a page that prints, a picture, and the same numbers as a table to take along. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ExportRow, exportFormats } from '../core/data-export.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { countsAny } from '../store/access.ts'
import { beginExport, endExport } from '../store/data-export.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { type IndicatorReport, type IndicatorWish, loadIndicators, wishOf } from './indicators.ts'
import { loadRail } from './load.ts'
import { numberIn } from './pages/indicator-cards.tsx'
import { IndicatorsPage, indicatorColumns, partColumns, rowName } from './pages/indicators.tsx'
import { noteRead } from './reads.ts'
import { sendTable } from './table-stream.ts'
import { dayOf, type Words } from './words.ts'

const base = '/console/indicators'
const exportForm = z.object({ format: z.enum(exportFormats) })

export function indicatorRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => show(console, request, reply))
  /** A picture is no page and carries its own style. */
  app.get(`${base}/picture`, async (request, reply) => {
    const { report } = await reportFor(console, request)
    const words = wordsOf(console, request)
    const told = report.rows.answers.filter(({ it }) => it !== undefined)
    const known = (n: number | 'hidden' | undefined) => (n === 'hidden' ? undefined : n)
    const { drawChart } = await import('./chart.ts')
    const { size } = request.query as Record<string, unknown>
    const chart = drawChart(
      {
        labels: told.map(({ name }) => rowName(words, report.wish.by, name, console.placeName)),
        series: (['opened', 'answered', 'inTime'] as const).map((column, index) => ({
          ...{ name: words.t(`indicators.short_${column}`), shape: 'column' as const },
          colour: (['accent', 'ochre', 'soft'] as const)[index] ?? 'accent',
          values: told.map(({ it }) => known(it?.[column])),
        })),
        named: true,
      },
      size === 'narrow' ? 'narrow' : 'wide',
    )
    return reply
      .type('image/svg+xml; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(chart)
  })
  app.post(`${base}/export`, async (request, reply) => {
    const { format } = readForm(exportForm, request.body)
    const { report, staff } = await reportFor(console, request, request.body)
    return take(console, request, reply, { report, staff, format })
  })
}

async function show(console: Console, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const page = pageOf(console, request, reply)
  const shown = async () => ({ page, rail: await loadRail(console, staff), place: console.placeName })
  try {
    const [frame, told] = await Promise.all([shown(), reportFor(console, request)])
    return sendPage(reply, IndicatorsPage({ ...frame, ...told }))
  } catch (error) {
    if (!(error instanceof FormFault)) throw error
    const report = await loadIndicators(console, staff, usualFor(console, staff))
    const fault = page.words.t(error.sentence, error.vars)
    const offices = await officesFor(console, staff)
    return sendPage(reply.code(422), IndicatorsPage({ ...(await shown()), offices, report, fault }))
  }
}

type Office = { readonly id: string; readonly name: string }

/** The offices whose figures they read; for whoever reads none there is no such page. */
async function officesFor({ database }: Console, staff: Staff): Promise<readonly Office[]> {
  if (!countsAny(staff)) throw new Failure('page:not_found')
  return database.prisma.office.findMany({
    where: readsAll(staff) ? {} : { id: staff.office ?? '' },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
}

function readsAll({ roles }: Staff): boolean {
  return roles.includes('officer') || roles.includes('monitoring')
}

async function reportFor(
  console: Console,
  request: FastifyRequest,
  asked: unknown = request.query,
): Promise<{
  readonly report: IndicatorReport
  readonly staff: Staff
  readonly offices: readonly Office[]
}> {
  const { staff } = askingOf(request)
  const offices = await officesFor(console, staff)
  const wish = wishOf(asked as Record<string, unknown>, console.clock.now())
  if (wish.office !== undefined && !offices.some(({ id }) => id === wish.office))
    throw new Failure('page:not_found')
  return { staff, offices, report: await loadIndicators(console, staff, within(staff, wish)) }
}

function usualFor({ clock }: Console, staff: Staff): IndicatorWish {
  return within(staff, wishOf({}, clock.now()))
}

/** Supervisors read their own office, whatever they ask. */
function within(staff: Staff, wish: IndicatorWish): IndicatorWish {
  return readsAll(staff) || staff.office === undefined ? wish : { ...wish, office: staff.office }
}

async function take(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  it: { readonly report: IndicatorReport; readonly staff: Staff; readonly format: 'xlsx' | 'csv' },
): Promise<FastifyReply> {
  const { database, clock, log } = console
  const { report, format } = it
  const words = wordsOf(console, request)
  const id = clock.id()
  const { from, until, by, office } = report.wish
  const filter = { from: dayOf(from), until: dayOf(until), by, ...(office ? { office } : {}) }
  await beginExport(database.prisma, {
    ...{ id, staff: it.staff.id, what: 'indicators', purpose: 'monitoring', format, filter, at: clock.now() },
  })
  noteRead(request, 'export')
  const rows = tableOf(words, report, console.placeName)
  await endExport(database.prisma, id, rows.length, clock.now())
  async function* given(): AsyncGenerator<ExportRow> {
    yield* rows
  }
  const columns = ['part', 'name', ...indicatorColumns, 'count'].map((key) => ({
    ...{ key, heading: key, legend: words.t(`indicators.${key}`) },
  }))
  const sheets = { rows: words.t('indicators.sheet'), legend: words.t('export.legend') }
  return sendTable(
    reply,
    log,
    { name: `indicators-${dayOf(from)}`, format },
    { columns, rows: given(), sheets },
  )
}

/** The tables of the page one below the other, each row with the part that it is of. */
function tableOf(
  words: Words,
  { wish, all, rows, talk, sealed }: IndicatorReport,
  place: Console['placeName'],
): readonly ExportRow[] {
  const t = (key: string) => words.t(`indicators.${key}`)
  const cells = (
    it: IndicatorReport['all'] | undefined,
    columns: readonly (typeof indicatorColumns)[number][] = indicatorColumns,
  ) => Object.fromEntries(columns.map((column) => [column, it ? numberIn(words, it[column]) : t('hidden')]))
  const counts = (part: string, values: Readonly<Record<string, number | 'hidden' | undefined>>) =>
    Object.entries(values).map(([name, n]) => ({ part: t(part), name: t(name), count: numberIn(words, n) }))
  return [
    { part: t('all'), name: t('all'), ...cells(all) },
    ...rows.answers.map(({ name, it }) => {
      const loop = rows.loop.find((one) => one.name === name)?.it
      return {
        ...{ part: t(`by_${wish.by}`), name: rowName(words, wish.by, name, place) },
        ...{ ...cells(it, partColumns.answers), ...cells(loop, partColumns.loop) },
      }
    }),
    ...(talk
      ? counts('talk', {
          ...{ messages: talk.messages, voice: talk.voice, writers: talk.writers, caseload: talk.caseload },
          of_caseload: talk.ofCaseload,
          ...{ not_understood: talk.notUnderstood, decisions: talk.decisions },
          ...{ recipients: talk.recipients, opt_outs: talk.optOuts },
        })
      : []),
    ...(talk?.feedback ?? []).map(({ kind, n }) => ({
      ...{ part: t('feedback'), name: words.t(`feedback.${kind}`), count: numberIn(words, n) },
    })),
    ...(sealed ?? []).map(({ from, opened }) => ({
      ...{ part: t('sealed'), name: dayOf(from), count: numberIn(words, opened) },
    })),
  ]
}
