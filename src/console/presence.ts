/**
 * Who is at a request at this moment: reading it, or writing an answer. It lives in memory and ends by itself. A page
 * that is in front says every twenty seconds that its reader is still there; each process tells the others by the line
 * for hints (`here-<doing>-<request>-<staff>`), which carries ids and nothing else.
 */
import type { Hints } from '../turn/hint.ts'
import type { Clock } from '../world.ts'

export const doings = ['reading', 'writing', 'gone'] as const
export type Doing = (typeof doings)[number]

export type Present = { readonly staff: string; readonly doing: 'reading' | 'writing' }

export type Presence = {
  /** Somebody does this with a request; hints tell the pages that show it. */
  note(request: string, staff: string, doing: Doing): void
  /** Who else is at a request, whoever writes first. */
  besides(request: string, staff: string): readonly Present[]
  /** Hears `presence-<request>` whenever somebody came, began to write, or left without a word. */
  listen(listener: (names: readonly string[]) => void): () => void
  close(): void
}

/** A page says so every twenty seconds; one that is lost on a bad line is forgiven. */
const readingLasts = 50_000
/** A page says so every four seconds while keys are pressed. */
const writingLasts = 9_000
const sweepEvery = 1_000

type Seat = { readonly doing: 'reading' | 'writing'; readonly until: number }

const pattern = /^here-(reading|writing|gone)-([\da-f-]{36})-([\da-f-]{36})$/

export function makePresence(hints: Pick<Hints, 'listen' | 'changed'>, clock: Pick<Clock, 'now'>): Presence {
  const requests = new Map<string, Map<string, Seat>>()
  const listeners = new Set<(names: readonly string[]) => void>()
  const tell = (changed: ReadonlySet<string>) => {
    const names = [...changed].map((request) => `presence-${request}`)
    if (names.length > 0) for (const listener of listeners) listener(names)
  }

  /** Gives whether a page that shows it would look different. */
  function seat(request: string, staff: string, doing: Doing): boolean {
    const there = requests.get(request) ?? new Map<string, Seat>()
    const before = there.get(staff)?.doing
    if (doing === 'gone') {
      there.delete(staff)
      if (there.size === 0) requests.delete(request)
      return before !== undefined
    }
    requests.set(request, there)
    const lasts = doing === 'writing' ? writingLasts : readingLasts
    there.set(staff, { doing, until: clock.now().getTime() + lasts })
    return before !== doing
  }

  /** Whoever stopped to write still reads; whoever says nothing any more has left. */
  function sweep(): void {
    const now = clock.now().getTime()
    const changed = new Set<string>()
    for (const [request, there] of requests) {
      for (const [staff, { doing, until }] of there) {
        if (until > now) continue
        seat(request, staff, doing === 'writing' ? 'reading' : 'gone')
        changed.add(request)
      }
    }
    tell(changed)
  }

  const stopHearing = hints.listen((names) => {
    const changed = new Set<string>()
    for (const name of names) {
      const [, doing, request, staff] = pattern.exec(name) ?? []
      const known = doings.find((one) => one === doing)
      if (known && request && staff && seat(request, staff, known)) changed.add(request)
    }
    tell(changed)
  })
  const timer = setInterval(sweep, sweepEvery).unref()
  return {
    note(request, staff, doing) {
      hints.changed([`here-${doing}-${request}-${staff}`])
    },
    besides(request, staff) {
      return [...(requests.get(request) ?? [])]
        .filter(([one]) => one !== staff)
        .map(([one, { doing }]) => ({ staff: one, doing }))
        .sort((one, other) => other.doing.localeCompare(one.doing) || one.staff.localeCompare(other.staff))
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      clearInterval(timer)
      stopHearing()
    },
  }
}
