/** A text without what somebody took back of it. */

/**
 * Leaves out the lines that `said` is made of, wherever they stand together; spaces at their ends do not count. Undefined
 * when nothing else was said, and the text itself when it holds nothing of it.
 */
export function withoutSaid(text: string, said: string): string | undefined {
  const lines = text.split('\n')
  const taken = trimmed(said)
  if (taken.length === 0) return text
  const place = lines.findIndex((_, at) => taken.every((line, index) => lines[at + index]?.trim() === line))
  if (place < 0) return text
  const left = lines.toSpliced(place, taken.length).join('\n').trim()
  return left === '' ? undefined : left
}

function trimmed(said: string): readonly string[] {
  const whole = said.trim()
  return whole === '' ? [] : whole.split('\n').map((line) => line.trim())
}
