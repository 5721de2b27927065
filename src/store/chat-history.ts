/** What a browser's own conversation looks like from the person's side: the web chat shows it again after a reload. */

import type { Spoken } from '../core/message.ts'
import { addressHash } from './address.ts'
import { openClip, type ShippedFile } from './clip.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { type OpenedMedia, openMedia } from './media.ts'
import type { MediaPlace } from './media-place.ts'
import { parseSpoken } from './message-body.ts'
import { keysOfSaid, type SaidBody, saidBody } from './said.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type ChatMessage = {
  readonly from: 'person' | 'us'
  readonly body: SaidBody
  readonly at: Date
  readonly buttons?: Spoken['buttons']
}

const mostShown = 100
/** On a phone that others use, what was said in danger should not wait on the screen for them. */
const hiddenAfterMilliseconds = 12 * 60 * 60_000

/** The neutral line of the quick exit: whoever asked for it does not want to be seen reading what came before. */
const exitLine = 'common.left'

/**
 * The last hundred messages between a channel's address and us, oldest first; empty for an address never heard.
 * Restricted and sealed ones are left out after twelve hours, and at once after the quick exit.
 */
export async function chatHistory(
  { prisma, keys }: Part,
  { channel, from, now }: { readonly channel: string; readonly from: string; readonly now: Date },
): Promise<readonly ChatMessage[]> {
  const rows = await prisma.message.findMany({
    where: {
      address: { channelId: channel, externalHash: new Uint8Array(addressHash(keys, channel, from)) },
      OR: [{ visibility: 'open' }, { createdAt: { gte: new Date(now.getTime() - hiddenAfterMilliseconds) } }],
    },
    orderBy: { position: 'desc' },
    take: mostShown,
    include: { media: true },
  })
  await keys.load(rows.flatMap(keysOfSaid))
  // What was put away for its holders is not for the screen of a phone any more.
  const open = rows.filter((row) => !keys.isShut(row.keyId))
  const spoken = open.map((row) => {
    const text =
      row.direction === 'out'
        ? keys.read(row.keyId, placeOf('message', 'body_enc', row.id), row.bodyEnc)
        : undefined
    return { row, spoken: text === undefined ? undefined : parseSpoken(text) }
  })
  const exit = spoken.findIndex((one) => one.spoken?.key === exitLine)
  return spoken
    .filter(({ row }, place) => exit < 0 || place <= exit || row.visibility === 'open')
    .reverse()
    .flatMap(({ row, spoken: ours }) => {
      const body = saidBody(row, keys)
      const line = { from: row.direction === 'out' ? 'us' : 'person', at: row.createdAt } as const
      const heard = body.kind === 'text' && body.aloud ? [{ ...line, body: body.aloud }] : []
      return [...heard, { ...line, body, ...(ours?.buttons ? { buttons: ours.buttons } : {}) }]
    })
}

/** A file that stands in this history; undefined for every other, and while it is not there. */
export async function chatFile(
  part: Part & { readonly clips: readonly ShippedFile[] },
  folder: MediaPlace,
  whose: Parameters<typeof chatHistory>[1] & { readonly media: string },
): Promise<(OpenedMedia & { readonly name?: string }) | undefined> {
  for (const { body } of await chatHistory(part, whose)) {
    if (body.kind !== 'file' || body.media !== whose.media || body.state !== 'stored') continue
    const clip = await openClip(part.prisma, part.clips, body.media)
    if (clip) return { kind: body.as, mime: 'audio/ogg', bytes: clip }
    return { ...(await openMedia(part, folder, body.media)), name: body.name }
  }
  return undefined
}

/** The language that an address chose; undefined while it chose none. */
export async function chatLanguage(
  { prisma, keys }: Part,
  { channel, from }: { readonly channel: string; readonly from: string },
): Promise<string | undefined> {
  const externalHash = new Uint8Array(addressHash(keys, channel, from))
  const row = await prisma.address.findUnique({
    where: { channelId_externalHash: { channelId: channel, externalHash } },
    select: { language: true },
  })
  return row?.language ?? undefined
}
