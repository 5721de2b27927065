/** What happens to the file of a person and to their case, and to the question of who is who. Part of core/event.ts. */
import type { ClosureReason, Stage } from './case.ts'
import type { ErasureReason } from './erasure.ts'
import type { ContactCheck, IdentityCheck } from './match.ts'
import type { PersonField, PersonValues } from './person.ts'

export type FileHappening =
  // What staff correct in the file of a person.
  | {
      readonly type: 'person_edited'
      readonly fields: readonly PersonField[]
      /** The event of the edit that this one takes back. */
      readonly undoes?: string
      readonly secret: { readonly before: PersonValues; readonly after: PersonValues }
    }
  | {
      readonly type: 'case_staged'
      readonly case: string
      readonly from: Stage
      readonly stage: Stage
      readonly secret?: { readonly reason: string }
    }
  | {
      readonly type: 'case_assigned'
      readonly case: string
      readonly owner?: string
      readonly office?: string
      readonly secret?: { readonly reason: string }
    }
  | {
      readonly type: 'case_closed'
      readonly case: string
      readonly from: Stage
      readonly reason: ClosureReason
      readonly secret?: { readonly note: string }
    }
  | { readonly type: 'case_reopened'; readonly case: string; readonly secret?: { readonly reason: string } }
  /** `files` are all that were erased together; `effective` is when the last backup of their keys has expired, ISO. */
  | {
      readonly type: 'person_erased'
      readonly reason: ErasureReason
      readonly files: readonly string[]
      readonly effective: string
    }
  // Who is who. `other` is a person by id; both keep their own history.
  | { readonly type: 'persons_joined'; readonly other: string; readonly secret?: { readonly reason: string } }
  | { readonly type: 'persons_parted'; readonly other: string; readonly secret?: { readonly reason: string } }
  | {
      readonly type: 'identity_checked'
      readonly request: string
      readonly candidate: string
      /** All that hold from here on; one that was ticked by mistake is not among them any more. */
      readonly checks: readonly (IdentityCheck | ContactCheck)[]
    }
  | { readonly type: 'identity_settled'; readonly request: string; readonly candidate?: string }
  | { readonly type: 'contact_noticed'; readonly request: string; readonly candidate: string }
  | { readonly type: 'contact_disputed'; readonly request: string }
  | { readonly type: 'contact_changed'; readonly request: string; readonly candidate: string }
  | {
      readonly type: 'contact_refused'
      readonly request: string
      readonly secret?: { readonly reason: string }
    }
