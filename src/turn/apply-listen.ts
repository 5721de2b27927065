/** What a turn writes of voice notes that somebody has to listen to. */
import type { HappeningOf } from '../core/event.ts'
import { listenWithin } from '../core/listening.ts'
import { hintMatter, matterOf, record, type Scene } from './scene.ts'

export const applyListen = {
  voice_parked(scene: Scene, it: HappeningOf<'voice_parked'>): void {
    const { now } = scene.world
    const question = { flow: it.flow ?? null, hash: it.hash ?? null, step: it.step ?? null }
    const due = { due_at: scene.town.calendar.dueAt(now, listenWithin), created_at: now }
    scene.changes.push({
      insert: 'listening',
      plain: { id: it.message, request_id: it.request, ...question, ...due },
    })
    record(scene, it, it.request)
  },

  voice_heard(scene: Scene, it: HappeningOf<'voice_heard'>): void {
    const plain = { heard_at: scene.world.now, heard_by: scene.staff ?? null, how: it.how }
    scene.changes.push({ update: 'listening', id: it.message, plain })
    hintMatter(scene, matterOf(scene, it.request))
    record(scene, it, it.request)
  },
} as const
