/** What staff may do with a task, as rules: each gives what happened. */
import { Failure } from '../failure.ts'
import type { Happening } from './event.ts'
import { longestDelay, type Task } from './task.ts'

const day = 86_400_000

/** It was done in another way than the product sees. Fails with `form:invalid` without a reason. */
export function finishTask(it: Task, reason: string | undefined): readonly Happening[] {
  return [{ type: 'task_done', ...namesOf(it), secret: { reason: needed(reason) } }]
}

/** It comes back on that day. Fails with `form:invalid` for a day that is over or further than 90 days. */
export function postponeTask(
  it: Task,
  until: Date,
  reason: string | undefined,
  now: Date,
): readonly Happening[] {
  const days = (until.getTime() - now.getTime()) / day
  if (!(days > 0 && days <= longestDelay)) throw new Failure('form:invalid', { field: 'until' })
  return [
    {
      type: 'task_postponed',
      ...namesOf(it),
      until: until.toISOString(),
      secret: { reason: needed(reason) },
    },
  ]
}

function namesOf({ kind, of, step, request }: Task) {
  return { task: kind, of, step, ...(request === undefined ? {} : { request }) }
}

function needed(reason: string | undefined): string {
  if (reason === undefined) throw new Failure('form:invalid', { field: 'note' })
  return reason
}
