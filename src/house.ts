/** The house: builds every part once, in order, and closes them in the reverse order. Nothing is reached for elsewhere. */
import { type Account, adoptNumbers, openAccounts } from './accounts.ts'
import type { Channel } from './channel/contract.ts'
import { type Conversation, makeConversation } from './conversation.ts'
import { Failure } from './failure.ts'
import { openMediaPlace } from './files.ts'
import { readFlow } from './flow/read.ts'
import { makeDispatch } from './job/dispatch.ts'
import { makeEars } from './job/ears.ts'
import { keepTexts } from './job/keep-texts.ts'
import { type Lines, openLines } from './job/line.ts'
import { makeScanner } from './job/virus-scan.ts'
import { startPhoneWork, startWork } from './job/worker.ts'
import { readShelf, type Shelf } from './shelf.ts'
import { openMail, openStaffBot, openWays } from './staff-ways.ts'
import { makeBarred } from './store/barred.ts'
import type { Database } from './store/database.ts'
import { listFlowVersions, rememberFlows } from './store/flow-version.ts'
import { makeOutbox } from './store/outbox.ts'
import { findHelped } from './store/proxy.ts'
import { openStore, type StoreSettings } from './store-door.ts'
import type { Desk } from './turn/act.ts'
import { makeCards } from './turn/card.ts'
import { makeCodes } from './turn/code.ts'
import { type Hints, hintsOfMoved, makeHints } from './turn/hint.ts'
import { retellTexts } from './turn/office-texts.ts'
import { makeOriginals } from './turn/original.ts'
import { makeQuotes } from './turn/quote.ts'
import { type LaneParts, Lanes } from './turn/receive.ts'
import { makeReferences } from './turn/references.ts'
import { makeWatch } from './turn/surroundings.ts'
import { makeTolds } from './turn/told.ts'
import { openDoor } from './web-door.ts'
import type { PhoneParts } from './whatsapp-account.ts'
import type { Clock } from './world.ts'

export type HouseSettings = StoreSettings & {
  /** Instead of the flows and words that ship with the program. */
  readonly shelf?: Shelf
  /** Accounts besides those of the settings: the terminal, or a fake one. */
  readonly more?: (parts: {
    readonly database: Database
    readonly clock: Clock
  }) => Promise<readonly Account[]>
  /** Nobody must set up a second factor: for the demo and for tests, and for no setting of an operator. */
  readonly passwordAlone?: boolean
  /** Shows at the keyboard what a phone must scan. */
  readonly showCode?: (code: string) => void
  /** Has each page of WhatsApp Web before it leaves for it; for tests, and for no setting of an operator. */
  readonly meetsWhatsapp?: PhoneParts['meets']
  /** Fills the database before anybody is let in: the demo office. */
  readonly furnish?: (parts: {
    readonly database: Database
    readonly conversation: Conversation
  }) => Promise<void>
}

export type House = {
  /** Where the web server listens; absent in a process that has none. */
  readonly address?: string
  /** The code that makes the first administrator, while there is no staff. */
  readonly code?: string
  readonly database: Database
  readonly conversation: Conversation
  readonly lanes: Lanes
  close(): Promise<void>
}

