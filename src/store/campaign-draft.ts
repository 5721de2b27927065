/**
 * A draft is kept while somebody writes. One sitting at the editor is one entry of history however often it is kept, and
 * nobody's sitting overwrites what a colleague wrote meanwhile.
 */
import { Failure } from '../failure.ts'
import { type CampaignContent, columnsOf } from './campaign.ts'
import type { Database } from './database.ts'

/** Fails with `campaign:closed` for what is no draft, with `campaign:changed_meanwhile` when it is not as it was read. */
export async function keepDraft(
  prisma: Database['prisma'],
  it: {
    readonly campaign: string
    /** Key of the sitting. */
    readonly form: string
    /** The version that the editor was opened with. */
    readonly seen: number
    readonly staff: string
    readonly at: Date
    readonly content: CampaignContent
  },
): Promise<void> {
  const { campaign: id, form, seen, staff: staffId, at, content } = it
  await prisma.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<
      { state: string; version: number }[]
    >`select state, version from campaign where id = ${id}::uuid for update`
    if (!row) throw new Failure('campaign:not_found', { campaign: id })
    if (row.state !== 'draft') throw new Failure('campaign:closed', { state: row.state })
    const last = await tx.campaignAct.findFirst({
      where: { campaignId: id },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
    })
    const sitting = last?.id === form && last.staffId === staffId
    if (!sitting && row.version !== seen) throw new Failure('campaign:changed_meanwhile', { campaign: id })
    await tx.campaign.update({ where: { id }, data: { ...columnsOf(content), version: { increment: 1 } } })
    if (sitting) await tx.campaignAct.update({ where: { id: form }, data: { at } })
    else await tx.campaignAct.create({ data: { id: form, campaignId: id, act: 'edited', staffId, at } })
  })
}
