/** One input from beginning to end: what comes before what, and what remains of the session afterwards. */
import type { Happening } from '../core/event.ts'
import type { Language } from '../core/language.ts'
import { lockState } from '../core/lock.ts'
import type { World } from '../world.ts'
import { noteHabit } from './aloud.ts'
import { isPrompted, promptAfterKnock, promptFollowUp, proposeAgain } from './appointment.ts'
import { checkInAfterWord, isCheckInDue, promptCheckIn } from './check-in-prompt.ts'
import { nothingOfTheirs, onCode } from './code.ts'
import { onDispute } from './dispute.ts'
import { keepText } from './idle.ts'
import type { Input } from './input.ts'
import { known } from './known.ts'
import { lateAfter, listOfItsTime, tellAge } from './late.ts'
import { onHeard } from './listen.ts'
import { onButton } from './lists.ts'
import { askAfterWord, isLoopDue, promptLoop } from './loop.ts'
import { onPast } from './past.ts'
import { afterLeaving, afterPause, askWhoSpeaks, onTimer } from './pause.ts'
import { accept, isSubstantial } from './question.ts'
import { leaveSettled, promptReferral, promptReferralAfterKnock } from './referral-prompt.ts'
import { run } from './run.ts'
import { onContact, onFile, onLocation, onUnreadable, onVoice } from './sent.ts'
import { sentences } from './sentences.ts'
import type { Session, Situation } from './session.ts'
import { enterFlow, leaveAll } from './stack.ts'
import { onRevoke } from './taken-back.ts'
import { hear, isNumber, onDanger, onText } from './text.ts'
import { onUniversal, toMenu } from './universal.ts'
import {
  type Draft,
  isQuiet,
  longPause,
  openQuestion,
  type Parts,
  placeOf,
  speak,
  staleAfter,
  tell,
  type Walk,
} from './walk.ts'
import { needsWelcome, welcomeText, welcomeThing, welcomeVoice } from './welcome.ts'

/** What is left of one input: the session and what happened. */
type Left = { readonly session: Session; readonly happenings: readonly Happening[] }

/** The whole of `respond` (engine.ts). */
export function handle(
  parts: Parts,
  session: Session | undefined,
  input: Input,
  situation: Situation,
  world: World,
): Left {
  const walk = begin(parts, session, input, situation, world)
  const sound =
    session === undefined || (session.v === 1 && session.stack.every((frame) => placeOf(walk, frame)))
  if (session && input.kind === 'silence') {
    const waited = session.wakeAt !== undefined && session.wakeAt <= walk.now
    const due = isPrompted(situation) || isLoopDue(situation) || isCheckInDue(situation)
    if (!waited && !due) return { session, happenings: [] }
    if (!sound) return { session: { ...session, wakeAt: undefined }, happenings: [] }
  }
  if (input.kind === 'edit') {
    tell(walk, { type: 'message_edited', message: input.message, original: input.original })
  }
  if (input.kind === 'silence') onPassing(walk, session)
  else if (input.kind === 'heard') onHeard(walk, input)
  else if (input.kind === 'revoke') onRevoke(walk, input.original)
  else if (sound) hearOut(walk)
  else restart(walk)
  settleHeld(walk)
  if ('message' in input && input.kind !== 'heard') onKnown(walk)
  return walk.tooFar ? tooFar(walk, session) : { session: walk.session, happenings: walk.happenings }
}

/** What waited until it was known who speaks. */
function onKnown(walk: Walk): void {
  promptAfterKnock(walk)
  proposeAgain(walk)
  promptReferralAfterKnock(walk)
  askAfterWord(walk)
  checkInAfterWord(walk)
}

/** What the conversation has waited for, and what is to be said of a follow-up or a referral. */
function onPassing(walk: Walk, session: Session | undefined): void {
  if (session?.wakeAt !== undefined && session.wakeAt <= walk.now) onTimer(walk)
  promptFollowUp(walk)
  promptReferral(walk)
  promptLoop(walk)
  promptCheckIn(walk)
}

function hearOut(walk: Walk): void {
  const { input } = walk
  noteHabit(walk.session, input)
  const text = 'text' in input ? input.text : undefined
  if (text !== undefined && onDanger(walk, text)) return
  if (input.kind === 'edit') {
    readAgain(walk, input)
    return
  }
  if (text !== undefined && onDispute(walk, text)) return
  afterPause(walk)
  if (onCode(walk)) return
  if (!isQuiet(walk)) tellAge(walk)
  if (needsWelcome(walk)) {
    if (text !== undefined) welcomeText(walk, text)
    else if (isSpoken(input)) welcomeVoice(walk)
    else welcomeThing(walk)
    return
  }
  if (afterLeaving(walk)) return
  if (askWhoSpeaks(walk, text)) return
  if (onPast(walk)) return
  if (walk.pause > longPause && greetsAgain(walk, text)) return
  leaveSettled(walk)
  read(walk, input)
}

/** A mere greeting after a long pause needs no menu where something of ours waits. */
function greetsAgain(walk: Walk, text: string | undefined): boolean {
  return text !== undefined && hear(walk, text, undefined).is === 'greeting' && proposeAgain(walk)
}

function read(walk: Walk, input: Input): void {
  const step = openQuestion(walk)
  // Asked by the way: a voice note is a matter of its own.
  if (step?.aside && input.kind !== 'text' && input.kind !== 'choice') accept(walk, step, { is: 'nothing' })
  switch (input.kind) {
    case 'text':
      onText(walk, input.text, input.quotesList ?? listOfItsTime(walk))
      break
    case 'choice':
      onButton(walk, input.list, input.number)
      break
    case 'voice':
      onVoice(walk, input.message)
      break
    case 'file':
      readFile(walk, input)
      break
    case 'location':
      onLocation(walk, input)
      break
    case 'contact':
      onContact(walk, input)
      break
    case 'unsupported':
      onUnreadable(walk)
      break
    case 'edit':
    case 'revoke':
    case 'heard':
    case 'silence':
      break
    default:
      input satisfies never
  }
}

