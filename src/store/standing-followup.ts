/** The follow-ups of an address that the conversation may speak of, with all that its free times are made of. */
import type { FollowUpKind, FollowUpPrompt, FollowUpState, Span, StandingFollowUp } from '../core/followup.ts'
import type { SafeContact } from '../core/safe-contact.ts'
import { type Keys, placeOf } from './encryption.ts'
import { parseSafeContact } from './safe-contact-shape.ts'

/**
 * Columns of a standing (standing.ts), where `a` is the address, `s` its session and `p` the person. What is hidden is not
 * spoken of in a chat; on a shared phone only those of the present speaker are.
 */
export const followUpColumns = `
  (select jsonb_agg(u.cells) from (
     select jsonb_build_array(f.id, f.request_id, f.state, f.kind, f.at, f.minutes, f.office_id, f.staff_id, f.country,
         f.prompt, f.prompt_at, f.knocked, f.version, d.version,
         (select jsonb_agg(jsonb_build_array(o.at, o.at + o.minutes * interval '1 minute')) from follow_up o
           where o.staff_id = f.staff_id and o.at > f.created_at - interval '1 day' and o.state in ('proposed', 'agreed')
             and o.id <> f.id),
         (select jsonb_agg(jsonb_build_array(x."from", x.until)) from absence x
           where x.staff_id = f.staff_id and x.until > f.created_at)) as cells
     from request r join follow_up f on f.request_id = r.id join diary d on d.id = f.staff_id
     where r.address_id = a.id and r.visibility = 'open' and f.at is not null
       and (f.state in ('proposed', 'agreed') or f.prompt is not null)
       and (not a.shared or r.person_id = s.person_id or (r.person_id is null and r.id > s.id))
     order by f.prompt_at nulls last, f.at limit 3) u) as follow_ups,
  p.safe_contact_enc`

export type FollowUpRow = {
  readonly person_id: string | null
  readonly person_key: string | null
  readonly safe_contact_enc: Buffer | null
  readonly follow_ups: readonly Cells[] | null
  /** Something else is to be said of our own accord. */
  readonly loops?: unknown
  readonly referrals?: unknown
  readonly check_in_at?: unknown
}

type Cells = readonly [
  id: string,
  request: string,
  state: FollowUpState,
  kind: FollowUpKind,
  at: string,
  minutes: number,
  office: string | null,
  staff: string,
  country: string,
  prompt: FollowUpPrompt | null,
  promptAt: string | null,
  knocked: boolean,
  version: number,
  diary: number,
  taken: readonly Ends[] | null,
  away: readonly Ends[] | null,
]
type Ends = readonly [from: string, to: string]

/** The keys of people whose safe contact these rows need. */
export function safeKeysOf(rows: Iterable<FollowUpRow>): string[] {
  return [...rows].flatMap((row) => (needsSafe(row) && row.person_key ? [row.person_key] : []))
}

export function followUpsOf(row: FollowUpRow): readonly StandingFollowUp[] {
  return (row.follow_ups ?? []).map(
    ([id, request, state, kind, at, minutes, office, staff, country, ...rest]) => {
      const [prompt, promptAt, knocked, version, diary, taken, away] = rest
      return {
        ...{ id, request, state, kind, at: new Date(at), minutes, staff, country, knocked, version, diary },
        ...(office === null ? {} : { office }),
        ...(prompt && promptAt ? { prompt: { what: prompt, at: new Date(promptAt) } } : {}),
        taken: (taken ?? []).map(spanOf),
        away: (away ?? []).map(spanOf),
      }
    },
  )
}

/** How they are reached without harm; read only where a follow-up or a referral needs it. The person's key is loaded. */
export function safeContactOfRow(row: FollowUpRow, keys: Keys): SafeContact | undefined {
  if (!needsSafe(row) || row.person_id === null || row.person_key === null) return undefined
  const place = placeOf('person', 'safe_contact_enc', row.person_id)
  const text = keys.read(row.person_key, place, row.safe_contact_enc)
  return text === undefined ? undefined : parseSafeContact(text)
}

function needsSafe({ follow_ups, loops, referrals, check_in_at, safe_contact_enc }: FollowUpRow): boolean {
  const speaks = [follow_ups, loops, referrals, check_in_at].some((one) => (one ?? null) !== null)
  return speaks && safe_contact_enc !== null
}

function spanOf([from, to]: Ends): Span {
  return { from: new Date(from), to: new Date(to) }
}
