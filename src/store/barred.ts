/** Who must not know of a request, as it stands: for whoever is about to shut out one more. */
import type { Database } from './database.ts'

/** The staff barred from each of these requests; a request from which nobody is barred is not among them. */
export type Barred = (requests: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>

export function makeBarred({ prisma }: Pick<Database, 'prisma'>): Barred {
  return async (requests) => {
    if (requests.length === 0) return new Map()
    const rows = await prisma.requestBarred.findMany({ where: { requestId: { in: [...requests] } } })
    const barred = new Map<string, string[]>()
    for (const { requestId, staffId } of rows)
      barred.set(requestId, [...(barred.get(requestId) ?? []), staffId])
    return barred
  }
}
