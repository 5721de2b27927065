/**
 * Says what is to be said, like somebody who types, and waits until WhatsApp has it. Without a sign of that nobody can know:
 * the session is suspected, and what is said again is first looked for in the chat.
 */
import type { Client } from 'whatsapp-web.js'
import type { Spoken } from '../../core/message.ts'
import { Failure } from '../../failure.ts'
import type { Clock } from '../../world.ts'
import { type Acks, makeAcks } from './acks.ts'
import type { Keeping } from './keeping.ts'
import { type PacingSettings, typingTime } from './pacing.ts'
import { makeMemory, within } from './patience.ts'
import { looksLike, ownMessages, type Part, partsOf, say } from './send.ts'

export type SpeakerSettings = {
  /** The client of the session that is ready; fails with `channel:unreachable`. */
  readonly client: () => Client
  readonly pacing: PacingSettings
  readonly clock: Pick<Clock, 'now'>
  readonly keeping: Pick<Keeping, 'sent' | 'known'>
  readonly ackLimit: number
  /** Something was not acknowledged. */
  readonly suspect: () => void
}

export type Speaker = {
  readonly acks: Acks
  /** Gives the stanza id of the last part once WhatsApp has it. */
  send(to: string, spoken: Spoken, bytes: Buffer | undefined, resent: boolean): Promise<string>
  /** Says a text and waits for nothing. */
  say(to: string, part: Part): Promise<void>
  /** Whether a message was sent from here, once every send under way has its id. */
  isOurs(externalId: string): Promise<boolean>
}

const typingLimit = 5_000

export function makeSpeaker(settings: SpeakerSettings): Speaker {
  const acks = makeAcks()
  const own = makeMemory(10_000)
  /** Acknowledged: another message with the same words is another one. */
  const settled = makeMemory(10_000)
  const underWay = new Set<Promise<unknown>>()

  async function hand(to: string, part: Part, bytes: Buffer | undefined): Promise<string> {
    const given = say(settings.client(), to, part, bytes).then((id) => {
      own.add(id)
      return id
    })
    underWay.add(given)
    try {
      return await given
    } finally {
      underWay.delete(given)
    }
  }

  async function acknowledged(id: string): Promise<string> {
    if (await acks.sent(id, settings.ackLimit)) {
      await settings.keeping.sent().catch(() => undefined)
      settled.add(id)
      return id
    }
    settings.suspect()
    throw new Failure('channel:doubtful', { externalId: id })
  }

  async function sendPart(to: string, part: Part, bytes: Buffer | undefined, resent: boolean) {
    const before = resent ? await found(to, part) : undefined
    if (before !== undefined) return acknowledged(before)
    await showTyping(settings, to, part)
    return acknowledged(await hand(to, part, part.file ? bytes : undefined))
  }

  /** The message whose fate was unknown, when it stands in the chat and is no other message of ours. */
  async function found(to: string, part: Part): Promise<string | undefined> {
    const alike = (await ownMessages(settings.client(), to)).filter((one) => looksLike(one, part))
    const known = await settings.keeping.known(alike.map(({ id }) => id.id))
    const lost = alike.find(({ id }) => !known.has(id.id) && !settled.has(id.id))
    if (!lost) return undefined
    own.add(lost.id.id)
    acks.note(lost.id.id, lost.ack)
    return lost.id.id
  }

  return {
    acks,
    async send(to, spoken, bytes, resent) {
      let last = ''
      for (const part of partsOf(spoken)) last = await sendPart(to, part, bytes, resent)
      if (last === '') throw new Failure('channel:refused', { theirs: 'nothing to say' })
      return last
    },
    async say(to, part) {
      await hand(to, part, undefined)
    },
    async isOurs(externalId) {
      if (!own.has(externalId)) await Promise.allSettled([...underWay])
      return own.has(externalId)
    },
  }
}

/** Shows that somebody writes, for as long as it takes; that it fails stops nothing. */
async function showTyping(
  { client, pacing }: SpeakerSettings,
  to: string,
  { text, file }: Part,
): Promise<void> {
  const lasts = file ? pacing.typing.most : typingTime(pacing, text)
  if (lasts <= 0) return
  const chat = await within('chat', typingLimit, client().getChatById(to)).catch(() => undefined)
  if (!chat) return
  const shown = file?.kind === 'voice' ? chat.sendStateRecording() : chat.sendStateTyping()
  await within('typing', typingLimit, shown).catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, lasts))
}
