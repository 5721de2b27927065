/** Who comes with what, and when: the plot of the half year, before a word is said. */
import type { NeedCategory, Urgency } from '../core/need.ts'
import type { FeedbackKind, RequestKind } from '../core/request.ts'
import type { Dice } from './dice.ts'
import type { DemoPerson } from './people.ts'
import { busyness, dayLength, hour, minute, startOfDay, storyDays, writingMoment } from './rhythm.ts'

export type Plot = { readonly person: DemoPerson; readonly at: Date } & (
  | RequestMatter
  | {
      readonly what: 'feedback'
      readonly kind: FeedbackKind
      /** Which of the six who tell the rumour of the week. */
      readonly teller?: number
    }
  | { readonly what: 'stop' }
)

export type RequestMatter = {
  readonly what: 'request'
  /** What it is in truth; the conversation may take it for something else, and staff sort it then. */
  readonly kind: RequestKind
  /** By the menu, by voice, or straight in one's own words. */
  readonly way: 'menu' | 'voice' | 'words'
  readonly category?: NeedCategory
  readonly urgency?: Urgency
}

/** How many matters there are besides those of the first contacts. */
const later = 380

const ordinary = {
  'request.followup': 250,
  'request.need': 350,
  'request.info': 105,
  'request.person': 45,
  'request.contact_change': 34,
  'complaint.service': 48,
  'complaint.eligibility': 24,
  out_of_scope: 20,
} as const

/** Told exactly so often: rare, and none may be missing. */
const rare: Readonly<Partial<Record<RequestKind, number>>> = {
  'request.data': 9,
  'complaint.staff_conduct': 9,
  'complaint.fraud': 12,
  'complaint.sea': 5,
  'complaint.data_breach': 4,
  'protection.gbv': 8,
  'protection.trafficking': 5,
  'protection.suicide': 5,
  'security.threat': 8,
  unclear: 12,
}

// biome-ignore format: a table of weights.
const categories = {
  work: 24, health: 19, housing: 10, food: 9, training: 10, papers: 9, school: 6, family: 5, worries: 5, other: 3,
} as const

/** Everybody has one at the first contact; the others fall where the office is known. In the order of their moments. */
export function plotEverything(people: readonly DemoPerson[], now: Date, dice: Dice): Plot[] {
  const first = people.map((person) => firstPlot(person, dice))
  const open = people.filter(({ consent, minor }) => consent === 'given' && !minor)
  const days = daysOf(now)
  const who = makeChooser(open, now, dice)
  const matters = dice.shuffle(mattersToTell(dice)).map((matter) => {
    const soon = matter.what === 'request' && matter.kind in rare && dice.chance(30)
    const ofWomen = matter.kind === 'protection.gbv' || matter.kind === 'complaint.sea'
    const among = ofWomen ? open.filter(({ sex }) => sex === 'woman') : open
    const seat = who(soon ? momentNear(now, dice) : momentOf(now, days, dice), among)
    return { ...matter, ...seat, ...wayOf(matter, seat.person, dice) }
  })
  return [...first, ...matters, ...theRumour(open, who, now, dice), ...stops(open, now, dice)].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || a.person.n - b.person.n,
  )
}

function firstPlot(person: DemoPerson, dice: Dice): Plot {
  const at = person.arrivedAt
  if (person.minor) return { person, at, what: 'request', kind: 'protection.child', way: 'words' }
  if (dice.chance(8)) return { person, at, what: 'feedback', kind: dice.weigh({ praise: 3, suggestion: 1 }) }
  const matter = matterOf(dice.weigh(ordinary), dice)
  return { person, at, ...matter, ...wayOf(matter, person, dice) }
}

function matterOf(kind: RequestKind, dice: Dice): RequestMatter {
  if (kind !== 'request.need') return { what: 'request', kind, way: 'menu' }
  const category = dice.weigh(categories)
  const pressing = category === 'health' || category === 'food' || category === 'housing'
  const urgency = dice.weigh({ today: pressing ? 3 : 2, this_week: 5, can_wait: pressing ? 2 : 4 })
  return { what: 'request', kind, way: 'menu', category, urgency }
}

const spoken: ReadonlySet<RequestKind> = new Set([
  'request.followup',
  'request.need',
  'request.info',
  'unclear',
])

function wayOf(matter: Matter, person: DemoPerson, dice: Dice): { way: RequestMatter['way'] } | undefined {
  if (matter.what !== 'request') return undefined
  const { kind } = matter
  if (kind.startsWith('protection') || kind === 'security.threat' || kind === 'complaint.sea')
    return { way: 'words' }
  const voice = spoken.has(kind) ? (person.language === 'bm' ? 26 : 10) : 0
  const words = kind === 'unclear' ? 100 : kind === 'request.data' || kind.startsWith('complaint') ? 6 : 14
  return { way: dice.weigh({ voice, words, menu: kind === 'unclear' ? 0 : 70 }) }
}

