/** What a turn starts from, as one statement gives it for many addresses, and as the turn wants it. */
import type { ConsentItem } from '../core/consent.ts'
import type { Language } from '../core/language.ts'
import type { Lock } from '../core/lock.ts'
import type { NeedCategory } from '../core/need.ts'
import type { RequestKind, RequestState } from '../core/request.ts'
import type { Visibility } from '../core/visibility.ts'
import type { OwnRequest, Session } from '../flow/session.ts'
import { type Keys, placeOf } from './encryption.ts'
import type { Standing } from './road.ts'
import { type FollowUpRow, followUpColumns, followUpsOf, safeContactOfRow } from './standing-followup.ts'
import { type LoopRow, loopColumn, loopsOf } from './standing-loop.ts'
import { type ReferralsRow, referralColumns, referralsOf } from './standing-referral.ts'

/**
 * The columns of a standing and where they come from, for a statement in which `a` is the address. Requests of others on
 * a shared phone are left out, and whatever is not open. Nobody's request is of the present speaker when it was opened
 * after their session began: ids are made in the order of time, and one session speaks at a time.
 */
export const standingColumns = `
  a.id as address_id, a.channel_id, c.kind as channel_kind, a.key_id, a.external_enc, a.language, a.state, a.shared,
  a.stopped, a.disputable_id, a.disputable_at, s.id as session_id, s.version, s.state_enc,
  s.code_hash, s.alarm_hash, s.code_tries, s.opened_at, s.alarmed_at,
  p.id as person_id, p.key_id as person_key, p.region, coalesce(p.minor, false) as minor, p.birth_year, p.proxy_id, p.helped_by, p.name_enc is not null as named,
  f.check_in_at, f.closed_at is not null as case_closed, f.id as case_id, f.owner_id, f.past_owners, f.office_id, f.number_hash is not null as numbered,
  (select jsonb_object_agg(n.item, n.answer) from (
     select distinct on (item) item, answer from consent where session_id = a.session_id order by item, at desc, id desc
   ) n) as consent,
  (select jsonb_agg(jsonb_build_array(r.id, r.reference, r.kind, r.state, r.category, r.opened_at, r.due_at,
       (select jsonb_agg(m.reference) from request m where m.merged_into_id = r.id)) order by r.id)
     from (select * from request
       where address_id = a.id and state <> 'closed' and visibility = 'open'
         and (not a.shared or person_id = s.person_id or (person_id is null and id > s.id))
       order by id desc limit 10) r) as requests,
  (select jsonb_build_array(id, kind, visibility, reference) from request
     where address_id = a.id and state in ('answered', 'waiting') and visibility <> 'open'
       and (not a.shared or person_id = s.person_id or (person_id is null and id > s.id))
     order by id desc limit 1) as confided,
  (select jsonb_build_array(r.campaign_id, r.person_id, r.written_at, (
       select jsonb_agg(x -> 'value') from jsonb_array_elements(k.question -> 'choices') x), k.question -> 'flow')
     from campaign_recipient r join campaign k on k.id = r.campaign_id
     where r.address_id = a.id and r.state = 'written' and (not a.shared or r.person_id = s.person_id)
     order by r.written_at desc limit 1) as campaign,
  ${followUpColumns},
  ${loopColumn},
  ${referralColumns}`

export const standingJoins = `
  join channel c on c.id = a.channel_id
  join session s on s.id = a.session_id
  left join person p on p.id = s.person_id
  left join lateral (
    select id, owner_id, past_owners, office_id, number_hash, check_in_at, closed_at from case_file where person_id = p.id
    order by closed_at is not null, opened_at desc limit 1
  ) f on true`

