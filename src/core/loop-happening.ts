/** What happens when the loop is closed. Part of core/event.ts. */

export type LoopHappening =
  /** The person was asked whether it is solved; once, and never again. */
  | { readonly type: 'loop_asked'; readonly request: string }
  | { readonly type: 'loop_answered'; readonly request: string; readonly answer: 'yes' | 'no' }
  /** Not solved: somebody else than who answered looks at it. */
  | { readonly type: 'request_appealed'; readonly request: string }
