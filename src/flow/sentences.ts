/**
 * The sentences that the engine says by itself, in every flow. Each is a key of `locales/<language>/common.json`; the
 * variables it may use stand beside it. Everything else that people read is named in a flow file.
 *
 * Every sentence, of a flow or of the engine, may use: {ref} the reference of the request of this conversation, {n} the
 * days until it is answered, {day} and {time} when the office opens next (when it is closed), {number} the emergency
 * number, {place} where the office is, and in flows that are not sensitive the answers kept so far by their names:
 * the label of a choice, a number, a date, a place, a name, never a free text.
 */
import { neutralKnock } from '../core/knock.ts'

export const sentences = {
  /** Labels of every yes/no question that brings no choices of its own. */
  yes: 'common.yes',
  no: 'common.no',

  // A question was not understood.
  /** Said before the question is asked again, when the question has no help of its own. */
  notUnderstood: 'common.not_understood',
  /** Said before a question with choices is asked again, when the question has no help of its own. */
  chooseNumber: 'common.choose_number',
  /** The same after a sentence, which is kept. */
  notedChoose: 'common.noted_choose',
  /** After the second time: whoever prefers a person may say so ("agent"). */
  offerPerson: 'common.offer_person',
  /** After the third time: a person takes over. {ref} {n} */
  handedOver: 'common.handed_over',
  /** The same about what was told in confidence: the matter is in good hands already. */
  handedOverQuietly: 'danger.kept',
  /** A word that looks like a choice, asked back with yes and no. {word} */
  doubt: 'common.doubt',
  /** The list of a pressed button belongs to a conversation that is over. */
  oldList: 'common.old_list',

  /** On a phone that others read: neutral, whoever reads it aloud. */
  knock: neutralKnock,

  // A code on this phone.
  /** After the right code, and after the one that calls for help: the same, whoever reads it. */
  codeGiven: 'common.code_given',
  codeWrong: 'common.code_wrong',
  /** Too often wrong: a person looks at it. */
  codeLost: 'common.code_lost',
  /** Digits that anybody would try first. */
  codeEasy: 'common.code_easy',

  /** The question of a campaign was answered. */
  campaignAnswered: 'campaign.answered',

  // What was said is kept.
  /** A text outside every question: kept, a person will read it. {ref} {n} */
  kept: 'common.kept',
  /** "ok" when nothing is asked: heard, nothing is opened. */
  nodded: 'common.nodded',
  /** More of the same, added to what is kept. No variables. */
  added: 'common.added',
  /** A voice note arrived, somebody will listen. {ref} */
  voiceReceived: 'common.voice_received',
  /** At a question: somebody listens, and the conversation goes on by itself. No variables. */
  parked: 'common.parked',
  /** Somebody has listened: a person answers; then the open question is asked again. */
  listened: 'common.listened',
  /** A listener could not understand the note: asked politely to say it once more. */
  sayAgain: 'common.say_again',
  /** A photo, video, document, place or contact card arrived and is kept. */
  fileReceived: 'common.file_received',
  /** A sticker, poll and the like: cannot be read; write or speak. */
  cannotRead: 'common.cannot_read',
  /** Another language or script: speak in your language by voice; a person listens. Then the language is asked. */
  anyLanguage: 'common.any_language',
  /** Said in the language guessed: to go on in it, send "language". */
  languageOffer: 'common.language_offer',

  // What reached us long after it was said.
  /** Written on a day of this week. {day} */
  late: 'late.weekday',
  /** Written longer ago. {date} */
  lateDate: 'late.date',
  /** Written today, hours ago. {time} */
  lateToday: 'late.today',

  // Coming and going.
  greetMorning: 'common.greet_morning',
  greetMidday: 'common.greet_midday',
  greetAfternoon: 'common.greet_afternoon',
  greetEvening: 'common.greet_evening',
  /** The answer to thanks. */
  thanked: 'common.thanked',
  /** After a pause, one line before the open question is asked again. */
  recall: 'common.recall',
  /** After a long pause, to somebody with open requests. {count} */
  openRequests: 'common.open_requests',
  /** The conversation cannot go on where it stood and begins again. */
  restart: 'common.restart',
  /** The quick exit: neutral, whoever reads it. */
  left: 'common.left',
  /** For a day after suicidal words: a person is there, how to reach them; no menu. */
  quiet: 'common.quiet',

  // Somebody asked to replace the number of this address.
  /** Sent by staff to the old number: neutral, whoever reads it. */
  changeAsked: 'common.change_asked',
  /** The answer to a "2": nothing was changed, a person looks at it. */
  disputed: 'common.change_disputed',

  // Being answered by voice.
  /** From here on recordings go before the words, where there are any. */
  byVoice: 'common.by_voice',
  /** The same while nothing is recorded in this language. */
  noVoiceYet: 'common.no_voice_yet',
  /** From here on only words. */
  textOnly: 'common.text_only',
  /** Said once a month, when the data for recordings is used up: only words until the month is over. */
  voiceUsedUp: 'common.voice_used_up',
  /** The flow that comes is not ready in their language: it is in French. */
  inFrench: 'common.in_french',

  // The state of a request, as the variable {state} of show_requests and find_request.
  stateOpen: 'common.state_open',
  stateWaiting: 'common.state_waiting',
  stateAnswered: 'common.state_answered',
  stateClosed: 'common.state_closed',
} as const

/** What is said outside of every conversation: by an act of staff, by the passing of time, in answer to a code. */
export const besideFlows = {
  /** The program failed on what somebody said. */
  error: 'common.error',
  /** The code of an invitation card. {name} */
  cardWelcome: 'card.welcome',
  cardWelcomeUnnamed: 'card.welcome_unnamed',
  cardUnknown: 'card.unknown',
  /** The code of a complaint without a name: how it stands. */
  toldOpen: 'told.open',
  toldClosed: 'told.closed',
  toldAnswered: 'told.answered',
  toldAdded: 'told.added',
  toldMore: 'told.more',
  /** What was added tells of danger: whoever says it without the code can be helped. */
  toldDanger: 'told.danger',
  toldUnknown: 'told.unknown',
  /** An answer takes longer than was said. {ref} {date} */
  delay: 'delay.told',
  /** Staff called and nobody answered. */
  missedCall: 'missed.call',
  /** A file could not be taken. */
  fileTooLarge: 'file.too_large',
  fileInfected: 'file.infected',
  /** Everything that was kept of them is erased, as they asked. */
  erased: 'erased.text',
  /** Please write, so that an answer can go out. */
  knock: 'knock.text',
} as const

export type SentenceName = keyof typeof sentences
