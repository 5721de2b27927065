/** What comes with a form, judged: the key of the form, the fields of an act, and how a fault is told. */
import { z } from 'zod'
import { Failure } from '../failure.ts'

/** A form that cannot be taken as it is: a sentence of the console tells why, and what was written is kept. */
export class FormFault extends Error {
  override readonly name = 'FormFault'
  readonly sentence: string
  readonly vars: Readonly<Record<string, string | number>>

  constructor(sentence: string, vars: Readonly<Record<string, string | number>> = {}) {
    super(sentence)
    this.sentence = sentence
    this.vars = vars
  }
}

/** The fields, parsed; fails with FormFault when one is missing or not one of ours. */
export function readForm<T extends z.ZodType>(shape: T, body: unknown): z.output<T> {
  const read = shape.safeParse(body)
  if (!read.success) throw new FormFault('form.incomplete')
  return read.data
}

/** How long a note may be. */
export const longestNote = 1000

/** A note for colleagues; absent when empty. Fails with FormFault when it is too long. */
export function readNote(body: unknown): string | undefined {
  const { note } = readForm(z.object({ note: z.string().default('') }), body)
  const text = note.trim()
  if (text.length > longestNote) throw new FormFault('form.note_long', { most: longestNote })
  return text === '' ? undefined : text
}

/** The key that the page made for this form; a form without one was not made by us. */
export function readKey(body: unknown): string {
  const read = z.object({ once: z.uuid() }).safeParse(body)
  if (!read.success) throw new Failure('form:stale')
  return read.data.once
}
