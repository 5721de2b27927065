/** What one press did to several requests, for whoever pressed: told on the list, and taken back for ten minutes. */
import type { BulkItem } from '../core/bulk.ts'
import type { BulkActName } from '../core/event.ts'
import type { Database } from './database.ts'

type Prisma = Database['prisma']

export type BulkAct = {
  readonly id: string
  readonly act: BulkActName
  readonly at: Date
  readonly undoneAt?: Date
  readonly items: readonly BulkItem[]
}

/** Begins one under the key of its form; false when the same form was pressed before. */
export async function beginBulkAct(
  prisma: Prisma,
  it: { readonly id: string; readonly staff: string; readonly act: BulkActName; readonly at: Date },
): Promise<boolean> {
  const { id, staff: staffId, act, at } = it
  const made = await prisma.bulkAct.createMany({
    data: [{ id, staffId, act, at, items: [] }],
    skipDuplicates: true,
  })
  return made.count === 1
}

/** Writes down what became of each request. */
export async function writeBulkItems(prisma: Prisma, id: string, items: readonly BulkItem[]): Promise<void> {
  await prisma.bulkAct.update({ where: { id }, data: { items: JSON.parse(JSON.stringify(items)) } })
}

/** One of this member of staff's own, or undefined. */
export async function findBulkAct(prisma: Prisma, staff: string, id: string): Promise<BulkAct | undefined> {
  const row = await prisma.bulkAct.findFirst({ where: { id, staffId: staff } })
  if (!row) return undefined
  return {
    id: row.id,
    // Both were written by this program from these types.
    act: row.act as BulkActName,
    items: row.items as unknown as readonly BulkItem[],
    at: row.at,
    ...(row.undoneAt ? { undoneAt: row.undoneAt } : {}),
  }
}

/** Takes the right to undo it, which only one press gets. */
export async function takeUndo(prisma: Prisma, id: string, at: Date): Promise<boolean> {
  const taken = await prisma.bulkAct.updateMany({ where: { id, undoneAt: null }, data: { undoneAt: at } })
  return taken.count === 1
}

/** Forgets those that nobody can take back any more. */
export async function forgetBulkActs(prisma: Prisma, before: Date): Promise<void> {
  await prisma.bulkAct.deleteMany({ where: { at: { lt: before } } })
}
