/** What a turn writes of requests: opened, added to, taken, handed over, answered, reclassified, closed. */
import { dutyLineOf } from '../core/duty.ts'
import type { EventType, HappeningOf } from '../core/event.ts'
import { loopAfter, loopAt } from '../core/loop.ts'
import { termOf } from '../core/priority.ts'
import { queueOf } from '../core/queue.ts'
import { kindOf, type Priority } from '../core/request.ts'
import type { Plain } from '../store/road.ts'
import { callOut } from './call-out.ts'
import { aboutHere, addBarred, addHolders, barNamed, showLinked } from './hide.ts'
import { aboutOf, keptFrom, officeFor, routeOf } from './routing.ts'
import {
  changeMatter,
  firstAnswer,
  hintMatter,
  type Matter,
  matterOf,
  mostHidden,
  record,
  type Scene,
} from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

export const applyRequest: {
  readonly [T in
    | 'request_opened'
    | 'request_joined'
    | 'request_raised'
    | 'request_lowered'
    | 'request_taken'
    | 'request_handed_over'
    | 'request_answered'
    | 'request_reclassified'
    | 'request_closed'
    | 'request_reopened']: Apply<T>
} = {
  request_opened(scene, asked) {
    const { world, town } = scene
    const { queue, barred } = keptFrom(town, asked, () => aboutOf(town, scene.person, asked.secret?.text))
    const it = { ...asked, queue }
    const route = routeOf(town, it, world.now, barred)
    const matter: Matter = {
      id: it.request,
      ...{ visibility: it.visibility, kind: it.kind, queue: it.queue, priority: it.priority },
      ...{
        state: 'open',
        category: it.category,
        openedAt: world.now,
        dueAt: route.dueAt,
        owner: route.owner,
      },
      office: officeFor(town, it.queue, scene.person) ?? null,
    }
    scene.matters.set(it.request, matter)
    scene.touched.push(it.request)
    insertRequest(scene, it, matter)
    addBarred(scene, it.request, barred)
    if (it.visibility === 'sealed') addHolders(scene, matter)
    record(scene, it, it.request)
    if (route.owner)
      record(scene, { type: 'request_taken', request: it.request, owner: route.owner }, it.request)
    hintMatter(scene, matter)
    scene.hints.add(`opened-${matter.id}`)
    for (const staff of route.alert) scene.hints.add(`staff-${staff}`)
    callOut(scene, matter, it.danger !== undefined)
  },

  /** More was said in it: staff owe the next word. */
  request_joined(scene, it) {
    scene.touched.push(it.request)
    scene.hints.add(`said-${it.request}`)
    barNamed(scene, it.request)
    const due = dueAgain(scene, it.request)
    changeMatter(
      scene,
      it.request,
      { last_heard_at: scene.world.now, ...opened, ...awake, ...due.plain },
      { state: 'open', ...due.known },
    )
    // An earlier message: what was said before the request was there follows it. The present one is written by the turn.
    if (it.message !== undefined && it.message !== scene.handled?.message) {
      const { visibility } = matterOf(scene, it.request)
      scene.changes.push({ update: 'message', id: it.message, plain: { visibility, request_id: it.request } })
    }
    record(scene, it, it.request)
  },

  request_raised(scene, it) {
    const matter = matterOf(scene, it.request)
    const { dueAt, owner } = raisedRoute(scene, matter, it.priority)
    const plain: Record<string, Plain> = { priority: it.priority, ...awake }
    if (dueAt) plain['due_at'] = dueAt
    if (owner) plain['owner_id'] = owner
    if (it.danger) plain['danger'] = it.danger.kind
    changeMatter(scene, it.request, plain, {
      priority: it.priority,
      dueAt: dueAt ?? matter.dueAt,
      owner: owner ?? matter.owner,
    })
    record(scene, it, it.request)
    if (owner) record(scene, { type: 'request_taken', request: it.request, owner }, it.request)
    callOut(scene, matterOf(scene, it.request), it.danger !== undefined)
  },

  request_lowered(scene, it) {
    const { kind, openedAt, dueAt } = matterOf(scene, it.request)
    const later =
      kind && openedAt ? scene.town.calendar.dueAt(openedAt, termOf(kind, it.priority)) : undefined
    const due = latest(later, dueAt)
    const plain: Record<string, Plain> = { priority: it.priority }
    if (due) plain['due_at'] = due
    changeMatter(scene, it.request, plain, { priority: it.priority, dueAt: due })
    record(scene, it, it.request)
  },

  request_taken(scene, it) {
    changeMatter(scene, it.request, { owner_id: it.owner }, { owner: it.owner })
    record(scene, it, it.request)
  },

  /** What goes to a closed queue is for its members alone from then on, with every word of it. */
  request_handed_over(scene, it) {
    const before = matterOf(scene, it.request)
    hintMatter(scene, before)
    const closed = queueOf(it.queue).closed ? 'restricted' : 'open'
    const visibility = mostHidden([before.visibility, closed])
    const office = officeFor(scene.town, it.queue, scene.person) ?? null
    const plain: Record<string, Plain> = { queue: it.queue, office_id: office, owner_id: null, ...awake }
    if (visibility !== before.visibility) plain['visibility'] = visibility
    changeMatter(scene, it.request, plain, { queue: it.queue, office, owner: undefined, visibility })
    if (visibility !== before.visibility) showLinked(scene, before, visibility)
    for (const id of before.merged ?? []) {
      scene.changes.push({ update: 'request', id, plain: { queue: it.queue, office_id: office } })
    }
    if (visibility === 'sealed') addHolders(scene, matterOf(scene, it.request))
    record(scene, it, it.request)
    // Whom the other queue calls, unless the hand-over is to somebody of the same line.
    if (before.queue === undefined || dutyLineOf(before.queue) !== dutyLineOf(it.queue))
      callOut(scene, matterOf(scene, it.request), false)
  },

  request_answered(scene, it) {
    const loop_at = loopAt(matterOf(scene, it.request), scene.world.now) ?? null
    const first = it.first ? firstAnswer(scene, it.request) : {}
    const plain = { state: 'answered', delay_owed_at: null, loop_at, ...first }
    changeMatter(scene, it.request, plain, { state: 'answered' })
    record(scene, it, it.request)
  },

  /** What was said in the request is hidden or shown with it. */
  request_reclassified(scene, it) {
    const before = matterOf(scene, it.request)
    const { visibility, queue } = kindOf(it.kind)
    // Those who saw it until now look again, and it is gone.
    hintMatter(scene, before)
    const { priority = kindOf(it.kind).priority } = before
    const dueAt = scene.town.calendar.dueAt(scene.world.now, termOf(it.kind, priority))
    const plain: Record<string, Plain> = { kind: it.kind, visibility, due_at: dueAt }
    if (it.falseAlarm) plain['danger'] = null
    changeMatter(scene, it.request, plain, { kind: it.kind, visibility, dueAt })
    showLinked(scene, before, visibility)
    addBarred(
      scene,
      it.request,
      keptFrom(scene.town, { kind: it.kind, queue }, () => aboutHere(scene)).barred,
    )
    if (visibility === 'sealed') addHolders(scene, { ...matterOf(scene, it.request), queue })
    record(scene, it, it.request)
    // Nobody is called to a false alarm.
    if (!it.falseAlarm) callOut(scene, matterOf(scene, it.request), false)
  },

  request_closed(scene, it) {
    const ended = { state: 'closed', outcome: it.outcome, closed_at: scene.world.now }
    const plain = { ...ended, ...awake, delay_owed_at: null, ...loopAfter(it.outcome) }
    changeMatter(scene, it.request, plain, { state: 'closed' })
    for (const id of matterOf(scene, it.request).needs ?? []) {
      const result = { result: it.needResult ?? null, closed_at: scene.world.now }
      scene.changes.push({ update: 'need', id, plain: result })
    }
    record(scene, it, it.request)
  },

  request_reopened(scene, it) {
    const due = dueAgain(scene, it.request)
    changeMatter(scene, it.request, { ...opened, ...due.plain }, { state: 'open', ...due.known })
    record(scene, it, it.request)
    if (it.cause === 'person') callOut(scene, matterOf(scene, it.request), false)
  },
}

