/** The page of one request, its live parts, and the acts on it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { showReference } from '../core/reference.ts'
import { Failure } from '../failure.ts'
import { noteGlance } from '../store/glance.ts'
import { readMentions } from '../store/mention.ts'
import { findByReference } from '../store/request.ts'
import type { ActRoute } from './acts/act-route.ts'
import { birthYearOf, notTheirAge } from './acts/age.ts'
import { answer, draftAgain } from './acts/answer.ts'
import { answerCode } from './acts/answer-nameless.ts'
import { assign } from './acts/assign.ts'
import { attempt } from './acts/attempt.ts'
import { close } from './acts/close.ts'
import { falseAlarm } from './acts/false-alarm.ts'
import { handOver } from './acts/hand-over.ts'
import { decide, letIn } from './acts/let-in.ts'
import { merge } from './acts/merge.ts'
import { note } from './acts/note.ts'
import { part } from './acts/part.ts'
import { priority } from './acts/priority.ts'
import { reopen } from './acts/reopen.ts'
import { report } from './acts/report.ts'
import { resend } from './acts/resend.ts'
import { safeContact } from './acts/safe-contact.ts'
import { letBackIn, shutOutOf } from './acts/shut-out.ts'
import { snooze } from './acts/snooze.ts'
import { sort } from './acts/sort.ts'
import { take } from './acts/take.ts'
import { transcript } from './acts/transcript.ts'
import { wake } from './acts/wake.ts'
import { wantFile } from './acts/want-file.ts'
import { seeRequest } from './alert-routes.tsx'
import { allowedOf } from './allowed.ts'
import {
  askingOf,
  type Console,
  isScript,
  lookOf,
  pageOf,
  sendPage,
  sendPart,
  tokenOf,
  wordsOf,
} from './asked.ts'
import { readKey } from './form.ts'
import { loadFacts, loadRail, loadRequestView, loadRows, loadThread, requestAt } from './load.ts'
import { lookQuery } from './look.ts'
import type { Draft } from './pages/answer-box.tsx'
import { FactsPart, panelForm } from './pages/facts.tsx'
import { ActsPart, Exchange, RequestPage } from './pages/request.tsx'
import { threadDesk } from './pages/said-file.tsx'
import { ThreadPart, threadHints } from './pages/thread.tsx'
import { loadOffers } from './reply-fill.ts'
import { readSince, sinceQuery } from './since.ts'
import { faultOf } from './trouble.ts'
import { acceptUploads } from './uploads.ts'
import type { RequestView } from './view.ts'
import type { Words } from './words.ts'

/** Each act by the last word of its address. */
export const acts: Readonly<Record<string, ActRoute>> = {
  take,
  answer,
  'answer-code': answerCode,
  'hand-over': handOver,
  close,
  reopen,
  'false-alarm': falseAlarm,
  priority,
  attempt,
  note,
  'safe-contact': safeContact,
  sort,
  resend,
  'let-in': letIn,
  'decide-opening': decide,
  'birth-year': birthYearOf,
  'not-their-age': notTheirAge,
  report,
  'shut-out': shutOutOf,
  'let-back': letBackIn,
  transcript,
  'want-file': wantFile,
  assign,
  snooze,
  wake,
  merge,
  part,
}

const base = '/console/requests/:reference'
/** Whoever acts on a request has read it as well. */
const logged = { config: { reads: 'request' } } as const

export function requestRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, logged, async (request, reply) => {
    const id = await idOf(console, request)
    await seeRequest(console, askingOf(request).staff, id)
    return showRequest(console, request, reply, id)
  })
  app.get(`${base}/thread`, logged, async (request, reply) => {
    const id = await idOf(console, request)
    const { staff } = askingOf(request)
    const [thread, facts] = await Promise.all([loadThread(console, staff, id), loadFacts(console, staff, id)])
    const look = lookOf(request)
    const since = readSince(request.query, staff.id)
    const from = `/console/requests/${addressOf(request)}/thread${lookQuery(look)}${sinceQuery(since)}`
    const desk = threadDesk({
      ...{ row: facts.row, answers: allowedOf(facts, staff).answer, look },
      ...{ token: tokenOf(request, reply), newKey: () => console.clock.id() },
    })
    return sendPart(
      reply,
      ThreadPart({ words: wordsOf(console, request), thread, from, hints: threadHints(id), desk, since }),
    )
  })
  app.get(`${base}/facts`, logged, async (request, reply) => {
    const facts = await loadFacts(console, askingOf(request).staff, await idOf(console, request))
    const form = panelForm(tokenOf(request, reply), () => console.clock.id(), lookOf(request))
    return sendPart(reply, FactsPart({ words: wordsOf(console, request), facts, form }))
  })
  app.get(`${base}/acts`, logged, async (request, reply) => {
    const id = await idOf(console, request)
    return sendPart(reply, ActsPart(await formsOf(console, request, reply, id)))
  })
  const mount = (to: FastifyInstance, name: string, route: ActRoute) =>
    to.post(`${base}/${name}`, logged, (request, reply) => perform(console, request, reply, route))
  for (const [name, route] of Object.entries(acts)) if (route !== answer) mount(app, name, route)
  // An answer may carry files.
  void app.register(async (inside) => {
    await acceptUploads(inside)
    mount(inside, 'answer', answer)
  })
}

