/**
 * When it is safe to meet or call somebody, read from what staff wrote down in words ("9h-12h", "l'après-midi"). What cannot
 * be read surely is no span: then nobody but staff chooses a time.
 */

/** Minutes of the day, in the office's zone. */
export type SafeSpan = { readonly from: number; readonly to: number }

const dayEnds = 24 * 60
const partsOfDay: Readonly<Record<string, SafeSpan>> = {
  matin: { from: 0, to: 12 * 60 },
  morning: { from: 0, to: 12 * 60 },
  'apres-midi': { from: 12 * 60, to: 18 * 60 },
  afternoon: { from: 12 * 60, to: 18 * 60 },
}
const fillers = /^(?:de|entre|from|between|le|la|l|les|the|in|seulement|only|ok|heures?|h|ou|et|or|and)$/
const clock = String.raw`(\d{1,2})(?:\s*(?:h|:|heures?)\s*(\d{2})?)?`
const ranges = new RegExp(`${clock}\\s*(?:-|–|a|to|et|and|jusqu'?a)\\s*${clock}`, 'g')
const after = new RegExp(`(?:apres|after|a partir de|from)\\s+${clock}`, 'g')
const before = new RegExp(`(?:avant|before|jusqu'?a|until)\\s+${clock}`, 'g')

/** Any time for an empty text; undefined for words that nobody but a person can read. */
export function safeSpansOf(text: string | undefined): readonly SafeSpan[] | undefined {
  let left = (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/’/g, "'").trim()
  if (left === '') return [{ from: 0, to: dayEnds }]
  const spans: SafeSpan[] = []
  const take = (pattern: RegExp, make: (groups: readonly (string | undefined)[]) => SafeSpan | undefined) => {
    left = left.replace(pattern, (whole, ...groups: (string | undefined)[]) => {
      const span = make(groups)
      if (!span) return whole
      spans.push(span)
      return ' '
    })
  }
  take(ranges, ([h1, m1, h2, m2]) => spanFrom(minutesOf(h1, m1), minutesOf(h2, m2)))
  for (const [word, span] of Object.entries(partsOfDay)) take(new RegExp(`\\b${word}\\b`, 'g'), () => span)
  take(after, ([h, m]) => spanFrom(minutesOf(h, m), dayEnds))
  take(before, ([h, m]) => spanFrom(0, minutesOf(h, m)))
  const rest = left.split(/[\s,;.']+/).filter((word) => word !== '' && !fillers.test(word))
  return rest.length === 0 && spans.length > 0 ? spans : undefined
}

/** Whether a whole span of the clock lies within. */
export function holdsMinutes({ from, to }: SafeSpan, at: Date, minutes: number): boolean {
  const start = at.getUTCHours() * 60 + at.getUTCMinutes()
  return from <= start && start + minutes <= to
}

function minutesOf(hours: string | undefined, minutes: string | undefined): number {
  return Number(hours) * 60 + Number(minutes ?? 0)
}

function spanFrom(from: number, to: number): SafeSpan | undefined {
  return from < to && to <= dayEnds ? { from, to } : undefined
}
