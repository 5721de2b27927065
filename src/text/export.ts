/** The wordings of the office put back into a locale file: only the leaves that changed, everything beside them as it was. */
import type { Sentence } from './locale.ts'

type Tree = { [name: string]: unknown }

/**
 * The file with these sentences in it, by their whole key within the subject. What a leaf told besides (its source, a note)
 * stays; a plain text stays plain unless there is something to tell of it. Gives a new tree.
 */
export function withSentences(tree: unknown, changed: ReadonlyMap<string, Sentence>): unknown {
  const copy = structuredClone(tree) as Tree
  for (const [path, sentence] of changed) {
    const steps = path.split('.')
    const last = steps.pop() ?? ''
    let at = copy
    for (const step of steps) {
      at[step] ??= {}
      at = at[step] as Tree
    }
    at[last] = leafOf(at[last], sentence)
  }
  return copy
}

function leafOf(before: unknown, { text, certainty, reviewer, reviewed }: Sentence): unknown {
  const graded = typeof before === 'object' && before !== null
  if (!graded && !certainty && !reviewer) return text
  const { reviewed: _before, ...kept } = graded ? (before as Tree) : {}
  return {
    ...kept,
    text,
    ...(certainty ? { certainty } : {}),
    reviewer: reviewer ?? '',
    ...(reviewed ? { reviewed } : {}),
  }
}
