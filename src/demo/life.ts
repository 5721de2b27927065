/** What staff do with a request over the days: sort it, take it, answer, ask back, try to call, close. */
import { higher } from '../core/priority.ts'
import { mustBeReported, report } from '../core/reported.ts'
import type { Outcome } from '../core/request.ts'
import * as rules from '../core/request-rules.ts'
import * as words from './answered.ts'
import {
  acts,
  type Care,
  daytime,
  moveFollowUp,
  needResultOf,
  ownerOf,
  requestOf,
  says,
  takerOf,
  tries,
  working,
  writes,
} from './care.ts'
import { dayLength, hour, minute } from './rhythm.ts'

/** A request was opened at this moment; what follows is put on the agenda. */
export function takeCareOf(care: Care, openedAt: Date): void {
  const { agenda, dice, plot } = care
  const truth = plot?.what === 'request' ? plot.kind : undefined
  const heard = requestOf(care).kind
  // What was only heard or half understood is sorted by intake first.
  const unsorted = heard === 'unclear' || heard === 'request.info'
  if (truth === undefined || truth === heard || !unsorted) {
    takeInTime(care, openedAt)
    return
  }
  agenda.at(working(care, openedAt, dice.between(8, 100) * minute), (at) => {
    acts(care, at, takerOf(care), (it) => ({ happenings: rules.reclassify(it, truth) }))
    takeInTime(care, at)
  })
}

/** Somebody takes it on the way to the answer, so that at any moment part of the open work has an owner. */
function takeInTime(care: Care, from: Date): void {
  const { agenda, dice } = care
  const answerAt = answerMoment(care, from)
  const wait = ((answerAt.getTime() - from.getTime()) * dice.between(5, 60)) / 100
  const takeAt = requestOf(care).priority === 0 ? new Date(from.getTime() + wait) : working(care, from, wait)
  agenda.at(takeAt, (at) => begin(care, at, answerAt))
}

/** When somebody gets to it: mostly in time, now and then too late. */
function answerMoment(care: Care, from: Date): Date {
  const { dice } = care
  const { dueAt, priority } = requestOf(care)
  const term = Math.max(dueAt.getTime() - from.getTime(), 20 * minute)
  const when = dice.weigh({ early: 46, late: 40, over: 9, forgotten: 5 })
  const wait = {
    early: (term * dice.between(6, 50)) / 100,
    late: (term * dice.between(50, 96)) / 100,
    over: term + dice.between(2, 60) * hour,
    forgotten: term + dice.between(3, 10) * dayLength,
  }[priority === 0 && when !== 'early' ? 'late' : when]
  // Danger does not wait for the office to open: somebody is on duty.
  return priority === 0 ? new Date(from.getTime() + wait) : working(care, from, wait)
}

/** Taken; some are handed to another queue first. */
function begin(care: Care, at: Date, answerAt: Date): void {
  const { agenda, dice } = care
  const { state, visibility, queue } = requestOf(care)
  if (state === 'closed') return
  if (dice.chance(3) && visibility === 'open') {
    const reason = dice.pick(words.handOverReasons)
    const other = queue === 'needs' ? 'followup' : 'needs'
    acts(care, at, takerOf(care), (it) => ({ happenings: rules.handOver(it, { queue: other, reason }) }))
  }
  const staff = ownerOf(care)
  acts(care, at, staff, (it) => ({ happenings: it.owner ? [] : rules.take(it, staff.id) }))
  if (dice.chance(3) && visibility === 'open') {
    acts(care, at, staff, (it) => ({ happenings: rules.setPriority(it, higher(it.priority, 2)) }))
  }
  if (dice.chance(7)) {
    const note = dice.pick(words.notes)
    acts(care, at, staff, (it) => ({ happenings: rules.writeNote(it, note) }))
  }
  const soonest = at.getTime() + dice.between(2, 50) * minute
  const wait = Math.max(soonest, answerAt.getTime()) - at.getTime()
  const speakAt = requestOf(care).priority === 0 ? new Date(at.getTime() + wait) : working(care, at, wait)
  agenda.at(speakAt, (then) => speak(care, then))
}

