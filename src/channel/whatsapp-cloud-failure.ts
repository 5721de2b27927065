/**
 * Meta's error codes as the closed list of our failures (developers.facebook.com, Cloud API, "Error codes"). What is in
 * no row is refused when the status says that the request was wrong, and otherwise tried again.
 */
import { Failure, type FailureCode } from '../failure.ts'

/** How long to be silent when Meta does not say: seconds. */
const slowLine = 10
/** "6 seconds between messages to one person" is what the pair limit lets through in the long run. */
const slowPair = 6
const day = 24 * 60 * 60

type Row = {
  readonly code: FailureCode
  readonly afterSeconds?: number
  /** Only this person has to wait, not the line. */
  readonly pair?: true
}

const table: readonly (readonly [codes: readonly number[], row: Row])[] = [
  // Too fast: the app, the account, the number.
  [[4, 80007, 130429], { code: 'channel:throttled', afterSeconds: slowLine }],
  // Too fast for one person; marketing that one person has had enough of today.
  [[131056], { code: 'channel:throttled', afterSeconds: slowPair, pair: true }],
  [[131049], { code: 'channel:throttled', afterSeconds: day, pair: true }],
  // Reported as spam too often: a long silence, and the operator has to look.
  [[131048], { code: 'channel:throttled', afterSeconds: 60 * 60 }],
  // Their trouble.
  [[1, 2, 131000, 131016, 133004], { code: 'channel:unreachable' }],
  // Whoever has not written for a day hears templates only.
  [[131047], { code: 'channel:window_closed' }],
  // Not on WhatsApp, blocked us, or an app too old.
  [[131026], { code: 'channel:blocked' }],
  // A template that is unknown, paused, not in this language, or filled in wrongly: an officer has to look.
  [
    [
      132000, 132001, 132005, 132007, 132008, 132009, 132010, 132011, 132012, 132013, 132014, 132015, 132016,
      132018, 132068, 132069,
    ],
    { code: 'channel:bad_template' },
  ],
  // The account: key, rights, lock, debt.
  [[0, 10, 190, 368, 131005, 131031, 131042], { code: 'channel:unauthorized' }],
]

const rows: ReadonlyMap<number, Row> = new Map(
  table.flatMap(([codes, row]) => codes.map((code) => [code, row] as const)),
)

/** Meta's rights are codes 200 to 299. */
const isRight = (code: number) => code >= 200 && code <= 299

/** The failure of a message that Meta took and could not deliver. */
export function failureCodeOf(code: number): FailureCode {
  return rows.get(code)?.code ?? (isRight(code) ? 'channel:unauthorized' : 'channel:refused')
}

/** The failure of a call: HTTP status, Meta's code where the body told one, and how long it asked us to wait. */
export function refusal(status: number, code: number | undefined, retryAfter: number | undefined): Failure {
  const facts = { theirs: code === undefined ? String(status) : `${status} ${code}` }
  const row = code === undefined ? undefined : rows.get(code)
  if (row?.code === 'channel:throttled' || (!row && status === 429)) {
    const afterSeconds = retryAfter ?? row?.afterSeconds ?? slowLine
    return new Failure('channel:throttled', { ...facts, afterSeconds, ...(row?.pair ? { pair: true } : {}) })
  }
  if (row) return new Failure(row.code, facts)
  if (status === 401 || (code !== undefined && isRight(code)))
    return new Failure('channel:unauthorized', facts)
  return new Failure(status >= 500 ? 'channel:unreachable' : 'channel:refused', facts)
}
