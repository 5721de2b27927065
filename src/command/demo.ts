/** `npm run demo`: the whole product on a throw-away database with a fictional office, on this machine only. */
import { join } from 'node:path'
import { ownAccount } from '../accounts.ts'
import { makeFake } from '../channel/fake.ts'
import type { Config } from '../config.ts'
import type { Conversation } from '../conversation.ts'
import { fillCampaigns } from '../demo/campaigns.ts'
import { demoAccount, demoPassword } from '../demo/cast.ts'
import { fillFeedback } from '../demo/feedback.ts'
import { type DemoReport, fillDemo } from '../demo/fill.ts'
import { fillReferrals } from '../demo/referrals.ts'
import { fillSafety } from '../demo/safety.ts'
import { recordTones } from '../demo/voices.ts'
import { type House, openHouse } from '../house.ts'
import { makeLog } from '../log.ts'
import { readShelf } from '../shelf.ts'
import { listChannels } from '../store/channel.ts'
import type { Database } from '../store/database.ts'
import { hashPassword } from '../web/password.ts'
import { type Clock, realClock } from '../world.ts'
import { makeThrowAway } from './throw-away.ts'
import { untilTold } from './until-told.ts'

export async function demoCommand(given: Config): Promise<void> {
  const told = untilTold()
  const loudness = given.LOG_LEVEL === 'info' ? 'warn' : given.LOG_LEVEL
  const { config, masterKey, remove } = await makeThrowAway({ ...given, LOG_LEVEL: loudness }, 'on')
  try {
    let report: DemoReport | undefined
    const house = await openHouse({
      config,
      log: makeLog(loudness),
      clock: realClock,
      masterKey,
      throwAway: true,
      more: silentAccounts,
      // The office is invented and its password is printed: codes of a phone would guard nothing.
      passwordAlone: true,
      async furnish({ database, conversation }) {
        report = await furnishDemo({ database, conversation, clock: realClock, folder: config.DATA_DIR })
      },
    })
    if (report) introduce(house, report, given)
    await told
    await house.close()
  } finally {
    await remove()
  }
}

/** Fills an empty house with the office and its half year until now. */
export async function furnishDemo(it: {
  readonly database: Database
  readonly conversation: Conversation
  readonly clock: Clock
  /** Where files are kept (`DATA_DIR`). */
  readonly folder: string
}): Promise<DemoReport> {
  const { database, conversation, clock } = it
  const report = await fillDemo({
    ...{ database, conversation, places: readShelf().places, now: clock.now() },
    passwordHash: await hashPassword(demoPassword),
    mediaFolder: join(it.folder, 'media'),
  })
  const officer = await database.prisma.staff.findFirstOrThrow({ where: { roles: { has: 'officer' } } })
  await recordTones(database, conversation, { clock, staff: officer.id })
  await fillCampaigns({ database, talk: conversation, log: makeLog('warn') }, clock.now())
  await fillFeedback(database, clock.now())
  await fillSafety(database, clock.now())
  await fillReferrals(database, conversation.locales, clock.now())
  return report
}

/** The accounts on which the invented people wrote: what staff answer there is taken, and reaches nobody. */
export async function silentAccounts({
  database,
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}) {
  const rows = await listChannels(database.prisma)
  const invented = rows.filter(({ account }) => account === demoAccount)
  return invented.map(({ id }) => ownAccount(makeFake({ id, clock }), database))
}

function introduce({ address = '' }: House, report: DemoReport, given: Config): void {
  const accounts = report.accounts.map(
    ({ email, name, role }) => `  ${role.padEnd(16)} ${email.padEnd(36)} ${name}`,
  )
  const lines = [
    `The demo office is open: ${report.people} people, ${report.messages} messages, ${report.requests} requests.`,
    'Everybody in it is invented. It goes when you stop it.',
    "Recorded sentences are tones made by arithmetic, nobody's voice.",
    '',
    `  write as a returnee   ${address}/chat`,
    `  answer as staff       ${address}/login`,
    '',
    `Accounts, all with the password ${report.password}`,
    ...accounts,
    ...(given.WHATSAPP_WEB ? ['', 'No phone is paired: the demo refuses real channels.'] : []),
    ...(given.TELEGRAM_TOKEN ? ['', 'Telegram is left alone: the demo refuses real channels.'] : []),
    '',
  ]
  process.stdout.write(lines.join('\n'))
}
