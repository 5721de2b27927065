/**
 * The numbers of the WhatsApp Cloud API: that of the settings and those that were added in the console, all behind one
 * hook. A number that is added while the house stands is opened within seconds, in every process.
 */

import type { Channel } from './channel/contract.ts'
import { makeWhatsappCloud } from './channel/whatsapp-cloud.ts'
import type { AccountRead } from './channel/whatsapp-cloud-account.ts'
import { CloudHook } from './channel/whatsapp-cloud-hook.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { ensureChannel } from './store/channel.ts'
import { type CloudNumber, learnNumber, listNumbers } from './store/cloud-number.ts'
import type { Database } from './store/database.ts'
import { noteTemplate } from './store/template.ts'
import type { Locales } from './text/locale.ts'
import type { Clock } from './world.ts'

export type CloudParts = {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly database: Database
  readonly locales: Locales
}

export type CloudAccounts = {
  readonly hook: CloudHook
  /** Channels of numbers that are not open yet; the caller owns and closes them. */
  open(): Promise<readonly Channel[]>
}

export function makeCloudAccounts(parts: CloudParts): CloudAccounts {
  const { config, clock, log, database, locales } = parts
  const known = new Map<string, CloudNumber>()
  const opened = new Set<string>()
  const hook = new CloudHook((read) =>
    learn(database, clock, known, read).catch((error: unknown) =>
      log.error('what Meta said of an account was not kept', error),
    ),
  )
  const secretsOf = (id: string) => {
    const own = known.get(id)?.secrets
    return {
      token: own?.token ?? config.WHATSAPP_CLOUD_TOKEN?.reveal() ?? '',
      appSecret: own?.appSecret ?? config.WHATSAPP_CLOUD_APP_SECRET?.reveal() ?? '',
      verifyToken: own?.verifyToken ?? config.WHATSAPP_CLOUD_VERIFY_TOKEN?.reveal() ?? '',
    }
  }
  return {
    hook,
    async open() {
      if (opened.size === 0) await ensureFirst(parts)
      const numbers = await listNumbers(database)
      for (const one of numbers) known.set(one.id, one)
      const fresh = numbers.filter(({ id, phoneId, secrets }) => {
        // A row of earlier settings has nothing to speak with.
        return !opened.has(id) && (secrets !== undefined || phoneId === config.WHATSAPP_CLOUD_PHONE_ID)
      })
      return fresh.map(({ id, phoneId }) => {
        opened.add(id)
        return makeWhatsappCloud({
          ...{ id, phoneId, clock, hook },
          apiRoot: config.WHATSAPP_CLOUD_API_ROOT,
          secrets: () => secretsOf(id),
          business: () => known.get(id)?.business,
          listButton: (language) => locales.t(language, 'common.choose'),
          limited: (limit) => {
            const one = known.get(id)
            if (!one || one.limit === limit) return
            known.set(id, { ...one, limit })
            void learnNumber(database.prisma, id, { limit }).catch((error: unknown) =>
              log.error('what Meta said of an account was not kept', error),
            )
          },
          noticed: (failure) => log.error('whatsapp is in trouble', failure),
        })
      })
    },
  }
}

/** The number of the settings is the first row. */
async function ensureFirst({ config, clock, database }: CloudParts): Promise<void> {
  const account = config.WHATSAPP_CLOUD_PHONE_ID
  if (account === undefined) return
  const { prisma } = database
  const { id } = await ensureChannel(prisma, {
    id: clock.id(),
    kind: 'whatsapp_cloud',
    account,
    at: clock.now(),
  })
  const business = config.WHATSAPP_CLOUD_BUSINESS_ID
  if (business) await learnNumber(prisma, id, { business })
}

/** Which business account a number belongs to, its limit, and how its templates were judged. */
async function learn(
  { prisma }: Database,
  clock: Clock,
  known: Map<string, CloudNumber>,
  { templates, numbers }: AccountRead,
): Promise<void> {
  for (const news of templates) await noteTemplate(prisma, clock.now(), news)
  for (const { business, phoneId, limit } of numbers) {
    // A limit is told with the digits of the number, which are not kept: it holds for every number of the account.
    const ours = [...known.values()].filter((one) =>
      phoneId === undefined ? one.business === business : one.phoneId === phoneId,
    )
    for (const one of ours) {
      if (one.business === business && (limit === undefined || one.limit === limit)) continue
      const facts = { business, ...(limit === undefined ? {} : { limit }) }
      known.set(one.id, { ...one, ...facts })
      await learnNumber(prisma, one.id, facts)
    }
  }
}
