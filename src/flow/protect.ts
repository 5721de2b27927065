/**
 * Danger before everything: a strong phrase opens the sealed or restricted request at once, leaves whatever was open and
 * enters the neutral script. What else was said and had reached nobody goes into that same request, not to intake.
 */
import { type Danger, requestOfDanger } from '../core/danger.ts'
import { showReference } from '../core/reference.ts'
import { kindOf } from '../core/request.ts'
import { known } from './known.ts'
import { isGuarded, join, type Opened, openRequest } from './opening.ts'
import { sentences } from './sentences.ts'
import { dropAll, enterFlow, wordsOf } from './stack.ts'
import { isQuiet, messageOf, speak, tell, top, type Walk } from './walk.ts'

const day = 86_400_000
/** So long no menu is shown to whoever spoke of dying (S13). */
export const quietMilliseconds = day

/** A strong danger: reported, opened or joined, and answered by the script. Steps are walked by the caller. */
export function protect(walk: Walk, danger: Danger, text?: string): void {
  const { session } = walk
  tell(walk, { type: 'danger_noticed', danger, flow: top(walk)?.flow })
  const opened = openGuarded(walk, danger, text)
  noteAge(walk, opened.request, text)
  if (danger.kind === 'suicide') session.quietUntil = walk.now + quietMilliseconds
  dropAll(walk)
  const given = { answers: { kind: { is: 'code', value: danger.kind } }, opened } as const
  const flow = danger.kind === 'child' && walk.parts.book.current(known.minor) ? known.minor : known.danger
  if (enterFlow(walk, flow, given)) return
  speak(walk, sentences.kept, { ref: showReference(opened.reference), n: opened.days })
}

/** An age that makes a child of somebody whom the file has as grown up, or does not know: staff see it and look. */
export function noteAge(walk: Walk, request: string, text: string | undefined): void {
  const years = text === undefined ? undefined : walk.parts.vocabulary.yearsSaid(text)
  if (years !== undefined && !walk.situation.minor) tell(walk, { type: 'age_said', request, years })
}

/** Somebody below eighteen: nothing more is asked but safety (S12). The walk goes on in the script. */
export function protectMinor(walk: Walk, years: number): void {
  if (!isGuardedIn(walk, 'child')) protect(walk, { kind: 'child', strength: 'strong' })
  const request = guardedRequest(walk)
  if (request !== undefined) tell(walk, { type: 'age_said', request, years })
}

/** More of a danger whose script is being talked through: it joins, and the script goes on. */
export function isGuardedIn(walk: Walk, kind: Danger['kind']): boolean {
  const script = top(walk)?.flow
  const same = walk.session.guarded?.kind === kind && guardedRequest(walk) !== undefined
  return same && (script === known.danger || script === known.minor)
}

/** Whether a message of now belongs to a matter of danger of the last day. */
export function guardedRequest(walk: Walk): string | undefined {
  const { guarded } = walk.session
  return guarded && walk.now - guarded.at <= day ? guarded.request : undefined
}

/**
 * Whoever asks for a person within a day of danger is led to the script of that day, and not to a queue that others read
 * and that has a term of days. Gives false at any other time.
 */
export function callGuarded(walk: Walk): boolean {
  const { guarded } = walk.session
  if (!guarded || !(isQuiet(walk) || isGuarded(walk))) return false
  const opened = joinGuarded(walk, { kind: guarded.kind, strength: 'strong' })
  if (!opened) return false
  const answers = { kind: { is: 'code', value: guarded.kind } } as const
  return enterFlow(walk, known.danger, { answers, opened })
}

/** Joins the matter of danger if this is more of the same kind within a day. */
export function joinGuarded(walk: Walk, danger: Danger): Opened | undefined {
  const { session } = walk
  const { guarded } = session
  if (!guarded || guarded.kind !== danger.kind || walk.now - guarded.at > day) return undefined
  if (messageOf(walk) !== undefined) join(walk, guarded.request)
  session.guarded = { ...guarded, at: walk.now }
  const kind = requestOfDanger[danger.kind]
  return { ...guarded, days: walk.situation.daysFor(kind, kindOf(kind).priority) }
}

function openGuarded(walk: Walk, danger: Danger, text: string | undefined): Opened {
  const joined = joinGuarded(walk, danger)
  if (joined) return joined
  const left = walk.session.stack.flatMap((frame) =>
    frame.request || frame.claimed ? [] : (wordsOf(walk, frame, 'left') ?? []),
  )
  const words = [...new Set([...left, ...(text === undefined ? [] : [text])])].join('\n')
  const kind = requestOfDanger[danger.kind]
  return openRequest(walk, { kind, cause: 'danger', danger, text: words === '' ? undefined : words })
}
