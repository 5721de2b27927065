/** Taking a caseload in: bring a file, see how it is read, say what each column holds, and watch it being taken. */
import multipart from '@fastify/multipart'
import { stringify } from 'csv-stringify/sync'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type CaseloadColumn,
  caseloadColumns,
  guessMapping,
  type Mapping,
  type TableRow,
} from '../core/caseload.ts'
import { Failure } from '../failure.ts'
import { importingAlone } from '../store/import-lock.ts'
import {
  claimImport,
  dropImport,
  endImport,
  expireImports,
  failImport,
  keepImport,
  listImports,
  loadImport,
  noteProgress,
  readImportFile,
  readRemarks,
} from '../store/import-run.ts'
import { readTable, tableFile, tableLimits } from '../store/table-file.ts'
import { importCaseload } from '../turn/import-caseload.ts'
import type { Bringer } from '../turn/take-caseload.ts'
import { mayImport } from './allowed.ts'
import { askingOf, type Console, pageOf, sendPage, sendPart, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { ImportListPage, ImportRunPage, Progress } from './pages/import.tsx'
import { noteRead } from './reads.ts'
import { lookInto } from './uploads.ts'
import { failureKey } from './words.ts'

const base = '/console/import'
/** Rows shown under the headings before anything is taken. */
const rowsShown = 5
const remarksShown = 100

export function importRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => showList(console, request, reply))
  void app.register((inside) => uploads(inside, console))
  app.get(`${base}/:id`, (request, reply) => showRun(console, request, reply))
  app.get(`${base}/:id/progress`, async (request, reply) => {
    const run = await runOf(console, request)
    return sendPart(reply, Progress({ words: wordsOf(console, request), run, now: console.clock.now() }))
  })
  app.get(`${base}/:id/report.csv`, async (request, reply) => {
    const run = await runOf(console, request)
    noteRead(request, 'export')
    const words = wordsOf(console, request)
    const rows = (await readRemarks(console.database, run.id)).map((it) => ({
      line: it.line,
      how: words.t(it.refused ? 'import.kept_out' : 'import.taken_without'),
      column: it.column ? words.t(`import.column.${it.column}`) : '',
      reason: words.t(`import.reason.${it.reason}`),
      given: it.given ?? '',
    }))
    const columns = (['line', 'how_title', 'column_title', 'reason_title', 'given_title'] as const).map(
      (title, at) => ({
        key: ['line', 'how', 'column', 'reason', 'given'][at] ?? title,
        header: words.t(`import.${title}`),
      }),
    )
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="import.csv"')
      .send(stringify(rows, { header: true, columns, bom: true, escape_formulas: true, delimiter: ';' }))
  })
  app.post(`${base}/:id/start`, async (request, reply) => {
    const run = await runOf(console, request)
    try {
      await start(console, run.id, askingOf(request).staff, readMapping(request.body))
    } catch (error) {
      if (!(error instanceof FormFault)) throw error
      const fault = wordsOf(console, request).t(error.sentence, error.vars)
      return showRun(console, request, reply.code(422), fault)
    }
    return reply.redirect(`${base}/${run.id}`, 303)
  })
  app.post(`${base}/:id/discard`, async (request, reply) => {
    const run = await runOf(console, request)
    await dropImport(console.database, run.id, console.clock.now())
    return reply.redirect(base, 303)
  })
}

/** The route that takes a file has forms of its own kind. */
async function uploads(app: FastifyInstance, console: Console): Promise<void> {
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    throwFileSizeLimit: false,
    limits: { fileSize: tableLimits.bytes + 1, files: 1, fields: 5, fieldSize: 10_000 },
    async onFile(part) {
      const bytes = await part.toBuffer()
      Object.assign(part, { value: { name: part.filename, bytes } })
    },
  })
  app.post(base, async (request, reply) => {
    const { staff } = askingOf(request)
    const words = wordsOf(console, request)
    if (!mayImport(staff)) throw new Failure('page:not_found')
    const sent = uploadForm.safeParse(request.body)
    if (!sent.success || sent.data.file.name === '')
      return showList(console, request, reply.code(422), words.t('import.no_file'))
    const { name, bytes } = sent.data.file
    try {
      await lookInto(console, name, bytes)
      const file = tableFile(name, bytes)
      // Read once to the end of what is shown: a file that is none is refused before it is kept.
      await firstRows(file)
      const id = console.clock.id()
      const made = { id, key: console.clock.id(), staff: staff.id, at: console.clock.now() }
      await keepImport(console.database, made, { ...file, name: name.slice(0, 200) })
      return reply.redirect(`${base}/${id}`, 303)
    } catch (error) {
      if (error instanceof FormFault) {
        return showList(console, request, reply.code(422), words.t(error.sentence, error.vars))
      }
      if (!(error instanceof Failure) || !error.code.startsWith('table:')) throw error
      return showList(console, request, reply.code(422), words.any(failureKey(error.code)))
    }
  })
}

