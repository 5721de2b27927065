/** What a campaign carries besides words: heard, seen, recorded and chosen here. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Campaign } from '../core/campaign.ts'
import { clipLimits, judgeClip } from '../core/clip.ts'
import { fileReply } from '../core/file.ts'
import { type Language, languages } from '../core/language.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { loadCampaign } from '../store/campaign.ts'
import { campaignFileMedia, openCampaignFile } from '../store/campaign-file.ts'
import { templatesOf, windowedAccounts } from '../store/campaign-window.ts'
import { madeAnew } from '../store/picture.ts'
import { type CampaignDeed, mayWrite } from '../turn/act-campaign.ts'
import { setCampaignClip, setCampaignPicture, setCampaignTemplate } from '../turn/act-campaign-file.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { campaignIn } from './campaign-report-routes.tsx'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail } from './load.ts'
import { CampaignMediaPage } from './pages/campaign-media.tsx'
import { acceptUploads, uploadsIn } from './uploads.ts'

const base = '/console/campaigns/:id/media'
/** For a small screen and dear data. */
const pictureSide = 1_280

type Act = (console: Console, deed: CampaignDeed, body: unknown) => Promise<void>

export function campaignMediaRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, (request, reply) => show(console, request, reply))
  app.get('/console/campaigns/:id/files/:file', async (request, reply) => {
    const id = campaignIn(request)
    const { file } = request.params as { file: string }
    const media = campaignFileMedia(file)
    const { campaign } = await loadCampaign(console.database.prisma, id)
    const opened = carries(campaign, media) ? await openCampaignFile(console.database, media) : undefined
    if (!opened) throw new Failure('page:not_found')
    const { bytes, mime } = opened
    const name = mime === 'audio/ogg' ? `${file}.ogg` : `${file}.jpg`
    const { status, headers, from, to } = fileReply({ mime, name, size: bytes.length }, request.headers.range)
    return reply.code(status).headers(headers).send(bytes.subarray(from, to))
  })
  const plain: Readonly<Record<string, Act>> = {
    'clip/drop': (_, deed, body) => setCampaignClip(deskOf(console), deed, languageIn(body), undefined),
    template: (_, deed, body) => {
      const { language, template } = readForm(templateForm, body)
      return setCampaignTemplate(deskOf(console), deed, language, template || undefined)
    },
    'picture/drop': (_, deed) => setCampaignPicture(deskOf(console), deed, undefined),
  }
  for (const [name, act] of Object.entries(plain)) {
    app.post(`${base}/${name}`, (request, reply) => perform(console, request, reply, act))
  }
  void app.register(async (inside) => {
    await acceptUploads(inside)
    for (const [name, act] of Object.entries({ clip: record, picture: choose })) {
      inside.post(`${base}/${name}`, (request, reply) => perform(console, request, reply, act))
    }
  })
}

/** Also a round of a campaign, whose files were kept for the first. */
function carries({ texts, picture }: Pick<Campaign, 'texts' | 'picture'>, media: string): boolean {
  return picture?.media === media || Object.values(texts).some(({ clip }) => clip?.media === media)
}

const languageForm = z.object({ language: z.enum(languages) })
const templateForm = languageForm.extend({ template: z.string().max(512).default('') })

function languageIn(body: unknown): Language {
  return readForm(languageForm, body).language
}

function deskOf({ database, clock, hints }: Console) {
  return { ...database, clock, changed: (names: readonly string[]) => hints.changed(names) }
}

const record: Act = async (console, deed, body) => {
  const language = languageIn(body)
  const [file] = await uploadsIn(console, body)
  if (file?.kind !== 'voice') throw new FormFault('studio.clip.empty')
  const verdict = judgeClip(file.bytes)
  if ('fault' in verdict) {
    const limits = { seconds: clipLimits.seconds, kilobytes: clipLimits.bytes / 1000 }
    throw new FormFault(`studio.clip.${verdict.fault}`, limits)
  }
  await setCampaignClip(deskOf(console), deed, language, { bytes: file.bytes, seconds: verdict.seconds })
}

const choose: Act = async (console, deed, body) => {
  const [file] = await uploadsIn(console, body)
  if (file?.kind !== 'photo') throw new FormFault('campaign_media.no_picture')
  const bytes = await madeAnew(file.bytes, { most: pictureSide })
  await setCampaignPicture(deskOf(console), deed, bytes)
}

async function perform(console: Console, request: FastifyRequest, reply: FastifyReply, act: Act) {
  const campaign = campaignIn(request)
  const { staff } = askingOf(request)
  allow(staff)
  try {
    await act(console, { staff, campaign, form: readKey(request.body) }, request.body)
    return reply.redirect(`/console/campaigns/${campaign}/media?done=1`, 303)
  } catch (error) {
    if (!(error instanceof FormFault)) throw error
    const fault = wordsOf(console, request).t(error.sentence, error.vars)
    return show(console, request, reply.code(422), fault)
  }
}

function allow(staff: Staff): void {
  if (!mayWrite(staff)) throw new Failure('staff:not_allowed')
}

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, fault?: string) {
  const { campaign } = await loadCampaign(console.database.prisma, campaignIn(request))
  const rail = await loadRail(console, askingOf(request).staff)
  const page = pageOf(console, request, reply)
  const done = (request.query as { done?: unknown }).done !== undefined
  const newKey = () => console.clock.id()
  const accounts = await windowedAccounts(console.database.prisma)
  const templates = await Promise.all(accounts.map((one) => templatesOf(console.database.prisma, one)))
  const props = { page, rail, campaign, newKey, done, fault, templates: templates.flat() }
  return sendPage(reply, CampaignMediaPage(props))
}
