/** What the pages of campaigns show: lists, one campaign with who did what, and the audience as it is counted now. */
import type { Count } from '../core/audience.ts'
import { approvalsNeeded, approversOf, faultsOf, writersOf } from '../core/campaign.ts'
import { throughAt } from '../core/campaign-hours.ts'
import { stretchesFor } from '../core/provider-pace.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { personsSeenBy } from '../store/access.ts'
import { countAudience, countriesOfReturn, sampleAudience } from '../store/audience.ts'
import { type CampaignHistory, type CampaignRow, listCampaigns, loadCampaign } from '../store/campaign.ts'
import { waitingOf } from '../store/campaign-progress.ts'
import { closedWindows } from '../store/campaign-window.ts'
import { nameCaseLists } from '../store/case-list.ts'
import { campaignAccounts, mostPerDay } from '../store/channel.ts'
import { readPerson } from '../store/person.ts'
import { isId } from '../store/request.ts'
import { listAudiences } from '../store/saved-audience.ts'
import { staffNames } from '../store/seat.ts'
import { mayApprove, mayWrite, seesCampaigns } from '../turn/act-campaign.ts'
import { audienceSettings, rulesNow } from '../turn/campaign-audience.ts'
import type { ConsoleParts } from './parts.ts'

type Parts = Pick<ConsoleParts, 'database' | 'clock' | 'texts' | 'channels' | 'desk' | 'placeName'>

const mostListed = 200
/** From so many on the first few go alone, and are watched for ten minutes. */
const canaryFrom = 50
const canarySeconds = 600

export type CampaignLine = {
  readonly campaign: CampaignRow
  readonly writer: string
  /** Of those whom it goes to, how many have had their turn. */
  readonly progress?: { readonly recipients: number; readonly written: number }
}

/** The campaigns there are, the newest first. */
export async function loadCampaigns({ database }: Parts): Promise<readonly CampaignLine[]> {
  const all = await listCampaigns(database.prisma, { most: mostListed })
  const running = all.filter(({ state }) => state === 'sending' || state === 'paused').map(({ id }) => id)
  const [names, waiting] = await Promise.all([
    staffNames(database.prisma, [...new Set(all.map(({ writer }) => writer))]),
    running.length === 0 ? new Map<string, number>() : waitingOf(database.pool, running),
  ])
  return all.map((campaign) => {
    const line = { campaign, writer: names.get(campaign.writer) ?? '' }
    const { recipients = 0 } = campaign.released ?? {}
    if (!running.includes(campaign.id)) return line
    return { ...line, progress: { recipients, written: recipients - (waiting.get(campaign.id) ?? 0) } }
  })
}

export type CampaignView = {
  readonly campaign: CampaignRow
  readonly done: readonly CampaignHistory[]
  /** Names of the staff that its history mentions, by id. */
  readonly names: ReadonlyMap<string, string>
  readonly audienceName?: string
  /** What is missing before a second person can look at it. */
  readonly missing: readonly string[]
  readonly agreed: { readonly names: readonly string[]; readonly needed: number }
  readonly may: { readonly write: boolean; readonly approve: boolean; readonly stop: boolean }
  /** The reader wrote at it. */
  readonly own: boolean
}

/** Fails with `page:not_found` for whoever has nothing to do with campaigns, with `campaign:not_found`. */
export async function loadCampaignView(
  { database, clock }: Parts,
  staff: Staff,
  id: string,
): Promise<CampaignView> {
  if (!seesCampaigns(staff)) throw new Failure('page:not_found')
  if (!isId(id)) throw new Failure('campaign:not_found')
  const { campaign, done } = await loadCampaign(database.prisma, id)
  const [names, audiences] = await Promise.all([
    staffNames(database.prisma, [...new Set([campaign.writer, ...done.flatMap((one) => one.staff ?? [])])]),
    campaign.audienceId ? listAudiences(database.prisma) : [],
  ])
  const writers = writersOf(done)
  const agreed = campaign.state === 'review' ? approversOf(done) : []
  const saved = audiences.find((one) => one.id === campaign.audienceId)
  return {
    ...{ campaign, done, names, missing: missingOf(campaign, clock.now()) },
    ...(saved ? { audienceName: saved.name } : {}),
    agreed: { names: agreed.map((one) => names.get(one) ?? ''), needed: approvalsNeeded(campaign) },
    may: {
      write: mayWrite(staff),
      approve: mayApprove(staff) && !writers.includes(staff.id) && !agreed.includes(staff.id),
      stop: mayApprove(staff),
    },
    own: writers.includes(staff.id),
  }
}

