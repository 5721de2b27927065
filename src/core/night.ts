/**
 * Whether it is night where somebody is, as far as the country of their phone tells. Where a country has several clocks
 * nobody knows which is theirs: it is night when it is night on one of them.
 */

/** Between these hours nobody is written to of our own accord (domain notes 5.4). */
const quietFrom = 20
const quietUntil = 7

/** Where people are of whom nothing else is known. */
export const homeCountry = 'ML'
const homeZone = 'Africa/Bamako'

const zones = new Map<string, readonly string[]>()

/** The clocks of a country (two letters); those of Mali for one that is not known. */
export function zonesOf(country: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [homeZone]
  const known = zones.get(country)
  if (known) return known
  // The engine takes a fifth of a millisecond to find them, and a campaign asks for every recipient: each once.
  const found = zonesIn(new Intl.Locale('und', { region: country })) ?? []
  const clocks = found.length === 0 ? [homeZone] : found
  zones.set(country, clocks)
  return clocks
}

/** Engines before 2024 give the zones as a field, later ones by a function; TypeScript knows neither yet. */
function zonesIn(locale: Intl.Locale): readonly string[] | undefined {
  const either = locale as {
    timeZones?: readonly string[]
    getTimeZones?: () => readonly string[] | undefined
  }
  return either.getTimeZones?.() ?? either.timeZones
}

/** The hour of night there, as `21:40` of the clock that shows it; undefined by day. */
export function nightIn(country: string, now: Date): string | undefined {
  return zonesOf(country)
    .map((zone) => clockIn(zone, now))
    .find((clock) => {
      const hour = Number(clock.slice(0, 2))
      return hour >= quietFrom || hour < quietUntil
    })
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs a millisecond, and a country may have thirty clocks: each is made once. */
function clockIn(zone: string, now: Date): string {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })
  clocks.set(zone, clock)
  return clock.format(now)
}
