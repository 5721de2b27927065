/** What a turn writes of a note: its record, and a line for each colleague whom it names. */
import type { HappeningOf } from '../core/event.ts'
import { hintMatter, matterOf, record, type Scene } from './scene.ts'

export const applyNote = {
  note_written(scene: Scene, it: HappeningOf<'note_written'>): void {
    hintMatter(scene, matterOf(scene, it.request))
    for (const staff of it.mentions ?? []) mention(scene, it.request, staff)
    record(scene, it, it.request)
  },
} as const

function mention(scene: Scene, request: string, staff: string): void {
  const { world, turn } = scene
  const plain = { id: world.id(), staff_id: staff, request_id: request, turn_id: turn, at: world.now }
  scene.changes.push({ insert: 'mention', plain: { ...plain, by_id: scene.staff ?? staff } })
  scene.hints.add(`staff-${staff}`)
}