export type StandingRow = FollowUpRow &
  LoopRow &
  ReferralsRow & {
    readonly address_id: string
    readonly channel_id: string
    readonly channel_kind: string
    readonly key_id: string
    readonly external_enc: Buffer
    readonly language: Language | null
    readonly state: 'live' | 'blocked' | 'closed'
    readonly shared: boolean
    readonly stopped: 'no' | 'campaigns' | 'all'
    readonly disputable_id: string | null
    readonly disputable_at: Date | null
    readonly session_id: string
    readonly version: number
    readonly state_enc: Buffer | null
    readonly code_hash: Buffer | null
    readonly alarm_hash: Buffer | null
    readonly code_tries: number
    readonly opened_at: Date | null
    readonly alarmed_at: Date | null
    readonly person_id: string | null
    readonly person_key: string | null
    readonly region: string | null
    readonly minor: boolean
    readonly birth_year: number | null
    readonly proxy_id: string | null
    readonly helped_by: string | null
    readonly named: boolean | null
    readonly case_id: string | null
    readonly check_in_at: Date | null
    readonly case_closed: boolean
    readonly owner_id: string | null
    readonly past_owners: readonly string[] | null
    readonly office_id: string | null
    readonly numbered: boolean | null
    readonly consent: Record<ConsentItem, 'given' | 'refused' | 'withdrawn'> | null
    readonly requests: readonly RequestCells[] | null
    readonly confided: readonly [string, RequestKind, Visibility, string] | null
    readonly campaign:
      | readonly [id: string, recipient: string, at: string, values: string[] | null, flow: string | null]
      | null
  }

type RequestCells = readonly [
  id: string,
  reference: string,
  kind: RequestKind,
  state: RequestState,
  category: NeedCategory | null,
  openedAt: string,
  dueAt: string,
  joined: readonly string[] | null,
]

/** The standing of a row; the address's key is loaded. What was encrypted with an erased key is as if never said. */
export function standingOf(row: StandingRow, keys: Keys): Standing {
  const state = keys.read(row.key_id, placeOf('session', 'state_enc', row.session_id), row.state_enc)
  return {
    address: {
      id: row.address_id,
      channel: row.channel_id,
      channelKind: row.channel_kind,
      key: row.key_id,
      language: row.language ?? undefined,
      state: row.state,
      shared: row.shared,
      stopped: row.stopped,
    },
    session: {
      id: row.session_id,
      version: row.version,
      state: state === undefined ? undefined : (JSON.parse(state) as Session),
      lock: lockOf(row),
    },
    person: personOf(row),
    consent: row.consent ?? {},
    disputable:
      row.disputable_id && row.disputable_at
        ? { request: row.disputable_id, at: row.disputable_at }
        : undefined,
    requests: (row.requests ?? []).map(requestOf),
    campaign: campaignOf(row),
    followUps: followUpsOf(row),
    loops: loopsOf(row),
    referrals: referralsOf(row),
    safe: safeContactOfRow(row, keys),
    confided: row.confided
      ? {
          id: row.confided[0],
          kind: row.confided[1],
          visibility: row.confided[2],
          reference: row.confided[3],
        }
      : undefined,
  }
}

function lockOf({ code_hash, alarm_hash, code_tries, opened_at, alarmed_at }: StandingRow): Lock | undefined {
  if (!code_hash) return undefined
  return {
    code: code_hash.toString('base64'),
    tries: code_tries,
    ...(alarm_hash ? { alarm: alarm_hash.toString('base64') } : {}),
    ...(opened_at ? { openedAt: opened_at } : {}),
    ...(alarmed_at ? { alarmedAt: alarmed_at } : {}),
  }
}

function campaignOf({ campaign }: StandingRow): Standing['campaign'] {
  if (!campaign) return undefined
  const [id, recipient, at, values, flow] = campaign
  return { id, recipient, at: new Date(at), ...(values ? { values } : {}), ...(flow ? { flow } : {}) }
}

function personOf(row: StandingRow): Standing['person'] {
  if (row.person_id === null || row.person_key === null) return undefined
  return {
    id: row.person_id,
    key: row.person_key,
    case: row.case_id ?? undefined,
    owner: row.owner_id ?? undefined,
    ...(row.past_owners?.length ? { pastOwners: row.past_owners } : {}),
    office: row.office_id ?? undefined,
    region: row.region ?? undefined,
    minor: row.minor,
    ...(row.birth_year === null ? {} : { birthYear: row.birth_year }),
    known: Boolean(row.named || row.numbered),
    ...(row.check_in_at ? { checkInAt: row.check_in_at } : {}),
    ...(row.case_closed ? { caseClosed: true } : {}),
    ...(row.proxy_id ? { proxy: row.proxy_id } : {}),
    ...(row.helped_by ? { helpedBy: row.helped_by } : {}),
  }
}

function requestOf([
  id,
  reference,
  kind,
  state,
  category,
  openedAt,
  dueAt,
  joined,
]: RequestCells): OwnRequest {
  return {
    id,
    reference,
    kind,
    state,
    category: category ?? undefined,
    openedAt: new Date(openedAt),
    dueAt: new Date(dueAt),
    ...(joined ? { joined } : {}),
  }
}
