/** What staff do with a task that was computed (core/task.ts). Part of core/event.ts. */
import type { TaskKind } from './task.ts'

type OfTask = {
  readonly task: TaskKind
  /** The case, referral, request or person that it is about. */
  readonly of: string
  readonly step: number
  readonly request?: string
  readonly secret?: { readonly reason: string }
}

export type TaskHappening =
  | ({ readonly type: 'task_done' } & OfTask)
  /** `until` is ISO. */
  | ({ readonly type: 'task_postponed'; readonly until: string } & OfTask)
  /** Looked after more closely from here on, or not any more. */
  | {
      readonly type: 'risk_noted'
      readonly case: string
      readonly high: boolean
      readonly secret?: { readonly reason: string }
    }
