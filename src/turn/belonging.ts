/** Which requests a turn knows of, which one it belongs to, and with it who may know what was said in it. */
import { requestOfDanger } from '../core/danger.ts'
import { kindOf, type RequestKind } from '../core/request.ts'
import type { Frame } from '../flow/session.ts'
import type { Standing } from '../store/road.ts'
import type { Original } from './original.ts'
import { type Matter, matterOf, mostHidden, type Scene } from './scene.ts'

/** What is known of the address's requests: the open ones, and those that its session remembers. */
export function mattersOf(
  { session: { state }, requests, confided, barred, loops = [] }: Standing,
  acted: Matter | undefined,
): Map<string, Matter> {
  const matters = new Map<string, Matter>()
  const remember = (id: string, kind: RequestKind, more: Partial<Matter> = {}) => {
    const { queue, visibility } = kindOf(kind)
    // An open one that the standing lacks was closed, or is hidden by now.
    matters.set(id, {
      id,
      kind,
      queue,
      visibility: visibility === 'open' ? 'restricted' : visibility,
      barred: barred?.get(id),
      ...more,
    })
  }
  if (state?.intake) remember(state.intake.request, 'unclear')
  if (state?.lastRequest) {
    remember(state.lastRequest.request, state.lastRequest.kind, { priority: state.lastRequest.priority })
  }
  if (state?.guarded) remember(state.guarded.request, requestOfDanger[state.guarded.kind])
  if (confided) remember(confided.id, confided.kind, { visibility: confided.visibility, state: 'answered' })
  for (const { request, kind, queue, state: stands, answeredBy } of loops) {
    remember(request, kind, { queue, visibility: 'open', state: stands, answeredBy })
  }
  for (const { id, kind, ...more } of requests) {
    remember(id, kind, { ...matters.get(id), ...more, visibility: 'open' })
  }
  if (acted) matters.set(acted.id, acted)
  return matters
}

/**
 * The request that what was said in this turn belongs to, and who may know of it. The most hidden one that was touched or
 * is being talked about decides, and an edit is never less hidden than what it changes; what is said in a sensitive flow
 * or before consent waits for the eyes of intake.
 */
export function belonging(scene: Scene, original: Original | undefined): Original {
  const { session } = scene
  const before = session?.before?.open ? heldBy(session.before.stack) : undefined
  const after = session && heldBy(session.after.stack)
  const ids = [before, after, ...scene.touched].filter((id) => id !== undefined)
  const matters = ids.map((id) => ({ visibility: matterOf(scene, id).visibility, request: id }))
  const all: readonly Original[] = original ? [original, ...matters] : matters
  const visibility = mostHidden(all.map((one) => one.visibility))
  const request = all.findLast((one) => one.visibility === visibility && one.request !== undefined)?.request
  if (request !== undefined) return { visibility, request }
  const unclassed = session !== undefined && (session.sensitive || !session.consented)
  return { visibility: unclassed ? mostHidden([visibility, 'restricted']) : visibility }
}

/** The request of the flow that talks, or of one that entered it. */
function heldBy(stack: readonly Frame[]): string | undefined {
  return stack.findLast((frame) => frame.request !== undefined)?.request
}
