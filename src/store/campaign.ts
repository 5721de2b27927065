/** Campaigns as rows: what they say and where they stand. Each act moves a campaign in one statement with its history. */
import { Prisma } from '../../prisma/client/client.ts'
import { type AudienceRules, readRules } from '../core/audience.ts'
import {
  type Campaign,
  type CampaignActName,
  type CampaignDone,
  type CampaignLimits,
  type CampaignPicture,
  type CampaignQuestion,
  type CampaignState,
  type CampaignText,
  type Repeat,
  type Step,
  usualLimits,
} from '../core/campaign.ts'
import type { Language } from '../core/language.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'

type Rows = Database['prisma']

/** What the release came to; counts by reason, language, kind of channel and region. */
export type Released = {
  readonly recipients: number
  readonly neutral: number
  readonly leftOut: Readonly<Record<string, number>>
}

/** A campaign with what only its row knows. */
export type CampaignRow = Campaign & {
  readonly audience: AudienceRules
  readonly audienceId?: string
  readonly version: number
  readonly writer: string
  readonly createdAt: Date
  readonly roundOf?: string
  readonly corrects?: string
  readonly released?: Released
  readonly releasedAt?: Date
  readonly canaryUntil?: Date
  /** Which limit was passed when the house stopped it. */
  readonly halt?: string
  readonly endedAt?: Date
}

export type CampaignHistory = CampaignDone & {
  readonly id: string
  readonly at: Date
  readonly note?: string
}

/** Fails with `campaign:not_found`. */
export async function loadCampaign(
  prisma: Rows,
  id: string,
): Promise<{ readonly campaign: CampaignRow; readonly done: readonly CampaignHistory[] }> {
  const row = await prisma.campaign.findUnique({
    where: { id },
    include: { acts: { orderBy: [{ at: 'asc' }, { id: 'asc' }] } },
  })
  if (!row) throw new Failure('campaign:not_found', { campaign: id })
  const done = row.acts.map(({ id: act, act: name, staffId, at, note }) => ({
    ...{ id: act, act: name as CampaignActName, at },
    ...(staffId ? { staff: staffId } : {}),
    ...(note ? { note } : {}),
  }))
  return { campaign: campaignOf(row), done }
}

/** The newest first; rounds of a repeating campaign stand for themselves. */
export async function listCampaigns(
  prisma: Rows,
  where: { readonly states?: readonly CampaignState[]; readonly most: number },
): Promise<readonly CampaignRow[]> {
  const rows = await prisma.campaign.findMany({
    ...(where.states ? { where: { state: { in: [...where.states] } } } : {}),
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: where.most,
  })
  return rows.map(campaignOf)
}

/** What a writer may set; absent fields stay, null takes away. Audience and texts are written whole. */
export type CampaignContent = {
  readonly name?: string
  readonly guarded?: boolean
  readonly sensitive?: boolean
  readonly audience?: AudienceRules
  readonly audienceId?: string | null
  readonly texts?: Campaign['texts']
  readonly question?: CampaignQuestion | null
  readonly picture?: CampaignPicture | null
  readonly startsAt?: Date | null
  readonly endsAt?: Date | null
  readonly repeat?: Repeat
  readonly limits?: CampaignLimits
}

/** Makes a draft; the same `form` twice makes one. */
export async function createCampaign(
  prisma: Rows,
  it: {
    readonly id: string
    readonly form: string
    readonly writer: string
    readonly at: Date
    readonly content: CampaignContent & { readonly name: string }
    readonly corrects?: string
  },
): Promise<void> {
  const { id, form, writer, at, content, corrects } = it
  await prisma.campaign.upsert({
    where: { id },
    update: {},
    create: {
      ...{ id, writerId: writer, createdAt: at, ...(corrects ? { correctsId: corrects } : {}) },
      ...{ limits: { ...usualLimits }, ...columnsOf(content), name: content.name },
      acts: { create: { id: form, act: 'created', staffId: writer, at } },
    },
  })
}

/** An act on a campaign as it was read. */
export type Move = {
  readonly campaign: Pick<CampaignRow, 'id' | 'version'>
  readonly form: string
  readonly step: Step
  readonly staff?: string
  readonly at: Date
  readonly note?: string
  readonly content?: CampaignContent
  readonly more?: Prisma.CampaignUpdateManyMutationInput
}

/** Whether this form has acted already: pressed twice, it acts once. */
export async function hasMoved(prisma: Rows, form: string): Promise<boolean> {
  return (await prisma.campaignAct.findUnique({ where: { id: form }, select: { id: true } })) !== null
}

