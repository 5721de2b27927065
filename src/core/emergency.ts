/** The number that people in danger are told to call. */

/** So long a number counts as verified after somebody has called it and found the right people. */
export const verifiedFor = 180 * 24 * 60 * 60_000

/** Whether a number verified at that moment may still be told to people; one that nobody ever called may not. */
export function isVerified(verifiedAt: Date | undefined, now: Date): boolean {
  return verifiedAt !== undefined && now.getTime() - verifiedAt.getTime() < verifiedFor
}
