/**
 * Who may do what with the sentences that people hear. Officers and supervisors answer for what the office says, in every
 * language. Nobody has the title of one who speaks Bambara, so whoever says that they speak it may word and record it; and
 * whoever speaks a language records it. To have reviewed a sentence is to have read it in one's own language, whatever
 * one's role.
 */
import type { Language } from './language.ts'
import type { Role } from './staff.ts'

/** `speaks` are the languages on the account, the console's among them. */
export type Speaker = { readonly roles: readonly Role[]; readonly speaks: readonly string[] }

export function mayWord(it: Speaker, language: Language): boolean {
  return answersForWords(it) || (language === 'bm' && it.speaks.includes('bm'))
}

export function mayRecord(it: Speaker, language: Language): boolean {
  return answersForWords(it) || it.speaks.includes(language)
}

export function mayReview(it: Speaker, language: Language): boolean {
  return mayWord(it, language) && it.speaks.includes(language)
}

/** Sets what a flow must be before it talks in a language, and what recordings may cost a person. */
export function answersForWords({ roles }: Pick<Speaker, 'roles'>): boolean {
  return roles.includes('officer') || roles.includes('supervisor')
}
