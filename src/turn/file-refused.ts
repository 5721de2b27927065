/** Tells somebody that what they sent could not be taken, so that they do not wait for an answer to it. */
import type { Language } from '../core/language.ts'
import type { Visibility } from '../core/visibility.ts'
import { besideFlows } from '../flow/sentences.ts'
import type { Desk } from './act.ts'
import { type Speech, sayTo, untilItStands } from './aloud.ts'

/**
 * One sentence on the address of the file's message, as visible as that is; nothing to whoever wants none. What is lost may
 * come once staff ask again: only open pages hear of it.
 */
export async function tellRefused(
  desk: Desk,
  speech: Speech,
  media: string,
  why: 'too_large' | 'infected' | 'lost',
): Promise<void> {
  const { prisma, clock, road, passOn } = desk
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
  const belongs = { visibility: visibility as Visibility, ...(request ? { request } : {}) }
  const text = why === 'infected' ? besideFlows.fileInfected : besideFlows.fileTooLarge
  const { id, keyId: key, channelId: channel, sessionId: session, shared } = address
  await untilItStands(async () => {
    const to = { key, channel, session, shared }
    const { spoken, changes } = await sayTo(desk, speech, to, {
      text,
      language,
      visibility: belongs.visibility,
    })
    await road.act({
      ...{ turn: clock.id(), at: clock.now(), events: [], changes },
      address: { id, key, channel, session },
      messages: [{ id: clock.id(), spoken, priority: 'answer', ...belongs }],
    })
  })
  passOn({ outgoing: new Map([[channel, [id]]]), hints: thread })
}
