/** What happens with a check-in (core/check-in.ts). Part of core/event.ts. */
import type { CheckInItem } from './check-in.ts'

export type CheckInHappening =
  /** Staff want the person to be asked in the chat, as soon as nothing else is being asked. */
  | { readonly type: 'check_in_wanted'; readonly case: string; readonly at: string }
  | { readonly type: 'check_in_asked'; readonly checkIn: string; readonly case: string }
  /** `secret` is all that was answered so far, by item. */
  | {
      readonly type: 'check_in_answered'
      readonly checkIn: string
      readonly item: CheckInItem
      readonly secret?: { readonly answers: Readonly<Record<string, string>> }
    }
  | {
      readonly type: 'check_in_ended'
      readonly checkIn: string
      /** How many of the questions were answered. */
      readonly answered: number
      readonly secret?: { readonly answers: Readonly<Record<string, string>> }
    }
  /** A survey was filled in with the person by staff. */
  | {
      readonly type: 'survey_recorded'
      readonly record: string
      readonly survey: string
      readonly version: number
      readonly mode: 'interview' | 'phone'
      readonly language: string
      /** ISO date. */
      readonly day: string
      readonly secret?: { readonly answers: Readonly<Record<string, string>> }
    }
