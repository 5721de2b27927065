/** "You said, we did": the decisions that were taken because of what people said, a new one, and telling of it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { longestDecision } from '../core/decision.ts'
import { languages } from '../core/language.ts'
import { readReference } from '../core/reference.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { listDecisions, loadDecision } from '../store/decision.ts'
import { staffNames } from '../store/seat.ts'
import { mayWrite, seesCampaigns } from '../turn/act-campaign.ts'
import { recordDecision, tellDecision } from '../turn/act-decision.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { deskOf } from './campaign-show.tsx'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail } from './load.ts'
import { type DecisionDraft, DecisionsPage } from './pages/decisions.tsx'
import { loadRumourView } from './rumour-load.ts'
import { faultOf } from './trouble.ts'
import { dayOf } from './words.ts'

const base = '/console/decisions'
const mostShown = 300
const mostBehind = 500

const form = z.object({
  text: z.string().max(longestDecision),
  language: z.enum(languages),
  day: z.iso.date(),
  references: z.string().max(4000).default(''),
  feedback: z.preprocess((one) => (one === undefined ? [] : [one].flat()), z.array(z.uuid()).max(mostBehind)),
})

export function decisionRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => {
    const { staff } = reader(request)
    return show(console, request, reply, { draft: await draftOf(console, request, staff) })
  })
  app.post(base, async (request, reply) => {
    const { staff } = reader(request)
    if (!mayWrite(staff)) throw new Failure('page:not_found')
    try {
      const { references, ...wish } = readForm(form, request.body)
      const asked = { ...wish, references: referencesIn(references) }
      if (wish.text.trim() === '') throw new FormFault('decision.fault_text')
      if (asked.references.length + wish.feedback.length === 0) throw new FormFault('decision.fault_behind')
      if (wish.day > dayOf(console.clock.now())) throw new FormFault('decision.fault_day')
      await recordDecision(console.desk, { staff, form: readKey(request.body) }, asked)
      return reply.redirect(`${base}?kept=yes`, 303)
    } catch (error) {
      const told = faultOf(error, wordsOf(console, request))
      if (!told) throw error
      return show(console, request, reply.code(told.status), { draft: keptIn(request), fault: told.fault })
    }
  })
  // The key of the form is the id of the campaign: pressed twice, it makes one.
  app.post(`${base}/:id/campaign`, async (request, reply) => {
    const { staff } = reader(request)
    if (!mayWrite(staff)) throw new Failure('page:not_found')
    const { id } = request.params as { id: string }
    const it = await loadDecision(console.database.prisma, staff, id)
    const { locales, clock } = console
    const words = wordsOf(console, request)
    const text = locales.t(it.language, 'campaign.you_said', { text: it.text })
    const name = words.t('decision.campaign_name', { day: words.day(it.day) })
    const deed = { staff, campaign: readKey(request.body), form: clock.id(), decision: it.id }
    const campaign = await tellDecision(deskOf(console), deed, { name, text })
    return reply.redirect(`/console/campaigns/${campaign}`, 303)
  })
}

/** Whoever sees campaigns sees why there is one. */
function reader(request: FastifyRequest): { readonly staff: Staff } {
  const { staff } = askingOf(request)
  if (!seesCampaigns(staff)) throw new Failure('page:not_found')
  return { staff }
}

/** References as people write them: one after the other. Fails with FormFault for what is none. */
function referencesIn(text: string): readonly string[] {
  return text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((one) => {
      const reference = readReference(one)
      if (reference === undefined) throw new FormFault('decision.fault_reference', { text: one.slice(0, 20) })
      return reference
    })
}

/** What a decision begins with when one comes from feedback or a rumour. */
async function draftOf(console: Console, request: FastifyRequest, staff: Staff): Promise<DecisionDraft> {
  const { feedback, rumour } = request.query as { feedback?: unknown; rumour?: unknown }
  const day = dayOf(console.clock.now())
  const plain = { text: '', day, language: staff.language, references: '' }
  if (!mayWrite(staff)) return { ...plain, feedback: [] }
  if (typeof rumour === 'string') {
    const { lines } = await loadRumourView(console, staff, rumour)
    return { ...plain, feedback: lines.map(({ id }) => id) }
  }
  return { ...plain, feedback: z.uuid().safeParse(feedback).success ? [String(feedback)] : [] }
}

/** What was written stays written. */
function keptIn(request: FastifyRequest): DecisionDraft {
  const body = (request.body ?? {}) as Record<string, unknown>
  const of = (name: string) => (typeof body[name] === 'string' ? String(body[name]) : '')
  const feedback = [body['feedback'] ?? []].flat().filter((one) => typeof one === 'string')
  const [text, day, language, references] = [of('text'), of('day'), of('language'), of('references')]
  return { text, day, language, references, feedback }
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  { draft, fault }: { readonly draft: DecisionDraft; readonly fault?: string },
): Promise<FastifyReply> {
  const { staff } = reader(request)
  const { prisma } = console.database
  const [rail, lines] = await Promise.all([
    loadRail(console, staff),
    listDecisions(prisma, staff, { most: mostShown }),
  ])
  const names = await staffNames(prisma, [...new Set(lines.map((one) => one.staff))])
  const { kept } = request.query as { kept?: unknown }
  const page = pageOf(console, request, reply)
  return sendPage(
    reply,
    DecisionsPage({
      ...{ page, rail, lines, names, draft, fault, kept: kept === 'yes' },
      ...{ writes: mayWrite(staff), newKey: () => console.clock.id() },
    }),
  )
}
