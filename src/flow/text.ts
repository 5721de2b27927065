/** What a text does: danger first, then words said again, quotes, doubts, and at last the open question. */
import type { Expected, Heard, Universal } from './answer/heard.ts'
import { onAppointment } from './appointment.ts'
import type { Ask } from './definition.ts'
import { isForeign, isIdle, keepText, onConcept, onForeign, onGreeting, onNod, onThanks } from './idle.ts'
import { known } from './known.ts'
import { onLooseNumber, onQuote, settleDoubt } from './lists.ts'
import { isConfided, join, noteWeakDanger, recentRequest, sameWordsFor } from './opening.ts'
import { guardedRequest, isGuardedIn, joinGuarded, noteAge, protect } from './protect.ts'
import { accept, askBack, isSubstantial, refuse, takeTold } from './question.ts'
import { onCampaignNumber } from './reply.ts'
import { run } from './run.ts'
import { sentences } from './sentences.ts'
import { present } from './steps/ask.ts'
import { onUniversal } from './universal.ts'
import { isQuiet, isSensitive, openQuestion, requestInHand, speak, tell, top, type Walk } from './walk.ts'

const yesOrNo: Expected = { ask: 'yes_no', strict: false, optional: false }
const aNumber: Expected = { ask: 'number', strict: false, optional: false }

/** Said again within a minute these were sent while the network was down: one answer is enough (S8). */
const onceAMinute: ReadonlySet<Universal> = new Set([
  'help',
  'help_me',
  'person',
  'stop',
  'start',
  'language',
])
/** A line by its place, whatever the list is: "le deuxième", "3em". */
const aLine: Expected = {
  ...{ ask: 'choice', strict: true, optional: false },
  choices: Array.from({ length: 10 }, (_, place) => ({ value: `line_${place + 1}`, labels: {} })),
}
const minute = 60_000

/** Danger before everything. Gives true when the message is dealt with. */
export function onDanger(walk: Walk, text: string): boolean {
  const danger = walk.parts.vocabulary.danger(text)
  if (!danger) return false
  if (danger.strength === 'weak') {
    tell(walk, { type: 'danger_noticed', danger, flow: top(walk)?.flow })
    noteWeakDanger(walk, danger)
    return false
  }
  // "au secours" alone first asks whether there is danger (domain notes 6.3).
  if (danger.kind === 'danger_now' && isWord(hear(walk, text, undefined), 'help_me')) return false
  if (isGuardedIn(walk, danger.kind)) return moreOfTheSame(walk, danger, text)
  const again = remember(walk, text) <= sameWordsFor
  if (again && joinGuarded(walk, danger)) return true
  protect(walk, danger, text)
  run(walk)
  return true
}

/** Reads a text; danger was looked for before. */
export function onText(walk: Walk, text: string, quotesList?: string): void {
  const since = remember(walk, text)
  const again = since <= sameWordsFor
  const atOnce = since <= minute
  if (again && isSubstantial(text) && joinAgain(walk, atOnce)) return
  offerLanguage(walk, text)
  if (quotesList !== undefined && onQuote(walk, text, quotesList)) return
  if (onCampaignNumber(walk, text, quotesList)) return
  if (walk.session.doubt && onDoubt(walk, text)) return
  if (onAppointment(walk, text)) return
  passBy(walk, text)
  const step = openQuestion(walk)
  const heard = hear(walk, text, step)
  if (heard.is === 'universal') {
    if (!(atOnce && onceAMinute.has(heard.word))) onUniversal(walk, heard.word, heard.named)
  } else if (heard.is === 'greeting') onGreeting(walk)
  else if (heard.is === 'thanks') onThanks(walk, text, heard.praise === true)
  else if (heard.is === 'nod' && (isIdle(walk) || isSecondNod(walk, step))) onNod(walk, step, text)
  else if (heard.is === 'answer' && step) answered(walk, step, heard, text)
  else if (heard.is === 'doubt') askBack(walk, step, heard.value, heard.text)
  else if (heard.is === 'concept' && isIdle(walk) && onConcept(walk, heard.concept, text)) return
  else if (step) notAnswered(walk, step, text)
  else loose(walk, text, again)
}

/** "oui" is no story and no name; said again, it is what there is. */
function isSecondNod({ session }: Walk, step: Ask | undefined): boolean {
  return session.tries > 0 && (step?.ask === 'text' || step?.ask === 'name')
}

/** A question that was only asked by the way makes room for words that do not answer it. */
function passBy(walk: Walk, text: string): void {
  const step = openQuestion(walk)
  if (!step?.aside) return
  const heard = hear(walk, text, step)
  const { is } = heard
  // It asks whether something may be sent: whoever stops or starts that has said so.
  const settled = isWord(heard, 'stop', 'start')
  // "ok" is no clear yes: asked once more, and then let be.
  const unclear = is === 'nod' && walk.session.tries === 0
  const polite = is === 'greeting' || is === 'thanks' || unclear
  const meant = !settled && (is === 'answer' || is === 'universal' || polite)
  if (!meant) accept(walk, step, { is: 'nothing' })
}

/** What a text said while nothing was asked would be; for those who decide before the question does. */
export function hear(walk: Walk, text: string, step: Ask | undefined): Heard {
  const expected = step && walk.parts.expected(step)
  return walk.parts.vocabulary.hear(text, expected, walk.language, walk.situation.now)
}

export function isWord(heard: Heard, ...words: readonly Universal[]): boolean {
  return heard.is === 'universal' && words.includes(heard.word)
}

