/**
 * Whom an information is for, by plain rules: within a field any of the values will do, and every field that is given
 * must hold. Who is left out whatever the rules say stands here too, in the order in which the reasons are looked at.
 */
import { type Language, languages } from './language.ts'
import { type NeedCategory, needCategories } from './need.ts'
import { type QueueKey, queueKeys } from './queue.ts'

export type AudienceRules = {
  /** Region ids; `former` says whether whoever only named the region that theirs was cut from belongs too. */
  readonly regions?: readonly string[]
  readonly former?: boolean
  readonly cercles?: readonly string[]
  readonly languages?: readonly Language[]
  /** Countries they came back from, as they stand in the files. */
  readonly countries?: readonly string[]
  /** ISO dates of return, both included. */
  readonly returnedFrom?: string
  readonly returnedUntil?: string
  /** Stages of the case (domain notes 1.6). */
  readonly stages?: readonly string[]
  /** Needs without a result yet. */
  readonly needs?: readonly NeedCategory[]
  /** Queues in which a request of theirs is open. */
  readonly queues?: readonly QueueKey[]
  /** Wrote within so many days, or has been silent for so many. */
  readonly heardWithin?: number
  readonly silentFor?: number
  /** Office ids. */
  readonly offices?: readonly string[]
  /** A list of case numbers that somebody brought. */
  readonly list?: string
  /** Exactly those who got this campaign: for its correction. */
  readonly gotCampaign?: string
  /** Exactly those who told this rumour and were not answered yet. */
  readonly saidRumour?: string
}

/** Why somebody of the audience gets nothing; the first that holds is the one that is told. */
export const leftOutReasons = [
  'erased',
  'minor',
  'opted_out',
  'no_consent',
  'no_address',
  'no_content',
  'shared',
  'window_closed',
] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

/** The words there are for a language: the ordinary ones, and those that anybody may read. */
export type Wording = { readonly language: Language; readonly neutral: boolean }

export type Count = {
  /** Everybody whom the rules mean. */
  readonly meant: number
  /** Who gets it. */
  readonly reached: number
  /** Of those: who gets the neutral wording. */
  readonly neutral: number
  readonly leftOut: Readonly<Partial<Record<LeftOutReason, number>>>
  readonly languages: Readonly<Record<string, number>>
  /** Left out because there are no words in their language, by that language. */
  readonly untold: Readonly<Record<string, number>>
  /** By kind of channel. */
  readonly channels: Readonly<Record<string, number>>
  /** By region id; `''` where none is known. */
  readonly regions: Readonly<Record<string, number>>
}

const mostValues = 200
const mostDays = 3650
const code = /^[\p{L}\p{N}_ .'’-]{1,60}$/u
const isoDate = /^\d{4}-\d{2}-\d{2}$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Rules from what a form or a stored row says; what is not a rule falls away, so that rules of a later version are read by an
 * earlier one without widening what it understands. Gives undefined when a rule is there and cannot be read: an audience
 * never grows because of a mistake.
 */
export function readRules(raw: Readonly<Record<string, unknown>>): AudienceRules | undefined {
  const rules = {
    regions: listOf(raw['regions'], (one) => code.test(one)),
    cercles: listOf(raw['cercles'], (one) => code.test(one)),
    languages: listOf(raw['languages'], isOneOf(languages)),
    countries: listOf(raw['countries'], (one) => code.test(one)),
    returnedFrom: oneOf(raw['returnedFrom'], (one) => isoDate.test(one)),
    returnedUntil: oneOf(raw['returnedUntil'], (one) => isoDate.test(one)),
    stages: listOf(raw['stages'], (one) => code.test(one)),
    needs: listOf(raw['needs'], isOneOf(needCategories)),
    queues: listOf(raw['queues'], isOneOf(queueKeys)),
    heardWithin: daysOf(raw['heardWithin']),
    silentFor: daysOf(raw['silentFor']),
    offices: listOf(raw['offices'], (one) => uuid.test(one)),
    list: oneOf(raw['list'], (one) => uuid.test(one)),
    gotCampaign: oneOf(raw['gotCampaign'], (one) => uuid.test(one)),
    saidRumour: oneOf(raw['saidRumour'], (one) => uuid.test(one)),
  }
  const given = Object.entries(rules).filter(([, value]) => value !== undefined)
  if (given.some(([, value]) => value === bad)) return undefined
  const former = raw['former'] === true || raw['former'] === 'true' || raw['former'] === 'on'
  // Each value was looked at above.
  return { ...Object.fromEntries(given), ...(rules.regions && former ? { former } : {}) } as AudienceRules
}

/** A rule that is there and cannot be read. */
const bad = Symbol('bad')

function listOf(raw: unknown, fits: (one: string) => boolean): readonly string[] | typeof bad | undefined {
  if (raw === undefined || raw === '') return undefined
  const all = (Array.isArray(raw) ? raw : [raw]).filter((one) => one !== '')
  if (all.length === 0) return undefined
  const fine = all.length <= mostValues && all.every((one) => typeof one === 'string' && fits(one))
  return fine ? [...new Set(all as string[])] : bad
}

function oneOf(raw: unknown, fits: (one: string) => boolean): string | typeof bad | undefined {
  if (raw === undefined || raw === '') return undefined
  return typeof raw === 'string' && fits(raw) ? raw : bad
}

function daysOf(raw: unknown): number | typeof bad | undefined {
  if (raw === undefined || raw === '') return undefined
  const days = Number(raw)
  return Number.isInteger(days) && days > 0 && days <= mostDays ? days : bad
}

function isOneOf(all: readonly string[]): (one: string) => boolean {
  return (one) => all.includes(one)
}
