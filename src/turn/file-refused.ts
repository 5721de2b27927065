/** Tells somebody that what they sent could not be taken, so that they do not wait for an answer to it. */
import type { Language } from '../core/language.ts'
import type { Visibility } from '../core/visibility.ts'
import type { Locales } from '../text/locale.ts'
import { speak } from '../text/render.ts'
import type { Desk } from './act.ts'

/**
 * One sentence on the address of the file's message, as visible as that is; nothing to whoever wants none. What is lost may
 * come once staff ask again: only open pages hear of it.
 */
export async function tellRefused(
  { prisma, clock, road, passOn }: Desk,
  locales: Locales,
  media: string,
  why: 'too_large' | 'infected' | 'lost',
): Promise<void> {
  const row = await prisma.media.findUnique({
    where: { id: media },
    select: { message: { include: { address: true } } },
  })
  if (!row) return
  const { address, requestId: request, visibility } = row.message
  const thread = new Set(request ? [`thread-${request}`, `request-${request}`] : [])
  if (why === 'lost' || address.state !== 'live' || address.stopped === 'all') {
    passOn({ outgoing: new Map(), hints: thread })
    return
  }
  // Codes were written by the program from the same unions.
  const language = (address.language as Language | null) ?? 'fr'
  const spoken = speak({ text: `file.${why}`, language }, { buttons: undefined, textLength: 4096 }, locales)
  const id = clock.id()
  const belongs = { visibility: visibility as Visibility, ...(request ? { request } : {}) }
  await road.act({
    ...{ turn: clock.id(), at: clock.now(), events: [], changes: [] },
    address: {
      id: address.id,
      key: address.keyId,
      channel: address.channelId,
      session: address.sessionId,
    },
    messages: [{ id, spoken, priority: 'answer', ...belongs }],
  })
  passOn({ outgoing: new Map([[address.channelId, [address.id]]]), hints: thread })
}
