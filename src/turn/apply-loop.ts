/** What a turn writes when the loop is closed, or is not. */

import type { EventType, HappeningOf } from '../core/event.ts'
import { termOf } from '../core/priority.ts'
import { kindOf } from '../core/request.ts'
import { changeMatter, matterOf, record, type Scene } from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

export const applyLoop: {
  readonly [T in 'loop_asked' | 'loop_answered' | 'request_appealed']: Apply<T>
} = {
  loop_asked(scene, it) {
    changeMatter(scene, it.request, { loop_asked_at: scene.world.now })
    record(scene, it, it.request)
  },

  loop_answered(scene, it) {
    changeMatter(scene, it.request, { loop_answer: it.answer, loop_at: null })
    record(scene, it, it.request)
  },

  /** To the supervisor of whoever answered; where there is none, to those who sit over complaints. */
  request_appealed(scene, it) {
    const { town, world } = scene
    const { kind, priority, answeredBy } = matterOf(scene, it.request)
    const above = answeredBy === undefined ? undefined : town.supervisorOf.get(answeredBy)
    const dueAt = kind && town.calendar.dueAt(world.now, termOf(kind, priority ?? kindOf(kind).priority))
    const again = { state: 'open', closed_at: null, outcome: null, snoozed_until: null, snoozed_at: null }
    changeMatter(
      scene,
      it.request,
      {
        ...again,
        ...{ appealed_at: world.now, owner_id: above ?? null, ...(dueAt ? { due_at: dueAt } : {}) },
        ...(above ? {} : { queue: 'complaints' }),
      },
      { state: 'open', owner: above, ...(dueAt ? { dueAt } : {}), ...(above ? {} : { queue: 'complaints' }) },
    )
    record(scene, it, it.request)
    if (above) record(scene, { type: 'request_taken', request: it.request, owner: above }, it.request)
    else record(scene, { type: 'request_handed_over', request: it.request, queue: 'complaints' }, it.request)
  },
}
