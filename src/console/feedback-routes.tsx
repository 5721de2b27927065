/** Feedback: the list with what narrows it, one piece with its history, and what staff do with it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { longestOrganisation } from '../core/feedback.ts'
import { showReference } from '../core/reference.ts'
import { feedbackKinds } from '../core/request.ts'
import { Failure } from '../failure.ts'
import { readsFeedback, seesFeedback } from '../store/access-feedback.ts'
import { countFeedback, listFeedback } from '../store/feedback.ts'
import { type FeedbackAct, pointFeedback, raiseFeedback, recodeFeedback } from '../turn/act-feedback.ts'
import { afterOf, askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { loadFeedbackView } from './feedback-load.ts'
import { feedbackFilter, fitsLook, readFeedbackLook } from './feedback-look.ts'
import { readForm, readKey } from './form.ts'
import { loadRail } from './load.ts'
import { FeedbackPage } from './pages/feedback.tsx'
import { FeedbackOnePage } from './pages/feedback-one.tsx'
import { sortedKinds } from './pages/sort-form.tsx'
import { noteRead } from './reads.ts'
import { faultOf } from './trouble.ts'

const base = '/console/feedback'
const onPage = 50

type Deed = (console: Console, act: FeedbackAct, body: unknown) => Promise<string | undefined>

const deeds: Readonly<Record<string, Deed>> = {
  async kind({ desk }, act, body) {
    await recodeFeedback(desk, act, readForm(z.object({ kind: z.enum(feedbackKinds) }), body).kind)
    return undefined
  },
  async elsewhere({ desk }, act, body) {
    const { organisation } = readForm(z.object({ organisation: z.string().max(longestOrganisation) }), body)
    await pointFeedback(desk, act, organisation)
    return undefined
  },
  async request({ desk }, act, body) {
    return raiseFeedback(desk, act, readForm(z.object({ kind: z.enum(sortedKinds) }), body).kind)
  },
}

export function feedbackRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => {
    const { staff } = askingOf(request)
    if (!seesFeedback(staff)) throw new Failure('page:not_found')
    const look = readFeedbackLook(request.query)
    const filter = feedbackFilter(look)
    const fits = readsFeedback(staff) ? fitsLook(look) : undefined
    const after = afterOf(request)
    const { raised } = request.query as { raised?: unknown }
    const [rail, counts, found] = await Promise.all([
      loadRail(console, staff),
      countFeedback(console.database.prisma, staff, filter),
      listFeedback(console.database, staff, filter, { limit: onPage, after, fits }),
    ])
    const page = pageOf(console, request, reply)
    const done = typeof raised === 'string' && /^[\d-]{1,12}$/.test(raised) ? raised : undefined
    return sendPage(
      reply,
      FeedbackPage({ page, rail, look, after, counts, found, place: console.placeName, raised: done }),
    )
  })
  app.get(`${base}/:id`, (request, reply) => show(console, request, reply))
  for (const [name, deed] of Object.entries(deeds)) {
    app.post(`${base}/:id/${name}`, async (request, reply) => {
      const { staff } = askingOf(request)
      const act = { staff, feedback: idIn(request), form: readKey(request.body) }
      try {
        const raised = await deed(console, act, request.body)
        // It may be hidden from whoever raised it: the list is always theirs.
        const to =
          raised === undefined ? `${base}/${act.feedback}` : `${base}?raised=${showReference(raised)}`
        return reply.redirect(to, 303)
      } catch (error) {
        const told = faultOf(error, wordsOf(console, request))
        if (!told) throw error
        return show(console, request, reply.code(told.status), told.fault)
      }
    })
  }
}

function idIn(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  fault?: string,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const view = await loadFeedbackView(console, staff, idIn(request))
  if (view.person) noteRead(request, 'person', view.person)
  const rail = await loadRail(console, staff)
  const page = pageOf(console, request, reply)
  const { placeName: place, clock } = console
  return sendPage(reply, FeedbackOnePage({ page, rail, view, place, fault, newKey: () => clock.id() }))
}
