/** What happens with codes, with those who write for somebody, and with what staff decide against a warning. */

import type { ConsentAnswer } from './consent.ts'
import type { GuardianMedium, Kin } from './guardian.ts'
import type { Language } from './language.ts'
import type { IdentityCheck } from './match.ts'
import type { ProxyMatter, ProxyMedium } from './proxy.ts'
import type { WorkerSex } from './safe-contact.ts'

export type SafeHappening =
  /**
   * Four digits arrived; the message that held them is made unreadable. Only what opened or was refused is told in history:
   * nothing there may tell the code that calls for help.
   */
  | {
      readonly type: 'code_given'
      readonly how: 'chosen' | 'opened' | 'refused' | 'alarm'
      readonly tries: number
    }
  /** `mark` is kept with the session and never in history. */
  | { readonly type: 'code_set'; readonly which: 'code' | 'alarm'; readonly mark?: string }
  /** By whoever set it, or by staff after so many checks of who it is. */
  | { readonly type: 'code_ended'; readonly checks?: readonly IdentityCheck[] }
  /** Staff were told that the answer would wait, be announced or not go, and sent it all the same. */
  | {
      readonly type: 'answer_insisted'
      readonly request: string
      readonly message: string
      readonly against: 'preview' | 'wait' | 'never'
    }
  /** Somebody may write for them, as they agreed. */
  | {
      readonly type: 'proxy_named'
      readonly proxy: string
      readonly matters: readonly ProxyMatter[]
      readonly medium: ProxyMedium
      readonly until: string
    }
  | { readonly type: 'proxy_ended' }
  /** Whoever answers for a child said it to staff: the locale key and hash of what was read out to them. */
  | {
      readonly type: 'guardian_heard'
      readonly answer: ConsentAnswer
      readonly kin: Kin
      readonly medium: GuardianMedium
      readonly text: string
      readonly wording: string
      readonly language: Language
    }
  /** Somebody said in the chat that they are so old: below eighteen, where the file has no child. Kept until it is looked at. */
  | { readonly type: 'age_said'; readonly request: string; readonly years: number }
  /** Staff looked at the age that was said: the file has their year from here on, or it is not theirs. */
  | { readonly type: 'age_settled'; readonly request: string; readonly theirs: boolean }
  /** Whom they would rather speak with; without a sex they do not mind. */
  | { readonly type: 'worker_preferred'; readonly sex?: WorkerSex }
  /** Somebody was made to open, and gave the code that opens nothing. */
  | { readonly type: 'help_called'; readonly request: string }
  /** A holder of a sealed matter let a colleague in to its words. */
  | { readonly type: 'holder_let_in'; readonly request: string; readonly holder: string }
  /** A holder agreed, or did not, that somebody who asked in writing holds the matter too. */
  | { readonly type: 'holder_added'; readonly request: string; readonly holder: string }
  | { readonly type: 'opening_refused'; readonly request: string }
  /** A matter was reported to those outside who look into it, on a day (ISO), under their reference. */
  | {
      readonly type: 'matter_reported'
      readonly request: string
      readonly on: string
      readonly secret?: { readonly reference: string }
    }
  /** Its time after the report is over: its words are gone. */
  | { readonly type: 'matter_forgotten'; readonly request: string }
  /** A colleague whom a matter may be about was shut out of it with theirs, or let back. */
  | { readonly type: 'staff_shut_out'; readonly request: string; readonly colleague: string }
  | { readonly type: 'staff_let_back'; readonly request: string; readonly colleague: string }
  /** The code was given wrongly too often: staff make sure who it is. */
  | { readonly type: 'code_lost'; readonly request: string }
