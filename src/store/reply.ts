/** Canned replies as the office wrote them: every version stays, with who wrote it and when. */
import { languages } from '../core/language.ts'
import { queueKeys } from '../core/queue.ts'
import { certainties, type Reply, type Wordings } from '../core/reply.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { isTaken } from './pg-failure.ts'

type Prisma = Database['prisma']

export type ReplyVersion = Reply & { readonly staff: string; readonly at: Date }

/** The last version of each key that the office ever wrote. */
export async function listReplyVersions(prisma: Prisma): Promise<readonly ReplyVersion[]> {
  const rows = await prisma.replyVersion.findMany({
    distinct: ['key'],
    orderBy: [{ key: 'asc' }, { number: 'desc' }],
  })
  return rows.map(versionOf)
}

/** Every version of one key, the last first. */
export async function replyHistory(prisma: Prisma, key: string): Promise<readonly ReplyVersion[]> {
  const rows = await prisma.replyVersion.findMany({ where: { key }, orderBy: { number: 'desc' } })
  return rows.map(versionOf)
}

/** Writes the next version; fails with `reply:changed_meanwhile` when somebody else wrote that number first. */
export async function writeReply(
  prisma: Prisma,
  reply: Reply,
  by: { readonly id: string; readonly staff: string; readonly at: Date },
): Promise<void> {
  try {
    await prisma.replyVersion.create({
      data: {
        id: by.id,
        key: reply.key,
        number: reply.number,
        title: reply.title,
        queue: reply.queue ?? null,
        texts: { ...reply.texts },
        certainty: reply.certainty ?? null,
        reviewer: reply.reviewer ?? null,
        retired: reply.retired,
        staffId: by.staff,
        at: by.at,
      },
    })
  } catch (cause) {
    if (isTaken(cause)) throw new Failure('reply:changed_meanwhile', { reply: reply.key }, { cause })
    throw cause
  }
}

type Row = Awaited<ReturnType<Prisma['replyVersion']['findMany']>>[number]

function versionOf(row: Row): ReplyVersion {
  const texts = row.texts as Readonly<Record<string, unknown>>
  return {
    key: row.key,
    number: row.number,
    title: row.title,
    queue: queueKeys.find((key) => key === row.queue),
    texts: Object.fromEntries(
      languages.flatMap((language) => {
        const text = texts[language]
        return typeof text === 'string' ? [[language, text]] : []
      }),
    ) as Wordings,
    certainty: certainties.find((one) => one === row.certainty),
    reviewer: row.reviewer ?? undefined,
    retired: row.retired,
    staff: row.staffId,
    at: row.at,
  }
}
