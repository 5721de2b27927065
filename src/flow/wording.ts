/** What a sentence to people must not be or say: too long, a promise nobody keeps, a number nobody verified. */
import type { Language } from '../core/language.ts'

/** One idea fits; more is not read (domain notes 7.2, rule 5). */
export const sentenceLength = 300

const promises: { readonly [L in Language]: readonly RegExp[] } = {
  fr: [
    /vous allez recevoir/i,
    /vous recevrez(?! plus)/i,
    /garanti/i,
    /c'est promis/i,
    /nous vous donnerons/i,
  ],
  en: [/you will (get|receive)(?! no)/i, /guarantee/i, /we promise/i, /we will give you/i],
  bm: [/an b[ɛe]na .{0,20} di i ma/i],
}
const amount = /\d[\d .]*\s?(f ?cfa|cfa|francs?|euros?|€|dɔrɔm[ɛe])/i

const calls: { readonly [L in Language]: RegExp } = {
  fr: /(va|vont|allons) vous (appeler|rappeler)/i,
  en: /will call you/i,
  bm: /b[ɛe]na (i|k'i) wele/i,
}

/** Six digits or more in a row, or any number that one is told to call: only {number} may say one. */
const phone = /\+?\d(?:[ .-]?\d){5,}/
const toCall = /(appelez|composez|call|dial)\s+(le\s+)?\d{2,}/i

/** The part of a sentence that promises help, if one does. */
export function promiseIn(language: Language, text: string): string | undefined {
  return [...promises[language], amount]
    .map((words) => words.exec(text)?.[0])
    .find((found) => found !== undefined)
}

/** The parts of a text in any language that promise help: staff write in whatever language the person reads. */
export function promisesIn(text: string): readonly string[] {
  const all = [...Object.values(promises).flat(), amount]
  return [...new Set(all.flatMap((words) => words.exec(text)?.[0] ?? []))]
}

/** Whether a sentence says that a person will call: true only while somebody is on duty. */
export function saysCall(language: Language, text: string): boolean {
  return calls[language].test(text)
}

/** A telephone number in a sentence. */
export function numberIn(text: string): string | undefined {
  return (phone.exec(text) ?? toCall.exec(text))?.[0]
}
