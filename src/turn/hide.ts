/** Who may and who must not know of a request, as rows: holders, the barred, and what is hidden or shown with it. */
import { mayBeAboutWorker } from '../core/request.ts'
import type { Visibility } from '../core/visibility.ts'
import { type About, aboutOf, holdersOf, keptFrom, linesOf } from './routing.ts'
import { type Matter, matterOf, type Scene } from './scene.ts'

/** Whom a matter of this turn may be about: the workers of the case, and whoever is named in what was just said. */
export function aboutHere({ town, person, said }: Scene): About {
  const content = said?.content
  return aboutOf(town, person, content && 'text' in content ? content.text : undefined)
}

/**
 * Somebody who is named later is shut out from then on, unless nobody would be left who may read it; of several in an office
 * too small for that as many as can be, in the order in which they were named.
 */
export function barNamed(scene: Scene, request: string): void {
  const { kind, queue, barred: before = [] } = matterOf(scene, request)
  const { named, workers } = aboutHere(scene)
  if (!kind || !queue || named.length === 0 || !mayBeAboutWorker(kind)) return
  const leavesSomebody = (barred: readonly string[]) => {
    const out = [...linesOf(scene.town, workers), ...before, ...barred]
    return holdersOf(scene.town, queue, scene.world.now, out).some((one) => !out.includes(one))
  }
  const some: string[] = []
  for (const one of named) if (leavesSomebody([...some, one])) some.push(one)
  const barred = [linesOf(scene.town, named), named].find(leavesSomebody) ?? some
  addBarred(scene, request, barred)
}

/** These must not know of it, nor of what has joined it. */
export function addBarred(scene: Scene, request: string, barred: readonly string[]): void {
  const since = scene.world.now
  for (const id of [request, ...(matterOf(scene, request).merged ?? [])]) {
    for (const staff of barred) {
      scene.changes.push({ insert: 'request_barred', plain: { request_id: id, staff_id: staff, since } })
    }
  }
}

/**
 * What was said and done in a request is hidden or shown with it, and belongs to it from then on. What had joined it is
 * seen by the same eyes.
 */
export function showLinked(
  scene: Scene,
  { id: request, merged, ...rows }: Matter,
  visibility: Visibility,
): void {
  const linked = { message: rows.messages, event: rows.events, feedback: rows.feedback }
  const plain = { visibility, request_id: request }
  // What was taken back is looked for again, in a matter that is open now (store/unsay.ts).
  const again = visibility === 'open' ? { unsaid_at: null } : {}
  for (const [update, ids] of Object.entries(linked) as [keyof typeof linked, Matter['messages']][])
    for (const id of ids ?? [])
      scene.changes.push({ update, id, plain: update === 'message' ? { ...plain, ...again } : plain })
  const { kind } = matterOf(scene, request)
  const seen = { visibility, ...(kind ? { kind } : {}) }
  for (const id of merged ?? []) scene.changes.push({ update: 'request', id, plain: seen })
}

/** Names those who may know of a sealed one, but nobody whom it may be about. */
export function addHolders(scene: Scene, { id, queue, kind, merged }: Matter): void {
  if (!queue) return
  const since = scene.world.now
  const { barred } = kind ? keptFrom(scene.town, { kind, queue }, () => aboutHere(scene)) : { barred: [] }
  for (const staff of holdersOf(scene.town, queue, since, barred)) {
    for (const request of [id, ...(merged ?? [])]) {
      scene.changes.push({ insert: 'request_holder', plain: { request_id: request, staff_id: staff, since } })
    }
    scene.hints.add(`staff-${staff}`)
  }
}
