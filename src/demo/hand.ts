/** The hand that types: in a hurry, without accents, on a small keyboard. */
import type { Language } from '../core/language.ts'
import type { Dice } from './dice.ts'

/** The words as somebody would leave them; Bambara has its spellings in the lines themselves. */
export function careless(text: string, language: Language, dice: Dice): string {
  if (language === 'bm') return dice.chance(30) ? text.toLowerCase() : text
  let typed = text
  if (dice.chance(45))
    typed = typed
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .replace(/’/g, "'")
  if (dice.chance(30)) typed = typed.toLowerCase().replace(/[.]$/, '')
  if (language === 'fr' && dice.chance(22)) typed = short(typed)
  return dice.chance(14) ? slip(typed, dice) : typed
}

/** As in a message that costs by length. */
function short(text: string): string {
  return text
    .replace(/\bpour\b/g, 'pr')
    .replace(/\bquelqu['’ ]un\b/g, 'qlq1')
    .replace(/\bbeaucoup\b/g, 'bcp')
    .replace(/\btoujours\b/g, 'tjrs')
    .replace(/\bqu['’ ]/g, 'k ')
    .replace(/\bvous\b/g, 'vs')
}

/** Two neighbours swapped somewhere inside a longer word. */
function slip(text: string, dice: Dice): string {
  const at = dice.between(1, Math.max(1, text.length - 3))
  const [a = '', b = ''] = [text[at], text[at + 1]]
  return /\p{L}/u.test(a) && /\p{L}/u.test(b) ? text.slice(0, at) + b + a + text.slice(at + 2) : text
}