function addressOf(request: FastifyRequest): string {
  return (request.params as { reference: string }).reference
}

function idOf(console: Console, request: FastifyRequest): Promise<string> {
  return requestAt(console, askingOf(request).staff, addressOf(request))
}

type Trouble = { readonly status: number; readonly fault: string; readonly draft?: Draft }

/** Does the act and goes back to the request; what was refused is told on the page, with what was written. */
async function perform(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  route: ActRoute,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const id = await idOf(console, request)
  const form = readKey(request.body)
  const answers = route === answer
  try {
    await route(console, { staff, request: id, form }, request.body)
  } catch (error) {
    const trouble = troubleOf(error, wordsOf(console, request), answers ? request.body : undefined)
    if (!trouble) throw error
    // A script swaps only what comes as 422; the page itself says what exactly it was.
    if (answers && isScript(request))
      return showExchange(console, request, reply.code(422), id, trouble.draft)
    return showRequest(console, request, reply.code(trouble.status), id, trouble)
  }
  if (answers && isScript(request)) return showExchange(console, request, reply, id)
  // The thread hears of it and fetches itself.
  if (isScript(request)) return reply.code(204).send()
  return reply.redirect(await placeAfter(console, request, staff), 303)
}

/** Back to the request, or to the list when it went where the reader does not see it any more. */
async function placeAfter(
  console: Console,
  request: FastifyRequest,
  staff: ReturnType<typeof askingOf>['staff'],
): Promise<string> {
  const reference = addressOf(request).replace(/\D/g, '')
  const look = lookQuery(lookOf(request))
  const shown = showReference(reference)
  const seen = await findByReference(console.database.prisma, staff, reference)
  if (seen) return `/console/requests/${shown}${look}`
  return `/console/requests${look}${look === '' ? '?' : '&'}gone=${shown}`
}

/** A refusal that the reader can do something about, as a sentence; undefined for everything else. */
function troubleOf(error: unknown, words: Words, body: unknown): Trouble | undefined {
  const told = faultOf(error, words)
  if (!told || body === undefined) return told
  return { ...told, draft: draftAgain(body, told.fault, error instanceof Failure ? error.code : '') }
}

async function formsOf(console: Console, request: FastifyRequest, reply: FastifyReply, id: string) {
  const view = await loadRequestView(console, askingOf(request).staff, id)
  return {
    words: wordsOf(console, request),
    view,
    token: tokenOf(request, reply),
    newKey: () => console.clock.id(),
    look: lookOf(request),
  }
}

async function showExchange(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  draft?: Draft,
): Promise<FastifyReply> {
  return sendPart(reply, Exchange({ ...(await formsOf(console, request, reply, id)), draft }))
}

async function showRequest(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  trouble?: Trouble,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const look = lookOf(request)
  console.presence.note(id, staff.id, 'reading')
  if (await readMentions(console.database.prisma, staff.id, id, console.clock.now())) {
    console.hints.changed([`staff-${staff.id}`])
  }
  const [rail, rows, view, looked] = await Promise.all([
    loadRail(console, staff),
    loadRows(console, staff, look, { beside: true }),
    loadRequestView(console, staff, id),
    noteGlance(console.database.pool, { staff: staff.id, request: id }, console.clock.now()),
  ])
  const page = pageOf(console, request, reply)
  const newKey = () => console.clock.id()
  const draft = trouble ? trouble.draft : await insertedDraft(console, request, id, view)
  const told = trouble && !trouble.draft ? { fault: trouble.fault } : { draft }
  const since = looked && { at: looked, reader: staff.id }
  return sendPage(reply, RequestPage({ page, rail, look, rows, view, newKey, since, ...told }))
}

/** What was begun, with the canned reply that the address names: how one is inserted without scripts. */
async function insertedDraft(
  console: Console,
  request: FastifyRequest,
  id: string,
  view: RequestView,
): Promise<Draft | undefined> {
  const { insert } = request.query as { insert?: unknown }
  if (typeof insert !== 'string' || !view.allowed.answer) return undefined
  const { offers } = await loadOffers(console, askingOf(request).staff, wordsOf(console, request), id, '')
  const offer = offers.find(({ reply }) => reply.key === insert)
  return offer && { text: [view.draft?.text, offer.text].filter(Boolean).join('\n') }
}