const uploadForm = z.object({ file: z.object({ name: z.string(), bytes: z.instanceof(Buffer) }) })

async function showList(console: Console, request: FastifyRequest, reply: FastifyReply, fault?: string) {
  const { staff } = askingOf(request)
  if (!mayImport(staff)) throw new Failure('page:not_found')
  await expireImports(console.database, console.clock.now())
  const [rail, runs] = await Promise.all([loadRail(console, staff), listImports(console.database, staff.id)])
  return sendPage(reply, ImportListPage({ page: pageOf(console, request, reply), rail, runs, fault }))
}

async function showRun(console: Console, request: FastifyRequest, reply: FastifyReply, fault?: string) {
  const run = await runOf(console, request)
  const [rail, rows, remarks] = await Promise.all([
    loadRail(console, askingOf(request).staff),
    run.state === 'looked_at' ? readImportFile(console.database, run.id).then(firstRows) : [],
    run.state === 'done' ? readRemarks(console.database, run.id) : [],
  ])
  const [header, ...below] = rows
  const preview = header && { header, rows: below, mapping: mappingShown(request.body, header) }
  const page = pageOf(console, request, reply)
  const now = console.clock.now()
  const shown = { shown: remarks.slice(0, remarksShown), more: Math.max(0, remarks.length - remarksShown) }
  return sendPage(reply, ImportRunPage({ page, rail, run, preview, remarks: shown, now, fault }))
}

/** As it was chosen in a form that could not be taken; by the headings otherwise. */
function mappingShown(body: unknown, header: TableRow): Mapping {
  if (body === undefined || body === null) return guessMapping(header.cells)
  return Object.fromEntries(chosenIn(body).map(({ column, place }) => [column, place]))
}

async function runOf(console: Console, request: FastifyRequest) {
  const { staff } = askingOf(request)
  if (!mayImport(staff)) throw new Failure('page:not_found')
  return loadImport(console.database, staff.id, (request.params as { id: string }).id)
}

/** The headings and a few rows; fails as reading the table does, and with `table:empty` without any row. */
async function firstRows(file: Parameters<typeof readTable>[0]): Promise<readonly TableRow[]> {
  const rows: TableRow[] = []
  for await (const row of readTable(file)) {
    rows.push(row)
    if (rows.length > rowsShown) break
  }
  if (rows.length === 0) throw new Failure('table:empty')
  return rows
}

type Chosen = { readonly column: CaseloadColumn; readonly place: number }

/** Fields `c0`, `c1` and so on say what each column of the table holds. */
function chosenIn(body: unknown): readonly Chosen[] {
  const fields = readForm(z.record(z.string(), z.string()), body)
  return Object.entries(fields).flatMap(([name, value]) => {
    const place = /^c(\d{1,3})$/.exec(name)?.[1]
    const column = caseloadColumns.find((one) => one === value)
    return place === undefined || column === undefined ? [] : [{ column, place: Number(place) }]
  })
}

function readMapping(body: unknown): Mapping {
  const chosen = chosenIn(body)
  if (new Set(chosen.map(({ column }) => column)).size < chosen.length)
    throw new FormFault('import.same_column')
  const mapping: Mapping = Object.fromEntries(chosen.map(({ column, place }) => [column, place]))
  if (mapping.case_number === undefined) throw new FormFault('import.no_case_column')
  return mapping
}

/**
 * Starts in the background. Whatever stops it, what was taken stands, and starting again goes over the same rows without
 * taking any of them twice.
 */
async function start(
  console: Console,
  id: string,
  staff: NonNullable<Bringer>,
  mapping: Mapping,
): Promise<void> {
  const { database, clock, log } = console
  if (!(await claimImport(database, id, mapping, clock.now()))) return
  const running = importingAlone(database.pool, async () => {
    const file = await readImportFile(database, id)
    const { counts, remarks } = await importCaseload(console.desk, {
      ...{ rows: readTable(file), mapping, vocabulary: console.vocabulary, bringer: staff },
      onProgress: (soFar) => noteProgress(database, id, soFar, clock.now()),
    })
    await endImport(database, id, { counts, remarks, at: clock.now() })
  })
  void running.catch(async (error: unknown) => {
    const code = error instanceof Failure ? error.code : 'table:unreadable'
    if (!(error instanceof Failure)) log.error('a caseload could not be taken in', error)
    await failImport(database, id, code, clock.now()).catch((cause: unknown) => {
      log.error('an import could not be marked as stopped', cause)
    })
  })
}
