/**
 * How a danger phrase is written: each wording of its groups; an apostrophe, and the gap after a lone n (n yɛrɛ), as
 * nothing or as a space; and what the file says is often typed for some of its words.
 */
import type { DangerFile } from './files.ts'
import { apart, foldPlain, plain } from './fold.ts'

export type Writings = {
  /** A phrase as folded words, once for every wording and every choice of gaps; `{age}` and its like stay as they are. */
  readonly writings: (phrase: string) => readonly (readonly string[])[]
  /** What is typed for words that begin at a place, and how many words it stands for. */
  readonly typedAt: (words: readonly string[], place: number) => readonly Typed[]
  /** Folded words that may stand between those of a phrase. */
  readonly fillers: ReadonlySet<string>
}

export type Typed = { readonly many: number; readonly way: readonly string[] }

/** Numbers of a range, read by danger.ts. */
const range = /^\{(?:age|teen|n|sum)\}$/
/** A group of the file. */
const group = /\{(?!(?:age|teen|n|sum)\})([a-z_]+)\}/

/** Fails with a plain Error when a phrase names a group that the file does not have. */
export function makeWritings({ groups, typed, fillers }: DangerFile): Writings {
  const ways = new Map<string, readonly (readonly string[])[]>(
    Object.entries(typed).flatMap(([words, those]) =>
      gaps(words).map((key) => [key.join(' '), those.flatMap(gaps)] as const),
    ),
  )
  const longest = Math.max(1, ...[...ways.keys()].map((words) => words.split(' ').length))
  return {
    writings: (phrase) => wordingsOf(phrase, groups).flatMap(gaps),
    typedAt: (words, place) => {
      const found: Typed[] = []
      for (let many = 1; many <= Math.min(longest, words.length - place); many++) {
        for (const way of ways.get(words.slice(place, place + many).join(' ')) ?? [])
          found.push({ many, way })
      }
      return found
    },
    fillers: new Set([...fillers.fr, ...fillers.en, ...fillers.bm].map((word) => foldPlain(plain(word)))),
  }
}

/** A phrase with each wording of its groups in their place. */
export function wordingsOf(phrase: string, groups: DangerFile['groups']): readonly string[] {
  const name = group.exec(phrase)?.[1]
  if (name === undefined) return [phrase]
  const wordings = groups[name]
  if (!wordings) throw new Error(`locales/danger.json has no group {${name}}, which "${phrase}" names`)
  return wordings.flatMap((wording) => wordingsOf(phrase.replace(`{${name}}`, wording), groups))
}

/** Folded words, once for every choice of gap or no gap. */
function gaps(phrase: string): readonly (readonly string[])[] {
  let ways: string[] = ['']
  const pieces = phrase.replace(/[\u2019]/g, "'").split(/(?<=')|\s+/)
  for (const [at, piece] of pieces.entries()) {
    const soft = piece.endsWith("'") || plain(piece) === 'n'
    const written = range.test(piece) ? piece : plain(piece)
    const last = at === pieces.length - 1
    ways = ways.flatMap((way) =>
      last ? [way + written] : soft ? [way + written, `${way + written} `] : [`${way + written} `],
    )
  }
  return ways.map((way) => way.split(' ').map((word) => (range.test(word) ? word : foldPlain(apart(word)))))
}
