/** Surveys: which there are, another version by file, one filled in with somebody, and all of it as a table without names. */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { checkInSurvey } from '../core/check-in.ts'
import { languages } from '../core/language.ts'
import type { Staff } from '../core/staff.ts'
import { compareSurveys, type SurveyDefinition } from '../core/survey.ts'
import { Failure } from '../failure.ts'
import { readSurvey } from '../flow/survey-file.ts'
import { hasContent } from '../store/access.ts'
import { staffNames } from '../store/seat.ts'
import { addSurveyVersion } from '../store/survey.ts'
import { loadFile } from '../turn/act-person.ts'
import { recordSurvey } from '../turn/act-survey.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail } from './load.ts'
import { fieldOf, SurveyFormPage } from './pages/survey-form.tsx'
import { SurveyComparePage, SurveysPage } from './pages/surveys.tsx'
import { takesSurveys } from './survey-export-routes.ts'
import { filledByStaff, loadSurveyBook } from './survey-load.ts'
import { faultOf } from './trouble.ts'

const base = '/console/surveys'
const largestFile = 300_000
const reads = { config: { reads: 'person' } } as const

export function surveyRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, (request, reply) => showAll(console, request, reply))
  void app.register((inside) => uploads(inside, console))
  app.post(`${base}/keep`, (request, reply) => keep(console, request, reply))
  app.get('/console/people/:id/survey/:survey', reads, (request, reply) => showForm(console, request, reply))
  app.post('/console/people/:id/survey/:survey', reads, (request, reply) => fill(console, request, reply))
}

/** Everybody who sees people fills surveys in; administrators bring them. */
function mayRead(staff: Staff): void {
  if (!hasContent(staff) && !brings(staff)) throw new Failure('page:not_found')
}

function brings({ roles }: Staff): boolean {
  return roles.includes('admin')
}

async function showAll(console: Console, request: FastifyRequest, reply: FastifyReply, fault?: string) {
  const { staff } = askingOf(request)
  mayRead(staff)
  const [rail, book] = await Promise.all([loadRail(console, staff), loadSurveyBook(console)])
  const names = await staffNames(console.database.prisma, [...new Set(book.brought.map((one) => one.staff))])
  const page = pageOf(console, request, reply)
  const { done } = request.query as { done?: unknown }
  return sendPage(
    reply,
    SurveysPage({
      ...{ page, rail, book, names, brings: brings(staff), takes: takesSurveys(staff) },
      ...(fault ? { fault } : {}),
      ...(done ? { done: page.words.t('admin.saved') } : {}),
    }),
  )
}

async function uploads(app: FastifyInstance, console: Console): Promise<void> {
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    throwFileSizeLimit: false,
    limits: { fileSize: largestFile + 1, files: 1, fields: 5, fieldSize: 10_000 },
    async onFile(part) {
      Object.assign(part, { value: (await part.toBuffer()).toString('utf8') })
    },
  })
  app.post(base, async (request, reply) => {
    const { staff } = askingOf(request)
    if (!brings(staff)) throw new Failure('page:not_found')
    const sent = z.object({ file: z.string() }).safeParse(request.body)
    const text = sent.success ? sent.data.file : ''
    try {
      const definition = await judged(console, text)
      const before = (await loadSurveyBook(console)).current.find(
        ({ survey }) => survey === definition.survey,
      )
      const page = pageOf(console, request, reply)
      const rail = await loadRail(console, staff)
      const change = before && { before, change: compareSurveys(before, definition) }
      return sendPage(reply, SurveyComparePage({ page, rail, definition, ...change }))
    } catch (error) {
      const told = faultOf(error, wordsOf(console, request))
      if (!told) throw error
      return showAll(console, request, reply.code(told.status), told.fault)
    }
  })
}

/** Fails with FormFault for what cannot be kept: no survey, too large, a version that is there, the questions of the chat. */
async function judged(console: Console, text: string): Promise<SurveyDefinition> {
  if (text === '' || text.length > largestFile) throw new FormFault('survey.fault.not_json', { at: '' })
  const read = readSurvey(text.replace(/^\uFEFF/, ''))
  if (!('definition' in read)) throw new FormFault(`survey.fault.${read.fault}`, { at: read.at })
  const { definition } = read
  if (definition.survey === checkInSurvey) throw new FormFault('survey.fault.of_chat')
  const book = await loadSurveyBook(console)
  const last = book.current.find(({ survey }) => survey === definition.survey)
  if (last && definition.version <= last.version) throw new FormFault('survey.fault.old', { n: last.version })
  return definition
}

async function keep(console: Console, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  if (!brings(staff)) throw new Failure('page:not_found')
  try {
    const { text } = readForm(z.object({ text: z.string(), sure: z.literal('yes') }), request.body)
    const definition = await judged(console, text)
    const it = { id: console.clock.id(), definition, staff: staff.id, at: console.clock.now() }
    if (!(await addSurveyVersion(console.database.prisma, it)))
      throw new FormFault('survey.fault.old', { n: definition.version })
  } catch (error) {
    const told = faultOf(error, wordsOf(console, request))
    if (!told) throw error
    return showAll(console, request, reply.code(told.status), told.fault)
  }
  return reply.redirect(`${base}?done=1`, 303)
}

/** The survey that an address names, in its last version. */
async function surveyAt(console: Console, request: FastifyRequest): Promise<SurveyDefinition> {
  const { survey } = request.params as { survey: string }
  const found = filledByStaff(await loadSurveyBook(console)).find((one) => one.survey === survey)
  if (!found) throw new Failure('page:not_found')
  return found
}

async function showForm(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  refused?: { readonly fault: string; readonly given: Readonly<Record<string, string>> },
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const person = (request.params as { id: string }).id
  // One after the other: whoever sees neither is always told the same.
  const { values } = await loadFile(console.desk, staff, person)
  const definition = await surveyAt(console, request)
  const page = pageOf(console, request, reply)
  const rail = await loadRail(console, staff)
  const { name, language } = values
  const given = refused?.given ?? (language === undefined ? {} : { language })
  return sendPage(
    reply,
    SurveyFormPage({
      ...{ page, rail, definition, given, once: console.clock.id() },
      person: { id: person, ...(name === undefined ? {} : { name }) },
      ...(refused ? { fault: refused.fault } : {}),
    }),
  )
}

const filled = z.object({
  version: z.coerce.number().int(),
  day: z.iso.date(),
  mode: z.enum(['interview', 'phone']),
  language: z.enum(languages),
})

async function fill(console: Console, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const person = (request.params as { id: string }).id
  const given = z.record(z.string(), z.string().max(200)).catch({}).parse(request.body)
  try {
    const definition = await surveyAt(console, request)
    const { version, ...how } = readForm(filled, request.body)
    if (version !== definition.version) throw new FormFault('survey.fault.changed')
    const answers = Object.fromEntries(
      definition.items.flatMap(({ code }) => {
        const answer = given[fieldOf(code)]
        return answer === undefined || answer === '' ? [] : [[code, answer] as const]
      }),
    )
    const act = { staff: askingOf(request).staff, person, form: readKey(request.body) }
    await recordSurvey(console.desk, act, { definition, ...how, answers })
  } catch (error) {
    const told = faultOf(error, wordsOf(console, request))
    if (!told) throw error
    return showForm(console, request, reply.code(told.status), { fault: told.fault, given })
  }
  return reply.redirect(`/console/people/${person}`, 303)
}