type Matter = RequestMatter | { readonly what: 'feedback'; readonly kind: FeedbackKind }

function mattersToTell(dice: Dice): Matter[] {
  const uncommon = Object.entries(rare).flatMap(([kind, often]) =>
    Array.from({ length: often }, () => matterOf(kind as RequestKind, dice)),
  )
  const often = { praise: 44, suggestion: 24, rumour: 9 } as const
  const opinions = Object.entries(often).flatMap(([kind, times]) =>
    Array.from({ length: times }, () => ({ what: 'feedback' as const, kind: kind as FeedbackKind })),
  )
  const common = Array.from({ length: later - uncommon.length }, () => matterOf(dice.weigh(ordinary), dice))
  return [...uncommon, ...opinions, ...common]
}

/** Six people within the last week, one after another (domain notes, S19). */
function theRumour(open: readonly DemoPerson[], who: Chooser, now: Date, dice: Dice): Plot[] {
  const told: Plot[] = []
  const languages = ['fr', 'bm', 'fr', 'bm', 'fr', 'fr'] as const
  for (const [teller, language] of languages.entries()) {
    const at = new Date(now.getTime() - (6.4 - teller) * dayLength + dice.below(5) * hour)
    const may = (person: DemoPerson) =>
      person.language === language && !told.some((one) => one.person.address === person.address)
    told.push({ what: 'feedback', kind: 'rumour', teller, ...who(at, open.filter(may)) })
  }
  return told
}

/** Whoever silences us does so some weeks before the end, and says nothing after it. */
function stops(open: readonly DemoPerson[], now: Date, dice: Dice): Plot[] {
  return open
    .filter(({ stops }) => stops !== 'nothing')
    .map((person) => ({ what: 'stop', person, at: stopMoment(person, now, dice) }))
}

/** Between the first contact and three weeks ago, or three days after it for those who came late. */
function stopMoment({ arrivedAt }: DemoPerson, now: Date, dice: Dice): Date {
  const day = new Date(Math.max(arrivedAt.getTime() + 3 * dayLength, now.getTime() - silentDays * dayLength))
  return writingMoment(startOfDay(day), dice)
}

const silentDays = 21

type Chooser = (at: Date, among?: readonly DemoPerson[]) => { person: DemoPerson; at: Date }

/** Somebody known by then, not in the middle of another conversation, and nobody who came to a phone first of two. */
function makeChooser(open: readonly DemoPerson[], now: Date, dice: Dice): Chooser {
  const busy = new Map<string, number[]>()
  const arrivals = new Map<string, DemoPerson>()
  for (const person of open) {
    arrivals.set(person.address.id, person)
    busy.set(person.address.id, [...(busy.get(person.address.id) ?? []), person.arrivedAt.getTime()])
  }
  return (at, among = open) => {
    for (let tries = 0; tries < 600; tries++) {
      const person = dice.pick(among)
      const moments = busy.get(person.address.id) ?? []
      const known = at.getTime() - person.arrivedAt.getTime() > 8 * hour
      const silent = person.stops !== 'nothing' && now.getTime() - at.getTime() < (silentDays + 2) * dayLength
      const last = arrivals.get(person.address.id) === person
      const near = moments.some((other) => Math.abs(other - at.getTime()) < 5 * hour)
      if (!known || silent || !last || near) continue
      busy.set(person.address.id, [...moments, at.getTime()])
      return { person, at }
    }
    throw new Error('nobody is free to write at this moment of the story')
  }
}

function momentNear(now: Date, dice: Dice): Date {
  return new Date(now.getTime() - dice.between(12, Math.floor((3 * dayLength) / minute)) * minute)
}

function daysOf(now: Date): Record<string, number> {
  const today = startOfDay(now)
  // The first weeks have few people to write yet.
  const days = Array.from({ length: storyDays - 12 }, (_, ago) => ago)
  return Object.fromEntries(
    days.map((ago) => [String(ago), busyness(new Date(today.getTime() - ago * dayLength), ago)]),
  )
}

/** A believable moment; what would lie after now falls into the last hours instead. */
function momentOf(now: Date, days: Record<string, number>, dice: Dice): Date {
  const day = new Date(startOfDay(now).getTime() - Number(dice.weigh(days)) * dayLength)
  const at = writingMoment(day, dice)
  return at.getTime() < now.getTime() - 10 * minute
    ? at
    : new Date(now.getTime() - dice.between(12, 600) * minute)
}
