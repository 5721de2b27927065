/**
 * Open requests that wait for an office of which nobody sits in their queue: they are everybody's there again. Looked for
 * in the transaction of every change that takes a seat away, and once a minute for what two changes did together.
 */
import type { Database } from './database.ts'

type Tx = Pick<Database['prisma'], '$queryRaw' | '$executeRaw'>

/** Who takes seats away, and the clock that goes with it; nobody, when it is only found. */
export type Releasing = {
  readonly clock: { id(): string; now(): Date }
  readonly by?: string
}

/** So many in one statement: their ids travel with it. */
const atOnce = 5_000

/** Releases them, each with its place in history. Gives the hints for whoever sees them from here on. */
export async function releaseUnattended(tx: Tx, { clock, by }: Releasing): Promise<readonly string[]> {
  const hints = new Set<string>()
  const turn = clock.id()
  for (;;) {
    const found = await tx.$queryRaw<{ id: string; queue: string }[]>`
      select r.id, r.queue from request r
      where r.state <> 'closed' and r.visibility = 'open' and r.office_id is not null and not exists (
        select from queue_staff q join staff s on s.id = q.staff_id
        where q.queue = r.queue and s.office_id = r.office_id and s.active)
      order by r.id limit ${atOnce} for update`
    if (found.length === 0) return [...hints]
    const requests = found.map(({ id }) => id)
    await tx.$executeRaw`
      insert into event (id, at, turn_id, type, by, staff_id, address_id, person_id, request_id, facts, visibility)
      select n.id, ${clock.now()}, ${turn}::uuid, 'office_released', ${by ? 'staff' : 'clock'}, ${by ?? null}::uuid,
        r.address_id, r.person_id, r.id, jsonb_build_object('request', r.id, 'office', r.office_id), r.visibility
      from unnest(${requests.map(() => clock.id())}::uuid[], ${requests}::uuid[]) as n(id, request)
      join request r on r.id = n.request`
    await tx.$executeRaw`
      update request set office_id = null, version = version + 1 where id = any(${requests}::uuid[])`
    for (const { queue } of found) hints.add(`queue-${queue}`)
  }
}
