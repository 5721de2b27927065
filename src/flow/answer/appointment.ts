/**
 * What somebody says of a time that was proposed: that it will not do, that it should be moved, which day would do and which
 * would not. A day named without a no is wanted ("a tɛ se ka kɛ, juma"); with a no beside it, it is not ("pas vendredi").
 */
import type { Understanding } from './files.ts'
import { makePhrases, phraseAt, wordings } from './phrases.ts'
import type { Said } from './said.ts'

export type AboutAppointment = {
  /** It should be moved, said outside every question. */
  readonly change: boolean
  /** This time will not do. */
  readonly other: boolean
  /** The day that is wanted, 1 is Monday. */
  readonly only?: number
  readonly not: readonly number[]
}

export type ReadAppointment = (said: Said) => AboutAppointment | undefined

/** A longer text is a story, for a person to read. */
const longest = 14

export function makeAppointments({ appointments, dates }: Understanding): ReadAppointment {
  const days = makePhrases(dates.weekdays.map((saying, at) => [at + 1, wordings(saying)] as const))
  const phrases = makePhrases([
    ['change', wordings(appointments.change)] as const,
    ['other', wordings(appointments.other_day)] as const,
  ])
  const before = makePhrases([[true, wordings(appointments.not_before)] as const])
  const after = makePhrases([[true, wordings(appointments.not_after)] as const])

  return ({ folded }) => {
    if (folded.length > longest) return undefined
    const said = new Set<'change' | 'other'>()
    const wanted: number[] = []
    const not: number[] = []
    for (let at = 0; at < folded.length; at++) {
      const phrase = phraseAt(phrases, folded, at)
      const day = phrase ? undefined : phraseAt(days, folded, at)
      if (phrase) said.add(phrase.value)
      if (day) {
        // "pas vendredi", "pas le vendredi"; "juma tɛ".
        const refused = [1, 2].some((back) => at >= back && phraseAt(before, folded, at - back)?.to === at)
        const denied = phraseAt(after, folded, day.to) !== undefined
        ;(refused || denied ? not : wanted).push(day.value)
      }
      at = (phrase ?? day)?.to ?? at + 1
      at -= 1
    }
    if (said.size === 0 && wanted.length + not.length === 0) return undefined
    const [only] = wanted
    return {
      ...{ change: said.has('change'), other: said.has('other'), not },
      ...(only !== undefined && wanted.length === 1 ? { only } : {}),
    }
  }
}
