/** How staff are reached outside the console: the mail server, and the bot in which they work on the road. */
import type { Config } from './config.ts'
import { makeAlertTell } from './desk/alert-tell.ts'
import { makeStaffBot, type StaffBot } from './desk/bot.ts'
import type { AlertParts } from './job/alert.ts'
import { makeAlertMail } from './job/alert-mail.ts'
import { alone } from './job/alone.ts'
import { everySoOften } from './job/clockwork.ts'
import { type Mail, makeMail } from './job/mail.ts'
import type { Log } from './log.ts'
import type { Database } from './store/database.ts'
import type { Locales } from './text/locale.ts'
import type { Desk } from './turn/act.ts'
import type { Clock } from './world.ts'

type Parts = {
  readonly config: Config
  readonly database: Database
  readonly locales: Locales
  readonly clock: Clock
  readonly log: Log
}

type Opened = (() => Promise<void>)[]

const roundMilliseconds = 2_000

/** The address of the console as people reach it. */
function consoleOf({ PUBLIC_URL, HOST, PORT }: Config): string {
  return new URL('/console', PUBLIC_URL ?? `http://${HOST}:${PORT}`).href
}

/** The mail server of the settings, where they name one; `opened` gets what closes it. */
export function openMail({ SMTP_URL, SMTP_FROM }: Config, opened: Opened): Mail | undefined {
  if (!SMTP_URL) return undefined
  const mail = makeMail(SMTP_URL.reveal(), SMTP_FROM)
  opened.push(async () => mail.close())
  return mail
}

/** How staff are told of alerts besides their open pages. */
export function openWays(
  { config, database, locales, clock }: Parts,
  mail: Mail | undefined,
): AlertParts['ways'] {
  const telegram = config.TELEGRAM_STAFF_TOKEN ? makeAlertTell({ ...database, clock }) : undefined
  return { telegram, ...(mail ? { email: makeAlertMail(mail, locales, consoleOf(config)) } : {}) }
}

/** The bot of staff, listening, where the settings ask for one; any process may be called by its hook. */
export async function openStaffBot(
  parts: Parts & { readonly desk: Desk },
  opened: Opened,
): Promise<StaffBot | undefined> {
  const { config, database, log } = parts
  if (!config.TELEGRAM_STAFF_TOKEN) return undefined
  const secret = config.TELEGRAM_WEBHOOK_SECRET?.reveal()
  const url = config.PUBLIC_URL && new URL('/hooks/telegram-staff', config.PUBLIC_URL).href
  const bot = makeStaffBot({
    ...{ ...database, ...parts, console: consoleOf(config) },
    token: config.TELEGRAM_STAFF_TOKEN.reveal(),
    apiRoot: config.TELEGRAM_API_ROOT,
    webhook: secret ? { secret, url } : undefined,
  })
  await bot.start()
  opened.push(() => bot.close())
  const turn = () => alone(database.pool, 'desk', () => bot.round())
  const round = everySoOften('desk in chat', roundMilliseconds, turn, log)
  opened.push(() => round.close())
  return bot
}
