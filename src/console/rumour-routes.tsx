/** Rumours, for officers: what is said alike, put together, answered to exactly those who said it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { mayWrite } from '../turn/act-campaign.ts'
import {
  answerRumour,
  gatherRumour,
  longestRumour,
  releaseFromRumour,
  spreadAnswer,
} from '../turn/act-rumour.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { deskOf } from './campaign-show.tsx'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail } from './load.ts'
import { RumourPage } from './pages/rumour.tsx'
import { RumoursPage } from './pages/rumours.tsx'
import { loadRumours, loadRumourView, windows } from './rumour-load.ts'
import { faultOf } from './trouble.ts'

const base = '/console/rumours'
const mostTicked = 500

const ticked = z.object({
  feedback: z.preprocess((one) => (one === undefined ? [] : [one].flat()), z.array(z.uuid()).max(mostTicked)),
  name: z.string().trim().max(longestRumour).optional(),
})

export function rumourRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, (request, reply) => showAll(console, request, reply))
  // The key of the form is the id of the rumour: pressed twice, it makes one.
  app.post(base, (request, reply) =>
    told(request, console, reply, showAll, async (staff) => {
      const { feedback, name } = readForm(ticked, request.body)
      if (!name) throw new FormFault('rumour.fault_name')
      if (feedback.length === 0) throw new FormFault('rumour.fault_none')
      const rumour = readKey(request.body)
      await gatherRumour(console.desk, { staff, rumour }, feedback, name)
      return reply.redirect(`${base}/${rumour}`, 303)
    }),
  )
  app.get(`${base}/:id`, (request, reply) => showOne(console, request, reply))
  app.post(`${base}/:id/gather`, (request, reply) =>
    told(request, console, reply, showAll, async (staff) => {
      const { feedback } = readForm(ticked, request.body)
      await gatherRumour(console.desk, { staff, rumour: idIn(request) }, feedback)
      return reply.redirect(`${base}/${idIn(request)}`, 303)
    }),
  )
  app.post(`${base}/:id/release`, (request, reply) =>
    told(request, console, reply, showOne, async (staff) => {
      const { feedback } = readForm(z.object({ feedback: z.uuid() }), request.body)
      await releaseFromRumour(console.desk, { staff, rumour: idIn(request) }, feedback)
      return reply.redirect(`${base}/${idIn(request)}`, 303)
    }),
  )
  app.post(`${base}/:id/answer`, (request, reply) =>
    told(request, console, reply, showOne, async (staff) => {
      const { rumour } = await loadRumourView(console, staff, idIn(request))
      const campaign = readKey(request.body)
      const deed = { staff, campaign, form: console.clock.id(), rumour: rumour.id }
      await answerRumour(deskOf(console), deed, nameOf(console, request, 'rumour.answer_to', rumour.name))
      return reply.redirect(`/console/campaigns/${campaign}`, 303)
    }),
  )
  app.post(`${base}/:id/spread`, (request, reply) =>
    told(request, console, reply, showOne, async (staff) => {
      const { region } = readForm(z.object({ region: z.string().max(60) }), request.body)
      const known = console.placeName?.regions.find(({ id }) => id === region)
      if (!known) throw new FormFault('rumour.fault_region')
      const { rumour } = await loadRumourView(console, staff, idIn(request))
      const campaign = readKey(request.body)
      const deed = { staff, campaign, form: console.clock.id(), rumour: rumour.id }
      const name = nameOf(console, request, 'rumour.answer_to', `${rumour.name}, ${known.name}`)
      await spreadAnswer(deskOf(console), deed, { name, region })
      return reply.redirect(`/console/campaigns/${campaign}`, 303)
    }),
  )
}

/** For everybody who writes no campaigns there is no such page. */
function officer(request: FastifyRequest): Staff {
  const { staff } = askingOf(request)
  if (!mayWrite(staff)) throw new Failure('page:not_found')
  return staff
}

function idIn(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}

function nameOf(console: Console, request: FastifyRequest, key: string, name: string): string {
  return wordsOf(console, request).t(key, { name }).slice(0, longestRumour)
}

type Show = (
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  fault?: string,
) => Promise<FastifyReply>

async function told(
  request: FastifyRequest,
  console: Console,
  reply: FastifyReply,
  show: Show,
  act: (staff: Staff) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const staff = officer(request)
  try {
    return await act(staff)
  } catch (error) {
    const fault = faultOf(error, wordsOf(console, request))
    if (!fault) throw error
    return show(console, request, reply.code(fault.status), fault.fault)
  }
}

const showAll: Show = async (console, request, reply, fault) => {
  const staff = officer(request)
  const { days } = request.query as { days?: unknown }
  const window = windows.find((one) => String(one) === days) ?? windows[0]
  const [rail, found] = await Promise.all([loadRail(console, staff), loadRumours(console, staff, window)])
  const page = pageOf(console, request, reply)
  const { placeName: place, clock } = console
  return sendPage(reply, RumoursPage({ page, rail, found, place, fault, newKey: () => clock.id() }))
}

const showOne: Show = async (console, request, reply, fault) => {
  const staff = officer(request)
  const [rail, view] = await Promise.all([
    loadRail(console, staff),
    loadRumourView(console, staff, idIn(request)),
  ])
  const page = pageOf(console, request, reply)
  const { placeName: place, clock } = console
  return sendPage(reply, RumourPage({ page, rail, view, place, fault, newKey: () => clock.id() }))
}
