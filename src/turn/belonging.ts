/** Which request a turn belongs to, and with it who may know what was said in it. */
import type { Frame } from '../flow/session.ts'
import type { Original } from './original.ts'
import { matterOf, mostHidden, type Scene } from './scene.ts'

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
