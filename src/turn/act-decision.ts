/**
 * What officers note as decided because of what people said, and the campaign that tells of it. What is restricted or
 * sealed cannot stand behind a decision, and is answered like what is not there.
 */
import type { AudienceRules } from '../core/audience.ts'
import { record } from '../core/decision.ts'
import type { Language } from '../core/language.ts'
import { Failure } from '../failure.ts'
import { basisOf, loadDecision, regionsBehind, tellBy } from '../store/decision.ts'
import type { Change } from '../store/road.ts'
import type { Desk } from './act.ts'
import { beginCampaign, type CampaignDeed, type CampaignDesk, mayWrite } from './act-campaign.ts'
import { type ByStaff, doneBefore, enact } from './beside.ts'

export type DecisionWish = {
  readonly text: string
  readonly language: Language
  /** ISO date. */
  readonly day: string
  readonly references: readonly string[]
  readonly feedback: readonly string[]
}

/** Notes it; the key of the form is its id. Fails with `decision:hidden`, `form:invalid`, `staff:not_allowed`. */
export async function recordDecision(desk: Desk, by: ByStaff, wish: DecisionWish): Promise<void> {
  if (!mayWrite(by.staff)) throw new Failure('staff:not_allowed')
  if (await doneBefore(desk, by)) return
  const basis = await basisOf(desk.prisma, by.staff, wish)
  const { form: id } = by
  const { text, language, day } = wish
  const now = desk.clock.now()
  const happenings = record({ id, text, day, basis }, now.toISOString().slice(0, 10))
  const decision: Change = {
    insert: 'decision',
    plain: { id, text: text.trim(), language, decided_on: new Date(day), staff_id: by.staff.id, at: now },
  }
  const behind = basis.map((one): Change => {
    const plain = { id: desk.clock.id(), decision_id: id }
    if ('request' in one) return { insert: 'decision_basis', plain: { ...plain, request_id: one.request } }
    return { insert: 'decision_basis', plain: { ...plain, feedback_id: one.feedback } }
  })
  await enact(desk, by, {
    subject: { language, addresses: [] },
    matters: basis.flatMap((one) => ('request' in one ? [{ id: one.request, visibility: 'open' }] : [])),
    happenings: () => happenings,
    changes: [decision, ...behind],
  })
}

/** A draft that tells of it, to the regions of those who said it; `campaign` is the id that it gets. */
export async function tellDecision(
  desk: CampaignDesk,
  deed: CampaignDeed & { readonly decision: string },
  words: { readonly name: string; readonly text: string },
): Promise<string> {
  const { staff, campaign } = deed
  const it = await loadDecision(desk.prisma, staff, deed.decision)
  if (it.campaign) return it.campaign
  const regions = await regionsBehind(desk.prisma, staff, it.id)
  const audience: AudienceRules = regions.length === 0 ? {} : { regions }
  const texts = { [it.language]: { text: words.text } }
  await beginCampaign(desk, deed, { name: words.name, audience, texts })
  await tellBy(desk.prisma, it.id, campaign)
  return campaign
}
