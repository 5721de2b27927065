/** A follow-up of the store as pages show it. */
import { followUpsOfRequest } from '../store/followup.ts'
import { staffNames } from '../store/seat.ts'
import type { ConsoleParts } from './parts.ts'
import type { FollowUpView } from './view.ts'

/** Those of a request that the caller has found under the reader's access. */
export async function loadFollowUpViews(
  { database }: Pick<ConsoleParts, 'database'>,
  request: string,
): Promise<readonly FollowUpView[]> {
  const all = await followUpsOfRequest(database.prisma, request)
  const names = await staffNames(
    database.prisma,
    all.flatMap((one) => one.staff ?? []),
  )
  return all.map((one) => followUpView(one, names))
}

type FollowUpRow = Awaited<ReturnType<typeof followUpsOfRequest>>[number]

export function followUpView(one: FollowUpRow, names: ReadonlyMap<string, string>): FollowUpView {
  const staff = one.staff === undefined ? undefined : names.get(one.staff)
  return {
    ...{
      id: one.id,
      state: one.state,
      askedAt: one.askedAt,
      untold: one.prompt !== undefined && one.state === 'proposed',
    },
    ...(one.kind ? { kind: one.kind } : {}),
    ...(one.at ? { at: one.at } : {}),
    ...(staff === undefined ? {} : { staff }),
  }
}
