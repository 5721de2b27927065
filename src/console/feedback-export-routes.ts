/** Feedback as a table to take along: the lines of the list as it is narrowed, without words for whoever reads none. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ExportRow, exportFormats, feedbackColumns } from '../core/data-export.ts'
import { Failure } from '../failure.ts'
import { readsFeedback, seesFeedback } from '../store/access-feedback.ts'
import { beginExport, endExport } from '../store/data-export.ts'
import { feedbackLines } from '../store/feedback.ts'
import { askingOf, type Console, wordsOf } from './asked.ts'
import { feedbackFilter, fitsLook, readFeedbackLook } from './feedback-look.ts'
import { readForm } from './form.ts'
import { noteRead } from './reads.ts'
import { sendTable } from './table-stream.ts'
import { dayOf } from './words.ts'

const exportForm = z.object({ format: z.enum(exportFormats) })

export function feedbackExportRoutes(app: FastifyInstance, console: Console): void {
  app.post('/console/feedback/export', (request, reply) => {
    if (!seesFeedback(askingOf(request).staff)) throw new Failure('page:not_found')
    return send(console, request, reply)
  })
}

async function send(console: Console, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database, clock, placeName } = console
  const { staff } = askingOf(request)
  const { format } = readForm(exportForm, request.body)
  const look = readFeedbackLook(request.body)
  const reads = readsFeedback(staff)
  const fits = reads ? fitsLook(look) : undefined
  const words = wordsOf(console, request)
  const id = clock.id()
  // On record before the first row leaves; what was sought for may name somebody and is not.
  const { q: _words, ...codes } = look
  const filter = Object.fromEntries(Object.entries(codes).filter(([, value]) => value !== ''))
  const purpose = reads ? 'feedback' : 'monitoring'
  const about = { staff: staff.id, what: 'feedback', purpose, format, filter } as const
  await beginExport(database.prisma, { ...about, id, at: clock.now() })
  noteRead(request, 'export')
  let count = 0
  async function* rows(): AsyncGenerator<ExportRow> {
    for await (const line of feedbackLines(database, staff, feedbackFilter(look))) {
      if (fits && !(line.text !== undefined && fits(line.text))) continue
      count += 1
      yield {
        kind: line.kind,
        said: line.at.toISOString().slice(0, 10),
        region: line.region && (placeName?.(line.region) ?? line.region),
        language: line.language,
        text: line.text,
        organisation: line.organisation,
      }
    }
    await endExport(database.prisma, id, count, clock.now())
  }
  const wordless = ['text', 'organisation']
  const columns = feedbackColumns
    .filter((key) => reads || !wordless.includes(key))
    .map((key) => ({ key, heading: key, legend: words.t(`feedback.column.${key}`) }))
  const sheets = { rows: words.t('feedback.title'), legend: words.t('export.legend') }
  return sendTable(
    reply,
    console.log,
    { name: `feedback-${dayOf(clock.now())}`, format },
    { columns, rows: rows(), sheets },
  )
}
