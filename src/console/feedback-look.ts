/** Which feedback an address asks for, and the address that leads there. */
import { z } from 'zod'
import { type Language, languages } from '../core/language.ts'
import { feedbackKinds } from '../core/request.ts'
import { apart, fold, plain } from '../flow/answer/fold.ts'
import type { FeedbackFilter } from '../store/feedback.ts'

const none = <T extends z.ZodType>(shape: T) => z.union([shape, z.literal('')]).catch('' as never)

const shape = z.object({
  kind: none(z.enum(feedbackKinds)),
  region: none(z.string().regex(/^[\w-]{1,60}$/)),
  language: none(z.enum(languages as unknown as [Language, ...Language[]])),
  from: none(z.iso.date()),
  until: none(z.iso.date()),
  elsewhere: none(z.literal('yes')),
  q: none(z.string().max(100)),
})

export type FeedbackLook = z.output<typeof shape>

/** What an address or a form asks for; what is no filter of ours falls away. */
export function readFeedbackLook(query: unknown): FeedbackLook {
  return shape.parse(typeof query === 'object' && query !== null ? query : {})
}

export function feedbackFilter(look: FeedbackLook): FeedbackFilter {
  const { q: _words, elsewhere, ...rest } = look
  const given = Object.entries(rest).filter(([, value]) => value !== '')
  return { ...Object.fromEntries(given), ...(elsewhere === 'yes' ? { elsewhere: true } : {}) }
}

/** Whether a text has every word that is sought, however it is spelt; absent when no words are sought. */
export function fitsLook({ q }: FeedbackLook): ((text: string) => boolean) | undefined {
  const wanted = fold(q).split(' ').filter(Boolean)
  if (wanted.length === 0) return undefined
  return (text) => {
    const said = `${fold(text)} ${fold(apart(plain(text)))}`
    return wanted.every((word) => said.includes(word))
  }
}

/** The address of a look, from the question mark on. */
export function feedbackQuery(look: FeedbackLook, after?: string): string {
  const given = Object.entries({ ...look, after: after ?? '' }).filter(([, value]) => value !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given as [string, string][])}`
}
