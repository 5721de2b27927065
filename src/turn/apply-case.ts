/** What a turn leaves in the case: needs, wishes for a follow-up, opinions, tries to reach somebody. */
import type { EventType, HappeningOf } from '../core/event.ts'
import { priorityOf } from '../core/priority.ts'
import { applyRequest } from './apply-request.ts'
import { changeMatter, matterOf, record, type Scene } from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

export const applyCase: {
  readonly [T in 'need_recorded' | 'follow_up_asked' | 'contact_attempted']: Apply<T>
} = {
  need_recorded(scene, it) {
    const { world, person, address } = scene
    const key = person?.key ?? address?.key
    scene.changes.push({
      insert: 'need',
      plain: {
        ...{ id: it.need, request_id: it.request, person_id: person?.id ?? null },
        ...{ category: it.category, urgency: it.urgency, key_id: key ?? null, created_at: world.now },
      },
      secret: key ? { text_enc: it.secret?.text } : undefined,
      key,
    })
    changeMatter(scene, it.request, { category: it.category, urgency: it.urgency }, { category: it.category })
    record(scene, it, it.request)
    raiseByNeed(scene, it)
  },

  follow_up_asked(scene, it) {
    const { world, person } = scene
    scene.changes.push({
      insert: 'follow_up',
      plain: {
        ...{ id: it.followUp, request_id: it.request, person_id: person?.id ?? null },
        ...{ case_id: person?.case ?? null, state: 'asked', created_at: world.now },
      },
    })
    record(scene, it, it.request)
  },

  contact_attempted(scene, it) {
    const { world, person, address, staff } = scene
    if (staff === undefined) throw new Error('only staff try to reach somebody')
    const key = person?.key ?? address?.key
    scene.changes.push({
      insert: 'contact_attempt',
      plain: {
        ...{ id: it.attempt, request_id: it.request ?? null, person_id: person?.id ?? null, staff_id: staff },
        ...{ way: it.way, reached: it.reached, key_id: key ?? null },
        at: it.when === undefined ? world.now : new Date(it.when),
      },
      secret: key ? { note_enc: it.secret?.note } : undefined,
      key,
    })
    if (it.request !== undefined) changeMatter(scene, it.request, { contact_attempted: true })
    record(scene, it, it.request)
  },
}

/** What is told of a need after its request was opened may make the request more urgent, never less. */
function raiseByNeed(scene: Scene, { request, category, urgency }: HappeningOf<'need_recorded'>): void {
  const { kind, priority: before } = matterOf(scene, request)
  if (!kind || before === undefined) return
  const priority = priorityOf({ kind, category, urgency })
  if (priority < before) applyRequest.request_raised(scene, { type: 'request_raised', request, priority })
}
