/** The answers to a survey as a table, a column for each question by its code: no name, no case number, no remark. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ExportRow, exportFormats } from '../core/data-export.ts'
import type { Staff } from '../core/staff.ts'
import { surveyText } from '../core/survey.ts'
import { Failure } from '../failure.ts'
import { countsByName } from '../store/access.ts'
import { beginExport, endExport } from '../store/data-export.ts'
import { surveyRows } from '../store/survey.ts'
import { askingOf, type Console, wordsOf } from './asked.ts'
import { readForm } from './form.ts'
import { noteRead } from './reads.ts'
import { loadSurveyBook } from './survey-load.ts'
import { sendTable } from './table-stream.ts'
import { dayOf } from './words.ts'

const about = ['day', 'version', 'mode', 'language'] as const
/** What is said of danger in a check-in goes to protection alone. */
const kept: ReadonlySet<string> = new Set(['safety'])

export function surveyExportRoutes(app: FastifyInstance, console: Console): void {
  app.post('/console/surveys/:survey/export', (request, reply) => send(console, request, reply))
}

/** Officers, and supervisors of those whom they see. */
export function takesSurveys(staff: Staff): boolean {
  return countsByName(staff, staff.office)
}

async function send(console: Console, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database, clock, log } = console
  const { staff } = askingOf(request)
  if (!takesSurveys(staff)) throw new Failure('page:not_found')
  const { survey } = request.params as { survey: string }
  const definition = (await loadSurveyBook(console)).current.find((one) => one.survey === survey)
  if (!definition) throw new Failure('page:not_found')
  const { format } = readForm(z.object({ format: z.enum(exportFormats) }), request.body)
  const words = wordsOf(console, request)
  const id = clock.id()
  // On record before the first row leaves.
  await beginExport(database.prisma, {
    ...{ id, staff: staff.id, what: 'survey', purpose: 'monitoring', format, filter: { survey } },
    at: clock.now(),
  })
  noteRead(request, 'export')
  const items = definition.items.filter(({ code }) => !kept.has(code))
  let count = 0
  async function* rows(): AsyncGenerator<ExportRow> {
    for await (const { answers, ...row } of surveyRows(database, staff, survey)) {
      count += 1
      yield { ...row, ...Object.fromEntries(items.map(({ code }) => [code, answers[code]])) }
    }
    await endExport(database.prisma, id, count, clock.now())
  }
  return sendTable(
    reply,
    log,
    { name: `${definition.survey}-${dayOf(clock.now())}`, format },
    {
      columns: [
        ...about.map((key) => ({ key, heading: key, legend: words.t(`survey.column.${key}`) })),
        ...items.map(({ code, text }) => ({
          key: code,
          heading: code,
          legend: surveyText(text, words.language),
        })),
      ],
      rows: rows(),
      sheets: { rows: words.t('survey.title'), legend: words.t('export.legend') },
    },
  )
}
