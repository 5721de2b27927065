/** Audiences under a name. Only the rules are kept: whoever refers to one asks anew who they mean. */
import { Prisma } from '../../prisma/client/client.ts'
import { type AudienceRules, readRules } from '../core/audience.ts'
import type { CampaignState } from '../core/campaign.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'

type Rows = Database['prisma']

export type SavedAudience = { readonly id: string; readonly name: string; readonly rules: AudienceRules }

/** Campaigns that would still ask a saved audience. */
const asking: readonly CampaignState[] = ['draft', 'review', 'scheduled']

export async function listAudiences(prisma: Rows): Promise<readonly SavedAudience[]> {
  return (await prisma.audience.findMany({ orderBy: { name: 'asc' } })).map(audienceOf)
}

export async function findAudience(prisma: Rows, id: string): Promise<SavedAudience | undefined> {
  const row = await prisma.audience.findUnique({ where: { id } })
  return row ? audienceOf(row) : undefined
}

/** Keeps rules under a name; fails with `audience:name_taken`. */
export async function keepAudience(
  prisma: Rows,
  { id, name, rules }: SavedAudience,
  by: { readonly staff: string; readonly at: Date },
): Promise<void> {
  const row = { id, name, rules: { ...rules } as Prisma.InputJsonObject }
  try {
    await prisma.audience.create({ data: { ...row, staffId: by.staff, createdAt: by.at } })
  } catch (cause) {
    const taken = cause instanceof Prisma.PrismaClientKnownRequestError && cause.code === 'P2002'
    if (!taken) throw cause
    throw new Failure('audience:name_taken', {}, { cause })
  }
}

/** Forgets it. Fails with `audience:in_use` while a campaign that is still to go out refers to it. */
export async function dropAudience(prisma: Rows, id: string): Promise<void> {
  const used = await prisma.campaign.count({ where: { audienceId: id, state: { in: [...asking] } } })
  if (used > 0) throw new Failure('audience:in_use')
  await prisma.audience.deleteMany({ where: { id } })
}

function audienceOf(row: { id: string; name: string; rules: unknown }): SavedAudience {
  const { id, name } = row
  // Written by keepAudience; rules that cannot be read mean nobody.
  return { id, name, rules: readRules(row.rules as Record<string, unknown>) ?? { stages: [] } }
}
