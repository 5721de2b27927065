/**
 * One input's way through the flows: the draft of the session, what has happened so far, and the few acts that every
 * step is made of. A walk lives as long as one call of `respond` and is never shared.
 */
import type { Happening } from '../core/event.ts'
import type { Language } from '../core/language.ts'
import { lockState } from '../core/lock.ts'
import type { Say } from '../core/message.ts'
import { showReference } from '../core/reference.ts'
import type { World } from '../world.ts'
import { sayAloud, type Voices } from './aloud.ts'
import type { Expected } from './answer/heard.ts'
import type { Vocabulary } from './answer/vocabulary.ts'
import { appointmentVars } from './appointment-words.ts'
import type { Ask, Flow, FlowBook, StepKind, StepOf } from './definition.ts'
import type { Input } from './input.ts'
import { referralVars } from './referral-words.ts'
import { sentences } from './sentences.ts'
import type { Answer, Frame, Session, Situation } from './session.ts'

/** After this a question is asked again before anything is read as its answer (S21). */
export const staleAfter = 12 * 3_600_000

/** After so long a conversation begins anew. */
export const longPause = 7 * 86_400_000

export type Vars = Readonly<Record<string, string | number>>

/** What all walks of an engine share. */
export type Parts = {
  readonly book: FlowBook
  readonly vocabulary: Vocabulary
  readonly label: (text: string, language: Language) => string | undefined
  readonly wording: (text: string, language: Language) => string
  /** What a question expects to hear; the same object for the same question. */
  readonly expected: (step: Ask) => Expected
  /** The locale key of a code that a choice of this flow keeps under a name. */
  readonly labelKey: (flow: Flow, keep: string, value: string) => string | undefined
  /** The recordings of sentences; absent: there are none. */
  readonly voices?: Voices
  /** Whether a flow may talk in a language: the office may ask that its sentences were reviewed, or recorded. */
  readonly published?: (flow: string, language: Language) => boolean
}

export type Draft = { -readonly [K in keyof Session]: Session[K] }

export type Walk = {
  readonly parts: Parts
  /** As the turn loaded it, and as the steps of this walk change it. */
  situation: Situation
  /** What a code keeps from whoever speaks, until it is given. */
  kept: Pick<Situation, 'requests' | 'followUps' | 'loops' | 'referrals' | 'checkIn' | 'campaign'> | undefined
  readonly world: World
  readonly input: Input
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly session: Draft
  readonly happenings: Happening[]
  language: Language
  /** Steps taken so far; more than a hundred is a loop. */
  steps: number
  /** How many happenings there were before the first step: those stand even when the steps turn out to be a loop. */
  mark: number | undefined
  tooFar: boolean
  /** Milliseconds since the person wrote before; 0 at the very first. */
  readonly pause: number
  /** The open question was asked more than twelve hours ago: nobody sees it any more. */
  readonly stale: boolean
  /** The message that is being answered, when it is one that was held back. */
  about: string | undefined
  /** Help was asked: the question that is asked next says its help first. */
  help: boolean
  /** The question that is asked next was left a while ago: it is recalled in one line. */
  recall: boolean
}

/** A step with its kind, so that a `switch` over the kind knows the shape. */
export type Placed = { [K in StepKind]: { readonly kind: K; readonly step: StepOf<K> } }[StepKind]

export function tell(walk: Walk, happening: Happening): void {
  walk.happenings.push(happening)
}

/**
 * Says one sentence, in the language of the walk unless another is named, with the choices of a list if it has one. Before
 * it goes its recording, to whoever is answered by voice.
 */
export function speak(
  walk: Walk,
  text: string,
  more: Vars = {},
  how: Pick<Say, 'choices' | 'list'> & { readonly language?: Language } = {},
): void {
  const language = tongueOf(walk)
  if (language !== walk.language) tellFrench(walk)
  utter(walk, { text, vars: withCount({ ...varsOf(walk), ...more }), language, ...how })
}

/** The language in which the talking flow is said: that of the walk, or French where it is not ready to be used. */
export function tongueOf(walk: Walk): Language {
  const flow = top(walk)?.flow
  const ready = flow === undefined || (walk.parts.published?.(flow, walk.language) ?? true)
  return ready ? walk.language : 'fr'
}

/** Nobody wonders why the language changed: they are told once, in theirs. */
function tellFrench(walk: Walk): void {
  const flow = top(walk)?.flow
  if (walk.session.toldFrench === flow) return
  walk.session.toldFrench = flow
  utter(walk, { text: sentences.inFrench, language: walk.language })
}

function utter(walk: Walk, say: Say): void {
  const { situation, parts, session } = walk
  const { shared, voiceNotes, voiceBudget } = situation
  // What a listener heard was said a while ago.
  const unasked = walk.input.kind === 'silence' || walk.input.kind === 'heard'
  const ear = { shared, voiceNotes, voiceBudget, unasked, sensitive: isSensitive(walk), now: walk.now }
  for (const it of sayAloud(parts.voices, session, ear, say)) {
    tell(walk, { type: 'message_created', message: walk.world.id(), say: it })
  }
}

export function top(walk: Walk): Frame | undefined {
  return walk.session.stack.at(-1)
}

/** Puts another state of the talking frame in its place. */
export function replaceTop(walk: Walk, frame: Frame): void {
  walk.session.stack = [...walk.session.stack.slice(0, -1), frame]
}

/** The flow of a frame in the version in which the frame began. */
export function flowOf(walk: Walk, frame: Frame): Flow | undefined {
  return walk.parts.book.version(frame.hash)
}

