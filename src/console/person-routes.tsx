/** The page of one person, what is corrected there, and what is done with the case. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { answerings } from '../core/answering.ts'
import { chosenStages, closureReasons } from '../core/case.ts'
import { consentAnswers } from '../core/consent.ts'
import { guardianMedia, kins } from '../core/guardian.ts'
import { identityChecks } from '../core/match.ts'
import { type PersonValues, personFields } from '../core/person.ts'
import { proxyMatters, proxyMedia } from '../core/proxy.ts'
import { Failure } from '../failure.ts'
import { loadPerson } from '../store/person.ts'
import { chooseAnswering } from '../turn/act-answering.ts'
import { endCode } from '../turn/act-code.ts'
import { hearGuardian } from '../turn/act-guardian.ts'
import {
  assignCase,
  closeCase,
  editPersonFacts,
  loadFile,
  noteRisk,
  type PersonAct,
  reopenCase,
  setCaseStage,
  undoPersonEdit,
} from '../turn/act-person.ts'
import { endProxy, nameProxy } from '../turn/act-proxy.ts'
import { recordSafeContactOf } from '../turn/safe-contact.ts'
import { longestField, readPersonForm } from './acts/person-facts.ts'
import { readSafe } from './acts/safe-contact.ts'
import { askingOf, type Console, pageOf, sendPage, sendPart, wordsOf } from './asked.ts'
import { FormFault, readForm, readKey, readNote } from './form.ts'
import { loadRail } from './load.ts'
import { CaseAssignPage } from './pages/case-assign.tsx'
import { PersonPage } from './pages/person.tsx'
import { PersonEditPage } from './pages/person-edit.tsx'
import { ThreadPart } from './pages/thread.tsx'
import { EarlierPart } from './pages/timeline.tsx'
import { loadCasePlaces, loadEarlier, loadPersonView, type PersonLook } from './person-load.ts'
import { noteRead } from './reads.ts'
import { faultOf } from './trouble.ts'

const logged = { config: { reads: 'person' } } as const
const base = '/console/people/:id'

/** What a form on the page of a person does. */
type Deed = (console: Console, act: PersonAct, body: unknown) => Promise<void>

const needed = (body: unknown): string => {
  const note = readNote(body)
  if (note === undefined) throw new FormFault('form.incomplete')
  return note
}
const optional = z
  .string()
  .max(60)
  .transform((id) => (id === '' ? undefined : id))

const ticks = z.object({
  // One box gives a text, several a list, none nothing.
  check: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .pipe(z.array(z.enum(identityChecks))),
})

const proxyShape = z.object({
  reference: z.string().max(40),
  matters: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .pipe(z.array(z.enum(proxyMatters))),
  medium: z.enum(proxyMedia),
  days: z.coerce.number().int(),
})

const guardianShape = z.object({
  answer: z.enum(consentAnswers),
  kin: z.enum(kins),
  medium: z.enum(guardianMedia),
})

const deeds: Readonly<Record<string, Deed>> = {
  undo: ({ desk }, act, body) =>
    undoPersonEdit(desk, act, readForm(z.object({ edit: z.string() }), body).edit),
  stage: ({ desk }, act, body) =>
    setCaseStage(desk, act, readForm(z.object({ stage: z.enum(chosenStages) }), body).stage, readNote(body)),
  assign({ desk }, act, body) {
    const to = readForm(z.object({ owner: optional, office: optional }), body)
    const reason = readNote(body)
    return assignCase(desk, act, { ...to, ...(reason === undefined ? {} : { reason }) })
  },
  close: ({ desk }, act, body) =>
    closeCase(desk, act, readForm(z.object({ reason: z.enum(closureReasons) }), body).reason, readNote(body)),
  risk: ({ desk }, act, body) =>
    noteRisk(
      desk,
      act,
      readForm(z.object({ high: z.enum(['yes', 'no']) }), body).high === 'yes',
      needed(body),
    ),
  reopen: ({ desk }, act, body) => reopenCase(desk, act, needed(body)),
  answering: ({ desk }, act, body) =>
    chooseAnswering(desk, act, readForm(z.object({ how: z.enum(answerings) }), body).how),
  'safe-contact': ({ desk }, act, body) => recordSafeContactOf(desk, act, readSafe(body)),
  proxy: ({ desk }, act, body) => nameProxy(desk, act, readForm(proxyShape, body)),
  guardian: ({ desk, locales }, act, body) => hearGuardian(desk, act, readForm(guardianShape, body), locales),
  'end-proxy': ({ desk }, act) => endProxy(desk, act),
  'end-code': ({ desk }, act, body) => endCode(desk, act, readForm(ticks, body).check),
}

