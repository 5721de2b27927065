/** What a turn writes of tasks: that staff ended one or put it off, and how closely a case is looked after. */
import type { EventType, HappeningOf } from '../core/event.ts'
import type { Plain } from '../store/road.ts'
import { record, type Scene } from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

export const applyTask: { readonly [T in 'task_done' | 'task_postponed' | 'risk_noted']: Apply<T> } = {
  task_done(scene, it) {
    const { now } = scene.world
    if (it.task === 'check_in') keep(scene, it, { checked_in_at: now })
    if (it.task === 'visit') keep(scene, it, { visits_kept: it.step })
    mark(scene, it, { done_at: now })
  },

  task_postponed: (scene, it) => mark(scene, it, { until: new Date(it.until) }),

  risk_noted(scene, it) {
    scene.changes.push({ update: 'case_file', id: it.case, plain: { high_risk: it.high } })
    record(scene, it)
  },
}

/** What the case knows of it is there from here on. */
function keep(scene: Scene, { of }: HappeningOf<'task_done'>, plain: Readonly<Record<string, Plain>>): void {
  scene.changes.push({ update: 'case_file', id: of, plain })
}

/** Why it was said is in the history alone. */
function mark(
  scene: Scene,
  it: HappeningOf<'task_done' | 'task_postponed'>,
  how: { readonly done_at: Date } | { readonly until: Date },
): void {
  scene.changes.push({
    insert: 'task_mark',
    plain: { subject_id: it.of, kind: it.task, step: it.step, ...how },
  })
  record(scene, it, it.request)
}
