/** Everything that works in the background of one process: senders, fetchers, the sweeper, wakers. */

import type { Channel } from '../channel/contract.ts'
import type { Scanner } from '../core/file.ts'
import { paces } from '../core/provider-pace.ts'
import type { Log } from '../log.ts'
import { campaignFileOpener } from '../store/campaign-file.ts'
import { campaignAccounts } from '../store/channel.ts'
import { openClip, type ShippedFile } from '../store/clip.ts'
import type { Database } from '../store/database.ts'
import { openMedia } from '../store/media.ts'
import type { MediaPlace } from '../store/media-place.ts'
import type { Outbox } from '../store/outbox.ts'
import type { Locales } from '../text/locale.ts'
import type { Desk } from '../turn/act.ts'
import { offerDueCheckIns } from '../turn/act-check-in.ts'
import type { Speech } from '../turn/aloud.ts'
import { tellRefused } from '../turn/file-refused.ts'
import { findTemplate } from '../turn/knock.ts'
import { noteBlocked } from '../turn/news.ts'
import type { Lanes } from '../turn/receive.ts'
import type { Watch } from '../turn/surroundings.ts'
import type { Clock } from '../world.ts'
import { type AlertParts, alertRound, lateRound, type NoticeJob, noticeLine, sendNotice } from './alert.ts'
import { type CampaignJob, type Carrier, campaignLine, partsOf, sendCampaign } from './campaign.ts'
import { campaignRound, type RoundParts } from './campaign-round.ts'
import { channelRound } from './channel-round.ts'
import { type Clockwork, everySoOften } from './clockwork.ts'
import { type Dispatch, fileLine, type SendJob, sendLine } from './dispatch.ts'
import { expire } from './expire.ts'
import { fetchMedia, type MediaParts } from './fetch-media.ts'
import { heldRound } from './held.ts'
import { keepAllWords } from './keep-words.ts'
import type { Lines } from './line.ts'
import { paceOf } from './pace.ts'
import { limitRound } from './queue-limit.ts'
import { sealWords } from './seal-words.ts'
import { leaseMilliseconds, type SendParts, sendMessages } from './send-messages.ts'
import { shareWork } from './share-work.ts'
import { sweep } from './sweep.ts'
import { unsayWords } from './unsay-words.ts'
import { wakeSessions } from './wake-sessions.ts'

export type WorkParts = Database & {
  readonly lines: Lines
  readonly dispatch: Dispatch
  readonly lanes: Lanes
  readonly outbox: Outbox
  /** The accounts that run in this process: only it can send and fetch for them. */
  readonly channels: readonly Channel[]
  readonly mediaFolder: MediaPlace
  readonly scanner?: Scanner
  /** Recorded sentences that ship. */
  readonly clips: readonly ShippedFile[]
  /** What time does to requests goes the way of what staff do. */
  readonly desk: Desk
  readonly locales: Locales
  /** What is said to people outside of conversations. */
  readonly speech: Speech
  readonly watch: Watch
  readonly hints: AlertParts['hints']
  /** How staff are told of alerts besides their open pages. */
  readonly ways: AlertParts['ways']
  /** Regions by the one that each was cut from. */
  readonly formerOf: RoundParts['formerOf']
  /** No other process works on this database: whoever holds a lease at the start has died. */
  readonly alone?: boolean
  readonly clock: Clock
  readonly log: Log
}

const sendJobsAtOnce = 4
const patientJobsAtOnce = 64
/** In a process of its own a phone fetches what it brings itself; the line of files may give the job to another. */
const phoneFilesMilliseconds = 3_000
/** Well within the minute that everything left lying may wait. */
const sweepMilliseconds = 20_000
/** A request that waits for an owner, or comes back, is seen this soon. */
const shareMilliseconds = 5_000
const wakeMilliseconds = 15_000
const expireMilliseconds = 30 * 60_000
const wordsMilliseconds = 3_000
/** Until then what is sealed lies under a key of the house. */
const sealMilliseconds = 3_000
/** Danger does not wait for a sweep. */
const alertMilliseconds = 2_000
/** Whoever just wrote again gets soon what was held. */
const heldMilliseconds = 3_000
const channelsMilliseconds = 5_000
const lateMilliseconds = 60_000
const limitMilliseconds = 60_000
/** They fall due by the day. */
const checkInMilliseconds = 30 * 60_000
const noticeJobsAtOnce = 4
/** Somebody may have just pressed a button, and watches. */
const campaignMilliseconds = 1_000
const campaignJobsAtOnce = 2

/** Starts working off the lines. Close it before the lanes, the lines and the database. */
export function startWork(parts: WorkParts): Clockwork & { take(channel: Channel): void } {
  const { log } = parts
  const carriers = new Map<string, Carrier>()
  const started = startSenders(parts, carriers)
  const notices = parts.lines.line<NoticeJob>(noticeLine)
  parts.lines.work<NoticeJob>(noticeLine, (job) => sendNotice(parts, job), { concurrency: noticeJobsAtOnce })
  const states = new Map<string, string>()
  const rounds = [
    everySoOften('sweep', sweepMilliseconds, () => sweep(parts), log),
    everySoOften('share', shareMilliseconds, () => shareWork(parts), log),
    everySoOften('wake', wakeMilliseconds, () => wakeSessions(parts), log),
    everySoOften('expire', expireMilliseconds, () => expire(parts), log),
    everySoOften('seal', sealMilliseconds, () => sealWords(parts), log),
    everySoOften('unsay', sealMilliseconds, () => unsayWords(parts), log),
    everySoOften('words', wordsMilliseconds, () => keepAllWords(parts), log),
    everySoOften('channels', channelsMilliseconds, () => channelRound(parts, states), log),
    everySoOften('held', heldMilliseconds, () => heldRound(parts), log),
    everySoOften('late', lateMilliseconds, () => lateRound(parts), log),
    everySoOften('check-ins', checkInMilliseconds, () => offerDueCheckIns(parts), log),
    everySoOften('limit', limitMilliseconds, () => limitRound(parts), log),
    everySoOften('campaigns', campaignMilliseconds, () => campaignRound(campaignParts(parts, carriers)), log),
    everySoOften('alerts', alertMilliseconds, () => alertRound(parts, notices), log),
  ]
  return {
    /** Sends for one more account. */
    take: (channel) => void carriers.set(channel.id, workChannel(parts, channel)),
    async close() {
      await started
      await Promise.all(rounds.map((round) => round.close()))
    },
  }
}

