/** What happens with codes, with those who write for somebody, and with what staff decide against a warning. */

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
  | { readonly type: 'code_ended' }
  /** Somebody was made to open, and gave the code that opens nothing. */
  | { readonly type: 'help_called'; readonly request: string }
  /** The code was given wrongly too often: staff make sure who it is. */
  | { readonly type: 'code_lost'; readonly request: string }
