/** An arrival as the engine wants it: freed of its channel. */

import { isRevoke } from '../core/message.ts'
import type { Input } from '../flow/input.ts'
import type { Arrived } from '../store/road.ts'

/**
 * `original` is the message that an edit changes, `quotesList` the tag of the list in the message of ours that the arrival
 * quotes, if it had one, and `code` the mark of four digits.
 */
export function inputOf(
  { message, incoming }: Arrived,
  known: { readonly quotesList?: string; readonly original?: string; readonly code?: string } = {},
): Input {
  const { quotesList, original, code } = known
  const { content, sentAt, edit } = incoming
  if (edit > 0) {
    const text = 'text' in content ? content.text : undefined
    if (isRevoke(incoming)) return { kind: 'revoke', message, original, sentAt }
    return { kind: 'edit', message, original, text, sentAt }
  }
  switch (content.kind) {
    case 'text':
      return { kind: 'text', message, text: content.text, sentAt, quotesList, code }
    case 'choice':
      return { kind: 'choice', message, list: content.list, number: content.number, sentAt }
    case 'file': {
      const { kind, seconds } = content.file
      // A voice note and a song are the same to whoever records: both are heard by a person.
      if (kind === 'voice' || kind === 'audio') return { kind: 'voice', message, seconds, sentAt }
      return { kind: 'file', message, file: kind, text: content.text, sentAt }
    }
    case 'location':
      return {
        kind: 'location',
        message,
        latitude: content.latitude,
        longitude: content.longitude,
        sentAt,
      }
    case 'contact':
      return { kind: 'contact', message, phone: content.phone, own: content.own, sentAt }
    case 'unsupported':
      return { kind: 'unsupported', message, sentAt }
    default:
      return content satisfies never
  }
}
