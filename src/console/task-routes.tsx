/** One's own tasks, the board of those who supervise, what is done with a task, and the terms that all follow from. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Staff } from '../core/staff.ts'
import { areTerms, type TaskTerms, taskKinds } from '../core/task.ts'
import { Failure } from '../failure.ts'
import { countsByName, hasContent } from '../store/access.ts'
import { isId } from '../store/request.ts'
import { writeTaskTerms } from '../store/task.ts'
import { wantCheckIn } from '../turn/act-check-in.ts'
import { endTask, putOffTask } from '../turn/act-task.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm, readKey, readNote } from './form.ts'
import { loadRail } from './load.ts'
import { everyOffice, TaskBoardPage } from './pages/task-board.tsx'
import { TaskTermsPage } from './pages/task-terms.tsx'
import { TasksPage } from './pages/tasks.tsx'
import { noteRead } from './reads.ts'
import { type BoardLook, loadBoard, loadOwnTasks, loadTerms } from './task-load.ts'
import { faultOf } from './trouble.ts'

export function taskRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/tasks', (request, reply) => showOwn(console, request, reply))
  app.get('/console/tasks/board', (request, reply) => showBoard(console, request, reply))
  app.get('/console/tasks/terms', (request, reply) => showTerms(console, request, reply))
  app.post('/console/tasks/terms', async (request, reply) => {
    mayRead(request)
    if (!maySet(askingOf(request).staff)) throw new Failure('staff:not_allowed')
    const terms = readTerms(request.body)
    if (!areTerms(terms)) return showTerms(console, request, reply.code(422), { terms, refused: true })
    await writeTaskTerms(console.database.prisma, terms)
    return reply.redirect('/console/tasks/terms?done=1', 303)
  })
  app.post('/console/people/:id/task', { config: { reads: 'person' } }, async (request, reply) => {
    try {
      return reply.redirect(await settle(console, request), 303)
    } catch (error) {
      const told = faultOf(error, wordsOf(console, request))
      if (!told) throw error
      return showOwn(console, request, reply.code(told.status), told.fault)
    }
  })
}

const settled = z.object({
  kind: z.enum(taskKinds),
  of: z.uuid(),
  step: z.coerce.number().int().min(0).max(100),
  deed: z.enum(['done', 'later', 'ask']),
  until: z.union([z.literal(''), z.iso.date()]).default(''),
  back: z.enum(['own', 'board', 'person']).default('own'),
})

/** Does it and gives the page to go back to. */
async function settle({ desk }: Console, request: FastifyRequest): Promise<string> {
  const { deed, until, back, ...task } = readForm(settled, request.body)
  const person = (request.params as { id: string }).id
  const act = { staff: askingOf(request).staff, person, form: readKey(request.body) }
  if (deed === 'ask') {
    await wantCheckIn(desk, act)
    return `/console/people/${person}`
  }
  const reason = readNote(request.body)
  if (reason === undefined) throw new FormFault('task.why_missing')
  if (deed === 'done') await endTask(desk, act, task, reason)
  else {
    if (until === '') throw new FormFault('task.until_missing')
    await putOffTask(desk, act, task, { until: new Date(`${until}T00:00:00Z`), reason })
  }
  if (back === 'person') return `/console/people/${person}`
  return back === 'board' ? '/console/tasks/board' : '/console/tasks'
}

function mayRead(request: FastifyRequest): void {
  if (!hasContent(askingOf(request).staff) && !maySet(askingOf(request).staff))
    throw new Failure('page:not_found')
}

function maySet({ roles }: Staff): boolean {
  return roles.includes('admin') || roles.includes('supervisor')
}

/** Whether somebody looks over the tasks of others: officers everybody's, supervisors those of their office. */
export function looksOver(staff: Staff): boolean {
  return hasContent(staff) && countsByName(staff, staff.office)
}

async function showOwn(console: Console, request: FastifyRequest, reply: FastifyReply, fault?: string) {
  const { staff } = askingOf(request)
  if (!hasContent(staff)) throw new Failure('page:not_found')
  const [rail, own] = await Promise.all([loadRail(console, staff), loadOwnTasks(console, staff)])
  for (const { person } of own.lines) noteRead(request, 'person', person)
  const page = pageOf(console, request, reply)
  const newKey = () => console.clock.id()
  return sendPage(
    reply,
    TasksPage({ page, rail, ...own, newKey, board: looksOver(staff), ...(fault ? { fault } : {}) }),
  )
}

/** What an address asks for; an office that is not theirs is like one that is not there. */
export async function boardFor(
  { database }: Pick<Console, 'database'>,
  request: FastifyRequest,
  asked: unknown,
): Promise<{ readonly look: BoardLook; readonly offices: readonly { id: string; name: string }[] }> {
  const { staff } = askingOf(request)
  if (!looksOver(staff)) throw new Failure('page:not_found')
  const everywhere = staff.roles.includes('officer')
  const offices = await database.prisma.office.findMany({
    where: everywhere ? {} : { id: staff.office ?? '' },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  const { office, owner, kind, page } = asked as Record<string, unknown>
  // One office at a time, unless somebody asks for all: those are many more to count.
  const all = office === everyOffice && everywhere
  if (typeof office === 'string' && office !== '' && !all && !offices.some(({ id }) => id === office))
    throw new Failure('page:not_found')
  const chosen = all ? everyOffice : office || staff.office || offices[0]?.id
  const known = taskKinds.find((one) => one === kind)
  return {
    offices,
    look: {
      ...(typeof chosen === 'string' ? { office: chosen } : {}),
      ...(typeof owner === 'string' && (owner === 'none' || isId(owner)) ? { owner } : {}),
      ...(known ? { kind: known } : {}),
      page: Math.min(200, Math.max(1, Math.floor(Number(page ?? 1)) || 1)),
    },
  }
}

async function showBoard(console: Console, request: FastifyRequest, reply: FastifyReply) {
  const { staff } = askingOf(request)
  const { look, offices } = await boardFor(console, request, request.query)
  const [rail, board] = await Promise.all([loadRail(console, staff), loadBoard(console, staff, look)])
  for (const { person } of board.lines) noteRead(request, 'person', person)
  const page = pageOf(console, request, reply)
  return sendPage(
    reply,
    TaskBoardPage({ page, rail, look, offices, board, newKey: () => console.clock.id() }),
  )
}

const days = z.coerce.number()
const termsForm = z.object({
  ...{ plan: days, checkInFrom: days, checkInUntil: days, visitsHighRisk: days },
  ...{ outcome: days, home: days, call: days, guardian: days },
  visits: z
    .string()
    .max(80)
    .transform((text) =>
      text
        .split(/[,; ]+/)
        .filter(Boolean)
        .map(Number),
    ),
})

function readTerms(body: unknown): TaskTerms {
  return readForm(termsForm, body)
}

async function showTerms(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  typed?: { readonly terms: TaskTerms; readonly refused: true },
) {
  mayRead(request)
  const { staff } = askingOf(request)
  const [rail, terms] = await Promise.all([loadRail(console, staff), loadTerms(console)])
  const page = pageOf(console, request, reply)
  const { done } = request.query as { done?: unknown }
  return sendPage(
    reply,
    TaskTermsPage({
      ...{ page, rail, terms: typed?.terms ?? terms, sets: maySet(staff) },
      ...(typed ? { fault: page.words.t('task.terms_wrong') } : {}),
      ...(done ? { done: page.words.t('admin.saved') } : {}),
    }),
  )
}