/** Opens the house; whatever fails, what was opened before is closed again. Fails as the parts do. */
export async function openHouse(settings: HouseSettings): Promise<House> {
  const opened: (() => Promise<void>)[] = []
  const closeAll = async () => {
    const troubles: unknown[] = []
    // One part that cannot close keeps no other open.
    for (const close of opened.splice(0).reverse()) await close().catch((error) => troubles.push(error))
    if (troubles.length > 0) throw troubles[0]
  }
  try {
    return { ...(await openParts(settings, opened)), close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

async function openParts(
  settings: HouseSettings,
  opened: (() => Promise<void>)[],
): Promise<Omit<House, 'close'>> {
  const { config, clock, log } = settings
  const { database, connectionString } = await openStore(settings, opened)
  const conversation = await openConversation(database, clock, settings.shelf ?? readShelf())
  const { locales, formerOf } = conversation
  await settings.furnish?.({ database, conversation })

  const hints = makeHints(database.pool, clock, log)
  const { accounts, cloud } = await openAccounts(settings, database, conversation.locales, {
    changed: (names) => hints.changed(names),
    ...(settings.showCode ? { showCode: settings.showCode } : {}),
    ...(settings.meetsWhatsapp ? { meets: settings.meetsWhatsapp } : {}),
  })
  accounts.push(...((await settings.more?.({ database, clock })) ?? []))
  opened.push(async () => void (await Promise.all(accounts.map((account) => account.close()))))
  const channels = accounts.map(({ channel }) => channel)

  const lines = await openLines(
    config.REDIS_URL ? { redis: config.REDIS_URL.reveal() } : { postgres: connectionString },
    log,
  )
  opened.push(() => lines.close())
  opened.push(() => hints.close())
  await hints.start()
  await retellTexts(database.prisma, conversation)
  const texts = keepTexts({ prisma: database.prisma, conversation, hints, log })
  opened.push(() => texts.close())

  const { lanes, desk, talk, dispatch } = makeLanes({
    ...settings,
    database,
    conversation,
    lines,
    hints,
    accounts,
  })
  opened.push(() => lanes.close())
  const outbox = makeOutbox(database.pool, database.keys, (requests) =>
    hints.changed(requests.flatMap(hintsOfMoved)),
  )
  const mail = openMail(config, opened)
  const mediaFolder = await openMediaPlace(config, opened)
  let take = (_: Channel): void => {}
  const scanner = config.CLAMAV ? makeScanner(config.CLAMAV) : undefined
  if (config.ROLE !== 'web') {
    const alone = !config.DATABASE_URL && !settings.connectionString
    const start = config.ROLE === 'whatsapp-web' ? startPhoneWork : startWork
    const work = start({
      ...{ scanner },
      ...{ ...database, lines, dispatch, lanes, outbox, channels, mediaFolder, clock, log, desk, hints },
      ...{
        clips: conversation.clips,
        locales,
        speech: talk,
        formerOf,
        watch: desk.watch,
        ways: openWays({ ...settings, database, locales }, mail),
      },
      // The database that ships with the program serves one process.
      alone,
    })
    opened.push(() => work.close())
    take = (channel) => work.take(channel)
  }

  const staffBot =
    config.ROLE === 'whatsapp-web'
      ? undefined
      : await openStaffBot({ ...settings, database, locales, desk }, opened)
  const door =
    config.ROLE === 'work' || config.ROLE === 'whatsapp-web'
      ? undefined
      : await openDoor({
          ...settings,
          scanner,
          database,
          desk,
          talk,
          hints,
          conversation,
          mediaFolder,
          accounts,
          channels,
          cloudHook: cloud.hook,
          lines,
          staffBot,
          ...(mail ? { sendLetter: mail.send } : {}),
        })
  if (door) opened.push(() => door.close())
  const ears = makeEars({ ...database, lanes, outbox, clock, log, changed: (names) => hints.changed(names) })
  opened.push(() => ears.close())
  for (const account of accounts) await account.listen(ears)
  // A process for the phone does nothing else.
  if (config.ROLE === 'whatsapp-web') return { database, conversation, lanes }
  const adopting = adoptNumbers(cloud, { accounts, channels, ears, take, database, log })
  opened.push(() => adopting.close())
  return { address: door?.address, code: door?.code, database, conversation, lanes }
}

/** Flows and words, with every older version of a flow in which somebody may still stand. */
async function openConversation(database: Database, clock: Clock, shelf: Shelf): Promise<Conversation> {
  const older = (await listFlowVersions(database.prisma)).flatMap(({ flow, shape }) => {
    return readFlow(flow, JSON.stringify(shape)).flow ?? []
  })
  const conversation = makeConversation(shelf, older)
  const [first] = conversation.issues
  if (first) throw new Failure('flow:unreadable', { flow: first.flow, step: first.step, why: first.message })
  const versions = conversation.flows.map(({ hash, flow, version, about, sensitive, steps }) => {
    return { hash, flow, shape: { flow, version, about, sensitive, steps } }
  })
  await rememberFlows(database.prisma, versions, clock.now())
  return conversation
}

type LaneSettings = HouseSettings & {
  readonly database: Database
  readonly conversation: Conversation
  readonly lines: Lines
  readonly hints: Hints
  readonly accounts: readonly Account[]
}

/** The lanes and the desk, which end in the same commit and pass on the same news. */
function makeLanes({ database, conversation, lines, hints, accounts, clock, log }: LaneSettings) {
  const { pool, prisma, keys, road } = database
  const dispatch = makeDispatch(lines, log)
  const passOn: LaneParts['passOn'] = ({ outgoing, hints: names, files }) => {
    hints.changed(names)
    void dispatch.send(outgoing)
    if (files) void dispatch.fetchFiles()
  }
  const watch = makeWatch(prisma, clock)
  const screenOf = (id: string) => accounts.find(({ channel }) => channel.id === id)?.channel.abilities
  const references = makeReferences(pool)
  const plain = { buttons: undefined, textLength: 4096 }
  const { engine, book, locales, voices } = conversation
  const talk = { engine, book, locales, voices, screen: (channel: string) => screenOf(channel) ?? plain }
  const lanes = new Lanes({
    ...talk,
    keys,
    clock,
    references,
    road,
    watch,
    log,
    quotedList: makeQuotes(pool, keys),
    original: makeOriginals(pool, keys),
    card: makeCards(database, clock),
    told: makeTolds(database, clock, conversation.vocabulary),
    barred: makeBarred(database),
    code: makeCodes(database, clock),
    helped: (proxy: string) => findHelped(database.prisma, proxy, clock.now()),
    passOn,
  })
  const desk: Desk = { prisma, pool, keys, road, clock, watch, references, passOn }
  return { lanes, desk, talk, dispatch }
}