/** The step at which a frame stands; undefined when its flow or the step is gone. */
export function placeOf(walk: Walk, frame: Frame): Placed | undefined {
  const flow = flowOf(walk, frame)
  const place = flow?.index.get(frame.step)
  if (flow === undefined || place === undefined) return undefined
  // Both lists come from one reading of the file (read.ts), so the kind is the step's.
  return { kind: flow.kinds[place], step: flow.steps[place] } as Placed
}

/** The question that waits for an answer, if one does. */
export function openQuestion(walk: Walk): Ask | undefined {
  const frame = walk.session.open ? top(walk) : undefined
  const placed = frame && placeOf(walk, frame)
  return placed?.kind === 'ask' ? placed.step : undefined
}

/** Where the chain of flows that entered each other and ends in the talking one begins in the stack. */
export function chainStart(walk: Walk): number {
  const { stack } = walk.session
  let start = Math.max(0, stack.length - 1)
  while (start > 0 && hasEntered(walk, stack[start - 1])) start -= 1
  return start
}

/** Whether a frame was left at a step of this kind; a step not begun does not count. */
export function stands(walk: Walk, frame: Frame | undefined, kind: StepKind): boolean {
  return frame !== undefined && frame.fresh !== true && placeOf(walk, frame)?.kind === kind
}

/** Whether a frame stands where it has entered the flow above it, to which it will go on when that ends. */
export function hasEntered(walk: Walk, frame: Frame | undefined): boolean {
  return stands(walk, frame, 'enter') || stands(walk, frame, 'follow_wish')
}

/** The request that the conversation is about: that of the talking flow or of one that entered it. */
export function requestInHand(
  walk: Walk,
): { readonly request: string; readonly reference?: string; readonly days?: number } | undefined {
  const chain = walk.session.stack.slice(chainStart(walk))
  const holder = chain.findLast((frame) => frame.request !== undefined)
  return holder?.request === undefined
    ? undefined
    : { request: holder.request, reference: holder.reference, days: holder.days }
}

/** Whether the talking flow is one that echoes nothing. */
export function isSensitive(walk: Walk): boolean {
  const frame = top(walk)
  return frame !== undefined && flowOf(walk, frame)?.sensitive === true
}

/** Nothing of theirs is told here before their code. */
export function isLocked({ situation }: Walk): boolean {
  return lockState(situation.lock, situation.now) === 'shut'
}

/** For a day after suicidal words there is no menu, only help and a person. */
export function isQuiet(walk: Walk): boolean {
  return (walk.session.quietUntil ?? 0) > walk.now
}

/** The row of the message that is being answered; undefined for the passing of time. */
export function messageOf(walk: Walk): string | undefined {
  const { input } = walk
  // What a listener heard was said before, and lies where it was laid.
  return walk.about ?? (input.kind === 'silence' || input.kind === 'heard' ? undefined : input.message)
}

/** An answer in the words of the message that is being answered. */
export function inWords(walk: Walk, value: string): Answer {
  const message = messageOf(walk)
  return { is: 'text', value, ...(message === undefined ? {} : { message }) }
}

/** Sentences with days have plural forms, which the locales choose by {count}. */
function withCount(vars: Vars): Vars {
  const { n } = vars
  return n === undefined || vars['count'] !== undefined ? vars : { ...vars, count: n }
}

function varsOf(walk: Walk): Vars {
  const { situation } = walk
  const vars: Record<string, string | number> = {}
  const frame = top(walk)
  const flow = frame && flowOf(walk, frame)
  if (frame && flow && !flow.sensitive) {
    for (const [name, answer] of Object.entries(frame.answers)) {
      const shown = showAnswer(walk, flow, name, answer)
      if (shown !== undefined) vars[name] = shown
    }
  }
  const held = requestInHand(walk)
  if (held?.reference !== undefined) vars['ref'] = showReference(held.reference)
  if (held?.days !== undefined) vars['n'] = held.days
  if (!situation.office.open) {
    vars['day'] = showDay(situation.office.opensAt)
    vars['time'] = situation.office.opensAt.toISOString().slice(11, 16)
  }
  if (situation.emergencyNumber !== undefined) vars['number'] = situation.emergencyNumber
  if (situation.office.place !== undefined) vars['place'] = situation.office.place
  const label = (key: string) => walk.parts.label(key, tongueOf(walk))
  return {
    ...vars,
    ...appointmentVars(frame, situation.followUps ?? [], label),
    ...referralVars(frame, situation.referrals ?? [], label),
  }
}

/** A date in digits, as people in Mali write it; the office's zone is UTC all year. */
export function showDay(date: Date): string {
  const [year, month, day] = date.toISOString().slice(0, 10).split('-')
  return `${day}/${month}/${year}`
}

/** What may be said back: never a free text, except a name that was asked for as such. */
function showAnswer(walk: Walk, flow: Flow, name: string, answer: Answer): string | number | undefined {
  switch (answer.is) {
    case 'code': {
      const key = walk.parts.labelKey(flow, name, answer.value)
      return key && walk.parts.label(key, walk.language)
    }
    case 'place':
      return answer.value.said
    case 'date':
      return showDay(new Date(`${answer.value}T00:00:00Z`))
    case 'number':
    case 'phone':
      return answer.value
    case 'text':
      return name === 'name' ? answer.value : undefined
    case 'voice':
    case 'lines':
    case 'nothing':
      return undefined
    default:
      return answer satisfies never
  }
}
