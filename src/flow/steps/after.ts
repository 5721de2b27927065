/** What a step answers to the walk that took it. */
import type { StepKind, StepOf } from '../definition.ts'
import type { Walk } from '../walk.ts'

export type After =
  /** On to `next`, or to the step after this one. */
  | 'on'
  /** Nothing more until somebody answers or time has passed. */
  | 'waits'
  /** The step has itself put the stack as it must be; the walk goes on from its top. */
  | 'moved'
  | { readonly to: string | undefined }

/** One step of a kind, taken. It may change the draft and tell what happened; it never takes another step. */
export type Take<K extends StepKind> = (walk: Walk, step: StepOf<K>) => After
