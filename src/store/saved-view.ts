/** Looks that a member of staff kept under a name, for themselves. */
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'

type Prisma = Database['prisma']

export type SavedView = { readonly id: string; readonly name: string; readonly query: string }

/** The rail has room for so many; each is counted with every page. */
export const savedAtMost = 12

/** In the order in which they were kept. */
export async function listSavedViews(prisma: Prisma, staff: string): Promise<readonly SavedView[]> {
  return prisma.savedView.findMany({
    where: { staffId: staff },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, query: true },
    take: savedAtMost,
  })
}

/** Keeps a look; one of the same name is replaced. Fails with `view:too_many`. */
export async function saveView(
  prisma: Prisma,
  staff: string,
  { id, name, query }: SavedView,
  at: Date,
): Promise<void> {
  const others = await prisma.savedView.count({ where: { staffId: staff, name: { not: name } } })
  if (others >= savedAtMost) throw new Failure('view:too_many')
  await prisma.savedView.upsert({
    where: { staffId_name: { staffId: staff, name } },
    create: { id, staffId: staff, name, query, createdAt: at },
    update: { query },
  })
}

/** Forgets one of somebody's own; nothing when it is gone or another's. */
export async function forgetView(prisma: Prisma, staff: string, id: string): Promise<void> {
  await prisma.savedView.deleteMany({ where: { id, staffId: staff } })
}
