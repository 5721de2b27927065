/** Words that are too long for where they have to go: cut as a label, or split into messages. */

/** Cuts at the last space that leaves most of the label, and says so with an ellipsis. */
export function cutLabel(label: string, length: number): string {
  const clean = label.replace(/\s+/g, ' ').trim()
  const letters = [...clean]
  if (letters.length <= length) return clean
  const cut = letters.slice(0, length - 1).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

/** Splits at the last paragraph, else sentence, else space before `length`, and never inside a letter. */
export function splitText(text: string, length: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > length) {
    const end = borderBefore(rest, length)
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  if (rest !== '' || parts.length === 0) parts.push(rest)
  return parts.filter((part, index) => part !== '' || index === 0)
}

function borderBefore(text: string, length: number): number {
  const head = text.slice(0, length)
  for (const border of [/\n\s*\n/g, /[.!?…]["»”)]*\s/g, /\n/g, /\s/g]) {
    const last = [...head.matchAll(border)].at(-1)
    // A border in the first third would leave a stump; a rougher border further down reads better.
    if (last && last.index > length / 3) return last.index + last[0].length
  }
  const code = head.charCodeAt(length - 1)
  return code >= 0xd800 && code <= 0xdbff ? length - 1 : length
}
