/** What a turn writes of follow-ups. Whatever takes time in a calendar moves the calendar's version: two at once cannot both stand. */
import type { EventType, HappeningOf } from '../core/event.ts'
import { type FollowUpPrompt, nextDaytime, nextReminder } from '../core/followup.ts'
import type { Change, Plain } from '../store/road.ts'
import { type KnownFollowUp, owe, owedAfter, record, type Scene } from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

export const applyFollowUp: {
  readonly [T in
    | 'follow_up_proposed'
    | 'follow_up_agreed'
    | 'follow_up_moved'
    | 'follow_up_declined'
    | 'follow_up_prompted'
    | 'follow_up_done'
    | 'follow_up_missed'
    | 'follow_up_cancelled'
    | 'visit_asked']: Apply<T>
} = {
  follow_up_proposed(scene, it) {
    const { world, person } = scene
    const known = knownOf(scene, it.followUp)
    const at = new Date(it.at)
    const next = it.agreed
      ? nextReminder(at, 'agreed', world.now, it.country)
      : promptNow(it.was === undefined ? 'propose' : 'changed', world.now, it.country)
    const plain = {
      ...{ state: it.agreed ? 'agreed' : 'proposed', kind: it.kind, at, minutes: it.minutes },
      ...{ staff_id: it.staff, office_id: it.office ?? null, country: it.country },
      ...promptCells(next),
    }
    if (known) change(scene, known, plain)
    else {
      const own = { id: it.followUp, request_id: it.request, created_at: world.now }
      const of = { person_id: person?.id ?? null, case_id: person?.case ?? null }
      scene.changes.push({ insert: 'follow_up', plain: { ...own, ...of, ...plain } })
    }
    owedAfter(scene, it.request, at, it.first === true)
    // The act that looked for a free time names the version of the calendar that it read.
    tellCalendar(scene, it.staff)
    record(scene, it, it.request)
  },

  follow_up_agreed(scene, it) {
    const known = knownOf(scene, it.followUp)
    if (known) {
      const next = nextReminder(new Date(it.at), 'agreed', scene.world.now, known.country)
      change(scene, known, { state: 'agreed', ...promptCells(next) })
    }
    record(scene, it, it.request)
  },

  follow_up_moved(scene, it) {
    const known = knownOf(scene, it.followUp)
    if (known) {
      const at = new Date(it.at)
      const next = nextReminder(at, 'agreed', scene.world.now, known.country)
      change(scene, known, { state: 'agreed', at, ...promptCells(next) })
      if (known.staff && known.diary !== undefined) {
        scene.changes.push(takeTime(known.staff, known.diary, scene.world.now))
      }
      owedAfter(scene, it.request, at, false)
    }
    record(scene, it, it.request)
  },

  follow_up_declined(scene, it) {
    const known = knownOf(scene, it.followUp)
    if (known) change(scene, known, { state: 'asked', ...promptCells(undefined) })
    owe(scene, it.request)
    record(scene, it, it.request)
  },

  /** Said once: what comes next has its own moment. */
  follow_up_prompted(scene, it) {
    const known = knownOf(scene, it.followUp)
    if (known && it.how === 'knocked') change(scene, known, { knocked: true })
    else if (known) {
      const next =
        it.prompt === 'day_before' && known.at
          ? nextReminder(known.at, 'day_before', scene.world.now, known.country)
          : undefined
      change(scene, known, promptCells(next))
    }
    record(scene, it, it.request)
  },

  follow_up_done(scene, it) {
    end(scene, it.followUp, 'done')
    record(scene, it, it.request)
  },

  follow_up_missed(scene, it) {
    end(scene, it.followUp, 'missed')
    owe(scene, it.request)
    record(scene, it, it.request)
  },

  follow_up_cancelled(scene, it) {
    const known = knownOf(scene, it.followUp)
    const ahead = new Date(it.at) > scene.world.now
    end(
      scene,
      it.followUp,
      'cancelled',
      ahead && known ? promptNow('cancelled', scene.world.now, known.country) : undefined,
    )
    record(scene, it, it.request)
  },

  visit_asked(scene, it) {
    owe(scene, it.request)
    record(scene, it, it.request)
  },
}

type Next = { readonly prompt: FollowUpPrompt; readonly at: Date } | undefined

/** What staff did is told as soon as it is day where the person is. */
function promptNow(prompt: FollowUpPrompt, now: Date, country: string): Next {
  return { prompt, at: nextDaytime(now, country) }
}

function promptCells(next: Next): Readonly<Record<string, Plain>> {
  return { prompt: next?.prompt ?? null, prompt_at: next?.at ?? null, knocked: false }
}

function knownOf(scene: Scene, id: string): KnownFollowUp | undefined {
  return scene.followUps?.find((one) => one.id === id)
}

function change(scene: Scene, known: KnownFollowUp, plain: Readonly<Record<string, Plain>>): void {
  scene.changes.push({ update: 'follow_up', id: known.id, version: known.version, plain })
  if (known.staff) tellCalendar(scene, known.staff)
}

function end(scene: Scene, id: string, state: 'done' | 'missed' | 'cancelled', next?: Next): void {
  const known = knownOf(scene, id)
  if (known) change(scene, known, { state, ended_at: scene.world.now, ...promptCells(next) })
}

function tellCalendar(scene: Scene, staff: string): void {
  scene.hints.add(`staff-${staff}`)
}

/** Fails the whole turn when something else took time in this calendar since it was read. */
export function takeTime(staff: string, version: number, now: Date): Change {
  return { update: 'diary', id: staff, version, plain: { changed_at: now } }
}