export function personRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, logged, (request, reply) => showPerson(console, request, reply, lookIn(request)))
  app.get(`${base}/thread`, logged, async (request, reply) => {
    const { thread } = await loadEarlier(console, askingOf(request).staff, idOf(request), undefined)
    const from = `/console/people/${idOf(request)}/thread`
    const hints = [`person-${idOf(request)}`]
    return sendPart(reply, ThreadPart({ words: wordsOf(console, request), thread, from, hints }))
  })
  app.get(`${base}/earlier`, logged, async (request, reply) => {
    const person = idOf(request)
    const { before } = lookIn(request)
    const timeline = await loadEarlier(console, askingOf(request).staff, person, before)
    return sendPart(reply, EarlierPart({ words: wordsOf(console, request), person, timeline }))
  })
  app.get(`${base}/edit`, logged, async (request, reply) => {
    const { values, version } = await loadFile(console.desk, askingOf(request).staff, idOf(request))
    return showEdit(console, request, reply, { values, version })
  })
  app.get(`${base}/assign`, logged, (request, reply) => showAssign(console, request, reply))
  app.post(`${base}/edit`, logged, (request, reply) => edit(console, request, reply))
  for (const [name, deed] of Object.entries(deeds)) {
    app.post(`${base}/${name}`, logged, (request, reply) => perform(console, request, reply, deed))
  }
}

function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}

function lookIn(request: FastifyRequest): PersonLook {
  const { before, at } = request.query as { before?: unknown; at?: unknown }
  return {
    ...(typeof before === 'string' ? { before: before.slice(0, 20) } : {}),
    ...(typeof at === 'string' && z.uuid().safeParse(at).success ? { at } : {}),
  }
}

/** Who acts, with which form, on what they saw. */
export function actOf(request: FastifyRequest): PersonAct {
  const form = readKey(request.body)
  const { version } = readForm(z.object({ version: z.coerce.number().int().min(0) }), request.body)
  return { staff: askingOf(request).staff, person: idOf(request), form, version }
}

async function showPerson(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  look: PersonLook,
  fault?: string,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const [rail, view] = await Promise.all([
    loadRail(console, staff),
    loadPersonView(console, staff, idOf(request), look),
  ])
  if ('whole' in view) return reply.redirect(`/console/people/${view.whole}`, 303)
  for (const { id } of view.twins) noteRead(request, 'person', id)
  const page = pageOf(console, request, reply)
  return sendPage(reply, PersonPage({ page, rail, view, newKey: () => console.clock.id(), fault }))
}

async function showAssign(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const [rail, places, view] = await Promise.all([
    loadRail(console, staff),
    loadCasePlaces(console),
    loadPersonView(console, staff, idOf(request), {}),
  ])
  // What somebody else did meanwhile may have taken the act away: the page of the person shows what is left.
  if ('whole' in view || !view.mayAssign || view.file?.closedAt)
    return reply.redirect(`/console/people/${'whole' in view ? view.whole : view.person.id}`, 303)
  const page = pageOf(console, request, reply)
  return sendPage(reply, CaseAssignPage({ page, rail, view, places, newKey: () => console.clock.id() }))
}

type Editing = { readonly values: PersonValues; readonly version: number; readonly fault?: string }

async function showEdit(console: Console, request: FastifyRequest, reply: FastifyReply, it: Editing) {
  const rail = await loadRail(console, askingOf(request).staff)
  const page = pageOf(console, request, reply)
  return sendPage(
    reply,
    PersonEditPage({
      ...{ page, rail, values: it.values, fault: it.fault, newKey: () => console.clock.id() },
      person: { id: idOf(request), version: it.version },
      regions: console.placeName?.regions ?? [],
    }),
  )
}

/** What cannot be taken is told above the form, with what was typed still in it. */
async function edit(console: Console, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const act = actOf(request)
  const { values: known, version } = await loadFile(console.desk, act.staff, act.person)
  try {
    const wanted = readPersonForm(request.body, known, console.placeName?.regions ?? [], console.clock.now())
    await editPersonFacts(console.desk, act, wanted)
  } catch (error) {
    const told = faultOf(error, wordsOf(console, request))
    if (!told) throw error
    return showEdit(console, request, reply.code(told.status), {
      values: typedIn(request.body),
      // A page that was overtaken is read again before it may win.
      version: act.version ?? version,
      fault: told.fault,
    })
  }
  return reply.redirect(`/console/people/${act.person}`, 303)
}

/** What somebody typed, as far as a field can hold it. */
function typedIn(body: unknown): PersonValues {
  const typed = (body ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    personFields.flatMap((field) => {
      const text = typed[field]
      return typeof text === 'string' ? [[field, text.slice(0, longestField)]] : []
    }),
  )
}

async function perform(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  deed: Deed,
): Promise<FastifyReply> {
  const act = actOf(request)
  try {
    await deed(console, act, request.body)
  } catch (error) {
    const told = faultOf(error, wordsOf(console, request))
    if (!told) throw error
    return showPerson(console, request, reply.code(told.status), {}, told.fault)
  }
  // A case that was given away may be nobody's business here any more.
  const seen = await loadPerson(console.database, act.staff, act.person).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'person:not_found') return undefined
    throw error
  })
  return reply.redirect(seen ? `/console/people/${act.person}` : '/console', 303)
}
