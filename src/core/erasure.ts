/** Erasing a person: what it is for, what is typed again before it is done, and from when on it holds everywhere. */

/** Codes, so that history keeps why without a word about anybody. */
export const erasureReasons = ['asked', 'withdrawn', 'expired', 'mistake'] as const
export type ErasureReason = (typeof erasureReasons)[number]

const day = 86_400_000

/** When the last backup that holds the wrapped keys has expired. */
export function effectiveAt(erased: Date, backupDays: number): Date {
  return new Date(erased.getTime() + backupDays * day)
}

/** What must be typed again: a case number, else a name; nothing of somebody of whom we know neither. */
export function typedAgain(files: readonly Known[]): readonly string[] {
  const numbers = files.flatMap(({ caseNumber }) => caseNumber ?? [])
  return numbers.length > 0 ? numbers : files.flatMap(({ name }) => name ?? [])
}

type Known = { readonly caseNumber?: string; readonly name?: string }

/** Whether one of these was typed, however it was spaced and cased. */
export function isTyped(wanted: readonly string[], typed: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, '').toLowerCase()
  return wanted.length === 0 || wanted.some((one) => plain(one) === plain(typed))
}
