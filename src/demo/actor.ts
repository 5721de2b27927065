/**
 * A person of the story with something on their mind: looks at what the conversation asks and answers it in their own
 * way. They know nothing of flow files; a question that was changed or added is answered as a person would.
 */
import type { Language } from '../core/language.ts'
import type { Content } from '../core/message.ts'
import type { Ask, FlowBook } from '../flow/definition.ts'
import type { Session, Shown } from '../flow/session.ts'
import type { Dice } from './dice.ts'
import { careless } from './hand.ts'
import type { Plot } from './plan.ts'
import { feedbackLines, matterLines, otherRumours, rumourOfTheWeek } from './said-matters.ts'
import { type Lines, needLines } from './said-needs.ts'
import { type Saying, voiceNote } from './sent-files.ts'

export type Part = {
  readonly plot: Plot
  readonly dice: Dice
  readonly id: (at: Date) => string
  /** Their own words, once said. */
  said: boolean
}

const greetings: Lines = {
  fr: ['Bonjour', 'bonsoir', 'salam', 'Bonjour svp', 'salut', 'Bonjour'],
  bm: ['i ni sogoma', 'ini tié', 'i ni wula', 'aw ni ce', 'i ni tilé', 'salam'],
  en: ['Hello', 'Good morning', 'hi'],
}
const yes: Lines = { fr: ['1', 'oui', 'Oui'], bm: ['1', 'ôwô', 'awo'], en: ['1', 'yes'] }
const no: Lines = { fr: ['2', 'non'], bm: ['2', 'ayi'], en: ['2', 'no'] }
const pass: Lines = { fr: ['passer', 'je sais pas'], bm: ["n t'a dɔn", 'foyi'], en: ['pass'] }
const menuWords: Lines = { fr: ['0', 'menu'], bm: ['0'], en: ['0', 'menu'] }
const stopWords: Lines = { fr: ['STOP', 'stop'], bm: ['STOP', 'a dabila'], en: ['STOP'] }
const thanks: Lines = { fr: ['merci', 'Merci beaucoup'], bm: ['i ni tié', 'abarika'], en: ['thank you'] }

/** The first thing they send: a greeting, their own words, or a voice note. */
export function begins(part: Part, at: Date): Saying {
  const { plot, dice } = part
  if (plot.what === 'stop') return text(dice.pick(stopWords[plot.person.language]))
  const first = plot.at.getTime() === plot.person.arrivedAt.getTime()
  if (first) return dice.chance(80) || plot.what !== 'request' ? greets(part) : ownWay(part, at)
  if (plot.what === 'request' && plot.way !== 'menu') return ownWay(part, at)
  if (plot.what === 'feedback' && plot.kind === 'praise' && dice.chance(50)) return ownWords(part)
  return dice.chance(55) ? greets(part) : text(dice.pick(menuWords[plot.person.language]))
}

/** The answer to the open question, or undefined when nothing is asked. */
export function replies(part: Part, session: Session, book: FlowBook, at: Date): Saying | undefined {
  const step = session.open ? questionOf(session, book) : undefined
  // Asked by the way: nobody here wants a code.
  if (!step || step.keep === 'wants_code') return undefined
  const { person } = part.plot
  const shown = session.shown.at(-1)
  if (session.doubt || (shown?.doubt && shown.step === step.id))
    return text(part.dice.pick(yes[person.language]))
  if (step.ask === 'choice' || step.ask === 'yes_no') return chooses(part, step, shown)
  return tells(part, step, at)
}

/** Goes to the menu from nowhere. */
export function asksForMenu({ plot, dice }: Part): Saying {
  return text(dice.pick(menuWords[plot.person.language]))
}

export function thanksFor({ plot, dice }: Part): Saying {
  return text(dice.pick(thanks[plot.person.language]))
}

function greets({ plot, dice }: Part): Saying {
  return text(dice.pick(greetings[plot.person.language]))
}

function questionOf({ stack }: Session, book: FlowBook): Ask | undefined {
  const frame = stack.at(-1)
  const flow = frame && (book.version(frame.hash) ?? book.current(frame.flow))
  const step = frame && flow?.steps[flow.index.get(frame.step) ?? -1]
  return step && 'ask' in step ? step : undefined
}

function chooses(part: Part, step: Ask, shown: Shown | undefined): Saying {
  const { plot, dice } = part
  const values = step.choices?.map(({ value }) => value) ?? ['yes', 'no']
  const wishes = [...wishesOf(plot), ...habits(part, step)]
  const wanted = wishes.find((wish) => values.includes(wish)) ?? values.at(-1) ?? 'no'
  const number = values.indexOf(wanted) + 1
  if (step.ask === 'yes_no') return text(dice.pick((wanted === 'yes' ? yes : no)[plot.person.language]))
  return { content: pressed(part, number, shown) }
}

/** A button where the app has them, otherwise the digit, sometimes with a point or as a word. */
function pressed({ plot, dice }: Part, number: number, shown: Shown | undefined): Content {
  const { address, language } = plot.person
  if (shown && address.channel !== 'whatsapp_web' && dice.chance(65)) {
    return { kind: 'choice', list: shown.list, number }
  }
  const words = { fr: `${number}.`, bm: bambaraDigits[number] ?? String(number), en: `option ${number}` }
  return { kind: 'text', text: dice.chance(78) ? String(number) : words[language] }
}

