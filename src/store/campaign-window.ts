/** Where a provider lets us write freely only for a while after somebody's last word, and what may be said after it. */
import { type Campaign, campaignFields } from '../core/campaign.ts'
import { languages } from '../core/language.ts'
import { namedTemplate } from '../core/template.ts'
import type { ClosedWindows } from './audience.ts'
import { businessOf } from './channel.ts'
import type { Database } from './database.ts'
import { listTemplates, type TemplateRow } from './template.ts'

type Prisma = Database['prisma']

/** "Customer service window" of the Cloud API (whatsapp-cloud-send.ts). */
const windowMilliseconds = 24 * 60 * 60_000

/** The templates of an account; none for one without. */
export async function templatesOf(prisma: Prisma, channel: string): Promise<readonly TemplateRow[]> {
  const business = await businessOf(prisma, channel)
  return business === undefined ? [] : listTemplates(prisma, business)
}

/** The accounts that have such a window. */
export async function windowedAccounts(prisma: Prisma): Promise<readonly string[]> {
  const rows = await prisma.channel.findMany({ where: { kind: 'whatsapp_cloud' }, select: { id: true } })
  return rows.map(({ id }) => id)
}

/** Whom these words do not reach now because they have not written for a day. */
export async function closedWindows(
  prisma: Prisma,
  texts: Campaign['texts'],
  now: Date,
): Promise<ClosedWindows> {
  const channels = await windowedAccounts(prisma)
  const told = await Promise.all(
    channels.map(async (channel) => {
      const templates = await templatesOf(prisma, channel)
      return languages.flatMap((language) => {
        const name = texts[language]?.template
        const found = name && namedTemplate(templates, language, campaignFields, name)
        return found ? [`${channel}|${language}`] : []
      })
    }),
  )
  return { channels, before: new Date(now.getTime() - windowMilliseconds), told: told.flat() }
}
