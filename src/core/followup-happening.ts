/** What happens with a follow-up. Times are ISO; nothing in these is personal. */
import type { FollowUpKind, FollowUpPrompt } from './followup.ts'

type OfFollowUp = { readonly followUp: string; readonly request: string }

export type FollowUpHappening =
  /** Staff propose a time, the first or another; `was` is the one before. Agreed already, when staff heard the person's yes. */
  | ({
      readonly type: 'follow_up_proposed'
      readonly staff: string
      readonly kind: FollowUpKind
      readonly at: string
      readonly minutes: number
      readonly office?: string
      readonly was?: string
      readonly agreed: boolean
      /** Nobody had answered the request before. */
      readonly first?: true
      /** Where the person's phone is from. */
      readonly country: string
    } & OfFollowUp)
  | ({ readonly type: 'follow_up_agreed'; readonly at: string } & OfFollowUp)
  /** The person chose another time. */
  | ({ readonly type: 'follow_up_moved'; readonly at: string; readonly was: string } & OfFollowUp)
  /** None of the times that were free: staff look for another. */
  | ({ readonly type: 'follow_up_declined'; readonly was: string } & OfFollowUp)
  /** The person was asked or reminded; `unsaid` when its moment was over before it could be said. */
  | ({
      readonly type: 'follow_up_prompted'
      readonly prompt: FollowUpPrompt
      readonly how: 'said' | 'knocked' | 'unsaid'
    } & OfFollowUp)
  | ({ readonly type: 'follow_up_done' } & OfFollowUp)
  /** `count` in a row, this one included. */
  | ({
      readonly type: 'follow_up_missed'
      readonly kind: FollowUpKind
      readonly count: number
      readonly message?: string
    } & OfFollowUp)
  | ({ readonly type: 'follow_up_cancelled'; readonly at: string } & OfFollowUp)
  /** Too many did not happen: somebody goes there, or asks whoever else knows the person. */
  | { readonly type: 'visit_asked'; readonly request: string; readonly missed: number }