/** The first word of staff: an answer, a question, or three calls that nobody takes. */
function speak(care: Care, at: Date): void {
  const { agenda, dice, person } = care
  const { kind, state } = requestOf(care)
  if (state === 'closed') return
  const grave = kind.startsWith('protection') || kind === 'security.threat'
  const silent = person.stops === 'all' || person.stops === 'blocks'
  if (silent || (!grave && dice.chance(7))) {
    missesThrice(care, at)
    return
  }
  if (grave || kind === 'request.person' || kind === 'request.identity') {
    tries(care, at, dice.chance(80) ? 'reached' : 'missed')
  }
  const full = words.answered[kind] ?? words.answeredPlainly
  if (!grave && dice.chance(22)) {
    writes(care, at, words.asked, 'waiting')
    moveFollowUp(care, at, 'proposed')
    waits(care, at)
    return
  }
  writes(care, at, dice.chance(30) && !grave ? words.acknowledged : full)
  moveFollowUp(care, at, dice.chance(60) ? 'agreed' : 'proposed')
  if (dice.chance(45)) {
    agenda.at(daytime(new Date(at.getTime() + dice.between(2, 300) * minute), dice), (then) => {
      if (requestOf(care).state !== 'closed') says(care, then, words.thanked)
    })
  }
  agenda.at(working(care, at, dice.between(3, 100) * hour), (then) => conclude(care, then))
}

/** The person owes the next word; most answer within a day or two. */
function waits(care: Care, at: Date): void {
  const { agenda, dice } = care
  if (!dice.chance(78)) {
    agenda.at(working(care, at, dice.between(9, 16) * dayLength), (then) => missesThrice(care, then))
    return
  }
  agenda.at(daytime(new Date(at.getTime() + dice.between(5, 40 * 60) * minute), dice), (then) => {
    says(care, then, words.replied)
    agenda.at(working(care, then, dice.between(1, 26) * hour), (answerAt) => {
      writes(care, answerAt, words.answered[requestOf(care).kind] ?? words.answeredPlainly)
      moveFollowUp(care, answerAt, 'agreed')
      agenda.at(working(care, answerAt, dice.between(3, 60) * hour), (end) => conclude(care, end))
    })
  })
}

/** Three tries on different days, then it is closed as unreachable (domain notes 1.8). */
function missesThrice(care: Care, at: Date): void {
  const { agenda, dice } = care
  tries(care, at, 'missed')
  agenda.at(working(care, at, dayLength + dice.between(0, 5) * hour), (second) => {
    tries(care, second, 'missed')
    agenda.at(working(care, second, 2 * dayLength + dice.between(0, 5) * hour), (third) => {
      tries(care, third, 'missed')
      agenda.at(working(care, third, dice.between(1, 20) * hour), (end) => conclude(care, end))
    })
  })
}

/** Staff close; now and then it is opened once more. */
function conclude(care: Care, at: Date): void {
  const { agenda, dice } = care
  const { kind, state, visibility, contactAttempted } = requestOf(care)
  if (state === 'closed') return
  const staff = ownerOf(care)
  if (kind === 'protection.suicide' && !contactAttempted) tries(care, at, 'reached')
  if (mustBeReported(kind)) {
    const said = { on: at.toISOString().slice(0, 10), reference: `DEMO-${dice.between(1000, 9999)}` }
    acts(care, at, staff, (it) => ({ happenings: report(it, said, at) }))
  }
  const outcome = outcomeOf(care)
  const note = dice.pick(words.closingNotes[outcome])
  const needResult = needResultOf(outcome)
  acts(care, at, staff, (it) => ({ happenings: rules.close(it, { outcome, needResult, note }) }))
  moveFollowUp(care, at, 'settled')
  if (!dice.chance(3) || visibility !== 'open') return
  agenda.at(working(care, at, dice.between(1, 6) * dayLength), (again) => {
    acts(care, again, staff, (it) => ({ happenings: rules.reopen(it) }))
    agenda.at(working(care, again, dice.between(4, 50) * hour), (end) => conclude(care, end))
  })
}

function outcomeOf(care: Care): Outcome {
  const { dice } = care
  const { kind, firstAnswerAt } = requestOf(care)
  if (mustBeReported(kind)) return 'reported'
  if (!firstAnswerAt) return 'unreachable'
  if (kind === 'out_of_scope') return 'out_of_scope'
  if (kind === 'request.need') return dice.weigh({ given: 34, referred: 38, refused: 24, unreachable: 4 })
  if (kind.startsWith('protection')) return dice.weigh({ referred: 7, answered: 3 })
  if (kind === 'complaint.eligibility') return dice.weigh({ answered: 6, refused: 4 })
  return dice.weigh({ answered: 95, duplicate: 5 })
}
