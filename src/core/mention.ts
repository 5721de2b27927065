/** Whom a note names: an @ and the name of a colleague, as it is written or without its accents and capitals. */

type Named = { readonly id: string; readonly name: string }

/** The ids of those named, of the longest name that fits; nobody who is not among `readers`. */
export function mentionsIn(note: string, readers: readonly Named[]): readonly string[] {
  const text = folded(note)
  const names = readers
    .map(({ id, name }) => ({ id, name: folded(name) }))
    .filter(({ name }) => name !== '')
    .sort((one, other) => other.name.length - one.name.length)
  const found = new Set<string>()
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const rest = text.slice(at + 1)
    const fits = names.find(
      ({ name }) => rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    )
    // Two colleagues of one name are both meant.
    for (const { id, name } of names) if (name === fits?.name) found.add(id)
  }
  return [...found]
}

/** One letter for one letter, so that places in the text stay. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim()
}
