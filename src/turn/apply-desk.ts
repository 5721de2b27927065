/** What a turn writes of how staff share their work: given, given back, put aside, merged, parted, taken back. */
import type { EventType, HappeningOf, RequestBack } from '../core/event.ts'
import type { Plain } from '../store/road.ts'
import { officeFor } from './routing.ts'
import { changeMatter, type Matter, matterOf, record, type Scene } from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

export const applyDesk: {
  readonly [T in
    | 'request_assigned'
    | 'request_returned'
    | 'office_released'
    | 'delay_told'
    | 'call_asked'
    | 'request_snoozed'
    | 'request_woken'
    | 'request_merged'
    | 'request_absorbed'
    | 'request_parted'
    | 'act_undone']: Apply<T>
} = {
  /** Whoever had it before sees that it went. */
  request_assigned(scene, it) {
    const { owner } = matterOf(scene, it.request)
    if (owner) scene.hints.add(`staff-${owner}`)
    changeMatter(scene, it.request, { owner_id: it.owner }, { owner: it.owner })
    record(scene, it, it.request)
  },

  // Its rows are written with the change of staff that caused it (store/unattended.ts).
  office_released: (scene, it) => record(scene, it, it.request),

  /** The supervisor of whoever is away looks after it. */
  request_returned(scene, it) {
    const supervisor = scene.town.supervisorOf.get(it.owner)
    if (supervisor) scene.hints.add(`staff-${supervisor}`)
    scene.hints.add(`staff-${it.owner}`)
    const owed = { owner_id: null, delay_owed_at: scene.world.now }
    changeMatter(scene, it.request, owed, { owner: undefined })
    record(scene, it, it.request)
  },

  delay_told(scene, it) {
    changeMatter(scene, it.request, { delay_told_at: scene.world.now })
    record(scene, it, it.request)
  },

  /** Due at this moment: staff owe a word that only a call can bring. */
  call_asked(scene, it) {
    const now = scene.world.now
    const plain = { state: 'open', due_at: now, snoozed_until: null, snoozed_at: null }
    changeMatter(scene, it.request, plain, { state: 'open', dueAt: now })
    scene.hints.add(`said-${it.request}`)
    record(scene, it, it.request)
  },

  request_snoozed(scene, it) {
    const plain = { snoozed_until: new Date(it.until), snoozed_at: scene.world.now }
    changeMatter(scene, it.request, plain)
    record(scene, it, it.request)
  },

  request_woken(scene, it) {
    changeMatter(scene, it.request, { snoozed_until: null, snoozed_at: null })
    record(scene, it, it.request)
  },

  /** Its words stay its own: the earlier one shows them beside its own. */
  request_merged(scene, it) {
    const plain = {
      ...{ state: 'closed', outcome: 'duplicate', closed_at: scene.world.now, merged_into_id: it.into },
      ...{ snoozed_until: null, snoozed_at: null },
    }
    changeMatter(scene, it.request, plain, { state: 'closed' })
    record(scene, it, it.request)
  },

  request_absorbed(scene, it) {
    const dueAt = new Date(it.dueAt)
    const plain = {
      ...{ due_at: dueAt, priority: it.priority },
      // A new part of it is news.
      ...{ snoozed_until: null, snoozed_at: null },
    }
    changeMatter(scene, it.request, plain, { dueAt, priority: it.priority })
    for (const id of it.needs) {
      scene.changes.push({ update: 'need', id, plain: { request_id: it.request } })
    }
    record(scene, it, it.request)
  },

  request_parted(scene, it) {
    const own = it.needs !== undefined
    goBack(scene, it.request, it.back, own ? { merged_into_id: null, ...open } : {})
    for (const id of it.needs ?? []) {
      scene.changes.push({ update: 'need', id, plain: { request_id: it.request } })
    }
    record(scene, it, it.request)
  },

  act_undone(scene, it) {
    goBack(scene, it.request, it.back, it.back.state === undefined ? {} : open)
    for (const id of it.back.needs ?? []) {
      scene.changes.push({ update: 'need', id, plain: { result: null, closed_at: null } })
    }
    record(scene, it, it.request)
  },
}

/** Without an end. */
const open: Readonly<Record<string, Plain>> = { outcome: null, closed_at: null }

/** Puts a request back to what it was, as far as `back` says. */
function goBack(
  scene: Scene,
  request: string,
  back: RequestBack,
  more: Readonly<Record<string, Plain>>,
): void {
  const before = matterOf(scene, request)
  if (before.owner) scene.hints.add(`staff-${before.owner}`)
  if (before.queue && before.visibility !== 'sealed') scene.hints.add(`queue-${before.queue}`)
  const plain: Record<string, Plain> = { ...more }
  const known: { -readonly [K in keyof Matter]?: Matter[K] } = {}
  if (back.queue !== undefined) {
    known.queue = plain['queue'] = back.queue
    known.office = plain['office_id'] = officeFor(scene.town, back.queue, scene.person) ?? null
  }
  if (back.priority !== undefined) known.priority = plain['priority'] = back.priority
  if (back.state !== undefined) known.state = plain['state'] = back.state
  if (back.dueAt !== undefined) known.dueAt = plain['due_at'] = new Date(back.dueAt)
  if (back.owner !== undefined) {
    plain['owner_id'] = back.owner
    known.owner = back.owner ?? undefined
  }
  if (back.snoozedUntil !== undefined) {
    plain['snoozed_until'] = back.snoozedUntil === null ? null : new Date(back.snoozedUntil)
    plain['snoozed_at'] = back.snoozedUntil === null ? null : scene.world.now
  }
  changeMatter(scene, request, plain, known)
}
