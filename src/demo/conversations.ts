/** People come with what is on their mind and talk until it is said, or until they leave. */
import type { Happening } from '../core/event.ts'
import { asksForMenu, begins, type Part, replies, thanksFor } from './actor.ts'
import type { Agenda } from './agenda.ts'
import type { Care } from './care.ts'
import type { Cast } from './cast.ts'
import type { Dice } from './dice.ts'
import { takeCareOf } from './life.ts'
import type { Plot } from './plan.ts'
import { registerSoon } from './register.ts'
import { hour, minute } from './rhythm.ts'
import { photo, type Said, type Saying } from './sent-files.ts'
import { blocks, hears, type Stage, speaking, wakes } from './stage.ts'

export type Theatre = {
  readonly stage: Stage
  readonly agenda: Agenda
  readonly cast: Cast
  readonly dice: Dice
}

/** One matter being brought. */
type Talk = Theatre &
  Part & {
    turns: number
    menus: number
    /** What they came for stands in a record. */
    done: boolean
    /** The message with their own words, for a correction. */
    corrects?: { readonly id: string; readonly text: string }
  }

const turnsAtMost = 16

/** Puts the conversation of a plot on the agenda. */
export function comeWith(theatre: Theatre, plot: Plot): void {
  const { agenda, stage, dice } = theatre
  const own = dice.fork(`plot of ${plot.person.n} at ${plot.at.toISOString()}`)
  const talk: Talk = {
    ...theatre,
    plot,
    dice: own,
    id: stage.id,
    said: false,
    turns: 0,
    menus: 0,
    done: false,
  }
  agenda.at(plot.at, (at) => {
    if (plot.what === 'stop' && plot.person.stops === 'blocks') blocks(stage, at, plot.person.address)
    else say(talk, at, lateSometimes(talk, at, begins(talk, at)))
  })
}

/** A message that waited for the network keeps the moment at which it was sent. */
function lateSometimes({ dice, plot }: Talk, at: Date, saying: Saying): Said {
  const first = plot.at.getTime() === plot.person.arrivedAt.getTime()
  if (first || !dice.chance(2)) return saying
  return { ...saying, sentAt: new Date(at.getTime() - dice.between(2, 40) * hour) }
}

function say(talk: Talk, at: Date, saying: Said): void {
  const { stage, plot } = talk
  const { address } = plot.person
  talk.turns += 1
  const happenings = hears(stage, at, address, saying)
  if (
    !talk.corrects &&
    talk.said &&
    plot.what === 'request' &&
    plot.way === 'menu' &&
    saying.content.kind === 'text'
  ) {
    const seq = stage.ledger.get('address', address.id).plain['last_seq']
    talk.corrects = { id: `demo-${address.external}-${String(seq)}`, text: saying.content.text }
  }
  react(talk, at, happenings)
  goOn(talk, at)
}

/** What the office and the clock make of what happened. */
function react(talk: Talk, at: Date, happenings: readonly Happening[]): void {
  const { plot, stage } = talk
  for (const it of happenings) {
    if (it.type === 'request_opened') handToOffice(talk, at, it.request, it.kind)
    if (it.type === 'feedback_recorded' || it.type === 'messages_stopped') talk.done = true
    if (it.type === 'consent_recorded' && it.item === 'keep_data' && it.answer === 'given') {
      const { person } = speaking(stage, plot.person.address)
      if (person) registerSoon(talk, at, plot.person, person)
    }
  }
  watchTimer(talk)
}

/** What was opened besides (a check of identity) is somebody's work too, but not what the person came for. */
function handToOffice(talk: Talk, at: Date, request: string, kind: string): void {
  const { stage, agenda, cast, dice, plot } = talk
  const theirs = plot.what === 'request' && !talk.done && kind !== 'request.identity'
  if (theirs || kind !== 'request.identity') talk.done = true
  const own = dice.fork(`request ${request}`)
  const care: Care = {
    stage,
    agenda,
    cast,
    request,
    person: plot.person,
    plot: theirs ? plot : undefined,
    dice: own,
  }
  takeCareOf(care, at)
}

/** A silence that the conversation wants to hear of. */
function watchTimer({ stage, agenda, plot }: Talk): void {
  const { address } = plot.person
  const wakeAt = speaking(stage, address).session?.wakeAt
  if (wakeAt === undefined) return
  agenda.at(new Date(wakeAt), (at) => {
    if (speaking(stage, address).session?.wakeAt === wakeAt) wakes(stage, at, address)
  })
}

/** The next thing they say, a while later. */
function goOn(talk: Talk, at: Date): void {
  const { agenda, dice } = talk
  if (talk.turns >= turnsAtMost) return
  const next = new Date(at.getTime() + typing(dice))
  const answer = (saying: (at: Date) => Saying | undefined) =>
    agenda.at(next, (then) => {
      const words = saying(then)
      if (words) say(talk, then, words)
    })
  const { session } = speaking(talk.stage, talk.plot.person.address)
  if (session?.open && staysFor(talk)) {
    // Asked when it is answered: between the two something else may have been said.
    answer((then) => {
      const open = speaking(talk.stage, talk.plot.person.address).session
      return open && replies(talk, open, talk.stage.book, then)
    })
  } else if (!session?.open && !talk.done && talk.menus < 3) {
    talk.menus += 1
    answer(() => asksForMenu(talk))
  } else if (talk.done) {
    leave(talk, answer)
  }
}

/** Once their matter is known, people answer what is asked besides, or put the phone away. */
function staysFor({ plot, done, dice }: Talk): boolean {
  return !done || plot.person.shares || plot.person.minor || dice.chance(68)
}

function leave(talk: Talk, answer: (saying: (at: Date) => Saying | undefined) => void): void {
  talk.turns = turnsAtMost
  const last = lastWord(talk)
  if (last) answer(last)
}

/** A photo, a correction, a sticker or thanks; most say nothing more. */
function lastWord(talk: Talk): ((at: Date) => Said) | undefined {
  const { dice, plot, corrects } = talk
  const shows = plot.what === 'request' && (plot.category === 'work' || plot.kind === 'complaint.service')
  if (shows && dice.chance(26)) return (at) => photo(talk.id(at), dice)
  if (corrects && dice.chance(5)) {
    const text = `${corrects.text} (${correction[plot.person.language]})`
    return () => ({ content: { kind: 'text', text }, edits: corrects.id })
  }
  if (dice.chance(1.5)) return () => ({ content: { kind: 'unsupported', theirs: 'sticker' } })
  return dice.chance(18) ? () => thanksFor(talk) : undefined
}

const correction = { fr: 'corrigé', bm: 'tiɲɛ', en: 'corrected' } as const

/** Mostly a minute, sometimes an hour without network. */
function typing(dice: Dice): number {
  return dice.chance(96) ? dice.between(12, 170) * 1000 : dice.between(20, 65) * minute
}
