/** Yes and no in all their forms. A clear yes is one that may stand for consent. */
import type { Understanding } from './files.ts'
import { plain } from './fold.ts'
import { makePhrases, onlyPhrases, phraseAt, wordings } from './phrases.ts'
import type { Said } from './said.ts'

type Reply = 'yes' | 'soft_yes' | 'no'

export type ReadYesNo = {
  /** Only words of yes or only words of no; `strict` leaves out "ok", naamu and signs. */
  words(said: Said, strict: boolean): 'yes' | 'no' | undefined
  /** Whether it is words of yes, of no or of "ok", and nothing else. */
  only(said: Said): boolean
  /** A message of signs alone: 👍, 👎. */
  signs(raw: string): 'yes' | 'no' | undefined
}

/** What colours a sign, joins two, or stands between them. */
const colours = /[\u{1f3fb}-\u{1f3ff}\s]|\ufe0f|\u200d/gu

export function makeYesNo(understanding: Understanding): ReadYesNo {
  const { replies, quiet_words } = understanding
  const phrases = makePhrases<Reply>([
    ['no', [...wordings(replies.refuse), ...wordings(replies.no)]],
    ['yes', [...wordings(replies.yes), ...wordings(replies.agree)]],
    ['soft_yes', wordings(replies.soft_yes)],
  ])
  const quiet = new Set([...quiet_words.fr, ...quiet_words.en, ...quiet_words.bm].map(plain))
  const shown = new Map<string, 'yes' | 'no'>([
    ...[...replies.yes.signs, ...replies.soft_yes.signs].map((sign) => [sign, 'yes'] as const),
    ...replies.no.signs.map((sign) => [sign, 'no'] as const),
  ])
  return {
    words: (said, strict) => {
      const all = onlyPhrases(phrases, said.folded, 0)
      if (all !== undefined) return verdict(all, strict)
      if (strict || said.words.length > 4) return undefined
      // "oui je viens": a yes and a few words that take nothing back.
      const first = phraseAt(phrases, said.folded, 0)
      if (first === undefined || first.value === 'soft_yes') return undefined
      // Shorter words (n, no, ai) begin sentences of their own.
      if (said.words.slice(0, first.to).join('').length < 3) return undefined
      for (let at = first.to; at < said.folded.length; at++) {
        const other = phraseAt(phrases, said.folded, at)
        if (quiet.has(said.words[at] ?? '') || (other !== undefined && other.value !== first.value))
          return undefined
      }
      return first.value
    },
    only: (said) => said.words.length > 0 && onlyPhrases(phrases, said.folded, 0) !== undefined,
    signs: (raw) => {
      const sign = onlySign(raw)
      return sign === undefined ? undefined : shown.get(sign)
    },
  }
}

/** The sign that a message is, however often it stands there and in whatever colour. */
export function onlySign(raw: string): string | undefined {
  const [first, ...others] = [...raw.replace(colours, '')]
  return others.every((sign) => sign === first) ? first : undefined
}

function verdict(replies: readonly Reply[], strict: boolean): 'yes' | 'no' | undefined {
  const no = replies.includes('no')
  const yes = replies.includes('yes') || (!strict && replies.includes('soft_yes'))
  if (no) return yes ? undefined : 'no'
  return yes ? 'yes' : undefined
}
