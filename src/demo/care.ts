/** The single acts that life.ts is made of, on one request in the hands of the office. */
import { type FollowUpKind, usualMinutes } from '../core/followup.ts'
import type { Language } from '../core/language.ts'
import type { NeedResult } from '../core/need.ts'
import { needResults } from '../core/need.ts'
import type { Outcome, Request } from '../core/request.ts'
import * as rules from '../core/request-rules.ts'
import type { Agenda } from './agenda.ts'
import { attemptNotes } from './answered.ts'
import type { Cast, DemoStaff } from './cast.ts'
import type { Dice } from './dice.ts'
import { careless } from './hand.ts'
import type { DemoPerson } from './people.ts'
import type { Plot } from './plan.ts'
import { dayLength, hour, minute } from './rhythm.ts'
import type { Lines } from './said-needs.ts'
import * as stage from './stage.ts'
import { requestOf as readRequest } from './standing.ts'

export type Care = {
  readonly stage: stage.Stage
  readonly agenda: Agenda
  readonly cast: Cast
  readonly request: string
  readonly person: DemoPerson
  /** What the person came with, where the request is theirs to tell; absent for what the conversation opened besides. */
  readonly plot: Plot | undefined
  readonly dice: Dice
}

/** A moment in office hours, at least so long after. */
export function working({ stage: { town }, dice }: Care, from: Date, wait: number): Date {
  const { calendar } = town
  const at = new Date(from.getTime() + wait)
  if (calendar.isOpen(at)) return at
  return new Date(calendar.opensAt(at).getTime() + dice.below(100) * minute + dice.below(60) * 1000)
}

/** The same moment, or the next morning when people sleep. */
export function daytime(at: Date, dice: Dice): Date {
  const hourOf = at.getUTCHours()
  if (hourOf >= 6 && hourOf < 22) return at
  const morning = Math.floor((at.getTime() + (hourOf >= 22 ? dayLength : 0)) / dayLength) * dayLength
  return new Date(morning + 6 * hour + dice.below(180) * minute)
}

export function acts(care: Care, at: Date, staff: DemoStaff, deed: stage.Deed): void {
  stage.acts(care.stage, at, staff, care.request, deed)
}

export function requestOf(care: Care): Request {
  return readRequest(care.stage.ledger, care.request)
}

/** Who of those that see it would take it: the owner of the case, somebody of the same office, anybody. */
export function takerOf(care: Care): DemoStaff {
  const { cast, dice, person } = care
  const it = requestOf(care)
  const queue = cast.staff.filter((one) => one.queues.includes(it.queue) && maySee(care, it, one))
  if (person.caseFile && queue.includes(person.caseFile.owner) && dice.chance(80))
    return person.caseFile.owner
  const doers = queue.filter(({ roles }) => !roles.includes('supervisor'))
  const here = doers.filter(({ office }) => office === person.office)
  const among = [here, doers, queue].find((group) => group.length > 0)
  if (!among) throw new Error(`nobody sits in the queue ${it.queue}`)
  return dice.pick(among)
}

function maySee({ stage: { ledger } }: Care, it: Request, { id, office }: DemoStaff): boolean {
  if (it.visibility === 'sealed') return ledger.row('request_holder', `${it.id}/${id}`) !== undefined
  return it.visibility !== 'open' || (it.office ?? office.id) === office.id
}

/** The owner, or whoever takes it now. */
export function ownerOf(care: Care): DemoStaff {
  const { owner } = requestOf(care)
  return care.cast.staff.find(({ id }) => id === owner) ?? takerOf(care)
}

/** Writes one of these lines in the person's language; with `waiting` the person owes the next word. */
export function writes(care: Care, at: Date, lines: Lines, then: 'answered' | 'waiting' = 'answered'): void {
  const { dice, person } = care
  const staff = ownerOf(care)
  const text = dice
    .pick(lines[person.language])
    .replaceAll(
      '{day}',
      dayInDigits(working(care, at, dice.between(1, 5) * dayLength), person.language, dice),
    )
    .replaceAll('{place}', person.placeName)
  acts(care, at, staff, (it, message) => ({
    happenings: rules.answer(it, staff.id, message),
    text,
    changes: then === 'waiting' ? [{ update: 'request', id: it.id, plain: { state: 'waiting' } }] : [],
  }))
}

/** Weekday, date and hour in digits, never a night word (domain notes 5.4). */
function dayInDigits(day: Date, language: Language, dice: Dice): string {
  const weekday = weekdays[language][day.getUTCDay()]
  const date = `${day.getUTCDate()}/${day.getUTCMonth() + 1}`
  return `${weekday} ${date} ${hourWords[language]} ${dice.between(9, day.getUTCDay() === 5 ? 11 : 15)}:00`
}

const weekdays: Lines = {
  fr: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  bm: ['kari', 'ntɛnɛ', 'tarata', 'araba', 'alamisa', 'juma', 'sibiri'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}
const hourWords = { fr: 'à', bm: 'nɛgɛ kanɲɛ', en: 'at' } as const

/** A call or a visit, noted with how it went. */
export function tries(care: Care, at: Date, how: 'reached' | 'missed'): void {
  const { dice } = care
  // Nobody is visited at night.
  const way = care.stage.town.calendar.isOpen(at) ? dice.weigh({ call: 86, visit: 14 }) : 'call'
  const note = dice.pick(attemptNotes[how])
  const attempt = { id: care.stage.id(at), way, reached: how === 'reached', note }
  acts(care, at, ownerOf(care), (it) => ({ happenings: rules.attemptContact(it, attempt) }))
}

/** The person says something in this request. */
export function says(care: Care, at: Date, lines: Lines): void {
  const { dice, person, request } = care
  const text = careless(dice.pick(lines[person.language]), person.language, dice)
  stage.joins(care.stage, at, person.address, { kind: 'text', text }, request)
}

/** What a closed need comes to, by how the request ends. */
export function needResultOf(outcome: Outcome): NeedResult | undefined {
  return needResults.find((result) => result === outcome)
}

/** Times are agreed on the half hour. */
function onHalfHour(at: Date): Date {
  return new Date(at.getTime() - (at.getTime() % (30 * 60_000)))
}

/** The follow-up that was asked for, brought to where the request stands. */
export function moveFollowUp(care: Care, at: Date, state: 'proposed' | 'agreed' | 'settled'): void {
  const { request, dice, person } = care
  const row = care.stage.ledger.by('follow_up', request)[0]
  if (!row) return
  if (state === 'settled') {
    const ended =
      row.plain['state'] === 'asked' ? 'cancelled' : dice.weigh({ done: 80, missed: 12, cancelled: 8 })
    row.plain['state'] = ended
    return
  }
  const kind = row.plain['kind'] ?? dice.weigh({ visit: 5, call: 3, meeting: 3 })
  const soon = () => working(care, at, dice.between(1, 6) * dayLength)
  // Whose it is already: nobody new is drawn for it.
  const staff = requestOf(care).owner ?? person.caseFile?.owner.id ?? null
  Object.assign(row.plain, {
    ...{ state, kind, minutes: usualMinutes[kind as FollowUpKind], staff_id: staff, country: 'ML' },
    office_id: kind === 'meeting' ? person.office.id : null,
    at: row.plain['at'] ?? onHalfHour(soon()),
  })
}
