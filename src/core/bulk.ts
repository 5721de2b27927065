/** One act on several requests, told with what could not be done and why, and taken back within ten minutes. */
import { Failure } from '../failure.ts'
import type { BulkActName, Happening, RequestBack } from './event.ts'
import type { Request } from './request.ts'

/** How long a bulk act can be taken back. */
export const undoMilliseconds = 10 * 60_000

/** What became of one request of a bulk act. */
export type BulkItem = {
  readonly request: string
  readonly reference: string
  /** The code of the failure; absent when it was done, or nothing had to change. */
  readonly failure?: string
  /** Present when it was changed and can be taken back: the version it left, and what to go back to. */
  readonly undo?: { readonly version: number; readonly back: RequestBack }
  /** Once it was taken back: whether that went, or why not. */
  readonly undone?: true | string
}

/** What a request goes back to, seen before the act. */
export function backOf(it: Request): RequestBack {
  return {
    queue: it.queue,
    owner: it.owner ?? null,
    priority: it.priority,
    state: it.state,
    dueAt: it.dueAt.toISOString(),
    snoozedUntil: it.snoozedUntil?.toISOString() ?? null,
    needs: it.openNeeds ?? [],
  }
}

/** Takes back what was done to one; fails with `request:changed_meanwhile` when somebody touched it since. */
export function undo(
  it: Request,
  act: BulkActName,
  { version, back }: NonNullable<BulkItem['undo']>,
): readonly Happening[] {
  if (it.version !== version) throw new Failure('request:changed_meanwhile', { request: it.id })
  return [{ type: 'act_undone', request: it.id, act, back }]
}
