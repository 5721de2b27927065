/** What a password of staff must be. */

/** Shortest password, in characters. */
export const minimalPassword = 12
/** Longest, so that hashing a novel costs nobody anything. */
export const longestPassword = 256

export type PasswordFault = 'short' | 'long' | 'is_email'

/** What is wrong with a password, or undefined. Length over rules: a sentence is better than a sign in a word. */
export function passwordFault(password: string, email: string): PasswordFault | undefined {
  const plain = password.normalize('NFKC')
  if ([...plain].length < minimalPassword) return 'short'
  if (plain.length > longestPassword) return 'long'
  const same = plain.toLowerCase() === email.toLowerCase()
  return same ? 'is_email' : undefined
}
