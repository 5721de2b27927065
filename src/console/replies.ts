/** Canned replies as pages need them: what ships with the program, what the office made of it, and how they are judged. */
import { type Language, languages } from '../core/language.ts'
import { type QueueKey, queueKeys } from '../core/queue.ts'
import { certainties, fillReply, type Reply, type ReplyField, strangeField } from '../core/reply.ts'
import { numberIn, promiseIn, saysCall } from '../flow/wording.ts'
import { listReplyVersions } from '../store/reply.ts'
import type { Locales } from '../text/locale.ts'
import type { Console } from './asked.ts'
import { longestAnswer } from './pages/answer-box.tsx'

/** What ships with the program, each with the queue it is for; the wordings are in locales/<language>/reply.json. */
const shipped: Readonly<Record<string, QueueKey | undefined>> = {
  received: 'information',
  wait: undefined,
  say_again: undefined,
  voice_ok: undefined,
  office_place: 'information',
  best_time: undefined,
  missed_call: undefined,
  meeting_offer: 'followup',
  meeting_set: 'followup',
  need_describe: 'needs',
  no_promise: 'needs',
  papers: 'needs',
  other_help: 'needs',
  no_criteria: undefined,
  no_period: undefined,
  no_budget: undefined,
  no_twice: undefined,
  closed_explained: undefined,
  closed_referred: undefined,
  closed_reopened: undefined,
  aid_free: 'complaints',
  done_so_far: 'complaints',
  satisfied: undefined,
}

/** Version 0 of a key: as shipped; undefined for a key that the office made. */
export function shippedReply(locales: Locales, title: Language, key: string): Reply | undefined {
  if (!Object.hasOwn(shipped, key)) return undefined
  const text = `reply.${key}.text`
  const texts = languages.filter((language) => locales.has(language, text))
  const certainty = certainties.find((one) => one === locales.certainty('bm', text))
  const queue = shipped[key]
  return {
    key,
    title: locales.t(title, `reply.${key}.title`),
    ...(queue ? { queue } : {}),
    texts: Object.fromEntries(texts.map((language) => [language, locales.t(language, text)])),
    ...(certainty ? { certainty } : {}),
    retired: false,
    number: 0,
  }
}

/** Every reply in its last version, by title; retired ones among them. */
export async function listReplies(
  { database, locales }: Pick<Console, 'database' | 'locales'>,
  language: Language,
): Promise<readonly Reply[]> {
  const written = await listReplyVersions(database.prisma)
  const own = new Set(written.map(({ key }) => key))
  const base = Object.keys(shipped).flatMap((key) =>
    own.has(key) ? [] : (shippedReply(locales, language, key) ?? []),
  )
  return [...written, ...base].sort((one, other) => one.title.localeCompare(other.title, language))
}

/** What fits what somebody looks for, those of the request's own queue first. */
export function searchReplies(all: readonly Reply[], sought: string, queue: QueueKey): readonly Reply[] {
  const words = folded(sought).split(/\s+/).filter(Boolean)
  const found = all.filter((reply) => {
    const text = folded([reply.title, reply.key, ...Object.values(reply.texts)].join(' '))
    return !reply.retired && words.every((word) => text.includes(word))
  })
  const rank = (reply: Reply) => (reply.queue === queue ? 0 : reply.queue === undefined ? 1 : 2)
  return found.toSorted((one, other) => rank(one) - rank(other))
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replaceAll('ɛ', 'e')
    .replaceAll('ɔ', 'o')
    .toLowerCase()
}

/** A reply ready to insert: in the person's language, or in French where there is no such wording. */
export type Offer = {
  readonly reply: Reply
  readonly text: string
  readonly language: Language
  /** There is no wording in the language of the person. */
  readonly missing: boolean
}

export function offerOf(
  reply: Reply,
  wanted: Language,
  known: Readonly<Partial<Record<ReplyField, string>>>,
  called: (field: ReplyField) => string,
): Offer | undefined {
  const language = [wanted, 'fr' as const, ...languages].find((one) => reply.texts[one] !== undefined)
  const text = language && reply.texts[language]
  if (!language || text === undefined) return undefined
  return { reply, text: fillReply(text, known, called), language, missing: language !== wanted }
}

/** Why a wording cannot be kept: a sentence of `console.replies` with what it is about. */
export type ReplyFault = { readonly language: Language; readonly sentence: string; readonly what: string }

/** The rules of what the product itself says (npm run flows) hold for what it puts into the mouths of staff. */
export function judgeReply(texts: Reply['texts']): ReplyFault | undefined {
  for (const language of languages) {
    const text = texts[language]
    if (text === undefined) continue
    const fault = (sentence: string, what: string) => ({ language, sentence: `replies.${sentence}`, what })
    const promise = promiseIn(language, text)
    if (promise !== undefined) return fault('promises', promise)
    if (saysCall(language, text)) return fault('calls', text)
    const number = numberIn(text)
    if (number !== undefined) return fault('numbers', number)
    const field = strangeField(text)
    if (field !== undefined) return fault('strange_field', `{${field}}`)
    if (text.length > longestAnswer) return fault('too_long', String(longestAnswer))
  }
  return undefined
}

/** A queue that a form names. */
export function queueNamed(name: string): QueueKey | undefined {
  return queueKeys.find((key) => key === name)
}