/** Whether a text is a number or a place in a list and nothing else; a sentence with a number in it is a sentence. */
export function isNumber(walk: Walk, text: string): boolean {
  const line = walk.parts.vocabulary.hear(text, aLine, walk.language, walk.situation.now)
  if (line.is === 'answer' && line.answer.is === 'code') return true
  if (isSubstantial(text)) return false
  const heard = walk.parts.vocabulary.hear(text, aNumber, walk.language, walk.situation.now)
  const counts = heard.is === 'answer' && heard.answer.is === 'number'
  // "le numéro 2" is a number, "j'ai 3 enfants" a sentence with one in it.
  return counts && (!isSubstantial(text) || /\p{N}\P{L}*$/u.test(text))
}

function answered(walk: Walk, step: Ask, { answer }: Heard & { readonly is: 'answer' }, text: string): void {
  const chosen = top(walk)?.flow === known.menu && answer.is === 'code'
  const inWords = chosen && isSubstantial(text) && !isNumber(walk, text)
  if (walk.stale && !isLastWord(walk) && !isClearLate(walk, step, text)) recall(walk, step, text)
  else if (inWords && onConcept(walk, answer.value, text)) return
  else if (inWords && isConfided(walk)) keepText(walk, text)
  else accept(walk, step, answer)
}

/** We asked of our own accord and nobody has spoken since: the question is the last thing that stands there. */
function isLastWord({ session: { shown }, now, pause }: Walk): boolean {
  return (shown.at(-1)?.at ?? 0) > now - pause
}

/** After a long pause only what cannot be meant for anything else answers: a choice by its name, a story in words. */
function isClearLate(walk: Walk, step: Ask, text: string): boolean {
  if (step.ask === 'choice') return !isNumber(walk, text)
  return step.ask === 'text' && isSubstantial(text)
}

function notAnswered(walk: Walk, step: Ask, text: string): void {
  const idle = isIdle(walk)
  if (isForeign(walk, text)) onForeign(walk, text)
  else if (idle && isSubstantial(text)) keepText(walk, text)
  else if (walk.stale) recall(walk, step, text)
  else if (step.told !== undefined && isSubstantial(text)) takeTold(walk, step, step.told, text)
  else refuse(walk, step, step.ask === 'code' ? undefined : text)
}

/** One line that names what was open, and the question again; what was said is not lost (S21). */
function recall(walk: Walk, step: Ask, text: string): void {
  if (isSubstantial(text)) keepText(walk, text)
  walk.recall = true
  walk.session.tries = 0
  present(walk, step)
}

function loose(walk: Walk, text: string, again: boolean): void {
  if (!isQuiet(walk) && isNumber(walk, text)) onLooseNumber(walk, text)
  else if (!isQuiet(walk) && isForeign(walk, text)) onForeign(walk, text)
  else keepText(walk, text, { silently: again })
}

function onDoubt(walk: Walk, text: string): boolean {
  const heard = walk.parts.vocabulary.hear(text, yesOrNo, walk.language, walk.situation.now)
  if (heard.is !== 'answer' || heard.answer.is !== 'code') {
    walk.session.doubt = undefined
    return false
  }
  settleDoubt(walk, heard.answer.value === 'yes')
  return true
}

/** More about a danger whose script is open: a free question takes it as its answer, a choice is asked again. */
function moreOfTheSame(walk: Walk, danger: Parameters<typeof protect>[1], text: string): boolean {
  tell(walk, { type: 'danger_noticed', danger, flow: top(walk)?.flow })
  const guarded = guardedRequest(walk)
  if (guarded !== undefined) noteAge(walk, guarded, text)
  const step = openQuestion(walk)
  if (step && (step.ask === 'text' || step.ask === 'voice')) return false
  joinGuarded(walk, danger)
  if (step) present(walk, step)
  else speak(walk, sentences.added)
  return true
}

/** The same words again join what they opened, and are not answered twice; gives false when there is nothing to join. */
function joinAgain(walk: Walk, atOnce: boolean): boolean {
  const { session } = walk
  const step = openQuestion(walk)
  if (session.tries > 0 || session.doubt || step?.ask === 'text' || step?.ask === 'voice') return false
  const request = requestInHand(walk)?.request ?? recentRequest(walk, sameWordsFor)
  if (request !== undefined) join(walk, request)
  return request !== undefined || atOnce
}

function offerLanguage(walk: Walk, text: string): void {
  const { session, situation } = walk
  const welcoming = session.stack.some(({ flow }) => flow === known.welcome || flow === known.language)
  if (session.offered || !situation.language || welcoming || isSensitive(walk) || isQuiet(walk)) return
  if (!isSubstantial(text)) return
  const language = walk.parts.vocabulary.guessLanguage(text)
  if (language === undefined || language === 'other' || language === walk.language) return
  session.offered = true
  tell(walk, { type: 'language_guessed', language })
  speak(walk, sentences.languageOffer, {}, { language })
}

/** Keeps what was said as a fingerprint; gives the milliseconds since the same words were said just before. */
function remember(walk: Walk, text: string): number {
  const { said } = walk.session
  const words = fingerprint(text)
  walk.session.said = { words, at: walk.now }
  return said?.words === words ? walk.now - said.at : Number.POSITIVE_INFINITY
}

/** FNV-1a over the words without case and spacing, so that the session keeps no copy of what was said. */
function fingerprint(text: string): string {
  const words = text.toLowerCase().replace(/\s+/g, ' ').trim()
  let hash = 0x811c9dc5
  for (let place = 0; place < words.length; place += 1) {
    hash = Math.imul(hash ^ words.charCodeAt(place), 0x01000193)
  }
  return `${words.length.toString(36)}.${(hash >>> 0).toString(36)}`
}
