/** The board of tasks as a table to take along: by case number, without a name. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ExportRow, exportFormats } from '../core/data-export.ts'
import { beginExport, endExport } from '../store/data-export.ts'
import { staffNames } from '../store/seat.ts'
import { listTasks } from '../store/task.ts'
import { askingOf, type Console, wordsOf } from './asked.ts'
import { taskName } from './describe-task.ts'
import { readForm } from './form.ts'
import { noteRead } from './reads.ts'
import { sendTable } from './table-stream.ts'
import { loadTerms, scopeOf } from './task-load.ts'
import { boardFor } from './task-routes.tsx'
import { dayOf } from './words.ts'

const columns = ['case_number', 'task', 'due', 'days_late', 'owner'] as const
const rowsAtOnce = 1000

export function taskExportRoutes(app: FastifyInstance, console: Console): void {
  app.post('/console/tasks/export', (request, reply) => send(console, request, reply))
}

async function send(console: Console, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database, clock, log } = console
  const { staff } = askingOf(request)
  const { look } = await boardFor(console, request, request.body)
  const { format } = readForm(z.object({ format: z.enum(exportFormats) }), request.body)
  const words = wordsOf(console, request)
  const { page: _page, ...filter } = look
  const id = clock.id()
  // On record before the first row leaves.
  await beginExport(database.prisma, {
    ...{ id, staff: staff.id, what: 'tasks', purpose: 'assistance', format, filter, at: clock.now() },
  })
  noteRead(request, 'export')
  const now = clock.now()
  const asking = {
    ...{ staff, scope: scopeOf(look), terms: await loadTerms(console), now },
    ...(look.kind === undefined ? {} : { kind: look.kind }),
  }
  let count = 0
  async function* rows(): AsyncGenerator<ExportRow> {
    for (;;) {
      const lines = await listTasks(database, asking, { limit: rowsAtOnce, skip: count })
      const names = await staffNames(database.prisma, [...new Set(lines.flatMap(({ owner }) => owner ?? []))])
      for (const { kind, step, dueAt, owner, caseNumber } of lines) {
        yield {
          case_number: caseNumber,
          task: taskName(words, { task: kind, step }),
          due: dueAt.toISOString().slice(0, 10),
          days_late: Math.max(0, Math.floor((now.getTime() - dueAt.getTime()) / 86_400_000)),
          owner: names.get(owner ?? ''),
        }
      }
      count += lines.length
      if (lines.length < rowsAtOnce) break
    }
    await endExport(database.prisma, id, count, clock.now())
  }
  return sendTable(
    reply,
    log,
    { name: `tasks-${dayOf(now)}`, format },
    {
      columns: columns.map((key) => ({ key, heading: key, legend: words.t(`task.column.${key}`) })),
      rows: rows(),
      sheets: { rows: words.t('task.board'), legend: words.t('export.legend') },
    },
  )
}
