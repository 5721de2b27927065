/** The rows of an act of staff, by the same table of happenings as those of a conversation. */
import type { Linked } from '../store/linked.ts'
import type { TurnRows } from '../store/road.ts'
import type { World } from '../world.ts'
import type { ActOrTime, Deed, Found } from './act-load.ts'
import { apply } from './apply.ts'
import type { Scene } from './scene.ts'
import type { Surroundings } from './surroundings.ts'

export type ActFacts = {
  readonly act: ActOrTime
  readonly found: Found
  /** Rows that are hidden or shown with the request, where that may happen. */
  readonly linked?: Linked
  readonly deed: Deed
  readonly world: World
  readonly town: Surroundings
  readonly keys: Scene['keys']
}

/** Every act moves the version of its request, so that two at once cannot both stand. */
export function actRows(facts: ActFacts): { readonly rows: TurnRows; readonly hints: ReadonlySet<string> } {
  const { act, found, deed, world } = facts
  const { request, address } = found
  const scene = sceneOf(facts)
  for (const happening of deed.happenings) apply(scene, happening)
  const touch = {
    update: 'request',
    id: request.id,
    version: request.version,
    plain: { priority: scene.matters.get(request.id)?.priority ?? request.priority },
  } as const
  return {
    rows: {
      turn: act.form,
      at: world.now,
      address: address && {
        id: address.id,
        key: address.key,
        channel: address.channel,
        session: address.session,
      },
      person: found.person && { id: found.person.id, key: found.person.key },
      messages: deed.messages ?? [],
      events: scene.events,
      changes: [touch, ...scene.changes, ...(deed.changes ?? [])],
    },
    hints: scene.hints,
  }
}

function sceneOf({ act, found, linked, deed, world, town, keys }: ActFacts): Scene {
  const { request, needs, language, address, person } = found
  return {
    world,
    turn: act.form,
    by: act.staff ? { staff: act.staff.id } : (act.by ?? 'clock'),
    staff: act.staff?.id,
    town,
    keys,
    render() {
      throw new Error('an act says what staff wrote, not a sentence of the product')
    },
    address,
    matters: new Map([
      ...(deed.others ?? []).map((other) => [other.id, other] as const),
      [request.id, { ...request, ...linked, needs }],
    ]),
    person,
    followUps: deed.followUps,
    referrals: deed.referrals,
    keeps: true,
    met: false,
    language,
    touched: [],
    messages: [],
    events: [],
    changes: [],
    hints: new Set(act.staff ? [`staff-${act.staff.id}`] : []),
  }
}