/** In a process that keeps a phone and nothing else: sends on it, and fetches what it brings. */
export function startPhoneWork(parts: WorkParts): ReturnType<typeof startWork> {
  const files = new AbortController()
  for (const channel of parts.channels) workChannel(parts, channel)
  const fetching = everySoOften(
    'files',
    phoneFilesMilliseconds,
    () => fetchMedia({ ...parts, folder: parts.mediaFolder, refused: refusedBy(parts) }, files.signal),
    parts.log,
  )
  const states = new Map<string, string>()
  const standing = everySoOften(
    'channels',
    channelsMilliseconds,
    () => channelRound(parts, states),
    parts.log,
  )
  return {
    take: (channel) => void workChannel(parts, channel),
    async close() {
      files.abort()
      await Promise.all([fetching.close(), standing.close()])
    },
  }
}

/** Before the first of them begins, the leases of the dead are freed: later they could be those of the living. */
async function startSenders(parts: WorkParts, carriers: Map<string, Carrier>): Promise<void> {
  const { lines, log, channels } = parts
  if (parts.alone) {
    await freeTheDead(parts).catch((error: unknown) => log.error('old leases run out by themselves', error))
  }
  for (const channel of channels) {
    if (!channel.elsewhere) carriers.set(channel.id, workChannel(parts, channel))
  }
  lines.work<CampaignJob>(
    campaignLine,
    async (job, signal) => {
      const carrier = carriers.get(job.channel)
      if (carrier) await sendCampaign(parts, carrier, job, signal)
    },
    { concurrency: campaignJobsAtOnce },
  )
  lines.work<object>(
    fileLine,
    (_, signal) => fetchMedia({ ...parts, folder: parts.mediaFolder, refused: refusedBy(parts) }, signal),
    {
      concurrency: 1,
    },
  )
}

/** Whoever sent a file that cannot be taken hears of it. */
function refusedBy({ desk, speech }: WorkParts): NonNullable<MediaParts['refused']> {
  return (media, why) => tellRefused(desk, speech, media, why)
}

/** Nobody waits for leases of a process that cannot live any more. */
async function freeTheDead({ outbox, clock }: WorkParts): Promise<void> {
  await outbox.recover(new Date(clock.now().getTime() + leaseMilliseconds))
}

/** Works off what is to be sent on one account; what it gives sends a campaign's messages at the same pace. */
function workChannel(parts: WorkParts, channel: Channel): Carrier {
  const pace = channel.turns ?? paceOf(channel)
  const again = (addresses: readonly string[], delay: number) =>
    parts.dispatch.send(new Map([[channel.id, addresses]]), delay)
  const blocked = (address: string) => noteBlocked(parts, [address])
  const template: SendParts['template'] = async ({ spoken: { key, language, vars } }) => {
    if (key === undefined) return undefined
    const found = await findTemplate(parts, channel.id, key, language)
    return found && { ...found, ...(vars ? { values: vars } : {}) }
  }
  const campaignFile = campaignFileOpener(parts)
  const open = async (media: string) =>
    (await openClip(parts.prisma, parts.clips, media)) ??
    (await campaignFile(media)) ??
    (await openMedia(parts, parts.mediaFolder, media)).bytes
  const send: Carrier['send'] = (addresses, signal) =>
    sendMessages({ ...parts, channel, open, pace, again, blocked, template }, addresses, signal)
  parts.lines.work<SendJob>(sendLine(channel.id), ({ addresses }, signal) => send(addresses, signal), {
    // Who waits for a turn holds a job: those behind must not wait for the job as well.
    concurrency: channel.turns ? patientJobsAtOnce : sendJobsAtOnce,
  })
  const perSecond = paces[channel.kind]?.overall?.perSecond
  const { answerWindow } = channel.abilities
  return {
    ...{ channel: channel.id, screen: channel.abilities, send },
    ...(answerWindow === undefined ? {} : { answerWindow }),
    ...(perSecond ? { perSecond } : {}),
  }
}

function campaignParts(parts: WorkParts, carriers: ReadonlyMap<string, Carrier>): RoundParts {
  const line = parts.lines.line<CampaignJob>(campaignLine)
  // Of paired phones only those for which an administrator allows it at this moment.
  const counts = async () => {
    const may = new Set(await campaignAccounts(parts.prisma))
    const allowed = [...carriers].filter(([channel]) => may.has(channel))
    return new Map(allowed.map(([channel, carrier]) => [channel, partsOf(carrier)]))
  }
  return {
    ...{ ...parts, carriers: counts },
    // One too many finds its lock taken.
    work: (job) => line.add(job),
    changed: (ids) => parts.hints.changed(['campaigns', ...ids.map((id) => `campaign-${id}`)]),
  }
}
