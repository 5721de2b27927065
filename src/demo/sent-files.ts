/** Voice notes and photos of the story; a few tones and pictures serve everybody. */
import { loudnessOf } from '../core/loudness.ts'
import type { Content } from '../core/message.ts'
import { type Dice, makeDice } from './dice.ts'
import type { DemoMedia } from './ledger.ts'
import { makePicture, makeTone } from './tones.ts'

/** A thing that is said, with the bytes of its file. */
export type Saying = { readonly content: Content; readonly media?: DemoMedia }

/** The same with when it was sent, and the external id of a message that it corrects. */
export type Said = Saying & { readonly sentAt?: Date; readonly edits?: string }

const lengths = [4, 6, 7, 9, 11, 13, 16, 18, 22, 27] as const
const made = new Map<string, Buffer>()

/** A tone instead of a voice. Some cannot be had any more, as it happens with files that lay too long. */
export function voiceNote(id: string, dice: Dice): Saying {
  const seconds = dice.pick(lengths)
  const bytes = once(`tone ${seconds}`, (own) => makeTone(seconds, own))
  const mime = 'audio/wav'
  const file = { kind: 'voice', handle: `demo-${id}`, mime, seconds, bytes: bytes.length } as const
  const state = dice.chance(3) ? 'gone' : 'stored'
  const loudness = once(`loudness ${seconds}`, () => Buffer.from(loudnessOf(bytes)))
  return {
    content: { kind: 'file', file },
    media: { id, kind: 'voice', mime, seconds, state, bytes, loudness },
  }
}

export function photo(id: string, dice: Dice): Saying {
  const bytes = once(`picture ${dice.below(8)}`, makePicture)
  const mime = 'image/png'
  const file = { kind: 'photo', handle: `demo-${id}`, mime, bytes: bytes.length } as const
  const state = dice.chance(4) ? 'too_large' : 'stored'
  return { content: { kind: 'file', file }, media: { id, kind: 'photo', mime, state, bytes } }
}

function once(name: string, make: (dice: Dice) => Buffer): Buffer {
  const known = made.get(name)
  if (known) return known
  const bytes = make(makeDice(name))
  made.set(name, bytes)
  return bytes
}
