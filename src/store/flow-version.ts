/** Every version of a flow that ever ran: a session goes on in the one in which it began. */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Database } from './database.ts'

export type FlowVersion = {
  /** Hash of the shape. */
  readonly hash: string
  readonly flow: string
  readonly shape: unknown
}

/** Keeps the versions that run from here on; those known already are left alone. */
export async function rememberFlows(
  prisma: Database['prisma'],
  versions: readonly FlowVersion[],
  at: Date,
): Promise<void> {
  await prisma.flowVersion.createMany({
    data: versions.map(({ hash, flow, shape }) => {
      return { hash, flow, shape: shape as Prisma.InputJsonValue, firstSeen: at }
    }),
    skipDuplicates: true,
  })
}

/** All versions, the oldest first; shapes are read by flow/read.ts as files are. */
export async function listFlowVersions(prisma: Database['prisma']): Promise<readonly FlowVersion[]> {
  const rows = await prisma.flowVersion.findMany({ orderBy: [{ firstSeen: 'asc' }, { hash: 'asc' }] })
  return rows.map(({ hash, flow, shape }) => ({ hash, flow, shape }))
}
