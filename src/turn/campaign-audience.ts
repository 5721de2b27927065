/** Whom a campaign is for at this moment: its own rules or those of a saved audience, and what they are read against. */
import type { AudienceRules, Wording } from '../core/audience.ts'
import type { Campaign } from '../core/campaign.ts'
import { languages } from '../core/language.ts'
import type { AudienceSettings, ClosedWindows } from '../store/audience.ts'
import type { CampaignRow } from '../store/campaign.ts'
import type { Database } from '../store/database.ts'
import { findAudience } from '../store/saved-audience.ts'

/** Means nobody: where rules are missing a campaign never grows. */
const nobody: AudienceRules = { stages: [] }

/** The rules as they stand now; a saved audience that is gone means nobody. */
export async function rulesNow(
  prisma: Database['prisma'],
  { audience, audienceId }: Pick<CampaignRow, 'audience' | 'audienceId'>,
): Promise<AudienceRules> {
  if (audienceId === undefined) return audience
  return (await findAudience(prisma, audienceId))?.rules ?? nobody
}

/** What an audience is asked with, for this campaign. */
export function audienceSettings(
  parts: { readonly formerOf: Readonly<Record<string, string>> },
  campaign: Pick<Campaign, 'texts' | 'sensitive'>,
  channels: Iterable<string>,
  now: Date,
  closed?: ClosedWindows,
): AudienceSettings {
  return {
    ...{ now, sensitive: campaign.sensitive, wordings: wordingsOf(campaign.texts) },
    ...{ channels: [...channels], formerOf: parts.formerOf },
    ...(closed ? { closed } : {}),
  }
}

function wordingsOf(texts: Campaign['texts']): readonly Wording[] {
  return languages.flatMap((language) => {
    const wording = texts[language]
    if (!wording || wording.text.trim() === '') return []
    const plain = { language, neutral: false }
    return wording.neutral?.trim() ? [plain, { language, neutral: true }] : [plain]
  })
}
