/** The referrals of the present speaker that the conversation may speak of: what is hidden is not among them. */
import type { ReferralItem, ReferralPrompt, ReferralState, StandingReferral } from '../core/referral.ts'

/**
 * Columns of a standing (standing.ts), where `a` is the address and `p` the person who speaks. Looked for only where the
 * address says that there may be some: an ordinary turn pays nothing for it. What is to be said is said on one address.
 * Whoever said that they are a child is asked nothing before staff have looked at it.
 */
export const referralColumns = `
  case when a.referred then (select jsonb_agg(u.cells) from (
     select jsonb_build_array(e.id, e.request_id, e.state, o.name, e.service, e.items, e.country, e.sent_at,
         case when e.address_id = a.id then e.prompt end, e.ask_person_at, e.knocked, e.version, e.need_id) as cells
     from referral e join request r on r.id = e.request_id join partner o on o.id = e.partner_id
     where e.person_id = p.id and r.visibility = 'open' and e.state not in ('refused', 'withdrawn')
       and (e.state <> 'asked' or not exists (
         select from request c where c.person_id = p.id and c.said_age is not null))
     order by e.ask_person_at nulls last, e.id desc limit 10) u) end as referrals`

export type ReferralsRow = { readonly referrals: readonly Cells[] | null }

type Cells = readonly [
  id: string,
  request: string,
  state: ReferralState,
  partner: string,
  service: string,
  items: readonly ReferralItem[],
  country: string,
  sentAt: string | null,
  prompt: ReferralPrompt | null,
  askPersonAt: string | null,
  knocked: boolean,
  version: number,
  need: string | null,
]

export function referralsOf({ referrals }: ReferralsRow): readonly StandingReferral[] {
  return (referrals ?? []).map(([id, request, state, partner, service, items, country, sentAt, ...rest]) => {
    const [prompt, askPersonAt, knocked, version, need] = rest
    return {
      ...{ id, request, state, partner, service, items, country, knocked, version },
      ...(sentAt === null ? {} : { sentAt: new Date(sentAt) }),
      ...(prompt && askPersonAt ? { prompt: { what: prompt, at: new Date(askPersonAt) } } : {}),
      ...(need === null ? {} : { need }),
    }
  })
}
