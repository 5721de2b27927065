/** What a campaign carries besides words: a recording for each language, one picture, and the templates that it may go as. */
import { type Campaign, type CampaignText, edit } from '../core/campaign.ts'
import type { Language } from '../core/language.ts'
import { Failure } from '../failure.ts'
import {
  type CampaignContent,
  type CampaignRow,
  hasMoved,
  loadCampaign,
  moveCampaign,
} from '../store/campaign.ts'
import { type CampaignFile, campaignFileMedia, keepCampaignFile } from '../store/campaign-file.ts'
import type { Database } from '../store/database.ts'
import { type CampaignDeed, type CampaignDesk, mayWrite } from './act-campaign.ts'

type Desk = CampaignDesk & Pick<Database, 'keys'>

/** A recording of the words of one language; absent: it has none any more. */
export async function setCampaignClip(
  desk: Desk,
  deed: CampaignDeed,
  language: Language,
  clip: { readonly bytes: Buffer; readonly seconds: number } | undefined,
): Promise<void> {
  await change(desk, deed, async ({ texts }) => {
    const { clip: _, ...rest } = texts[language] ?? { text: '' }
    if (!clip) return { texts: withText(texts, language, rest) }
    const media = await keep(desk, deed, { kind: 'voice', mime: 'audio/ogg', bytes: clip.bytes })
    const { bytes, seconds } = clip
    return { texts: withText(texts, language, { ...rest, clip: { media, seconds, bytes: bytes.length } }) }
  })
}

/** Its picture, made anew before; absent: it has none any more. */
export async function setCampaignPicture(
  desk: Desk,
  deed: CampaignDeed,
  bytes: Buffer | undefined,
): Promise<void> {
  await change(desk, deed, async () => {
    if (!bytes) return { picture: null }
    const media = await keep(desk, deed, { kind: 'photo', mime: 'image/jpeg', bytes })
    return { picture: { media, bytes: bytes.length } }
  })
}

/** The template, by its name, as which the words of one language go to whoever has not written for a day. */
export async function setCampaignTemplate(
  desk: Desk,
  deed: CampaignDeed,
  language: Language,
  name: string | undefined,
): Promise<void> {
  await change(desk, deed, async ({ texts }) => {
    const { template: _, ...rest } = texts[language] ?? { text: '' }
    return { texts: withText(texts, language, { ...rest, ...(name ? { template: name } : {}) }) }
  })
}

function withText(texts: Campaign['texts'], language: Language, text: CampaignText): Campaign['texts'] {
  return { ...texts, [language]: text }
}

/** A change like any other: it begins the review anew. Nothing is kept of a file when it may not be changed. */
async function change(
  desk: Desk,
  { staff, campaign: id, form }: CampaignDeed,
  make: (campaign: CampaignRow) => Promise<CampaignContent>,
): Promise<void> {
  if (!mayWrite(staff)) throw new Failure('staff:not_allowed')
  if (await hasMoved(desk.prisma, form)) return
  const { campaign } = await loadCampaign(desk.prisma, id)
  const step = edit(campaign)
  const content = await make(campaign)
  await moveCampaign(desk.prisma, { campaign, form, step, staff: staff.id, at: desk.clock.now(), content })
  desk.changed(['campaigns', `campaign-${id}`])
}

async function keep(
  desk: Desk,
  { campaign, staff }: CampaignDeed,
  file: Pick<CampaignFile, 'kind' | 'mime' | 'bytes'>,
): Promise<string> {
  const { clock } = desk
  const id = clock.id()
  await keepCampaignFile(
    desk,
    { ...file, id, campaign },
    { key: clock.id(), staff: staff.id, at: clock.now() },
  )
  return campaignFileMedia(id)
}
