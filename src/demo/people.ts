/**
 * Four hundred and more people who came back: who they are, where they live, how they write to us. No phone number here
 * can ring anywhere: +223 is followed by 3, a series that Mali never gave out (libphonenumber, metadata of ML).
 */
import type { Language } from '../core/language.ts'
import type { PlacesFile } from '../flow/answer/files.ts'
import { type DemoCase, makeCase } from './cases.ts'
import type { Cast, DemoOffice } from './cast.ts'
import type { Dice } from './dice.ts'
import { familyNames, menNames, womenNames } from './names.ts'
import { busyness, dayLength, startOfDay, storyDays, writingMoment } from './rhythm.ts'

export type DemoChannelKind = 'telegram' | 'whatsapp_web' | 'web_chat'

export type DemoAddress = {
  readonly id: string
  readonly key: string
  readonly session: string
  readonly channel: DemoChannelKind
  /** As the channel would name it; never a number that a provider could know. */
  readonly external: string
  readonly display?: string
  readonly phone?: string
}

export type DemoPerson = {
  /** Counted from 1, in the order of arrival. */
  readonly n: number
  readonly address: DemoAddress
  /** Came to a phone that somebody else used before. */
  readonly second: boolean
  readonly language: Language
  readonly sex: 'woman' | 'man'
  readonly birthYear: number
  readonly minor: boolean
  readonly region: string
  readonly cercle?: string
  readonly placeName: string
  readonly phone: string
  readonly name: string
  readonly returnCountry: string
  readonly returnDate: Date
  /** When they first wrote. */
  readonly arrivedAt: Date
  readonly consent: 'given' | 'refused'
  /** Others use the phone too, and they say so when asked. */
  readonly shares: boolean
  /** What they will silence some day. */
  readonly stops: 'nothing' | 'campaigns' | 'all' | 'blocks'
  readonly caseFile?: DemoCase
  readonly office: DemoOffice
}

/** What of locales/places.json is needed here. */
export type Places = Pick<PlacesFile, 'regions'>

export const peopleCount = 428
const minors = 5
const refusals = 2

export const regionWeights: Readonly<Record<string, number>> = {
  'ml-bamako': 62,
  'ml-kayes': 58,
  'ml-koulikoro': 40,
  'ml-sikasso': 40,
  'ml-segou': 32,
  'ml-mopti': 28,
  'ml-gao': 26,
  'ml-nioro': 18,
  'ml-kita': 18,
  'ml-tombouctou': 14,
  'ml-bougouni': 14,
  'ml-koutiala': 14,
  'ml-nara': 12,
  'ml-dioila': 12,
  'ml-san': 10,
  'ml-douentza': 7,
  'ml-bandiagara': 7,
  'ml-kidal': 5,
  'ml-menaka': 5,
  'ml-taoudenit': 4,
}

export const countries = {
  Libye: 34,
  Niger: 27,
  Algérie: 22,
  Mauritanie: 6,
  Maroc: 5,
  Tunisie: 4,
  Sénégal: 2,
} as const

/** In the order in which they first wrote. */
export function makePeople(now: Date, cast: Cast, places: Places, dice: Dice, id: Ids): DemoPerson[] {
  const moments = arrivals(now, dice.fork('arrivals'))
  const regions = regionsInTurn(dice.fork('regions'))
  const people: DemoPerson[] = []
  for (const [index, arrivedAt] of moments.entries()) {
    const own = dice.fork(`person ${index}`)
    const region = regions[index] ?? 'ml-bamako'
    // A relative writes from the same phone some days after.
    const neighbour = index % 29 === 28 ? people[index - 3] : undefined
    people.push(makePerson({ n: index + 1, region, arrivedAt, neighbour }, { cast, places, now, id }, own))
  }
  return people
}

/** The last two refuse, the minors lie spread over the half year, everybody else agrees. */
function roleOf(n: number): 'minor' | 'refuses' | 'ordinary' {
  if (n > peopleCount - refusals) return 'refuses'
  return n % Math.floor(peopleCount / minors) === 40 ? 'minor' : 'ordinary'
}

type Ids = (at: Date) => string
type Around = { readonly cast: Cast; readonly places: Places; readonly now: Date; readonly id: Ids }
type Seat = {
  readonly n: number
  readonly region: string
  readonly arrivedAt: Date
  readonly neighbour?: DemoPerson
}

