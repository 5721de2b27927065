/** What a conversation leaves in the case, and the tries to reach the person. Part of core/event.ts. */
import type { NeedCategory, Urgency } from './need.ts'

export type CaseHappening =
  | {
      readonly type: 'need_recorded'
      readonly need: string
      readonly request: string
      readonly category: NeedCategory
      readonly urgency: Urgency
      readonly secret?: { readonly text?: string }
    }
  | { readonly type: 'follow_up_asked'; readonly followUp: string; readonly request: string }
  | {
      readonly type: 'contact_attempted'
      readonly attempt: string
      readonly request?: string
      readonly way: 'call' | 'visit' | 'message'
      readonly reached: boolean
      /** When it was, where it was written down later; ISO. */
      readonly when?: string
      readonly secret?: { readonly note: string }
    }