const bambaraDigits = ['fou', 'kelen', 'fila', 'saba', 'naani', 'dourou', 'wôrô', 'wolonfla']

/** What leads to their matter, door by door. */
function wishesOf(plot: Plot): readonly string[] {
  if (plot.what === 'stop') return plot.person.stops === 'all' ? ['everything'] : ['fine']
  if (plot.what === 'feedback') return ['problem', 'opinion', plot.kind]
  const { kind, category = 'other', urgency = 'can_wait' } = plot
  const doors: Partial<Record<typeof kind, readonly string[]>> = {
    'request.followup': ['followup'],
    'request.need': ['need', category, urgency],
    'request.person': ['person'],
    'request.contact_change': ['more', 'number'],
    'request.data': ['more', 'data', plot.person.n % 2 ? 'access' : 'erase'],
    'complaint.service': ['problem', 'aid', 'late'],
    'complaint.eligibility': ['problem', 'aid', 'excluded'],
    'complaint.data_breach': ['problem', 'aid', 'data'],
    'complaint.staff_conduct': ['problem', 'staff', 'conduct'],
    'complaint.fraud': ['problem', 'partner', 'money'],
    'complaint.sea': ['problem', 'staff', 'private'],
  }
  return doors[kind] ?? ['info']
}

/** What they answer whatever they came for. */
function habits({ plot, dice }: Part, step: Ask): readonly string[] {
  const { person } = plot
  if (step.keep === 'agreed') return [person.consent === 'given' ? 'yes' : 'no']
  if (step.keep === 'speaker')
    return [person.second && plot.at.getTime() === person.arrivedAt.getTime() ? 'other' : 'same']
  if (step.keep.startsWith('danger')) return [dice.chance(96) ? 'fine' : 'now', 'no']
  const sharing = person.shares ? 'others' : 'mine'
  const listener = person.sex === 'woman' ? 'woman' : 'anyone'
  const time = dice.pick(['morning', 'midday', 'evening', 'write'])
  return [person.language, sharing, listener, time, 'nothing', 'now', dice.chance(90) ? 'yes' : 'no']
}

function tells(part: Part, step: Ask, at: Date): Saying {
  const { plot, dice } = part
  const { person } = plot
  const leave = () => text(dice.pick(pass[person.language]))
  switch (step.ask) {
    case 'name':
      return text(person.name)
    case 'place':
      return text(person.placeName)
    case 'case_number':
      return person.caseFile && dice.chance(40) ? text(person.caseFile.number) : leave()
    case 'phone':
      // Theirs is no number that the product could believe (people.ts).
      return leave()
    case 'age':
    case 'number':
      return text(String(at.getUTCFullYear() - person.birthYear))
    case 'voice':
      return voiceNote(part.id(at), dice)
    default:
      if (step.optional && dice.chance(60)) return leave()
      if (part.said) return text(dice.pick(addition[person.language]))
      return ownWay(part, at)
  }
}

const addition: Lines = {
  fr: ['Le matin c’est mieux', 'comme j ai dit', 'Appelez avant de venir svp'],
  bm: ['sogoma', 'n wele fɔlɔ', 'o doron'],
  en: ['In the morning please', 'As I said'],
}

function ownWay(part: Part, at: Date): Saying {
  return part.plot.what === 'request' && part.plot.way === 'voice' ? ownVoice(part, at) : ownWords(part)
}

function ownVoice(part: Part, at: Date): Saying {
  part.said = true
  return voiceNote(part.id(at), part.dice)
}

function ownWords(part: Part): Saying {
  const { plot, dice } = part
  const { language } = plot.person
  part.said = true
  if (plot.what === 'feedback' && plot.teller !== undefined) {
    return text(rumourOfTheWeek[plot.teller]?.text ?? '')
  }
  const lines = linesOf(plot)[language]
  const fitting = lines.filter((line) => !unlike[plot.person.sex].test(line))
  const line = dice.pick(fitting.length > 0 ? fitting : lines)
  // Words that somebody must be safe to be understood by are typed with care.
  const careful = plot.what === 'request' && /^(protection|security|complaint.sea)/.test(plot.kind)
  return text(careful ? line : careless(line, language, dice))
}

/** What a woman, or a man, would not say. */
const unlike = { woman: /ma femme|mousso konoma/, man: /mon mari|my husband|il veut que je vienne seule/i }

function linesOf(plot: Plot): Record<Language, readonly string[]> {
  if (plot.what === 'feedback') return plot.kind === 'rumour' ? otherRumours : feedbackLines[plot.kind]
  const lines = plot.what === 'request' && plot.category ? needLines[plot.category] : undefined
  const known = lines ?? (plot.what === 'request' ? matterLines[plot.kind] : undefined)
  if (!known) throw new Error('nobody knows how to say this matter')
  return known
}

function text(words: string): Saying {
  return { content: { kind: 'text', text: words } }
}
