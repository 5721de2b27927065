/** The writing in which a text is written. */

export type Script = 'Latn' | 'Arab' | 'Nkoo' | 'Tfng' | 'Zyyy'

const scripts = [
  ['Arab', /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/g],
  ['Nkoo', /[\u07c0-\u07ff]/g],
  ['Tfng', /[\u2d30-\u2d7f]/g],
  ['Latn', /\p{Script=Latin}/gu],
] as const
const beyondLatin = /[\u0370-\uffff]/
const latinLetter = /[a-z\u00c0-\u024f\u0250-\u02af]/i

/** The script of most letters; Zyyy for digits, signs and scripts that are not spoken of here. */
export function scriptOf(text: string): Script {
  if (!beyondLatin.test(text)) return latinLetter.test(text) ? 'Latn' : 'Zyyy'
  let best: Script = 'Zyyy'
  let most = 0
  for (const [script, letters] of scripts) {
    const count = text.match(letters)?.length ?? 0
    if (count > most) {
      best = script
      most = count
    }
  }
  return best
}
