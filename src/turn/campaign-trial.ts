/** A campaign as its writer would get it, in the chat that is linked to their account. */
import type { Campaign } from '../core/campaign.ts'
import type { Language } from '../core/language.ts'
import type { Spoken } from '../core/message.ts'
import type { Staff } from '../core/staff.ts'
import type { Database } from '../store/database.ts'
import { listChats } from '../store/staff-chat.ts'
import { queueTrial } from '../store/staff-chat-message.ts'
import { sayCampaign } from '../text/campaign.ts'
import type { Locales } from '../text/locale.ts'
import type { Clock } from '../world.ts'

type Parts = Pick<Database, 'prisma' | 'keys'> & { readonly clock: Clock; readonly locales: Locales }

/** Choices stand below the text with their numbers, as on most phones. */
const plainScreen = { buttons: undefined, textLength: 4096 }

/** The message in one language as somebody of that name reads it; undefined without words in it. */
export function campaignAs(
  locales: Locales,
  campaign: Pick<Campaign, 'id' | 'texts' | 'question' | 'sensitive'>,
  to: {
    readonly language: Language
    readonly neutral: boolean
    readonly name: string
    readonly office?: string
  },
): Spoken | undefined {
  return sayCampaign(campaign, to, plainScreen, locales)
}

/** Puts it in line for their chat; false when they have linked none, or there are no words in this language. */
export async function tryCampaign(
  parts: Parts,
  staff: Staff,
  campaign: Pick<Campaign, 'id' | 'texts' | 'question' | 'sensitive'>,
  language: Language,
): Promise<boolean> {
  const { prisma, keys, clock, locales } = parts
  const [chat] = await listChats(parts, clock.now(), [staff.id])
  const office = staff.office && (await prisma.office.findUnique({ where: { id: staff.office } }))?.name
  const { name } = staff
  const spoken = campaignAs(locales, campaign, {
    ...{ language, neutral: false, name },
    ...(office ? { office } : {}),
  })
  if (!chat || !spoken) return false
  await queueTrial({ prisma, keys }, clock, chat.id, spoken.text)
  return true
}
