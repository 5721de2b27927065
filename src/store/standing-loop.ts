/** The matters of an address about which the person is asked, or is to be asked, whether they are solved. */
import type { QueueKey } from '../core/queue.ts'
import type { RequestKind, RequestState } from '../core/request.ts'

/** What a turn may know of one; it was answered, and nothing was said in it since. */
export type StandingLoop = {
  readonly request: string
  readonly reference: string
  readonly kind: RequestKind
  readonly queue: QueueKey
  readonly state: RequestState
  /** When they are to be asked. */
  readonly at: Date
  readonly asked: boolean
  /** A yes may close it: no need under it is without a result. */
  readonly closable: boolean
  /** Who gave the last answer. */
  readonly answeredBy?: string
}

export const loopColumn = `
  (select jsonb_agg(l.cells) from (
     select jsonb_build_array(q.id, q.reference, q.kind, q.queue, q.state, q.loop_at, q.loop_asked_at is not null,
         not exists (select from need n where n.request_id = q.id and n.result is null),
         (select m.staff_id from message m where m.request_id = q.id and m.direction = 'out' and m.staff_id is not null
           order by m.position desc limit 1)) as cells
     from request q where q.address_id = a.id and q.loop_at is not null and q.state in ('answered', 'closed')
       and q.visibility = 'open' and q.merged_into_id is null
       and (not a.shared or q.person_id = s.person_id or (q.person_id is null and q.id > s.id))
     order by q.loop_at desc limit 3) l) as loops`

export type LoopRow = { readonly loops: readonly Cells[] | null }

type Cells = readonly [
  request: string,
  reference: string,
  kind: RequestKind,
  queue: QueueKey,
  state: RequestState,
  at: string,
  asked: boolean,
  closable: boolean,
  answeredBy: string | null,
]

export function loopsOf({ loops }: LoopRow): readonly StandingLoop[] {
  return (loops ?? []).map(([request, reference, kind, queue, state, at, asked, closable, answeredBy]) => ({
    ...{ request, reference, kind, queue, state, at: new Date(at), asked, closable },
    ...(answeredBy ? { answeredBy } : {}),
  }))
}
