/**
 * What staff do with a campaign. Officers write; whoever leads an office, protects people or is an officer too may agree to
 * what another wrote; whoever may agree may stop it. A form carries a key of its own: pressed twice, it acts once.
 */
import type { AudienceRules } from '../core/audience.ts'
import * as rules from '../core/campaign.ts'
import type { Role, Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import {
  type CampaignContent,
  type CampaignRow,
  createCampaign,
  hasMoved,
  loadCampaign,
  moveCampaign,
} from '../store/campaign.ts'
import { keepDraft } from '../store/campaign-draft.ts'
import { retryFailed, stopCampaign } from '../store/campaign-ledger.ts'
import type { Database } from '../store/database.ts'
import type { Clock } from '../world.ts'

export type CampaignDesk = Pick<Database, 'prisma' | 'pool'> & {
  readonly clock: Clock
  /** Pages that show it fetch again. */
  readonly changed: (names: readonly string[]) => void
}

export type CampaignDeed = {
  readonly staff: Staff
  readonly campaign: string
  readonly form: string
  readonly note?: string
}

const writers: readonly Role[] = ['officer']
const approvers: readonly Role[] = ['officer', 'supervisor', 'protection']

export function mayWrite({ roles }: Pick<Staff, 'roles'>): boolean {
  return writers.some((role) => roles.includes(role))
}

export function mayApprove({ roles }: Pick<Staff, 'roles'>): boolean {
  return approvers.some((role) => roles.includes(role))
}

/** Who sees campaigns and their figures: whoever works on them, and monitoring. */
export function seesCampaigns(staff: Pick<Staff, 'roles'>): boolean {
  return mayWrite(staff) || mayApprove(staff) || staff.roles.includes('monitoring')
}

/** Begins one; `campaign` is the id that it gets. Fails with `staff:not_allowed`. */
export async function beginCampaign(
  desk: CampaignDesk,
  { staff, campaign, form }: CampaignDeed,
  content: CampaignContent & { readonly name: string },
  corrects?: string,
): Promise<void> {
  if (!mayWrite(staff)) throw new Failure('staff:not_allowed')
  await createCampaign(desk.prisma, {
    ...{ id: campaign, form, writer: staff.id, at: desk.clock.now(), content },
    ...(corrects ? { corrects } : {}),
  })
  desk.changed(['campaigns'])
}

/** A draft to exactly those who got this one; it tells them what was wrong. Fails with `campaign:closed` before a release. */
export async function correctCampaign(
  desk: CampaignDesk,
  deed: CampaignDeed & { readonly wrong: string },
  name: string,
): Promise<void> {
  const { campaign } = await loadCampaign(desk.prisma, deed.wrong)
  if (!campaign.releasedAt) throw new Failure('campaign:closed')
  const audience: AudienceRules = { gotCampaign: campaign.id }
  const { sensitive, guarded } = campaign
  await beginCampaign(desk, deed, { name, audience, sensitive, guarded }, campaign.id)
}

/** Fails with `campaign:closed`, `staff:not_allowed`. A change after the review begins the review anew. */
export async function editCampaign(
  desk: CampaignDesk,
  deed: CampaignDeed,
  content: CampaignContent,
): Promise<void> {
  if (!mayWrite(deed.staff)) throw new Failure('staff:not_allowed')
  await move(desk, deed, (it) => rules.edit(it), content)
}

/** Keeps a draft while it is written. Fails with `campaign:closed`, `campaign:changed_meanwhile`, `staff:not_allowed`. */
export async function draftCampaign(
  desk: CampaignDesk,
  { staff, campaign, form, seen }: CampaignDeed & { readonly seen: number },
  content: CampaignContent,
): Promise<void> {
  if (!mayWrite(staff)) throw new Failure('staff:not_allowed')
  const at = desk.clock.now()
  await keepDraft(desk.prisma, { campaign, form, seen, staff: staff.id, at, content })
  desk.changed(['campaigns', `campaign-${campaign}`])
}

export async function submitCampaign(desk: CampaignDesk, deed: CampaignDeed): Promise<void> {
  if (!mayWrite(deed.staff)) throw new Failure('staff:not_allowed')
  await move(desk, deed, rules.submit)
}

/** Fails with `campaign:own` for whoever wrote at it, with `campaign:agreed_already` the second time. */
export async function approveCampaign(desk: CampaignDesk, deed: CampaignDeed): Promise<void> {
  if (!mayApprove(deed.staff)) throw new Failure('staff:not_allowed')
  await move(desk, deed, (it, done) => rules.approve(it, done, deed.staff.id))
}

export async function giveBackCampaign(desk: CampaignDesk, deed: CampaignDeed): Promise<void> {
  if (!mayApprove(deed.staff)) throw new Failure('staff:not_allowed')
  await move(desk, deed, rules.giveBack)
}

export async function withdrawCampaign(desk: CampaignDesk, deed: CampaignDeed): Promise<void> {
  if (!mayWrite(deed.staff)) throw new Failure('staff:not_allowed')
  await move(desk, deed, rules.withdraw)
}

/** Nothing of it leaves any more when this is done. */
export async function pauseCampaign(desk: CampaignDesk, deed: CampaignDeed): Promise<void> {
  await stop(desk, deed, 'paused', (it) => rules.pause(it, 'staff'))
}

/** Never again. */
export async function cancelCampaign(desk: CampaignDesk, deed: CampaignDeed): Promise<void> {
  await stop(desk, deed, 'cancelled', rules.cancel)
}

/** Sends the rest. */
export async function resumeCampaign(desk: CampaignDesk, deed: CampaignDeed): Promise<void> {
  if (!mayApprove(deed.staff)) throw new Failure('staff:not_allowed')
  await move(desk, deed, rules.resume, {}, { halt: null })
}

/** Once more to those who were not reached, and to nobody else; gives how many they are. */
export async function retryCampaign(desk: CampaignDesk, deed: CampaignDeed): Promise<number> {
  if (!mayApprove(deed.staff)) throw new Failure('staff:not_allowed')
  if (await hasMoved(desk.prisma, deed.form)) return 0
  const { campaign } = await loadCampaign(desk.prisma, deed.campaign)
  const { act } = rules.retry(campaign)
  const { form, staff } = deed
  const count = await retryFailed(desk.pool, {
    ...{ id: campaign.id, version: campaign.version, act, form, staff: staff.id, at: desk.clock.now() },
  })
  desk.changed(['campaigns', `campaign-${campaign.id}`])
  return count
}

async function stop(
  desk: CampaignDesk,
  { staff, campaign: id, form, note }: CampaignDeed,
  to: 'paused' | 'cancelled',
  rule: (it: CampaignRow) => rules.Step,
): Promise<void> {
  if (!mayApprove(staff)) throw new Failure('staff:not_allowed')
  if (await hasMoved(desk.prisma, form)) return
  const { campaign } = await loadCampaign(desk.prisma, id)
  const { act } = rule(campaign)
  const at = desk.clock.now()
  const stopped = await stopCampaign(desk.pool, {
    ...{ id, from: [campaign.state], to, act, form, at, staff: staff.id },
    ...(note ? { note } : {}),
  })
  if (!stopped) throw new Failure('campaign:changed_meanwhile', { campaign: id })
  desk.changed(['campaigns', `campaign-${id}`])
}

async function move(
  desk: CampaignDesk,
  { staff, campaign: id, form, note }: CampaignDeed,
  rule: (it: CampaignRow, done: readonly rules.CampaignDone[]) => rules.Step,
  content: CampaignContent = {},
  more: { readonly halt?: null } = {},
): Promise<void> {
  if (await hasMoved(desk.prisma, form)) return
  const { campaign, done } = await loadCampaign(desk.prisma, id)
  await moveCampaign(desk.prisma, {
    ...{ campaign, form, step: rule(campaign, done), staff: staff.id, at: desk.clock.now(), content, more },
    ...(note ? { note } : {}),
  })
  desk.changed(['campaigns', `campaign-${id}`])
}
