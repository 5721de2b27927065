/** Steps that record something about the person who speaks: language, consent, who they are, what they may be sent. */

import type { Described } from '../../core/event.ts'
import { type Language, languages } from '../../core/language.ts'
import { answerBy } from '../answer-by.ts'
import { keptAnswer, plainValue } from '../condition.ts'
import { protectMinor } from '../protect.ts'
import type { Answer } from '../session.ts'
import { tell, tongueOf, type Walk } from '../walk.ts'
import type { Take } from './after.ts'

const adult = 18

export const recordConsent: Take<'record_consent'> = (walk, { record_consent: { item, answer, text } }) => {
  const { situation } = walk
  const language = tongueOf(walk)
  const wording = walk.parts.wording(text, language)
  const spoken = walk.input.kind === 'voice' || walk.input.kind === 'heard'
  const medium = spoken ? 'audio' : 'text'
  tell(walk, { type: 'consent_recorded', item, answer, text, wording, language, medium })
  walk.situation = { ...situation, consent: { ...situation.consent, [item]: answer } }
  return 'on'
}

export const setLanguage: Take<'set_language'> = (walk, step) => {
  const chosen = plainValue(walk, step.set_language)
  const language = languages.find((one) => one === chosen)
  if (language) speakIn(walk, language)
  return 'on'
}

export const setAnswering: Take<'set_answering'> = (walk, step) => {
  answerBy(walk, step.set_answering)
  return 'on'
}

function speakIn(walk: Walk, language: Language): void {
  tell(walk, { type: 'language_chosen', language })
  walk.language = language
  walk.session.spoken = language
  walk.situation = { ...walk.situation, language }
}

/** Puts on record who the person is. An age below eighteen ends the collection of data at once (S12). */
export const describePerson: Take<'describe_person'> = (walk, { describe_person: fields }) => {
  const answer = (field: keyof typeof fields): Answer | undefined => {
    const from = fields[field]
    return from && keptAnswer(walk, from.answer)
  }
  const age = answer('age')
  const years = age?.is === 'number' ? age.value : undefined
  const place = answer('place')
  const sex = plain(answer('sex'))
  const secret: Described = {
    name: plain(answer('name')),
    place: place?.is === 'place' ? place.value : said(place),
    birthYear: years === undefined ? undefined : walk.situation.now.getUTCFullYear() - years,
    sex: sex === 'woman' || sex === 'man' ? sex : undefined,
    phone: plain(answer('phone')),
    caseNumber: plain(answer('case_number'))?.toUpperCase(),
    returnCountry: plain(answer('return_country')),
  }
  if (Object.values(secret).some((value) => value !== undefined))
    tell(walk, { type: 'person_described', secret })
  if (years === undefined || years >= adult || walk.situation.minor) return 'on'
  walk.situation = { ...walk.situation, minor: true }
  protectMinor(walk, years)
  return 'moved'
}

export const sharePhone: Take<'share_phone'> = (walk, step) => {
  tell(walk, { type: 'phone_shared', shared: step.share_phone })
  walk.situation = { ...walk.situation, shared: step.share_phone }
  return 'on'
}

export const changeSpeaker: Take<'change_speaker'> = (walk, step) => {
  tell(walk, { type: 'speaker_changed', to: step.change_speaker })
  if (step.change_speaker === 'other') forget(walk)
  return 'on'
}

/** Somebody else speaks: what was open with the one before is not theirs to see, and they are welcomed themselves. */
function forget(walk: Walk): void {
  const { session } = walk
  const kept = session.stack.at(-1)
  session.stack = kept ? [{ ...kept, answers: {}, request: undefined, reference: undefined }] : []
  session.shown = []
  session.welcomed = false
  session.intake = undefined
  session.guarded = undefined
  session.alarm = undefined
  session.lastRequest = undefined
  session.quietUntil = undefined
  session.answering = undefined
  session.onlySpeaks = undefined
  walk.kept = undefined
  const stranger = {
    consent: {},
    known: false,
    requests: [],
    minor: false,
    lock: undefined,
    loops: undefined,
    checkIn: undefined,
    caseClosed: undefined,
  }
  walk.situation = { ...walk.situation, ...stranger }
}

export const stopMessages: Take<'stop_messages'> = (walk, step) => {
  tell(walk, { type: 'messages_stopped', how: step.stop_messages })
  walk.situation = { ...walk.situation, stopped: step.stop_messages }
  return 'on'
}

export const startMessages: Take<'start_messages'> = (walk) => {
  tell(walk, { type: 'messages_started' })
  walk.situation = { ...walk.situation, stopped: 'no' }
  return 'on'
}

function plain(answer: Answer | undefined): string | undefined {
  switch (answer?.is) {
    case 'code':
    case 'text':
    case 'phone':
      return answer.value
    case 'number':
      return String(answer.value)
    default:
      return undefined
  }
}

function said(answer: Answer | undefined): { readonly said: string } | undefined {
  const text = plain(answer)
  return text === undefined ? undefined : { said: text }
}
