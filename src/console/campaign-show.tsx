/** The page of a campaign that is written, and what its routes share. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { languages } from '../core/language.ts'
import type { CampaignRow } from '../store/campaign.ts'
import { againOf, progressOf } from '../store/campaign-progress.ts'
import { nameCaseLists } from '../store/case-list.ts'
import type { CampaignDesk } from '../turn/act-campaign.ts'
import { campaignAs } from '../turn/campaign-trial.ts'
import { askingOf, type Console, isScript, pageOf, sendPage, sendPart } from './asked.ts'
import type { CampaignView } from './campaign-load.ts'
import { loadRail } from './load.ts'
import type { Bubble } from './pages/campaign-bits.tsx'
import { CampaignPage } from './pages/campaign-page.tsx'
import { Sheet } from './pages/sheet.tsx'

export function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}

export function deskOf({ database, clock, hints }: Console): CampaignDesk {
  return { ...database, clock, changed: (names) => hints.changed(names) }
}

/** The sentence that ends every message, by language. */
export function freeIn({ locales }: Console): Readonly<Record<string, string>> {
  return Object.fromEntries(languages.map((language) => [language, locales.t(language, 'campaign.free')]))
}

/** Fictional: somebody must stand in the preview. */
const somebody = { name: 'Awa Traoré', office: 'Bamako' }

/** The message as a phone shows it, in every language that has words. */
export function bubblesOf({ locales }: Console, campaign: CampaignRow): readonly Bubble[] {
  return languages.flatMap((language) => {
    const spoken = campaignAs(locales, campaign, { ...somebody, language, neutral: false })
    if (!spoken) return []
    const quiet = campaign.sensitive
      ? campaignAs(locales, campaign, { ...somebody, language, neutral: true })
      : undefined
    return [{ language, text: spoken.text, ...(quiet ? { neutral: quiet.text } : {}) }]
  })
}

/** Beyond this the page does not wait for its progress, which comes by itself. */
const countedAtOnce = 5000

export async function sendCampaign(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  { view, fault }: { readonly view: CampaignView; readonly fault?: string },
): Promise<FastifyReply> {
  const { database, clock, placeName } = console
  const { campaign } = view
  const large = (campaign.released?.recipients ?? 0) > countedAtOnce
  const [rail, lists, offices, progress, again] = await Promise.all([
    loadRail(console, askingOf(request).staff),
    campaign.audience.list ? nameCaseLists(database.prisma) : [],
    campaign.audience.offices ? database.prisma.office.findMany({ select: { id: true, name: true } }) : [],
    campaign.releasedAt && !large ? progressOf(database.pool, campaign.id, clock.now()) : undefined,
    campaign.releasedAt ? againOf(database.pool, campaign.id) : 0,
  ])
  const page = pageOf(console, request, reply)
  const shown = { view, bubbles: bubblesOf(console, campaign), whom: { place: placeName, offices, lists } }
  return sendPage(
    reply,
    CampaignPage({
      ...{ page, rail, ...shown, fault, again, newKey: () => clock.id() },
      ...(progress ? { progress } : {}),
    }),
  )
}

/** A part of a page, or a page around it for whoever has no scripts. */
export async function sendAlone(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  { part, title }: { readonly part: Parameters<typeof sendPart>[1]; readonly title: string },
): Promise<FastifyReply> {
  if (isScript(request)) return sendPart(reply, part)
  const rail = await loadRail(console, askingOf(request).staff)
  const page = pageOf(console, request, reply)
  const back = `/console/campaigns/${idOf(request)}`
  return sendPage(
    reply,
    <Sheet page={page} rail={rail} title={title} icon="horn">
      <p>
        <a href={back}>{page.words.t('campaign.back_to', { name: title })}</a>
      </p>
      <div class="card">{part}</div>
    </Sheet>,
  )
}
