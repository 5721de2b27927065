/** Own lists of case numbers, brought as a table or pasted, and the audiences that are kept under a name. */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { guessMapping } from '../core/caseload.ts'
import { Failure } from '../failure.ts'
import { readCaseNumber } from '../flow/answer/case-number.ts'
import { dropCaseList, keepCaseList, listCaseLists } from '../store/case-list.ts'
import { isId } from '../store/request.ts'
import { dropAudience, listAudiences } from '../store/saved-audience.ts'
import { readTable, tableFile, tableLimits } from '../store/table-file.ts'
import { mayWrite } from '../turn/act-campaign.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { fieldOf, fieldsIn, nameIn } from './campaign-form.ts'
import { idOf } from './campaign-show.tsx'
import { FormFault, readKey } from './form.ts'
import { loadRail } from './load.ts'
import { CampaignListsPage } from './pages/campaign-lists.tsx'
import { faultOf } from './trouble.ts'
import { lookInto } from './uploads.ts'

const base = '/console/campaigns/lists'
const mostNumbers = 50_000
const pasteBytes = 1024 * 1024

export function campaignListRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, (request, reply) => show(console, request, reply))
  void app.register((inside) => uploads(inside, console))
  const drops = { lists: dropCaseList, audiences: dropNamed }
  for (const [what, drop] of Object.entries(drops)) {
    app.post(`/console/campaigns/${what}/:id/drop`, (request, reply) =>
      told(console, request, reply, async () => {
        if (isId(idOf(request))) await drop(console.database, idOf(request))
        return reply.redirect(base, 303)
      }),
    )
  }
}

function dropNamed({ prisma }: Console['database'], id: string): Promise<void> {
  return dropAudience(prisma, id)
}

/** The route that takes a file has forms of its own kind. */
async function uploads(app: FastifyInstance, console: Console): Promise<void> {
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    throwFileSizeLimit: false,
    limits: { fileSize: tableLimits.bytes + 1, files: 1, fields: 10, fieldSize: pasteBytes },
    async onFile(part) {
      const bytes = await part.toBuffer()
      Object.assign(part, { value: { name: part.filename, bytes } })
    },
  })
  app.post(base, (request, reply) =>
    told(console, request, reply, async () => {
      const { staff } = askingOf(request)
      const fields = fieldsIn(request.body)
      const id = readKey(request.body)
      const name = nameIn(fields)
      const numbers = await numbersIn(console, request.body, fieldOf(fields, 'pasted'))
      if (numbers.size === 0) throw new FormFault('campaign.fault.no_numbers')
      if (numbers.size > mostNumbers)
        throw new FormFault('campaign.fault.many_numbers', { most: mostNumbers })
      await keepCaseList(console.database, { id, name, staff: staff.id, at: console.clock.now() }, [
        ...numbers,
      ])
      return reply.redirect(`${base}?kept=${id}`, 303)
    }),
  )
}

/** The different case numbers of a table and of what was pasted. */
async function numbersIn(console: Console, body: unknown, pasted: string): Promise<ReadonlySet<string>> {
  const { file } = body as { file?: { name?: unknown; bytes?: unknown } }
  const numbers = new Set(pasted.split(/[\s,;]+/).flatMap((word) => readCaseNumber(word) ?? []))
  if (typeof file?.name !== 'string' || file.name === '' || !Buffer.isBuffer(file.bytes)) return numbers
  await lookInto(console, file.name, file.bytes)
  let column: number | undefined
  for await (const { cells } of readTable(tableFile(file.name, file.bytes))) {
    // Named by its heading; without one the first column is it.
    if (column === undefined) {
      column = guessMapping(cells).case_number ?? 0
    }
    const cell = cells[column]
    const number = cell === undefined || cell instanceof Date ? undefined : readCaseNumber(String(cell))
    if (number !== undefined) numbers.add(number)
  }
  return numbers
}

async function told(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  act: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  if (!mayWrite(askingOf(request).staff)) throw new Failure('page:not_found')
  try {
    return await act()
  } catch (error) {
    const fault = faultOf(error, wordsOf(console, request))
    if (!fault) throw error
    return show(console, request, reply.code(fault.status), fault.fault)
  }
}

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, fault?: string) {
  const { staff } = askingOf(request)
  if (!mayWrite(staff)) throw new Failure('page:not_found')
  const { database, clock } = console
  const [rail, lists, audiences] = await Promise.all([
    loadRail(console, staff),
    listCaseLists(database),
    listAudiences(database.prisma),
  ])
  const { kept } = request.query as { kept?: unknown }
  const fresh = lists.find(({ id }) => id === kept)
  const page = pageOf(console, request, reply)
  return sendPage(
    reply,
    CampaignListsPage({ page, rail, lists, audiences, fresh, fault, newKey: () => clock.id() }),
  )
}
