/** Canned replies: wordings that staff insert into an answer, with fields that are filled in from the request. */
import type { Language } from './language.ts'
import type { QueueKey } from './queue.ts'

/** What may stand in braces in a wording. */
export const replyFields = ['name', 'reference', 'office', 'place', 'role', 'date'] as const
export type ReplyField = (typeof replyFields)[number]

export type Wordings = { readonly [L in Language]?: string }

/** How sure a Bambara wording is: A seen in a source, B composed of attested words, C doubtful. */
export const certainties = ['A', 'B', 'C'] as const

export type Reply = {
  readonly key: string
  readonly title: string
  /** For requests of this queue; absent: for all. */
  readonly queue?: QueueKey
  readonly texts: Wordings
  /** Of the Bambara wording. */
  readonly certainty?: (typeof certainties)[number]
  /** Who of the language read it; nobody yet where it is absent. */
  readonly reviewer?: string
  readonly retired: boolean
  /** 0 is what ships with the program. */
  readonly number: number
}

/** Fills in what is known; what is not stands as a hole, `[name ?]`, in the word that `called` gives. */
export function fillReply(
  text: string,
  known: Readonly<Partial<Record<ReplyField, string>>>,
  called: (field: ReplyField) => string,
): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const field = replyFields.find((one) => one === name)
    return field === undefined ? whole : (known[field] ?? `[${called(field)} ?]`)
  })
}

/** The first hole in a text: something that nobody filled in. */
export function holeIn(text: string): string | undefined {
  return /\[[^[\]\n]{1,40} \?\]/.exec(text)?.[0]
}

/** What stands in braces and is no field of ours. */
export function strangeField(text: string): string | undefined {
  return [...text.matchAll(/\{([^{}]*)\}/g)]
    .map(([, name = '']) => name)
    .find((name) => !replyFields.some((field) => field === name))
}