/** Open again, on its own: what somebody adds to a merged request shows that it was another matter. */
const opened = { state: 'open', closed_at: null, outcome: null, merged_into_id: null } as const
/** Put aside no longer. */
const awake = { snoozed_until: null, snoozed_at: null } as const

function insertRequest(scene: Scene, it: HappeningOf<'request_opened'>, matter: Matter): void {
  const { address, person, world } = scene
  const key = keyFor(scene, it)
  scene.changes.push({
    insert: 'request',
    plain: {
      ...{
        id: it.request,
        reference: it.reference,
        kind: it.kind,
        queue: it.queue,
        visibility: it.visibility,
      },
      ...{ priority: it.priority, state: 'open', category: it.category ?? null, urgency: it.urgency ?? null },
      ...{ cause: it.cause, language: scene.language, region: person?.region ?? null },
      ...{ channel_kind: address?.channelKind ?? null, address_id: address?.id ?? null },
      ...{ person_id: person?.id ?? null, case_id: person?.case ?? null },
      office_id: matter.office ?? null,
      ...(scene.campaign && it.visibility !== 'sealed' ? { campaign_id: scene.campaign } : {}),
      ...{ owner_id: matter.owner ?? null, key_id: key ?? null, danger: it.danger?.kind ?? null },
      ...{ opened_at: world.now, due_at: matter.dueAt ?? world.now, last_heard_at: world.now },
    },
    secret: key ? { text_enc: it.secret?.text } : undefined,
    key,
  })
}

