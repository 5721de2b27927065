/** The looks that the reader kept, each with how many requests it holds. */
import { parse } from 'node:querystring'
import type { Staff } from '../core/staff.ts'
import { countLook } from '../store/request-count.ts'
import type { RequestLook } from '../store/request-look.ts'
import { listSavedViews } from '../store/saved-view.ts'
import { readLook } from './look.ts'
import type { ConsoleParts } from './parts.ts'
import type { Look, Rail } from './view.ts'

export async function loadSaved(
  { database, clock }: Pick<ConsoleParts, 'database' | 'clock'>,
  staff: Staff,
): Promise<Rail['saved']> {
  const saved = await listSavedViews(database.prisma, staff.id)
  return Promise.all(
    saved.map(async ({ id, name, query }) => {
      const look = readLook(parse(query))
      const asked = { look: storeLook(look), filter: look.filter, now: clock.now() }
      return { id, name, look, n: await countLook(database, staff, asked) }
    }),
  )
}

/** A look as the store knows it, without its filters. */
export function storeLook(look: Look): RequestLook {
  return 'view' in look ? look.view : { queue: look.queue }
}
