/** Walks from the top of the stack until a question waits, time must pass, or nothing is left. */
import { moveOn } from './stack.ts'
import { takeStep } from './steps/table.ts'
import { placeOf, replaceTop, top, type Walk } from './walk.ts'

/** More steps than this in one turn are a loop in a flow file. */
export const stepsAtMost = 100

export function run(walk: Walk): void {
  walk.mark ??= walk.happenings.length
  while (!walk.session.open && !walk.tooFar) {
    const frame = top(walk)
    const placed = frame && placeOf(walk, frame)
    if (!frame || !placed) return
    walk.steps += 1
    if (walk.steps > stepsAtMost) {
      walk.tooFar = true
      return
    }
    if (frame.fresh) replaceTop(walk, { ...frame, fresh: undefined })
    const after = takeStep(walk, placed)
    if (after === 'waits') return
    if (after === 'on') moveOn(walk)
    else if (after !== 'moved') moveOn(walk, after.to)
  }
}
