/** What stands behind `Name:` in a transcript: a text, or something in brackets. */
import type { Content, FileHandle } from '../src/core/message.ts'

export type Saying =
  | { readonly is: 'say' | 'edit'; readonly content: Content; readonly sentAt: Date }
  | { readonly is: 'press'; readonly number: number }
  | { readonly is: 'again' }

export function readSaying(said: string, now: Date): Saying {
  const bracket = /^\[([^\]]*)\](?: (.*))?$/.exec(said)
  if (!bracket) return { is: 'say', content: { kind: 'text', text: said }, sentAt: now }
  const [, inside = '', text] = bracket
  const [word = '', ...rest] = inside.split(' ')
  const after = rest.join(' ')
  switch (word) {
    case 'presses':
      return { is: 'press', number: Number(after) }
    case 'again':
      return { is: 'again' }
    case 'edits':
      return { is: 'edit', content: { kind: 'text', text: text ?? '' }, sentAt: now }
    case 'deletes':
      return { is: 'edit', content: { kind: 'unsupported', theirs: 'revoke' }, sentAt: now }
    case 'sent': {
      const days = Number(/^(\d+)d ago$/.exec(after)?.[1])
      const sentAt = new Date(now.getTime() - days * 86_400_000)
      return { is: 'say', content: { kind: 'text', text: text ?? '' }, sentAt }
    }
    default:
      return { is: 'say', content: contentOf(word, after, text), sentAt: now }
  }
}

function contentOf(word: string, after: string, text: string | undefined): Content {
  switch (word) {
    case 'voice': {
      const file: FileHandle = { kind: 'voice', handle: 'voice', seconds: Number.parseInt(after, 10) }
      return { kind: 'file', file, text }
    }
    case 'photo':
    case 'document':
    case 'video':
      return { kind: 'file', file: { kind: word, handle: word, name: after || undefined }, text }
    case 'sticker':
      return { kind: 'unsupported', theirs: 'sticker' }
    case 'location': {
      const [latitude = 0, longitude = 0] = after.split(',').map(Number)
      return { kind: 'location', latitude, longitude }
    }
    case 'contact':
      return { kind: 'contact', phone: after, own: true }
    default:
      throw new Error(`nobody can do this in a transcript: [${word} ${after}]`)
  }
}
