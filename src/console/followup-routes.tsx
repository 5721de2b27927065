/** The follow-ups of one request: a time is proposed, moved, agreed by word of mouth, and noted afterwards. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { followUpKinds } from '../core/followup.ts'
import { showReference } from '../core/reference.ts'
import {
  agreeFollowUp,
  cancelFollowUp,
  finishFollowUp,
  missFollowUp,
  proposeFollowUp,
} from '../turn/act-followup.ts'
import type { Act } from '../turn/act-load.ts'
import { followUpRequestOf } from '../turn/followup-request.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { loadFollowUps, readChangedQuery, readSlotQuery } from './followup-load.ts'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail, requestAt } from './load.ts'
import { FollowUpPage, wishOf } from './pages/followup.tsx'
import { faultOf } from './trouble.ts'
import { readMoment } from './until.ts'
import { dayOf } from './words.ts'

const logged = { config: { reads: 'request' } } as const
const base = '/console/requests/:reference/follow-up'

const proposal = z.object({
  staff: z.uuid(),
  kind: z.enum(followUpKinds),
  minutes: z.coerce.number(),
  searched: z.string().max(100).default(''),
  at: z.string().max(30).default(''),
  office: z.string().max(60).default(''),
  agreed: z.literal('on').optional(),
})
const one = z.object({ followUp: z.uuid() })

type Deed = (console: Console, act: Act, body: unknown) => Promise<void>

const deeds: Readonly<Record<string, Deed>> = {
  '/propose': async ({ desk }, act, body) => {
    const { at, office, agreed, searched, ...wish } = readForm(proposal, body)
    // The times were found for something else, and the button named that.
    if (searched !== wishOf(wish)) throw new FormFault('calendar.search_first')
    const moment = readMoment(at)
    if (!moment) throw new FormFault('calendar.choose_time')
    const meeting = wish.kind === 'meeting' && office !== '' ? { office } : {}
    await proposeFollowUp(desk, act, { ...wish, ...meeting, at: moment, agreed: agreed === 'on' })
  },
  '/agree': ({ desk }, act, body) => agreeFollowUp(desk, act, readForm(one, body)),
  '/done': ({ desk }, act, body) => finishFollowUp(desk, act, readForm(one, body)),
  '/missed': ({ desk, talk }, act, body) => missFollowUp(desk, talk, act, readForm(one, body)),
  '/cancel': ({ desk }, act, body) => cancelFollowUp(desk, act, readForm(one, body)),
}

export function followUpRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, logged, (request, reply) => show(console, request, reply))
  app.post(`${base}/search`, logged, async (request, reply) => {
    await requestAt(console, askingOf(request).staff, addressOf(request))
    const { from, ...asked } = readChangedQuery(request.body, console.clock.now())
    const query = new URLSearchParams({ ...asked, minutes: String(asked.minutes ?? ''), from: dayOf(from) })
    return reply.redirect(`${pathOf(request)}?${query}`, 303)
  })
  personRoute(app, console)
  for (const [name, deed] of Object.entries(deeds)) {
    app.post(`${base}${name}`, logged, async (request, reply) => {
      const { staff } = askingOf(request)
      const id = await requestAt(console, staff, addressOf(request))
      try {
        await deed(console, { staff, request: id, form: readKey(request.body) }, request.body)
      } catch (error) {
        const told = faultOf(error, wordsOf(console, request))
        if (!told) throw error
        return show(console, request, reply.code(told.status), told.fault)
      }
      return reply.redirect(`${pathOf(request)}?done=1`, 303)
    })
  }
}

/** From the page of a person to the times for them: under the follow-up that they wait for, or a new one. */
function personRoute(app: FastifyInstance, console: Console): void {
  app.post('/console/people/:id/follow-up', { config: { reads: 'person' } }, async (request, reply) => {
    const { staff } = askingOf(request)
    const { id } = request.params as { id: string }
    const reference = await followUpRequestOf(console.desk, { staff, form: readKey(request.body) }, id)
    if (reference === undefined) return reply.redirect(`/console/people/${id}`, 303)
    return reply.redirect(`/console/requests/${showReference(reference)}/follow-up`, 303)
  })
}

function addressOf(request: FastifyRequest): string {
  return (request.params as { reference: string }).reference
}

function pathOf(request: FastifyRequest): string {
  return `/console/requests/${showReference(addressOf(request).replace(/\D/g, ''))}/follow-up`
}

/** What was refused is told above the same choice of times. */
async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  fault?: string,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const id = await requestAt(console, staff, addressOf(request))
  const { done } = request.query as { done?: unknown }
  const now = console.clock.now()
  const asked = fault === undefined ? readSlotQuery(request.query, now) : readChangedQuery(request.body, now)
  const [rail, view] = await Promise.all([loadRail(console, staff), loadFollowUps(console, staff, id, asked)])
  const page = pageOf(console, request, reply)
  const told = {
    ...(fault === undefined ? {} : { fault }),
    ...(done ? { done: page.words.t('calendar.saved') } : {}),
  }
  return sendPage(reply, FollowUpPage({ page, rail, view, newKey: () => console.clock.id(), ...told }))
}
