/** What people said after a campaign, as far as the reader may read it: what lies in a request that they see, or was said openly by somebody whom they see. */
import type { Staff } from '../core/staff.ts'
import { personsSeenBy, requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { type SaidBody, saidBody } from './said.ts'

export type CampaignReply = {
  readonly id: string
  readonly at: Date
  readonly body: SaidBody
  /** The request that it is read in. */
  readonly reference?: string
}

/** More are neither read nor counted: whoever has so many answers reads the last thousand, and filters the requests. */
export const mostReplies = 1_000

/** The newest first; pressed buttons are in the figures of the question. */
export async function repliesTo(
  { prisma, keys }: Pick<Database, 'prisma' | 'keys'>,
  staff: Staff,
  campaign: string,
): Promise<readonly CampaignReply[]> {
  const rows = await prisma.message.findMany({
    where: { campaignId: campaign, direction: 'in', deletedAt: null, kind: { not: 'choice' } },
    orderBy: { createdAt: 'desc' },
    take: mostReplies,
    select: {
      ...{ id: true, createdAt: true, requestId: true, personId: true, visibility: true },
      ...{ direction: true, keyId: true, bodyEnc: true, deletedAt: true, media: true },
    },
  })
  // Whatever lies in a request is read as that request is, whoever said it.
  const outside = rows.filter(({ requestId }) => requestId === null)
  const [requests, people] = await Promise.all([
    prisma.request.findMany({
      where: { AND: [{ id: { in: unique(rows.map(({ requestId }) => requestId)) } }, requestsSeenBy(staff)] },
      select: { id: true, reference: true },
    }),
    prisma.person.findMany({
      where: { AND: [{ id: { in: unique(outside.map(({ personId }) => personId)) } }, personsSeenBy(staff)] },
      select: { id: true },
    }),
  ])
  const references = new Map(requests.map(({ id, reference }) => [id, reference]))
  const known = new Set(people.map(({ id }) => id))
  const seen = rows.filter(({ requestId, personId, visibility }) =>
    requestId === null
      ? visibility === 'open' && personId !== null && known.has(personId)
      : references.has(requestId),
  )
  await keys.load(seen.flatMap((row) => [row.keyId, ...row.media.map(({ keyId }) => keyId)]))
  return seen.map((row) => {
    const reference = row.requestId === null ? undefined : references.get(row.requestId)
    return {
      ...{ id: row.id, at: row.createdAt, body: saidBody(row, keys) },
      ...(reference === undefined ? {} : { reference }),
    }
  })
}

function unique(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
