/** When a member of staff last looked at a request: what was said since is new to them. Ids and times, no words. */
import type { Database } from './database.ts'

/** Notes that they look; gives when they did before. Whoever calls has found the request under their access. */
export async function noteGlance(
  pool: Database['pool'],
  it: { readonly staff: string; readonly request: string },
  at: Date,
): Promise<Date | undefined> {
  const { rows } = await pool.query<{ before: Date | null }>({
    name: 'glance',
    text: `with earlier as (select at from glance where staff_id = $1 and request_id = $2)
      insert into glance (staff_id, request_id, at) values ($1, $2, $3)
      on conflict (staff_id, request_id) do update set at = greatest(glance.at, excluded.at)
      returning (select at from earlier) as before`,
    values: [it.staff, it.request, at],
  })
  return rows[0]?.before ?? undefined
}
