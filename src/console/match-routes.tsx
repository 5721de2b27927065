/** Deciding who somebody is: the page of an identity or a changed number, and that of files that may be of one person. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { contactChecks, identityChecks } from '../core/match.ts'
import { showReference } from '../core/reference.ts'
import { sentences } from '../flow/sentences.ts'
import type { Act } from '../turn/act-load.ts'
import {
  approveContact,
  joinPersons,
  linkIdentity,
  partPersons,
  refuseContact,
  settleAsNew,
  tellOldNumber,
  tickChecks,
} from '../turn/act-match.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm, readKey, readNote } from './form.ts'
import { loadRail, requestAt } from './load.ts'
import { loadMatch, loadSame } from './match-load.ts'
import { MatchPage } from './pages/match.tsx'
import { SamePage } from './pages/same.tsx'
import { actOf } from './person-routes.tsx'
import { noteRead } from './reads.ts'
import { faultOf } from './trouble.ts'

const matching = '/console/requests/:reference/identity'
const same = '/console/people/:id/same'

type Deed = (console: Console, act: Act, body: unknown) => Promise<void>

const ofCandidate = z.object({ candidate: z.uuid() })
const ticks = z.object({
  candidate: z.uuid(),
  // One box gives a text, several a list, none nothing.
  check: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .pipe(z.array(z.enum([...identityChecks, ...contactChecks]))),
})

const deeds: Readonly<Record<string, Deed>> = {
  checks({ desk }, act, body) {
    const { candidate, check } = readForm(ticks, body)
    return tickChecks(desk, act, candidate, [...new Set(check)])
  },
  link: ({ desk }, act, body) => linkIdentity(desk, act, readForm(ofCandidate, body).candidate),
  new: ({ desk }, act) => settleAsNew(desk, act),
  notice: ({ desk, talk }, act, body) =>
    tellOldNumber(desk, talk, act, readForm(ofCandidate, body).candidate),
  change: ({ desk }, act, body) => approveContact(desk, act, readForm(ofCandidate, body).candidate),
  refuse: ({ desk }, act, body) => refuseContact(desk, act, reasonIn(body)),
}

export function matchRoutes(app: FastifyInstance, console: Console): void {
  const readsRequest = { config: { reads: 'request' } } as const
  const readsPerson = { config: { reads: 'person' } } as const
  app.get(matching, readsRequest, (request, reply) => showMatch(console, request, reply))
  for (const [name, deed] of Object.entries(deeds)) {
    app.post(`${matching}/${name}`, readsRequest, (request, reply) => perform(console, request, reply, deed))
  }
  app.get(same, readsPerson, (request, reply) => showSame(console, request, reply))
  app.post(`${same}/join`, readsPerson, (request, reply) =>
    decide(console, request, reply, async () => {
      const act = actOf(request)
      const { candidate } = readForm(ofCandidate, request.body)
      // The older file stays the one to look at; the page that one comes from is joined to it.
      await joinPersons(console.desk, act, candidate, reasonIn(request.body))
      return candidate
    }),
  )
  app.post(`${same}/part`, readsPerson, (request, reply) =>
    decide(console, request, reply, async () => {
      const { version: _, ...act } = actOf(request)
      const { candidate } = readForm(ofCandidate, request.body)
      await partPersons(console.desk, { ...act, person: candidate }, reasonIn(request.body))
      return act.person
    }),
  )
}

function reasonIn(body: unknown): string {
  const note = readNote(body)
  if (note === undefined) throw new FormFault('form.incomplete')
  return note
}

async function idOf(console: Console, request: FastifyRequest): Promise<string> {
  const { reference } = request.params as { reference: string }
  return requestAt(console, askingOf(request).staff, reference)
}

async function showMatch(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  fault?: string,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const id = await idOf(console, request)
  const [rail, view] = await Promise.all([loadRail(console, staff), loadMatch(console, staff, id)])
  for (const candidate of view.candidates) noteRead(request, 'person', candidate.id)
  const page = pageOf(console, request, reply)
  const newKey = () => console.clock.id()
  const notice = console.locales.t(staff.language, sentences.changeAsked)
  return sendPage(reply, MatchPage({ page, rail, view, newKey, fault, notice }))
}

async function perform(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  deed: Deed,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const id = await idOf(console, request)
  try {
    await deed(console, { staff, request: id, form: readKey(request.body) }, request.body)
  } catch (error) {
    const told = faultOf(error, wordsOf(console, request))
    if (!told) throw error
    return showMatch(console, request, reply.code(told.status), told.fault)
  }
  const { reference } = request.params as { reference: string }
  return reply.redirect(`/console/requests/${showReference(reference.replace(/\D/g, ''))}/identity`, 303)
}

async function showSame(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  fault?: string,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const { id } = request.params as { id: string }
  const [rail, view] = await Promise.all([loadRail(console, staff), loadSame(console, staff, id)])
  for (const one of [...view.candidates, ...view.joined]) noteRead(request, 'person', one.id)
  const page = pageOf(console, request, reply)
  return sendPage(reply, SamePage({ page, rail, view, newKey: () => console.clock.id(), fault }))
}

/** Joins or parts, and goes to the person that the page is about from then on. */
async function decide(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  deed: () => Promise<string>,
): Promise<FastifyReply> {
  try {
    return reply.redirect(`/console/people/${await deed()}/same`, 303)
  } catch (error) {
    const told = faultOf(error, wordsOf(console, request))
    if (!told) throw error
    return showSame(console, request, reply.code(told.status), told.fault)
  }
}
