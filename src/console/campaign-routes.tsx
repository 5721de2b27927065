/** Campaigns before they go out: the list, the editor, whom one would reach, and a try in one's own chat. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { languages } from '../core/language.ts'
import { Failure } from '../failure.ts'
import { hasMoved } from '../store/campaign.ts'
import { keepAudience } from '../store/saved-audience.ts'
import {
  beginCampaign,
  draftCampaign,
  mayWrite,
  seesCampaigns,
  submitCampaign,
} from '../turn/act-campaign.ts'
import { tryCampaign } from '../turn/campaign-trial.ts'
import { askingOf, type Console, isScript, pageOf, sendPage, sendPart, wordsOf } from './asked.ts'
import { contentOf, type Fields, fieldOf, fieldsIn, fieldsOf, nameIn } from './campaign-form.ts'
import {
  type CampaignView,
  loadCampaigns,
  loadCampaignView,
  loadCount,
  loadEditorChoices,
  loadSample,
  missingOf,
} from './campaign-load.ts'
import { bubblesOf, deskOf, freeIn, idOf, sendAlone, sendCampaign } from './campaign-show.tsx'
import { surveyName, surveysOf } from './campaign-survey.ts'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail } from './load.ts'
import { Beside, CampaignEditPage } from './pages/campaign-edit.tsx'
import { CountPart, SamplePart } from './pages/campaign-who.tsx'
import { CampaignLines, CampaignsPage } from './pages/campaigns.tsx'
import { noteRead } from './reads.ts'
import { faultOf } from './trouble.ts'

const base = '/console/campaigns'
const send = z.object({ send: z.uuid() })
const seen = z.object({ seen: z.coerce.number().int().min(0) })

export function campaignRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, (request, reply) => showList(console, request, reply))
  app.post(base, (request, reply) => begin(console, request, reply))
  app.get(`${base}/:id`, async (request, reply) => {
    const view = await viewOf(console, request)
    const edits = view.campaign.state === 'draft' && view.may.write
    if (!edits) return sendCampaign(console, request, reply, { view })
    const { done } = request.query as { done?: unknown }
    const told = typeof done === 'string' && /^(?:kept|audience|tried)$/.test(done)
    const words = wordsOf(console, request)
    return showEditor(console, request, reply, {
      view,
      ...(told ? { done: words.t(`campaign.told.${done}`) } : {}),
    })
  })
  app.post(`${base}/:id`, change(console, save))
  app.post(`${base}/:id/submit`, change(console, submit))
  app.post(`${base}/:id/try`, change(console, tryOut))
  app.get(`${base}/:id/audience`, async (request, reply) => {
    const { campaign } = await viewOf(console, request)
    const view = await loadCount(console, campaign)
    const words = wordsOf(console, request)
    const part = <CountPart words={words} campaign={campaign.id} view={view} place={console.placeName} />
    return sendAlone(console, request, reply, { part, title: campaign.name })
  })
  app.get(`${base}/:id/sample`, async (request, reply) => {
    const { campaign } = await viewOf(console, request)
    const people = await loadSample(console, askingOf(request).staff, campaign)
    for (const { id } of people) noteRead(request, 'person', id)
    const part = <SamplePart words={wordsOf(console, request)} people={people} />
    return sendAlone(console, request, reply, { part, title: campaign.name })
  })
}

function viewOf(console: Console, request: FastifyRequest): Promise<CampaignView> {
  return loadCampaignView(console, askingOf(request).staff, idOf(request))
}

async function showList(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: { readonly fault?: string; readonly name?: string } = {},
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  if (!seesCampaigns(staff)) throw new Failure('page:not_found')
  const lines = await loadCampaigns(console)
  if (isScript(request)) return sendPart(reply, CampaignLines({ words: wordsOf(console, request), lines }))
  const rail = await loadRail(console, staff)
  const page = pageOf(console, request, reply)
  const mine = { writes: mayWrite(staff), once: console.clock.id() }
  return sendPage(reply, CampaignsPage({ page, rail, lines, ...mine, ...told }))
}

/** The key of the form is the id of the campaign: pressed twice, it makes one. */
async function begin(console: Console, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  if (!mayWrite(staff)) throw new Failure('page:not_found')
  const fields = fieldsIn(request.body)
  try {
    const id = readKey(request.body)
    const deed = { staff, campaign: id, form: console.clock.id() }
    await beginCampaign(deskOf(console), deed, { name: nameIn(fields) })
    return reply.redirect(`${base}/${id}`, 303)
  } catch (error) {
    const told = faultOf(error, wordsOf(console, request))
    if (!told) throw error
    return showList(console, request, reply.code(told.status), {
      fault: told.fault,
      name: fieldOf(fields, 'name'),
    })
  }
}

