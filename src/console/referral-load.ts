/** From the store to the page on which a request is referred: what stands, whom it can go to, how the person is asked. */
import type { Partner } from '../core/partner.ts'
import { serves } from '../core/partner.ts'
import { mayAskInChat } from '../core/referral-rules.ts'
import type { Staff } from '../core/staff.ts'
import { listPartners } from '../store/partner.ts'
import { historyOfReferrals, type ReferralRow, referralsOfRequest } from '../store/referral.ts'
import { staffNames } from '../store/seat.ts'
import { loadForAct } from '../turn/act-load.ts'
import { askableOf, childhoodOf } from '../turn/act-referral.ts'
import type { Console } from './asked.ts'
import { loadFacts } from './load.ts'
import type { Facts, Happened } from './view.ts'

export type ReferralView = ReferralRow & { readonly mail: boolean }

export type ReferralsView = {
  readonly facts: Facts
  readonly referrals: readonly ReferralView[]
  readonly history: readonly Happened[]
  /** Those who work where the person lives come first. */
  readonly partners: readonly (Partner & { readonly near: boolean })[]
  /** Whether the person can be asked in the chat. */
  readonly asks: boolean
  /** A child does not say yes alone. */
  readonly minor: boolean
}

export async function loadReferrals(console: Console, staff: Staff, id: string): Promise<ReferralsView> {
  const { database } = console
  const [facts, found, referrals, events, all] = await Promise.all([
    loadFacts(console, staff, id),
    loadForAct(database.prisma, staff, id),
    referralsOfRequest(database, id),
    historyOfReferrals(database, id),
    listPartners(database.prisma),
  ])
  const childhood = await childhoodOf(console.desk, staff, found)
  const [whom, names] = await Promise.all([
    askableOf(console.desk, found, childhood),
    staffNames(
      database.prisma,
      events.flatMap(({ by }) => (typeof by === 'object' ? [by.staff] : [])),
    ),
  ])
  const near = (partner: Partner) => serves(partner, found.person?.region)
  const active = all.filter((partner) => partner.active).map((one) => ({ ...one, near: near(one) }))
  const mails = new Set(all.flatMap((one) => (one.email === undefined ? [] : one.id)))
  return {
    facts,
    referrals: referrals.map((one) => ({
      ...one,
      mail: console.sendLetter !== undefined && mails.has(one.partner.id),
    })),
    history: events.map(({ id: event, at, by, happening }) => ({
      ...{ type: 'happened', id: event, at, happening, names: {} },
      ...(typeof by === 'object' ? { by: names.get(by.staff) ?? '' } : {}),
    })),
    partners: [...active.filter((one) => one.near), ...active.filter((one) => !one.near)],
    asks: mayAskInChat(found.request, whom),
    minor: childhood === 'seen',
  }
}
