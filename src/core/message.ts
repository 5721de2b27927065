/** One thing said, either way: what a channel brings, what a turn decides to say, and how far a message has come. */
import type { Clip } from './clip.ts'
import type { Language } from './language.ts'

/** A file as the channel names it; its bytes are fetched later by a job. */
export type FileHandle = {
  readonly kind: 'voice' | 'audio' | 'photo' | 'video' | 'document'
  /** The channel's own name for the file: enough for the same channel to fetch it. */
  readonly handle: string
  readonly mime?: string
  readonly bytes?: number
  readonly seconds?: number
  readonly name?: string
}

/** What somebody said, freed of the channel's shape. `text` beside a file is its caption. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  /** A button of a list we sent: the list's tag and the number of the choice, counted from 1. */
  | { readonly kind: 'choice'; readonly list: string; readonly number: number }
  | { readonly kind: 'file'; readonly file: FileHandle; readonly text?: string }
  | {
      readonly kind: 'location'
      readonly latitude: number
      readonly longitude: number
      readonly text?: string
    }
  /** A contact card; the phone is as given, not checked. */
  | { readonly kind: 'contact'; readonly phone: string; readonly name?: string; readonly own: boolean }
  /** Something this product cannot read (a sticker, a poll): kept and shown to staff as such. */
  | { readonly kind: 'unsupported'; readonly theirs: string }

/** One arrival, as a channel's pure parse gives it. */
export type Incoming = {
  /** Channel row id. */
  readonly channel: string
  /** The address as the channel names it: a chat id, a phone in digits, a browser's id. */
  readonly from: string
  /** The provider's id of the message, unique for this channel and address. */
  readonly externalId: string
  /** 0 for the message as first sent, then the provider's edit time or a counter. */
  readonly edit: number
  /** When the person sent it, by the provider's clock. */
  readonly sentAt: Date
  readonly content: Content
  /** The provider's id of our message that this one quotes. */
  readonly quotes?: string
  /** What the app shows as the person's name: a hint for staff, never an identity. */
  readonly displayName?: string
  /** E.164, only where the provider vouches for it (a contact of one's own, a WhatsApp number). */
  readonly phone?: string
}

/** What staff wrote on the phone itself, past the house; the app shows it to the person all the same. */
export type Typed = {
  readonly channel: string
  /** The address it went to, as the channel names it. */
  readonly to: string
  readonly externalId: string
  readonly at: Date
  readonly text?: string
  /** What it was besides words: a kind of file, a place. Its bytes stay on the phone. */
  readonly sign?: string
}

/** Whether an arrival takes an earlier message back, as every channel says it. */
export function isRevoke({ edit, content }: Pick<Incoming, 'edit' | 'content'>): boolean {
  return edit > 0 && content.kind === 'unsupported' && content.theirs === 'revoke'
}

/** How far an outgoing message has come; the order of the last four is the only one in which they move. */
export const deliveryStates = [
  'queued',
  'sending',
  // Kept until the person writes again, gives their code, or their safe hours begin: its failure says which.
  'held',
  'unknown',
  'failed',
  'sent',
  'delivered',
  'read',
] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Answers go out before campaigns. */
export type SendPriority = 'answer' | 'campaign'

/** A choice as shown: `value` is what the flow keeps, `text` its locale key. */
export type Choice = { readonly value: string; readonly text: string }

/** A wish of the engine to say one thing: keys, not words; `text/render.ts` makes the words. */
export type Say = {
  /** Key into locales, `subject.sentence`. */
  readonly text: string
  readonly vars?: Readonly<Record<string, string | number>>
  readonly language: Language
  /** Choices numbered from 1 in this order. */
  readonly choices?: readonly Choice[]
  /** Tag of the list, unique within the session; a pressed button brings it back. */
  readonly list?: string
  /** The sentence as it was recorded: this message is the recording and nothing else, the words follow in the next. */
  readonly clip?: Clip
  /** The recording goes before the words, as one message with them. */
  readonly aloud?: Clip
}

/** What can go out besides words. */
export const sentKinds = ['voice', 'photo', 'document'] as const
export type SentKind = (typeof sentKinds)[number]

/** A file of ours that goes out with a message; its bytes lie in the media folder under `media`. */
export type SpokenFile = {
  readonly media: string
  readonly kind: SentKind
  readonly mime: string
  readonly bytes: number
  readonly seconds?: number
  /** As whoever sent it calls it. */
  readonly name?: string
}

/** A wording that the provider approved, in place of free words; `values` fill it in, by their names. */
export type TemplateCall = {
  readonly name: string
  /** The provider's code of a language. */
  readonly language: string
  readonly values?: Readonly<Record<string, string | number>>
}

/** What a message says once rendered; stored encrypted as its body and handed to the channel. */
export type Spoken = {
  /** Beside a file it is its caption, and may be empty. */
  readonly text: string
  readonly file?: SpokenFile
  readonly language: Language
  /** Labels of the choices in order, number included ("1 Santé"); present when the message asks for one. */
  readonly buttons?: readonly { readonly label: string; readonly list: string; readonly number: number }[]
  /** Staff wrote it on the paired phone, past the house; what it was besides words, if anything. */
  readonly typed?: { readonly sign?: string }
  /** A file that goes out before it, by itself. */
  readonly before?: SpokenFile
  /** Locale key of the sentence, for its voice clip; absent for what staff wrote. */
  readonly key?: string
  /** What was filled into that sentence. */
  readonly vars?: Readonly<Record<string, string | number>>
  /** Goes out instead of `text`, which says the same. */
  readonly template?: TemplateCall
  /** What it is said for (send-policy.ts); absent: its row tells. */
  readonly occasion?: 'prompt' | 'knock' | 'staff'
  /** Staff were told what stands against sending it now, and sent it all the same. */
  readonly insisted?: true
}
