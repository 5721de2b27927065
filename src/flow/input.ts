/** What the engine hears. */
import type { FileHandle } from '../core/message.ts'
import type { RequestKind } from '../core/request.ts'

/** What reaches the engine: an arrival freed of its channel, or the passing of time. `message` is the row's id. */
export type Input =
  | {
      readonly kind: 'text'
      readonly message: string
      readonly text: string
      readonly sentAt: Date
      readonly quotesList?: string
      /** The mark of four digits (core/lock.ts), where they may be a code. */
      readonly code?: string
    }
  | {
      readonly kind: 'choice'
      readonly message: string
      readonly list: string
      readonly number: number
      readonly sentAt: Date
    }
  | { readonly kind: 'voice'; readonly message: string; readonly seconds?: number; readonly sentAt: Date }
  | {
      readonly kind: 'file'
      readonly message: string
      readonly file: FileHandle['kind']
      readonly text?: string
      readonly sentAt: Date
    }
  | {
      readonly kind: 'location'
      readonly message: string
      readonly latitude: number
      readonly longitude: number
      readonly sentAt: Date
    }
  | {
      readonly kind: 'contact'
      readonly message: string
      readonly phone: string
      readonly own: boolean
      readonly sentAt: Date
    }
  /** A correction; `original` is the message as it was first sent, where it was heard. */
  | {
      readonly kind: 'edit'
      readonly message: string
      readonly original?: string
      readonly text?: string
      readonly sentAt: Date
    }
  /** A message was taken back. */
  | { readonly kind: 'revoke'; readonly message: string; readonly original?: string; readonly sentAt: Date }
  | { readonly kind: 'unsupported'; readonly message: string; readonly sentAt: Date }
  /** What a listener made of a voice note; `message` is the note. */
  | { readonly kind: 'heard'; readonly message: string; readonly found: Found }
  | { readonly kind: 'silence' }

/** A choice of the question that waited, the answer in words, a summary, nothing to be understood, or what must be guarded. */
export type Found =
  | { readonly is: 'choice'; readonly value: string }
  | { readonly is: 'words'; readonly text: string }
  | { readonly is: 'summary' }
  | { readonly is: 'unclear' }
  | {
      readonly is: 'guarded'
      readonly request: string
      readonly reference: string
      readonly kind: RequestKind
    }