/** Moves it on, with its place in history. Fails with `campaign:changed_meanwhile` when it is not as it was read. */
export async function moveCampaign(prisma: Rows, move: Move): Promise<void> {
  const { campaign, form, step, staff, at, note, content = {}, more = {} } = move
  const acted = {
    ...{ id: form, campaignId: campaign.id, act: step.act, at },
    ...{ staffId: staff ?? null, note: note ?? null },
  }
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.campaign.updateMany({
      where: { id: campaign.id, version: campaign.version },
      data: { ...columnsOf(content), ...more, state: step.state, version: { increment: 1 } },
    })
    if (count === 0) throw new Failure('campaign:changed_meanwhile', { campaign: campaign.id })
    await tx.campaignAct.create({ data: acted })
  })
}

type Row = Prisma.CampaignGetPayload<object>

function campaignOf(row: Row): CampaignRow {
  const limits = { ...usualLimits, ...(row.limits as Partial<CampaignLimits>) }
  return {
    ...{ id: row.id, name: row.name, state: row.state as CampaignState, repeat: row.repeat as Repeat },
    ...{ guarded: row.guarded, sensitive: row.sensitive, version: row.version, limits },
    // Written by columnsOf.
    texts: row.texts as Partial<Record<Language, CampaignText>>,
    // Rules that cannot be read mean nobody, never everybody.
    audience: readRules(row.audience as Record<string, unknown>) ?? { stages: [] },
    ...{ writer: row.writerId, createdAt: row.createdAt },
    ...(row.question ? { question: row.question as unknown as CampaignQuestion } : {}),
    ...(row.picture ? { picture: row.picture as unknown as CampaignPicture } : {}),
    ...(row.audienceId ? { audienceId: row.audienceId } : {}),
    ...(row.startsAt ? { startsAt: row.startsAt } : {}),
    ...(row.endsAt ? { endsAt: row.endsAt } : {}),
    ...(row.roundOfId ? { roundOf: row.roundOfId } : {}),
    ...(row.correctsId ? { corrects: row.correctsId } : {}),
    ...(row.released ? { released: row.released as unknown as Released } : {}),
    ...(row.releasedAt ? { releasedAt: row.releasedAt } : {}),
    ...(row.canaryUntil ? { canaryUntil: row.canaryUntil } : {}),
    ...(row.halt ? { halt: row.halt } : {}),
    ...(row.endedAt ? { endedAt: row.endedAt } : {}),
  }
}

/** What a writer set, as the columns of its row. */
export function columnsOf(content: CampaignContent) {
  const { audience, texts, question, picture, limits, ...plain } = content
  return {
    ...plain,
    ...(audience ? { audience: { ...audience } as Prisma.InputJsonObject } : {}),
    ...(texts ? { texts: texts as Prisma.InputJsonObject } : {}),
    ...(question === undefined ? {} : { question: (question ?? Prisma.DbNull) as Prisma.InputJsonObject }),
    ...(picture === undefined ? {} : { picture: (picture ?? Prisma.DbNull) as Prisma.InputJsonObject }),
    ...(limits ? { limits: { ...limits } } : {}),
  }
}

/** Opens one round of a repeating campaign, to be released at once, and sets the time of the next. */
export async function openRound(
  prisma: Rows,
  campaign: CampaignRow,
  round: { readonly id: string; readonly form: string; readonly next: Date; readonly at: Date },
): Promise<void> {
  const row = await prisma.campaign.findUniqueOrThrow({ where: { id: campaign.id } })
  const { id: _id, version: _version, roundOfId: _round, startsAt: _start, repeat: _repeat, ...same } = row
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.campaign.updateMany({
      where: { id: campaign.id, version: campaign.version, state: 'scheduled' },
      data: { startsAt: round.next, version: { increment: 1 } },
    })
    if (count === 0) throw new Failure('campaign:changed_meanwhile', { campaign: campaign.id })
    await tx.campaign.create({
      data: {
        ...same,
        ...{ id: round.id, roundOfId: campaign.id, state: 'scheduled', createdAt: round.at },
        audience: same.audience as Prisma.InputJsonObject,
        texts: same.texts as Prisma.InputJsonObject,
        limits: same.limits as Prisma.InputJsonObject,
        question: (same.question ?? Prisma.DbNull) as Prisma.InputJsonObject,
        picture: (same.picture ?? Prisma.DbNull) as Prisma.InputJsonObject,
        released: Prisma.DbNull,
        acts: { create: { id: round.form, act: 'created', at: round.at } },
      },
    })
  })
}
