/**
 * What officers do with what several people said alike: put it together under a name, answer exactly those who said it, and
 * carry the answer to a region. Answers are campaigns: a second person agrees to each, and who said no to information or is
 * a child gets none.
 */
import type { AudienceRules } from '../core/audience.ts'
import * as rules from '../core/feedback.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { loadCampaign } from '../store/campaign.ts'
import { loadRumour, nameRumour } from '../store/rumour.ts'
import type { Desk } from './act.ts'
import { beginCampaign, type CampaignDeed, type CampaignDesk, mayWrite } from './act-campaign.ts'
import { onFeedback } from './act-feedback.ts'

export type RumourAct = { readonly staff: Staff; readonly rumour: string }

/** A name, and what it is about. */
export const longestRumour = 120

/**
 * Puts feedback together; each piece stands by itself, so that a second press finishes what a first began. Fails with
 * `feedback:not_found` for what they may not read.
 */
export async function gatherRumour(
  desk: Desk,
  { staff, rumour }: RumourAct,
  feedback: readonly string[],
  name?: string,
): Promise<void> {
  if (!mayWrite(staff)) throw new Failure('staff:not_allowed')
  if (name !== undefined) {
    await nameRumour(desk.prisma, { id: rumour, name, staff: staff.id, at: desk.clock.now() })
  }
  const { id } = await loadRumour(desk.prisma, rumour)
  for (const one of feedback) {
    const act = { staff, feedback: one, form: desk.clock.id() }
    await onFeedback(desk, act, (it) => ({ happenings: () => rules.gather(it, id) }))
  }
}

/** Takes one out again. */
export async function releaseFromRumour(desk: Desk, { staff }: RumourAct, feedback: string): Promise<void> {
  if (!mayWrite(staff)) throw new Failure('staff:not_allowed')
  const act = { staff, feedback, form: desk.clock.id() }
  await onFeedback(desk, act, (it) => ({ happenings: () => rules.release(it) }))
}

/** A draft to exactly those who said it and were not answered before; `campaign` is the id that it gets. */
export async function answerRumour(
  desk: CampaignDesk,
  deed: CampaignDeed & { readonly rumour: string },
  name: string,
): Promise<void> {
  const { id } = await loadRumour(desk.prisma, deed.rumour)
  await beginCampaign(desk, deed, { name, audience: { saidRumour: id } })
}

/** A draft of the last answer that went out, in the same words, to everybody of a region. Fails with `campaign:not_found`. */
export async function spreadAnswer(
  desk: CampaignDesk,
  deed: CampaignDeed & { readonly rumour: string },
  to: { readonly name: string; readonly region: string },
): Promise<void> {
  const { answers } = await loadRumour(desk.prisma, deed.rumour)
  const last = answers.findLast(({ releasedAt }) => releasedAt !== undefined)
  if (!last) throw new Failure('campaign:not_found')
  const { campaign } = await loadCampaign(desk.prisma, last.id)
  const audience: AudienceRules = { regions: [to.region] }
  const { sensitive, guarded } = campaign
  // A recording stays with the campaign that it was made for.
  const texts = Object.fromEntries(
    Object.entries(campaign.texts).map(([language, { text, neutral }]) => [
      language,
      { text, ...(neutral === undefined ? {} : { neutral }) },
    ]),
  )
  await beginCampaign(desk, deed, { name: to.name, audience, texts, sensitive, guarded })
}
