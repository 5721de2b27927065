/** The bytes of a file that somebody sent: through the page, which alone can decrypt them. */
import type { Client, Message } from 'whatsapp-web.js'
import type { FileHandle } from '../../core/message.ts'
import { Failure } from '../../failure.ts'
import { rest } from '../rest.ts'
import { within } from './patience.ts'

const findLimit = 15_000
const downloadLimit = 120_000
/** WhatsApp asks the sender's phone for what has expired on its servers; the phone may be off. */
const lookAgain = 1_500
const looksAtMost = 4

/** At most `limit` bytes; fails with `media:too_large`, `media:gone`, and `channel:unreachable` while it is on its way. */
export async function fetchFile(
  client: Client,
  { handle }: FileHandle,
  limit: number,
  signal: AbortSignal,
): Promise<Buffer> {
  if (handle.split('_').length < 3) throw new Failure('media:gone')
  const message = await within('message', findLimit, client.getMessageById(handle)).catch(unreachable)
  if (!message?.hasMedia) throw new Failure('media:gone')
  const { size } = message.rawData as { readonly size?: unknown }
  if (typeof size === 'number' && size > limit) throw new Failure('media:too_large', { limit })
  for (let look = 0; look < looksAtMost && !signal.aborted; look += 1) {
    if (look > 0) await rest(lookAgain, signal)
    const media = await within('media', downloadLimit, message.downloadMedia()).catch(unreachable)
    if (media) {
      const bytes = Buffer.from(media.data, 'base64')
      if (bytes.length > limit) throw new Failure('media:too_large', { limit })
      return bytes
    }
    if (!(await isOnItsWay(client, message))) throw new Failure('media:gone')
  }
  throw new Failure('channel:unreachable', { theirs: 'the file is on its way' })
}

/** The library says nothing for both: gone for ever, and asked for again. */
async function isOnItsWay(client: Client, { id }: Message): Promise<boolean> {
  const name = JSON.stringify(id._serialized)
  const read = `window.require('WAWebCollections').Msg.get(${name})?.mediaData?.mediaStage`
  const stage = await within('stage', findLimit, Promise.resolve(client.pupPage?.evaluate(read))).catch(
    unreachable,
  )
  return stage === 'REUPLOADING' || stage === 'FETCHING'
}

function unreachable(): never {
  throw new Failure('channel:unreachable', { theirs: 'the page went away' })
}