/** What was corrected is read again while the question that it did not answer is still open; else it is on record. */
function readAgain(walk: Walk, { original, text }: Input & { readonly kind: 'edit' }): void {
  if (text === undefined || original === undefined || walk.session.unread !== original) return
  if (openQuestion(walk)) onText(walk, text)
}

function readFile(walk: Walk, input: Input & { readonly kind: 'file' }): void {
  if (input.text !== undefined && input.text.trim() !== '') onText(walk, input.text)
  else if (isSpoken(input)) onVoice(walk, input.message)
  else onFile(walk, input.message)
}

/** A recording sent as a file is a voice note. */
function isSpoken(input: Input): boolean {
  return (
    input.kind === 'voice' || (input.kind === 'file' && (input.file === 'audio' || input.file === 'voice'))
  )
}

/** What was said before it was known who speaks is read now, and nothing of it is taken for an answer. */
function settleHeld(walk: Walk): void {
  const { held, stack } = walk.session
  if (!held || stack.some(({ flow }) => flow === known.speaker)) return
  walk.session.held = undefined
  walk.about = held.message
  if (needsWelcome(walk)) welcomeText(walk, held.text)
  else if (openQuestion(walk)) {
    if (isSubstantial(held.text)) keepText(walk, held.text)
  } else {
    onText(walk, held.text)
  }
}

/** Begins again where a conversation cannot go on; what is said now is not lost. */
function restart(walk: Walk): void {
  const { input, session } = walk
  const text = 'text' in input ? input.text : undefined
  const began = session.stack[0]?.flow
  leaveAll(walk, 'restarted')
  if (text !== undefined && onDanger(walk, text)) return
  if (input.kind === 'edit') return
  speak(walk, sentences.restart)
  if (isSpoken(input) || input.kind === 'file') {
    read(walk, input)
    return
  }
  const heard = text === undefined ? undefined : hear(walk, text, undefined)
  if (heard?.is === 'universal') {
    onUniversal(walk, heard.word)
    return
  }
  if (text !== undefined && isSubstantial(text) && !isNumber(walk, text)) keepText(walk, text)
  if (began !== undefined && began !== known.danger && enterFlow(walk, began)) run(walk)
  else toMenu(walk)
}

/** A loop in a flow file: what stood before the first step stands, the rest is forgotten and said to begin again. */
function tooFar(walk: Walk, before: Session | undefined): Left {
  const happenings = walk.happenings.slice(0, walk.mark)
  const { session } = walk
  walk.happenings.length = 0
  const told = new Set<string>()
  for (const { flow } of [...session.stack, ...(before?.stack ?? [])]) {
    if (!told.has(flow)) tell(walk, { type: 'flow_ended', flow, how: 'restarted' })
    told.add(flow)
  }
  session.stack = []
  speak(walk, sentences.restart)
  const kept = { ...session, open: false, doubt: undefined, wakeAt: undefined, tries: 0, held: undefined }
  return { session: kept, happenings: [...happenings, ...walk.happenings] }
}

function begin(
  parts: Parts,
  session: Session | undefined,
  input: Input,
  situation: Situation,
  world: World,
): Walk {
  const now = situation.now.getTime()
  const draft = draftOf(session, now)
  const asked = Math.max(session?.heardAt ?? 0, draft.shown.at(-1)?.at ?? 0)
  const says = input.kind !== 'silence' && input.kind !== 'heard'
  const sentAt = says ? Math.min(now, input.sentAt.getTime()) : now
  const shown = beforeCode(situation)
  const language = situation.language ?? draft.spoken ?? guess(parts, input) ?? 'fr'
  if (!situation.language && says) draft.spoken = language
  if (says) draft.heardAt = now
  return {
    parts,
    ...shown,
    world,
    input,
    now,
    session: draft,
    happenings: [],
    language,
    steps: 0,
    mark: undefined,
    tooFar: false,
    pause: session === undefined ? 0 : now - session.heardAt,
    // What was written before the list that stands there now was not meant for it.
    stale: draft.open && (sentAt - asked > staleAfter || isOlderThanList(draft, sentAt, now)),
    about: undefined,
    help: false,
    recall: false,
  }
}

function isOlderThanList({ shown }: Draft, sentAt: number, now: number): boolean {
  return now - sentAt > lateAfter && (shown.at(-1)?.at ?? 0) > sentAt
}

/** Behind a code nothing is there that could be told: not by any flow, whatever it says. */
function beforeCode(situation: Situation): Pick<Walk, 'situation' | 'kept'> {
  const state = lockState(situation.lock, situation.now)
  if (state === 'none' || state === 'open') return { situation, kept: undefined }
  const { requests, followUps, loops, referrals, checkIn, campaign } = situation
  const kept = { requests, followUps, loops, referrals, checkIn, campaign }
  return { situation: { ...situation, ...nothingOfTheirs }, kept }
}

/** A session of another version is not read: nothing in it is sure to mean what it says. */
function draftOf(session: Session | undefined, now: number): Draft {
  if (session?.v === 1) return { ...session }
  return { v: 1, stack: [], open: false, tries: 0, shown: [], lists: 0, heardAt: now, greeted: false }
}

function guess(parts: Parts, input: Input): Language | undefined {
  if (input.kind !== 'text') return undefined
  const language = parts.vocabulary.guessLanguage(input.text)
  return language === 'other' ? undefined : language
}
