/** A refusal that the reader can do something about, as a sentence for the page that it happened on. */
import { Failure } from '../failure.ts'
import { FormFault } from './form.ts'
import { failureKey, type Words } from './words.ts'

export type Told = { readonly status: number; readonly fault: string }

/** Undefined for what is ours to repair, and for what must look as if it did not exist. */
export function faultOf(error: unknown, words: Words): Told | undefined {
  if (error instanceof FormFault) return { status: 422, fault: words.t(error.sentence, error.vars) }
  if (!(error instanceof Failure) || error.trouble.ours || error.trouble.status === 404) return undefined
  return { status: error.trouble.status, fault: words.any(failureKey(error.code)) }
}