/** Of the rules, and what only the clock can say. */
export function missingOf(campaign: CampaignRow, now: Date): readonly string[] {
  const late = campaign.endsAt !== undefined && campaign.endsAt <= now
  return late ? [...faultsOf(campaign), 'ended'] : faultsOf(campaign)
}

export type CountView = {
  readonly count: Count
  /** When the last one is written to; absent when that is months away. */
  readonly through?: Date
  /** It cannot be through before its last moment. */
  readonly late: boolean
}

/** Whom it would reach if it went out now. */
export async function loadCount(parts: Parts, campaign: CampaignRow): Promise<CountView> {
  const { database, clock, desk } = parts
  const [settings, rules, { calendar }, perDay] = await Promise.all([
    settingsOf(parts, campaign),
    rulesNow(database.prisma, campaign),
    desk.watch.current(),
    mostPerDay(database.prisma),
  ])
  const count = await countAudience(database.pool, rules, settings)
  const { startsAt, endsAt } = campaign
  const now = clock.now()
  const watched = count.reached >= canaryFrom ? canarySeconds : 0
  const from = startsAt && startsAt > now ? startsAt : now
  const ends = stretchesFor(count.channels, perDay).map(({ days, seconds }) =>
    throughAt({ days, seconds: seconds + watched }, from, calendar.holidays),
  )
  const through = ends.includes(undefined) ? undefined : latest(ends, from)
  const late = count.reached > 0 && endsAt !== undefined && (through === undefined || through > endsAt)
  return { count, late, ...(through ? { through } : {}) }
}

function latest(ends: readonly (Date | undefined)[], from: Date): Date {
  return ends.reduce<Date>((last, one) => (one && one > last ? one : last), from)
}

/** A few of those whom it would reach, as far as the reader may see them. */
export async function loadSample(
  parts: Parts,
  staff: Staff,
  campaign: CampaignRow,
): Promise<readonly { readonly id: string; readonly name?: string }[]> {
  const { database } = parts
  const rules = await rulesNow(database.prisma, campaign)
  const ids = await sampleAudience(database.pool, rules, await settingsOf(parts, campaign), sampleAsked)
  const seen = await database.prisma.person.findMany({
    where: { AND: [{ id: { in: [...ids] } }, personsSeenBy(staff)] },
    select: { id: true },
    take: sampleShown,
  })
  return Promise.all(
    seen.map(async ({ id }) => {
      const name = (await readPerson(database, id))?.name
      return { id, ...(name ? { name } : {}) }
    }),
  )
}
const sampleShown = 5
const sampleAsked = 50

async function settingsOf({ database, clock, texts, channels }: Parts, campaign: CampaignRow) {
  const may = await campaignAccounts(database.prisma)
  const here = new Set(channels.map(({ id }) => id))
  const accounts = here.size === 0 ? may : may.filter((id) => here.has(id))
  const now = clock.now()
  const closed = await closedWindows(database.prisma, campaign.texts, now)
  return audienceSettings(texts, campaign, accounts, now, closed)
}

export type EditorChoices = {
  readonly audiences: readonly { readonly id: string; readonly name: string }[]
  readonly lists: Awaited<ReturnType<typeof nameCaseLists>>
  readonly offices: readonly { readonly id: string; readonly name: string }[]
  readonly countries: readonly string[]
}

/** What the editor offers to choose from. */
export async function loadEditorChoices({ database }: Parts): Promise<EditorChoices> {
  const { prisma, pool } = database
  const [audiences, lists, offices, countries] = await Promise.all([
    listAudiences(prisma),
    nameCaseLists(prisma),
    prisma.office.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } }),
    countriesOfReturn(pool),
  ])
  return { audiences, lists, offices, countries }
}