type Draft = {
  readonly console: Console
  readonly request: FastifyRequest
  readonly view: CampaignView
  readonly fields: Fields
}

/** A form of the editor: what cannot be kept is told where it was written, and stays in the fields. */
function change(console: Console, act: (it: Draft) => Promise<string>) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const view = await viewOf(console, request)
    if (!view.may.write) throw new Failure('staff:not_allowed')
    const fields = fieldsIn(request.body)
    try {
      const told = await act({ console, request, view, fields })
      if (isScript(request)) return await answerKept(console, request, reply)
      return reply.redirect(`${base}/${view.campaign.id}${told === '' ? '' : `?done=${told}`}`, 303)
    } catch (error) {
      const told = faultOf(error, wordsOf(console, request))
      if (!told) throw error
      const { fault } = told
      if (isScript(request)) return answerFault(console, request, reply.code(told.status), { view, fault })
      if (view.campaign.state === 'draft')
        return showEditor(console, request, reply.code(told.status), { view, fields, fault })
      return sendCampaign(console, request, reply.code(told.status), { view, fault })
    }
  }
}

/** Keeps the draft as it is on the page. */
async function keep({ console, request, view, fields }: Draft): Promise<void> {
  const { staff } = askingOf(request)
  const content = contentOf(fields, view.campaign, surveysOf(console))
  const { seen: version } = readForm(seen, request.body)
  const deed = { staff, campaign: view.campaign.id, form: readKey(request.body), seen: version }
  await draftCampaign(deskOf(console), deed, content)
}

async function save(it: Draft): Promise<string> {
  await keep(it)
  if (fieldOf(it.fields, 'keep') === '') return 'kept'
  const { console, request, fields } = it
  const { audience: rules = {} } = contentOf(fields, it.view.campaign, surveysOf(console))
  const name = nameIn({ name: fields['keepAs'] ?? [] })
  const by = { staff: askingOf(request).staff.id, at: console.clock.now() }
  await keepAudience(console.database.prisma, { id: console.clock.id(), name, rules }, by)
  return 'audience'
}

async function submit(it: Draft): Promise<string> {
  const { console, request, view } = it
  const { send: form } = readForm(send, request.body)
  if (await hasMoved(console.database.prisma, form)) return ''
  await keep(it)
  const { campaign } = await viewOf(console, request)
  if (missingOf(campaign, console.clock.now()).includes('ended'))
    throw new FormFault('campaign.missing.ended')
  const deed = { staff: askingOf(request).staff, campaign: view.campaign.id, form }
  await submitCampaign(deskOf(console), deed)
  return ''
}

/** In one's own chat, as the person would get it. */
async function tryOut(it: Draft): Promise<string> {
  const { console, request, fields } = it
  const language = languages.find((one) => one === fieldOf(fields, 'language'))
  if (!language) throw new FormFault('form.incomplete')
  await keep(it)
  const { staff } = askingOf(request)
  const { campaign } = await viewOf(console, request)
  if (!campaign.texts[language]?.text) throw new FormFault('campaign.fault.nothing_to_try')
  const sent = await tryCampaign({ ...console, ...console.database }, staff, campaign, language)
  if (!sent) throw new FormFault('campaign.fault.no_chat')
  return 'tried'
}

async function answerKept(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const view = await viewOf(console, request)
  const count = await loadCount(console, view.campaign)
  const bubbles = bubblesOf(console, view.campaign)
  const words = wordsOf(console, request)
  return sendPart(reply, Beside({ words, view, bubbles, place: console.placeName, count }))
}

function answerFault(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  { view, fault }: { readonly view: CampaignView; readonly fault: string },
): FastifyReply {
  const bubbles = bubblesOf(console, view.campaign)
  const words = wordsOf(console, request)
  return sendPart(reply, Beside({ words, view, bubbles, place: console.placeName, fault }))
}

async function showEditor(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  it: {
    readonly view: CampaignView
    readonly fields?: Fields
    readonly fault?: string
    readonly done?: string
  },
): Promise<FastifyReply> {
  const { view, fields = fieldsOf(view.campaign), fault, done } = it
  const [rail, choices] = await Promise.all([
    loadRail(console, askingOf(request).staff),
    loadEditorChoices(console),
  ])
  const page = pageOf(console, request, reply)
  const surveys = surveysOf(console).flows.map((flow) => ({
    ...{ flow, name: surveyName(console, page.words, flow) },
  }))
  const shown = { fields, choices, surveys, place: console.placeName, free: freeIn(console), fault, done }
  const newKey = () => console.clock.id()
  return sendPage(
    reply,
    CampaignEditPage({ page, rail, view, ...shown, bubbles: bubblesOf(console, view.campaign), newKey }),
  )
}