function makePerson(seat: Seat, { cast, places, now, id }: Around, dice: Dice): DemoPerson {
  const role = roleOf(seat.n)
  const sex = dice.chance(11) ? 'woman' : 'man'
  const name = makeName(sex, dice)
  const shared = seat.neighbour !== undefined && role === 'ordinary'
  // Long enough after the other for the product to ask who is speaking.
  const arrivedAt = new Date(
    Math.max(seat.arrivedAt.getTime(), (seat.neighbour?.arrivedAt.getTime() ?? 0) + 26 * 3_600_000),
  )
  const region = shared && seat.neighbour ? seat.neighbour.region : seat.region
  const phone = `+2233${String(1_000_000 + seat.n * 20_011).padStart(7, '0')}`
  const address = shared && seat.neighbour ? seat.neighbour.address : makeAddress(seat, name, phone, dice, id)
  const office = cast.offices.find(({ regions }) => regions.includes(region)) ?? cast.offices[0]
  if (!office) throw new Error('the cast has no office')
  const returnDate = new Date(
    startOfDay(seat.arrivedAt).getTime() -
      dayLength * (dice.chance(70) ? dice.between(4, 160) : dice.between(160, 700)),
  )
  return {
    n: seat.n,
    address,
    second: shared,
    language: shared && seat.neighbour ? seat.neighbour.language : languageOf(dice),
    sex,
    birthYear: now.getUTCFullYear() - ageOf(role, dice),
    minor: role === 'minor',
    region,
    ...placeOf(region, places, dice),
    phone: address.phone ?? phone,
    name,
    returnCountry: dice.weigh(countries),
    returnDate,
    arrivedAt,
    consent: role === 'refuses' ? 'refused' : 'given',
    shares: shared || willShare(seat.n),
    stops: role === 'ordinary' && !shared && !willShare(seat.n) ? stopsOf(seat.n) : 'nothing',
    caseFile: role === 'ordinary' ? makeCase(seat, office, cast, returnDate, dice, now) : undefined,
    office,
  }
}

/** Those three before a relative who writes from the same phone. */
function willShare(n: number): boolean {
  return (n + 3) % 29 === 0 && n + 3 <= peopleCount && roleOf(n + 3) === 'ordinary'
}

function stopsOf(n: number): DemoPerson['stops'] {
  if (n % 107 === 19) return 'blocks'
  if (n % 140 === 11) return 'all'
  return n % 26 === 7 ? 'campaigns' : 'nothing'
}

export function languageOf(dice: Dice): Language {
  return dice.weigh({ bm: 55, fr: 40, en: 5 })
}

function ageOf(role: ReturnType<typeof roleOf>, dice: Dice): number {
  if (role === 'minor') return dice.between(14, 17)
  return dice.chance(90) ? dice.between(19, 44) : dice.between(45, 60)
}

/** Mostly the spelling of the card; sometimes as they write it themselves. */
export function makeName(sex: 'woman' | 'man', dice: Dice): string {
  const spell = (spellings: readonly string[]) =>
    dice.chance(68) ? (spellings[0] ?? '') : dice.pick(spellings)
  return `${spell(dice.pick(sex === 'woman' ? womenNames : menNames))} ${spell(dice.pick(familyNames))}`
}

function makeAddress(seat: Seat, name: string, phone: string, dice: Dice, id: Ids): DemoAddress {
  const channel = dice.weigh({ telegram: 46, whatsapp_web: 38, web_chat: 16 })
  const tail = String(seat.n).padStart(4, '0')
  const external = {
    telegram: `demo-${tail}`,
    whatsapp_web: phone.slice(1),
    web_chat: `demo-visitor-${tail}`,
  }
  return {
    id: id(seat.arrivedAt),
    key: id(seat.arrivedAt),
    session: id(seat.arrivedAt),
    channel,
    external: external[channel],
    display: channel === 'web_chat' ? undefined : displayName(name, dice),
    phone: channel === 'whatsapp_web' ? phone : undefined,
  }
}

/** What an app shows is what somebody typed on a good day. */
export function displayName(name: string, dice: Dice): string {
  const [given = name, family = ''] = name.split(' ')
  return dice.pick([
    name,
    given,
    `${given} ${family.slice(0, 1)}.`,
    `${family} ${given}`,
    given.toLowerCase(),
    `${given} 223`,
  ])
}

export function placeOf(region: string, places: Places, dice: Dice): { cercle?: string; placeName: string } {
  const here = places.regions.find(({ id }) => id === region)
  const parts = here?.cercles.length ? here.cercles : (here?.communes ?? [])
  if (!here || parts.length === 0) return { placeName: here?.name ?? region }
  const part = dice.chance(45) ? parts[0] : dice.pick(parts)
  return { cercle: part?.id, placeName: part?.name ?? here.name }
}

/** Moments of first contact, oldest first; the last two fall within the last two days and refuse. */
function arrivals(now: Date, dice: Dice): Date[] {
  const today = startOfDay(now)
  const days = Array.from({ length: storyDays - 1 }, (_, index) => index + 1)
  const weights = Object.fromEntries(
    days.map((ago) => [ago, busyness(new Date(today.getTime() - ago * dayLength), ago) + ago / 90]),
  )
  const early = Array.from({ length: peopleCount - refusals }, () =>
    writingMoment(new Date(today.getTime() - Number(dice.weigh(weights)) * dayLength), dice),
  ).sort((a, b) => a.getTime() - b.getTime())
  const last = early.at(-1)?.getTime() ?? today.getTime()
  // Not before the others, so that the order of people is the order of arrival.
  return [
    ...early,
    ...[7, 2].map((ago) => new Date(Math.max(last + 60_000, now.getTime() - ago * 3_600_000))),
  ]
}

/** Every region has people, at random places in the order of arrival. */
function regionsInTurn(dice: Dice): string[] {
  const sum = Object.values(regionWeights).reduce((all, weight) => all + weight, 0)
  const all = Object.entries(regionWeights).flatMap(([region, weight]) =>
    Array.from({ length: Math.max(3, Math.floor((weight * peopleCount) / sum)) }, () => region),
  )
  while (all.length < peopleCount) all.push(dice.weigh(regionWeights))
  return dice.shuffle(all)
}
