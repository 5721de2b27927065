/**
 * What was said long before it reached us: a phone without credit, an outage. It is answered with its age in mind, and a
 * choice in it is one of the list that stood there then, not of the list that came since.
 */
import { sentences } from './sentences.ts'
import { showDay, speak, type Walk } from './walk.ts'

/** Sooner than this nobody wonders what the answer is to. */
export const lateAfter = 6 * 3_600_000
const hour = 3_600_000
const day = 24 * hour

/** When it was said, if that is long ago. */
export function lateSince({ input, now }: Pick<Walk, 'input' | 'now'>): number | undefined {
  if (!('sentAt' in input) || input.kind === 'edit') return undefined
  const sentAt = input.sentAt.getTime()
  return now - sentAt > lateAfter ? sentAt : undefined
}

/** Says when it was written; once for what was written on one day and comes together. */
export function tellAge(walk: Walk): void {
  const { session, now } = walk
  const since = lateSince(walk)
  if (since === undefined) return
  const at = new Date(since)
  const written = showDay(at)
  const told = session.late?.day === written && now - session.late.at < hour
  session.late = { day: written, at: now }
  if (told) return
  if (written === showDay(new Date(now))) {
    speak(walk, sentences.lateToday, { time: at.toISOString().slice(11, 16) })
  } else if (now - since < 6 * day) {
    const weekday = walk.parts.label(`late.day_${((at.getUTCDay() + 6) % 7) + 1}`, walk.language)
    speak(walk, sentences.late, { day: weekday ?? written })
  } else speak(walk, sentences.lateDate, { date: written })
}

/** The last list that stood there when a late text was written; undefined for any other. */
export function listOfItsTime(walk: Walk): string | undefined {
  const since = lateSince(walk)
  return since === undefined ? undefined : walk.session.shown.findLast(({ at }) => at <= since)?.list
}