/** A sealed matter has a key of its own, to outlive the person's other records or die before; so has a nameless one. */
function keyFor(scene: Scene, it: HappeningOf<'request_opened'>): string | undefined {
  const { keys, world, person, address } = scene
  const theirs = it.visibility === 'sealed' ? undefined : (person?.key ?? address?.key)
  if (theirs !== undefined) return theirs
  const made = keys.make('matter', world.id(), world.now)
  scene.changes.push(made.row)
  return made.id
}

/** Staff owe the next word again: a term of its own begins. Nothing while they owed one anyway. */
function dueAgain(
  scene: Scene,
  request: string,
): { readonly plain?: { due_at: Date }; readonly known?: { dueAt: Date } } {
  const { kind, priority, state } = matterOf(scene, request)
  if (!kind || state === undefined || state === 'open') return {}
  const dueAt = scene.town.calendar.dueAt(scene.world.now, termOf(kind, priority ?? kindOf(kind).priority))
  return { plain: { due_at: dueAt }, known: { dueAt } }
}

/** Raising shortens a term and never lengthens it. */
function raisedRoute(
  scene: Scene,
  matter: Matter,
  priority: Priority,
): { readonly dueAt?: Date; readonly owner?: string } {
  const { kind, queue } = matter
  if (!kind || !queue) return {}
  const { world, town } = scene
  const { barred } = keptFrom(town, { kind, queue }, () => aboutHere(scene))
  const route = routeOf(town, { kind, queue, priority }, world.now, barred)
  const usual = town.calendar.dueAt(matter.openedAt ?? world.now, termOf(kind, kindOf(kind).priority))
  for (const staff of route.alert) scene.hints.add(`staff-${staff}`)
  return {
    dueAt: earliest(route.dueAt, matter.dueAt ?? usual),
    owner: matter.owner ? undefined : route.owner,
  }
}

function earliest(one: Date, other: Date): Date {
  return one < other ? one : other
}

function latest(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (!one || !other) return one ?? other
  return one > other ? one : other
}
