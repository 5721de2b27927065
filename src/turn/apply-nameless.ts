/**
 * What a turn writes of a complaint without a name: a request of its own key, without address, person or case, whose rows
 * tell the hour and no more. Nothing of it goes on record with whoever wrote, and their own message is emptied (turn.ts).
 */
import type { HappeningOf } from '../core/event.ts'
import { blurred, type NamelessHappening } from '../core/nameless.ts'
import { kindOf } from '../core/request.ts'
import { uuid7, type World } from '../world.ts'
import { aboutOf, keptFrom, routeOf } from './routing.ts'
import { record, type Scene } from './scene.ts'

type Apply<T extends NamelessHappening['type']> = (scene: Scene, it: HappeningOf<T>) => void

export const applyNameless: { readonly [T in NamelessHappening['type']]: Apply<T> } = {
  nameless_told(scene, it) {
    const { world, town, keys } = scene
    const at = blurred(world.now)
    const { visibility } = kindOf(it.kind)
    const about = () => aboutOf(town, undefined, it.secret.text)
    const { queue, barred } = keptFrom(town, { kind: it.kind, queue: kindOf(it.kind).queue }, about)
    const { dueAt } = routeOf(town, { kind: it.kind, queue, priority: it.priority }, at, barred)
    const id = idOf(world, at)
    const made = keys.make('complaint', idOf(world, at), at)
    const opened = { request: id, reference: it.reference, kind: it.kind, queue, visibility }
    scene.changes.push(
      made.row,
      {
        insert: 'request',
        plain: {
          ...{ id, reference: it.reference, kind: it.kind, queue, visibility, priority: it.priority },
          ...{ state: 'open', cause: 'asked', language: scene.language, key_id: made.id },
          ...{ code_hash: keys.hash('complaint', it.code) },
          ...{ opened_at: at, due_at: dueAt, last_heard_at: at },
        },
        secret: { text_enc: it.secret.text },
        key: made.id,
      },
      ...barred.map(
        (staff) =>
          ({ insert: 'request_barred', plain: { request_id: id, staff_id: staff, since: at } }) as const,
      ),
      {
        insert: 'event',
        plain: {
          ...{ id: idOf(world, at), at, turn_id: idOf(world, at), type: 'request_opened', by: 'person' },
          ...{ request_id: id, visibility },
          facts: JSON.stringify({ ...opened, priority: it.priority, cause: 'asked' }),
        },
      },
    )
    scene.hints.add(`queue-${queue}`)
  },
  nameless_answered: (scene, it) => record(scene, it, it.request),
  nameless_added: (scene, it) => record(scene, it, it.request),
}

const idOf = (world: World, at: Date) => uuidAt(world.id(), at)

/** The same id as if made at that hour: ids are read as times. */
export function uuidAt(id: string, at: Date): string {
  return uuid7(at.getTime(), Buffer.from(id.replaceAll('-', '').slice(12), 'hex'))
}
