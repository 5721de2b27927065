/** The words of one reader: sentences, times and amounts in the language of the console. */
import type { StaffLanguage } from '../core/language.ts'
import type { Locales } from '../text/locale.ts'

export type Vars = Readonly<Record<string, string | number>>

export type Words = {
  readonly language: StaffLanguage
  /** The moment this page speaks of; "12 min ago" counts from here. */
  readonly now: Date
  /** A sentence of `console.json`, by its key there. */
  t(key: string, vars?: Vars): string
  /** A sentence of any subject, `subject.key`. */
  any(key: string, vars?: Vars): string
  /** A sentence of `console.json` that need not exist: an office has words of its own beside ours. */
  known(key: string): string | undefined
  /** "12 min", "3 h", "5 d": how long between then and now, either way. */
  span(from: Date): string
  /** Day and time, for titles. */
  exact(at: Date): string
  /** 14:05. */
  clock(at: Date): string
  /** 1,4: at most one digit behind the comma. */
  number(value: number): string
  /** "lundi 2 mars". */
  day(at: Date): string
  /** "2 mars", for tables and pictures. */
  shortDay(at: Date): string
  /** Somebody's own words in the quotation marks of the reader. */
  quote(text: string): string
}

/** Staff read the time of Bamako wherever they sit. */
export const staffZone = 'Africa/Bamako'

const minute = 60_000
const hour = 60 * minute
const dayLength = 24 * hour

/** Words for one page, in `language`, at `now`. */
export function wordsFor(locales: Locales, language: StaffLanguage, now: Date): Words {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  const any = (key: string, vars?: Vars) =>
    locales.t(language, key, vars, language === 'fr' ? unbroken : undefined)
  const t = (key: string, vars?: Vars) => any(`console.${key}`, vars)
  const format = formats(locale)
  return {
    language,
    now,
    t,
    any,
    known: (key) => (locales.has(language, `console.${key}`) ? t(key) : undefined),
    // A number stays beside its unit.
    span: (from) => spanOf(Math.abs(now.getTime() - from.getTime()), t).replaceAll(' ', '\u00a0'),
    exact: (at) => withFirst(language, format.exact.format(at)),
    clock: (at) => format.clock.format(at),
    number: (value) => format.number.format(value),
    day: (at) => withFirst(language, format.day.format(at)),
    shortDay: (at) => withFirst(language, format.shortDay.format(at)),
    quote: (text) => (language === 'fr' ? `«\u00a0${text}\u00a0»` : `“${text}”`),
  }
}

/** French sets a space before its high signs and inside its quotation marks; no line begins with such a sign. */
function unbroken(wording: string): string {
  return wording.replace(/ (?=[:;?!»%])|(?<=«) /g, '\u00a0')
}

/** French says "1er mars" and "2 mars"; the formats of the platform only know numbers. */
export function withFirst(language: StaffLanguage, day: string): string {
  return language === 'fr' ? day.replace(/(?<!\d)1 (?=\p{L})/u, '1er ') : day
}

type Formats = Readonly<Record<'exact' | 'clock' | 'day' | 'shortDay', Intl.DateTimeFormat>> & {
  readonly number: Intl.NumberFormat
}
const made = new Map<string, Formats>()

/** Making a format costs a millisecond; each is made once. */
function formats(locale: string): Formats {
  const known = made.get(locale)
  if (known) return known
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: staffZone, ...options })
  const fresh = {
    exact: of({ dateStyle: 'full', timeStyle: 'short' }),
    clock: of({ hour: '2-digit', minute: '2-digit' }),
    number: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    day: of({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    shortDay: of({ day: 'numeric', month: 'short' }),
  }
  made.set(locale, fresh)
  return fresh
}

function spanOf(length: number, t: Words['t']): string {
  if (length < hour) return t('time.minutes', { n: Math.max(1, Math.round(length / minute)) })
  if (length < 2 * dayLength) return t('time.hours', { n: Math.round(length / hour) })
  return t('time.days', { n: Math.round(length / dayLength) })
}

const plainDay = new Intl.DateTimeFormat('en-CA', { timeZone: staffZone })

/** Year, month and day in Bamako, as `2026-03-02`: what dates are compared by. */
export function dayOf(at: Date): string {
  return plainDay.format(at)
}

/** 0:18, for voice notes. */
export function length(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`
}

/** What a flow is called; one that an office brought itself by its own key. */
export function flowName(words: Words, flow: string): string {
  return words.known(`flow.${flow}`) ?? flow
}

/** Where the sentence of a failure stands. */
export function failureKey(code: string): string {
  return `failure.${code.replace(':', '.')}`
}
