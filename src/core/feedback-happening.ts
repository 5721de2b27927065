/** Feedback as it is told, and what staff do with it. Part of core/event.ts. */
import type { FeedbackKind, RequestKind } from './request.ts'

export type FeedbackHappening =
  | {
      readonly type: 'feedback_recorded'
      readonly feedback: string
      readonly kind: FeedbackKind
      readonly secret?: { readonly text?: string }
    }
  /** Sorted under another kind; `was` is the one before. */
  | {
      readonly type: 'feedback_recoded'
      readonly feedback: string
      readonly kind: FeedbackKind
      readonly was: FeedbackKind
    }
  /** It is about the work of another organisation, named in words; without a name it is about ours again. */
  | {
      readonly type: 'feedback_pointed'
      readonly feedback: string
      readonly elsewhere: boolean
      readonly secret?: { readonly organisation: string }
    }
  /** Staff owe an answer after all: the request that it became. */
  | {
      readonly type: 'feedback_raised'
      readonly feedback: string
      readonly request: string
      readonly kind: RequestKind
    }
  /** Said by others too: it belongs to this rumour, or no longer. */
  | { readonly type: 'feedback_gathered'; readonly feedback: string; readonly rumour: string }
  | { readonly type: 'feedback_released'; readonly feedback: string; readonly rumour: string }
  /** The programme decided something because of it; one for each request or piece of feedback behind the decision. */
  | {
      readonly type: 'decision_recorded'
      readonly decision: string
      /** ISO date. */
      readonly day: string
      readonly request?: string
      readonly feedback?: string
    }
