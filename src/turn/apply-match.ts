/** Who is who: files found to be of one person, identities checked, numbers replaced. Their rows come with the act itself. */
import type { EventType, HappeningOf } from '../core/event.ts'
import { changeMatter, record, type Scene } from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

export const applyMatch: {
  readonly [T in
    | 'persons_joined'
    | 'persons_parted'
    | 'identity_checked'
    | 'identity_settled'
    | 'contact_noticed'
    | 'contact_disputed'
    | 'contact_changed'
    | 'contact_refused']: Apply<T>
} = {
  persons_joined: (scene, it) => record(scene, it),
  persons_parted: (scene, it) => record(scene, it),
  identity_checked: (scene, it) => record(scene, it, it.request),
  identity_settled: (scene, it) => record(scene, it, it.request),
  contact_noticed: (scene, it) => record(scene, it, it.request),

  /** Somebody else may be asking for the case: this is looked at today. */
  contact_disputed(scene, it) {
    changeMatter(scene, it.request, { priority: 1, state: 'open' })
    if (scene.address) {
      const plain = { disputable_id: null, disputable_at: null }
      scene.changes.push({ update: 'address', id: scene.address.id, plain })
    }
    scene.hints.add('queue-identity')
    record(scene, it, it.request)
  },

  contact_changed: (scene, it) => record(scene, it, it.request),
  contact_refused: (scene, it) => record(scene, it, it.request),
}
