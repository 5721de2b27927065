/** What staff do with a task that they have before them: end it, or put it off. */
import type { Happening } from '../core/event.ts'
import { type Task, type TaskName, usualTerms } from '../core/task.ts'
import { finishTask, postponeTask } from '../core/task-rules.ts'
import type { Visibility } from '../core/visibility.ts'
import { Failure } from '../failure.ts'
import { isId } from '../store/request.ts'
import { findTask, readTaskTerms } from '../store/task.ts'
import type { Desk } from './act.ts'
import { type PersonAct, performOnPerson } from './act-person.ts'

/** It was done in another way than the product sees. Fails with `task:ended` for one that is not there any more. */
export async function endTask(
  desk: Desk,
  act: PersonAct,
  it: TaskName,
  reason: string | undefined,
): Promise<void> {
  await perform(desk, act, it, (task) => finishTask(task, reason))
}

export async function putOffTask(
  desk: Desk,
  act: PersonAct,
  it: TaskName,
  { until, reason }: { readonly until: Date; readonly reason: string | undefined },
): Promise<void> {
  await perform(desk, act, it, (task) => postponeTask(task, until, reason, desk.clock.now()))
}

async function perform(
  desk: Desk,
  act: PersonAct,
  { kind, of, step }: TaskName,
  rule: (task: Task) => readonly Happening[],
): Promise<void> {
  await performOnPerson(desk, act, async ({ id }) => {
    const terms = (await readTaskTerms(desk.prisma)) ?? usualTerms
    const scope = { of: 'people', ids: [id] } as const
    const asking = { staff: act.staff, scope, terms, now: desk.clock.now(), kind }
    const task = isId(of) ? await findTask(desk, asking, { of, step }) : undefined
    if (!task) throw new Failure('task:ended')
    const request = task.request && (await desk.prisma.request.findUnique({ where: { id: task.request } }))
    const matters = request ? [{ id: request.id, visibility: request.visibility as Visibility }] : []
    return { happenings: rule(task), changes: [], matters }
  })
}
