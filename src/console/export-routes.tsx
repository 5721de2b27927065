/** Taking a table out: what, which rows, as which file, and what for. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type ExportRow,
  exportColumns,
  exportFormats,
  exportPurposes,
  exportTables,
} from '../core/data-export.ts'
import { queueKeys } from '../core/queue.ts'
import { type RequestKind, requestKinds } from '../core/request.ts'
import { Failure } from '../failure.ts'
import { hasContent } from '../store/access.ts'
import { beginExport, type ExportFilter, endExport, exportRows, listExports } from '../store/data-export.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { storeLook } from './load-saved.ts'
import { lookQuery, readLook } from './look.ts'
import { ExportPage } from './pages/export.tsx'
import { noteRead } from './reads.ts'
import { sendTable } from './table-stream.ts'
import type { Look } from './view.ts'
import { dayOf } from './words.ts'

const kinds = Object.keys(requestKinds) as [RequestKind, ...RequestKind[]]
const chosen = <T extends z.ZodType>(shape: T) => z.union([z.literal(''), shape]).default('')
const day = chosen(z.iso.date())

const exportForm = z.object({
  what: z.enum(exportTables as ['people', 'requests']).default('requests'),
  format: z.enum(exportFormats),
  purpose: z.enum(exportPurposes),
  queue: chosen(z.enum(queueKeys as [string, ...string[]])),
  kind: chosen(z.enum(kinds)),
  state: chosen(z.enum(['open', 'closed'])),
  from: day,
  until: day,
})

export function exportRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/export', (request, reply) => show(console, request, reply))
  app.post('/console/export', async (request, reply) => {
    mayExport(request)
    try {
      return await send(console, request, reply)
    } catch (error) {
      if (!(error instanceof FormFault)) throw error
      return show(console, request, reply.code(422), wordsOf(console, request).t(error.sentence))
    }
  })
}

/** The list that the address names as the address of a list does; none: whole tables. */
function listIn(request: FastifyRequest): Look | undefined {
  const query = request.query as Record<string, unknown>
  return query['view'] === undefined && query['queue'] === undefined ? undefined : readLook(query)
}

function mayExport(request: FastifyRequest): void {
  if (!hasContent(askingOf(request).staff)) throw new Failure('page:not_found')
}

async function send(console: Console, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database, clock } = console
  const { staff } = askingOf(request)
  const { what: table, format, purpose, ...narrowed } = readForm(exportForm, request.body)
  const given = Object.entries(narrowed).filter(([, value]) => value !== '')
  const list = listIn(request)
  const filter: ExportFilter = list
    ? { list: { look: storeLook(list), filter: list.filter, now: clock.now() } }
    : Object.fromEntries(given)
  const record = list ? { list: lookQuery(list) } : Object.fromEntries(given)
  const what = list ? 'requests' : table
  const id = clock.id()
  // On record before the first row leaves.
  await beginExport(database.prisma, {
    ...{ id, staff: staff.id, what, format, purpose, filter: record, at: clock.now() },
  })
  noteRead(request, 'export')
  const words = wordsOf(console, request)
  let count = 0
  async function* rows(): AsyncGenerator<ExportRow> {
    for await (const row of exportRows(database, staff, what, filter)) {
      count += 1
      yield named(console, row)
    }
    await endExport(database.prisma, id, count, clock.now())
  }
  const columns = exportColumns[what].map((key) => ({
    key,
    heading: key,
    legend: words.t(`export.column.${key}`),
  }))
  const sheets = { rows: words.t(`export.${what}`), legend: words.t('export.legend') }
  return sendTable(
    reply,
    console.log,
    { name: `${what}-${dayOf(clock.now())}`, format },
    { columns, rows: rows(), sheets },
  )
}

/** Places by their names: whoever reads the table, and the import too, understands those. */
function named({ placeName }: Console, row: ExportRow): ExportRow {
  const name = (id: string | number | undefined) => (typeof id === 'string' ? (placeName?.(id) ?? id) : id)
  return { ...row, region: name(row['region']), ...('cercle' in row ? { cercle: name(row['cercle']) } : {}) }
}

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, fault?: string) {
  mayExport(request)
  const { staff } = askingOf(request)
  const [rail, before] = await Promise.all([
    loadRail(console, staff),
    listExports(console.database.prisma, staff.id),
  ])
  const page = pageOf(console, request, reply)
  const list = listIn(request)
  const told = list && { look: list, regions: console.placeName?.regions ?? [] }
  return sendPage(reply, ExportPage({ page, rail, before, fault, list: told }))
}
