/** Every way the world may refuse us. A bug is a plain Error; what a person says wrongly is an event; this is the rest. */

type Trouble = {
  /** What HTTP answers. */
  readonly status: number
  /** Whether trying later can help. */
  readonly retry: boolean
  /** Whether it is ours to repair (logged as an error) or the world's (logged as information). */
  readonly ours: boolean
}

export const failures = {
  'channel:unreachable': { status: 502, retry: true, ours: false },
  'channel:throttled': { status: 503, retry: true, ours: false },
  'channel:refused': { status: 422, retry: false, ours: false },
  'channel:unsupported': { status: 422, retry: false, ours: false },
  'channel:doubtful': { status: 502, retry: false, ours: false },
  'channel:blocked': { status: 422, retry: false, ours: false },
  'channel:window_closed': { status: 409, retry: false, ours: false },
  'channel:unauthorized': { status: 500, retry: false, ours: true },
  'channel:unconfigured': { status: 500, retry: false, ours: true },
  'channel:bad_template': { status: 422, retry: false, ours: true },
  'channel:known': { status: 409, retry: false, ours: false },
  'channel:not_found': { status: 404, retry: false, ours: false },
  'template:not_found': { status: 404, retry: false, ours: false },
  'person:unproven': { status: 409, retry: false, ours: false },
  'channel:bad_signature': { status: 401, retry: false, ours: false },
  'channel:bad_payload': { status: 400, retry: false, ours: false },
  'mail:unreachable': { status: 502, retry: true, ours: false },
  'mail:refused': { status: 502, retry: false, ours: true },
  'address:closed': { status: 409, retry: false, ours: false },
  'media:too_large': { status: 413, retry: false, ours: false },
  'table:too_large': { status: 413, retry: false, ours: false },
  'table:unreadable': { status: 422, retry: false, ours: false },
  'table:lying': { status: 422, retry: false, ours: false },
  'table:old_excel': { status: 422, retry: false, ours: false },
  'table:no_header': { status: 422, retry: false, ours: false },
  'table:busy': { status: 409, retry: true, ours: false },
  'table:empty': { status: 422, retry: false, ours: false },
  'media:no_picture': { status: 422, retry: false, ours: false },
  'media:unreachable': { status: 503, retry: true, ours: true },
  'media:unscanned': { status: 503, retry: true, ours: true },
  'media:infected': { status: 422, retry: false, ours: false },
  'media:gone': { status: 410, retry: false, ours: false },
  'listening:heard': { status: 409, retry: false, ours: false },
  'listening:more': { status: 409, retry: false, ours: false },
  'listening:no_answer': { status: 422, retry: false, ours: false },
  'message:changed': { status: 409, retry: false, ours: false },
  'message:not_found': { status: 404, retry: false, ours: false },
  'person:not_found': { status: 404, retry: false, ours: false },
  'person:unsafe': { status: 409, retry: false, ours: false },
  'person:stopped': { status: 409, retry: false, ours: false },
  'person:changed_meanwhile': { status: 409, retry: false, ours: false },
  'person:joined': { status: 409, retry: false, ours: false },
  'case:not_found': { status: 404, retry: false, ours: false },
  'case:reason_missing': { status: 422, retry: false, ours: false },
  'case:closed': { status: 409, retry: false, ours: false },
  'identity:settled': { status: 409, retry: false, ours: false },
  'identity:unchecked': { status: 422, retry: false, ours: false },
  'request:not_found': { status: 404, retry: false, ours: false },
  'request:changed_meanwhile': { status: 409, retry: false, ours: false },
  'request:answered_meanwhile': { status: 409, retry: false, ours: false },
  'request:closed': { status: 409, retry: false, ours: false },
  'request:taken': { status: 409, retry: false, ours: false },
  'request:result_missing': { status: 422, retry: false, ours: false },
  'request:report_missing': { status: 422, retry: false, ours: false },
  'request:nobody_left': { status: 409, retry: false, ours: false },
  'request:attempt_missing': { status: 422, retry: false, ours: false },
  'request:reason_missing': { status: 422, retry: false, ours: false },
  'request:bad_time': { status: 422, retry: false, ours: false },
  'request:merged': { status: 409, retry: false, ours: false },
  'follow_up:not_free': { status: 409, retry: false, ours: false },
  'follow_up:past': { status: 409, retry: false, ours: false },
  'follow_up:ended': { status: 409, retry: false, ours: false },
  'follow_up:not_yet': { status: 409, retry: false, ours: false },
  'referral:nobody': { status: 409, retry: false, ours: false },
  'referral:not_theirs': { status: 422, retry: false, ours: false },
  'referral:not_by_chat': { status: 409, retry: false, ours: false },
  'referral:no_consent': { status: 409, retry: false, ours: false },
  'referral:no_guardian': { status: 409, retry: false, ours: false },
  'referral:held': { status: 409, retry: false, ours: false },
  'guardian:nobody_needed': { status: 409, retry: false, ours: false },
  'guardian:not_given': { status: 409, retry: false, ours: false },
  'referral:ended': { status: 409, retry: false, ours: false },
  'partner:not_found': { status: 404, retry: false, ours: false },
  'request:not_alike': { status: 409, retry: false, ours: false },
  'feedback:not_found': { status: 404, retry: false, ours: false },
  'feedback:raised': { status: 409, retry: false, ours: false },
  'feedback:changed_meanwhile': { status: 409, retry: false, ours: false },
  'decision:not_found': { status: 404, retry: false, ours: false },
  'decision:hidden': { status: 422, retry: false, ours: false },
  'rumour:not_found': { status: 404, retry: false, ours: false },
  'campaign:not_found': { status: 404, retry: false, ours: false },
  'campaign:closed': { status: 409, retry: false, ours: false },
  'campaign:empty': { status: 422, retry: false, ours: false },
  'campaign:own': { status: 403, retry: false, ours: false },
  'campaign:agreed_already': { status: 409, retry: false, ours: false },
  'campaign:changed_meanwhile': { status: 409, retry: false, ours: false },
  'campaign:nobody': { status: 422, retry: false, ours: false },
  'audience:not_found': { status: 404, retry: false, ours: false },
  'audience:name_taken': { status: 409, retry: false, ours: false },
  'audience:in_use': { status: 409, retry: false, ours: false },
  'view:too_many': { status: 409, retry: false, ours: false },
  'bulk:too_late': { status: 409, retry: false, ours: false },
  'reply:not_found': { status: 404, retry: false, ours: false },
  'reply:changed_meanwhile': { status: 409, retry: false, ours: false },
  'text:changed_meanwhile': { status: 409, retry: false, ours: false },
  'queue:not_found': { status: 404, retry: false, ours: false },
  'staff:not_found': { status: 404, retry: false, ours: false },
  'staff:not_allowed': { status: 403, retry: false, ours: false },
  'staff:exists': { status: 409, retry: false, ours: false },
  'approval:decided': { status: 409, retry: false, ours: false },
  'sign_in:refused': { status: 401, retry: false, ours: false },
  'sign_in:needed': { status: 401, retry: false, ours: false },
  'sign_in:too_many': { status: 429, retry: true, ours: false },
  'form:stale': { status: 403, retry: false, ours: false },
  'check_in:not_by_chat': { status: 409, retry: false, ours: false },
  'task:ended': { status: 409, retry: false, ours: false },
  'form:invalid': { status: 422, retry: false, ours: false },
  'page:not_found': { status: 404, retry: false, ours: false },
  'rate:exceeded': { status: 429, retry: true, ours: false },
  'flow:unreadable': { status: 422, retry: false, ours: true },
  'config:invalid': { status: 500, retry: false, ours: true },
  'database:unreachable': { status: 503, retry: true, ours: true },
  'database:in_use': { status: 503, retry: false, ours: true },
  'key:missing': { status: 500, retry: false, ours: true },
  'key:different': { status: 500, retry: false, ours: true },
  'erasure:not_typed': { status: 422, retry: false, ours: false },
  'key:erased': { status: 410, retry: false, ours: false },
  'key:shut': { status: 423, retry: false, ours: false },
} as const satisfies Record<string, Trouble>

export type FailureCode = keyof typeof failures

/** Facts for the log: ids, codes, counts. Never a name, a number, an address or a text. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>

/** The world refused. `code` decides what HTTP says, whether a job tries again and whether we are to blame. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  readonly facts: Facts

  constructor(code: FailureCode, facts: Facts = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options)
    this.code = code
    this.facts = facts
  }

  get trouble(): Trouble {
    return failures[this.code]
  }
}
