/** Which request calls somebody at once: an alert is a row of the turn itself, so that no crash can lose it. */
import { callFor, dutyLineOf } from '../core/duty.ts'
import { isPressing } from './routing.ts'
import type { Matter, Scene } from './scene.ts'

/** Calls whoever is on duty when the matter, as it stands, is one for them. A matter calls once in a turn. */
export function callOut(scene: Scene, matter: Matter, danger: boolean): void {
  const { id, queue, priority, visibility } = matter
  if (queue === undefined || priority === undefined) return
  const { now } = scene.world
  const cause = callFor({ visibility, priority, danger }, isPressing(scene.town, now))
  if (!cause) return
  const before = scene.changes.findIndex(
    (change) => 'insert' in change && change.insert === 'alert' && change.plain['request_id'] === id,
  )
  if (before >= 0) scene.changes.splice(before, 1)
  scene.changes.push({
    insert: 'alert',
    plain: {
      ...{ id: scene.world.id(), cause, line: dutyLineOf(queue), request_id: id },
      ...{ level: 0, created_at: now, next_at: now },
    },
  })
}
