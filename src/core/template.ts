/**
 * Wordings that a provider approves beforehand: the only thing that goes out while its window is closed. Bambara is no
 * template language of Meta's (business.facebook.com, "Supported languages"): its wording is registered under the code of
 * another, and `speaks` says what it really is.
 */
import { neutralKnock } from './knock.ts'
import type { Language } from './language.ts'

/** How far an approval has come; `off` is whatever the provider took away for good or for a while. */
export const templateStates = ['pending', 'approved', 'rejected', 'paused', 'off'] as const
export type TemplateState = (typeof templateStates)[number]

/** What asks somebody, without content, to write again. */
export const knockUse = 'knock'

/** Sentences that go out of our own accord and so may come when the window is closed, by their locale keys. */
export const promptKeys = [
  neutralKnock,
  'delay.told',
  'appointment.propose',
  'appointment.reminder',
  'solved.ask',
] as const

/** What a template can stand for. */
export const templateUses: readonly string[] = [knockUse, ...promptKeys]

export type Template = {
  readonly name: string
  /** The provider's code. */
  readonly language: string
  readonly speaks?: Language
  readonly state: TemplateState
  readonly use?: string
}

/** What the provider tells of one when it lists them. */
export type ToldTemplate = Pick<Template, 'name' | 'language' | 'state'> & {
  readonly theirId?: string
  readonly category: string
  readonly quality?: string
  readonly reason?: string
  readonly body: string
}

/** One to be handed in. */
export type NewTemplate = Pick<ToldTemplate, 'name' | 'language' | 'category' | 'body'>

/** What the provider tells of one by itself. */
export type TemplateNews = Pick<Template, 'name' | 'language'> & {
  readonly business: string
  readonly state?: TemplateState
  readonly quality?: string
  readonly reason?: string
}

/** The approved one for this use, in the language of the person, else in French, else in any. */
export function chooseTemplate<T extends Template>(
  all: readonly T[],
  use: string,
  language: Language | undefined,
): T | undefined {
  const fit = all.filter((one) => one.use === use && one.state === 'approved')
  return fit.find(({ speaks }) => speaks === language) ?? fit.find(({ speaks }) => speaks === 'fr') ?? fit[0]
}

/** The approved one of this name in a language, where everything that it has filled in is among these fields. */
export function namedTemplate<T extends Template & { readonly body: string }>(
  all: readonly T[],
  language: Language,
  fields: readonly string[],
  name?: string,
): T | undefined {
  const fits = ({ state, speaks, body, name: its }: T) =>
    state === 'approved' &&
    speaks === language &&
    its === (name ?? its) &&
    valuesIn(body).every((value) => fields.includes(value))
  return all.find(fits)
}

/** The state that a provider's word for it comes to. */
export function templateStateOf(theirs: string): TemplateState {
  switch (theirs.toUpperCase()) {
    case 'APPROVED':
    case 'REINSTATED':
    case 'UNARCHIVED':
    // Cannot be changed, or is at risk: it can be sent all the same.
    case 'LOCKED':
    case 'FLAGGED':
      return 'approved'
    case 'PENDING':
    case 'IN_APPEAL':
    case 'PENDING_REVIEW':
      return 'pending'
    case 'REJECTED':
      return 'rejected'
    case 'PAUSED':
      return 'paused'
    default:
      return 'off'
  }
}

/** What is filled in, by name, in the order of its first mention: `{{date}}`. */
export function valuesIn(body: string): readonly string[] {
  return [...new Set([...body.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].flatMap(([, name]) => name ?? []))]
}

/** A sentence of ours, `{date}`, in the provider's way of naming what is filled in. */
export function templateBody(sentence: string): string {
  return sentence.replace(/\{+(\w+)\}+/g, '{{$1}}')
}
