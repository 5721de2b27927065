/**
 * Handing a need to a partner, with the consent of the person (domain notes 1.10, 4.2 principle 5). What is handed over is
 * agreed item by item: nothing else of the person leaves.
 */

import { nextDaytime } from './followup.ts'
import type { Language } from './language.ts'
import type { NeedCategory, Urgency } from './need.ts'
import type { PersonValues } from './person.ts'
import type { SafeContact } from './safe-contact.ts'

/** What may be handed over, in the order in which it is named to the person. */
export const referralItems = [
  'name',
  'phone',
  'sex',
  'age',
  'place',
  'need',
  'language',
  'safe_contact',
] as const
export type ReferralItem = (typeof referralItems)[number]

/**
 * asked: the person has not said. agreed: they said yes, nothing has left. sent: the partner has its link. accepted,
 * declined: the partner's word. given, not_given, unreachable: what came of it. refused: the person said no.
 * withdrawn: they, or staff for them, took it back.
 */
export const referralStates = [
  'asked',
  'agreed',
  'refused',
  'sent',
  'accepted',
  'declined',
  'given',
  'not_given',
  'unreachable',
  'withdrawn',
] as const
export type ReferralState = (typeof referralStates)[number]

export const referralResults = ['given', 'not_given', 'unreachable'] as const
export type ReferralResult = (typeof referralResults)[number]

/** Why a partner does not take somebody. A closed list: words could tell of the person. */
export const declineReasons = ['full', 'other_service', 'other_area', 'conditions', 'other'] as const
export type DeclineReason = (typeof declineReasons)[number]

/**
 * What is still to be said to the person, of our own accord: whether they agree, what the partner answered, and later
 * whether the service came.
 */
export const referralPrompts = ['consent', 'accepted', 'declined', 'outcome'] as const
export type ReferralPrompt = (typeof referralPrompts)[number]

const day = 86_400_000
/** So long a partner has for its first word, before staff ask. */
export const answerDays = 5
/** So long after it was accepted the person is asked whether the service came. */
export const outcomeDays = 14
/** So long a link opens. */
export const linkDays = 30

export function answerDueAt(sent: Date): Date {
  return new Date(sent.getTime() + answerDays * day)
}

/** The moment at which the person is asked whether the service came. */
export function outcomeAskedAt(accepted: Date, country: string): Date {
  return nextDaytime(new Date(accepted.getTime() + outcomeDays * day), country)
}

/** What is said of a prompt by now: that somebody was to come is no news any more once they may be asked whether they did. */
export function promptNow(
  what: ReferralPrompt,
  since: Date,
  { country, now }: { readonly country: string; readonly now: Date },
): ReferralPrompt {
  return what === 'accepted' && now >= outcomeAskedAt(since, country) ? 'outcome' : what
}

export function linkEndsAt(from: Date): Date {
  return new Date(from.getTime() + linkDays * day)
}

export const ageBands = ['under_18', '18_24', '25_34', '35_49', '50_64', '65_up'] as const
export type AgeBand = (typeof ageBands)[number]

const bandEnds: readonly (readonly [until: number, band: AgeBand])[] = [
  [18, 'under_18'],
  [25, '18_24'],
  [35, '25_34'],
  [50, '35_49'],
  [65, '50_64'],
]

/** Of a year of birth the age is known to a year; the band is that of the age reached in this year. */
export function ageBandOf(birthYear: number, now: Date): AgeBand {
  const age = now.getUTCFullYear() - birthYear
  return bandEnds.find(([until]) => age < until)?.[1] ?? '65_up'
}

/** What a partner is shown of a person: an item that was not agreed, or of which nothing is known, has no entry. */
export type Shared = {
  readonly name?: string
  readonly phone?: string
  readonly sex?: string
  readonly age?: AgeBand
  readonly place?: string
  readonly need?: { readonly reason: NeedCategory; readonly urgency: Urgency; readonly note?: string }
  readonly language?: Language
  readonly safe_contact?: Pick<SafeContact, 'way' | 'hours' | 'who'>
}

/** All that is known of a person when something is handed over, and of the referral itself. */
export type Sharable = {
  readonly values: Pick<PersonValues, 'name' | 'phone' | 'sex' | 'birthYear' | 'place' | 'language'>
  /** Names of region and cercle, where those are known. */
  readonly area?: string
  readonly safe?: SafeContact
  readonly need: NonNullable<Shared['need']>
}

/** Exactly what was agreed. Of the safe contact the note stays here: it is for colleagues. */
export function sharedOf(items: readonly ReferralItem[], of: Sharable, now: Date): Shared {
  const { values, safe, area } = of
  const place = [values.place, area].filter(Boolean).join(', ')
  const all: { readonly [K in ReferralItem]: Shared[K] | undefined } = {
    name: values.name,
    phone: values.phone,
    sex: values.sex,
    age: values.birthYear === undefined ? undefined : ageBandOf(Number(values.birthYear), now),
    place: place === '' ? undefined : place,
    need: of.need,
    // Written from the union.
    language: values.language as Language | undefined,
    safe_contact: safe && contactShown(safe),
  }
  return Object.fromEntries(
    referralItems
      .filter((item) => items.includes(item) && all[item] !== undefined)
      .map((item) => [item, all[item]]),
  )
}

function contactShown({ way, hours, who }: SafeContact): NonNullable<Shared['safe_contact']> {
  return { way, ...(hours === undefined ? {} : { hours }), ...(who === undefined ? {} : { who }) }
}

/** A referral as a turn starts from it: what may be said of it in the chat, and the version that must still stand. */
export type StandingReferral = {
  readonly id: string
  readonly request: string
  readonly state: ReferralState
  readonly partner: string
  readonly service: string
  readonly items: readonly ReferralItem[]
  readonly country: string
  readonly sentAt?: Date
  readonly need?: string
  readonly prompt?: { readonly what: ReferralPrompt; readonly at: Date }
  readonly knocked: boolean
  readonly version: number
}

/** A referral as the conversation knows it. */
export type OwnReferral = Pick<
  StandingReferral,
  'id' | 'request' | 'state' | 'partner' | 'service' | 'items' | 'sentAt' | 'knocked'
> & {
  /** What is to be asked of it; `due` when it may be asked now. */
  readonly prompt?: { readonly what: ReferralPrompt; readonly due: boolean }
}
