/**
 * The flows that the engine enters by itself, by key. All are ordinary YAML flows; `npm run flows` reports a missing
 * one, and without it the engine does the nearest harmless thing (it repeats the open question).
 */
export const known = {
  /**
   * The first contact. When the first message said something (no mere greeting or command), it is kept as the answer
   * `said` (a text or a voice note): open the request with it after consent. If this flow ends without having opened a
   * request and consent is not refused, `said` goes to intake by itself.
   */
  welcome: 'welcome',
  /** "menu", 0, a greeting, `end: menu`. Its first question with choices is the menu; `words` name their concepts. */
  menu: 'menu',
  /** "language", and the answer to a language or script we do not speak. Comes back to the open question. */
  language: 'language',
  /** "help": what one can do here. Comes back to the open question. */
  help: 'help',
  /** "au secours": asks first whether there is danger. Comes back to the open question. */
  helpMe: 'help_me',
  /** "person": opens request.person and says when. Comes back to the open question. */
  person: 'person',
  /** STOP outside sensitive flows: stop_messages campaigns, then "2" silences all. */
  stop: 'stop',
  /** START. */
  start: 'start',
  /**
   * A strong danger phrase. The request is open already ({ref}); the answer `kind` says which danger: suicide, sea, gbv,
   * trafficking, child, danger_now, fraud. Whatever was open before is left.
   */
  danger: 'danger',
  /** Somebody said an age below 18, in an answer or in a phrase: data collection stops; the request protection.child is open already. */
  minor: 'minor',
  /**
   * A voice note that answered no question was acknowledged and lies with intake ({ref}): asks whether there is danger
   * now. Comes back to the open question.
   */
  voice: 'voice',
  /** A complaint without a name: nothing of it stays with whoever says it. */
  nameless: 'nameless',
  /** The phone is shared and somebody writes after twelve hours: the same person as last time, or another? */
  speaker: 'speaker',
  /** Sets, changes or ends the four digits before which nothing of theirs is told on this phone. */
  code: 'code',
  /** Asks for them. Comes back to what needs them. */
  unlock: 'unlock',
  /** Where the office is, asked in one's own words; no list offers it. Kept already: `said`. */
  officePlace: 'office_place',
  /**
   * A word for a need said outside every question ("food"): the answer `category` is kept already, and `said` when the
   * message had more than two words. Begin with a `when` on what is kept.
   */
  need: 'need',
  /**
   * Something of ours about a follow-up ({date} {time} {place}). Kept already: `prompt`, what is to be said (propose, changed,
   * day_before, same_day, cancelled, or change when the person asks), `follow_up`, which one, and `where`: office, home,
   * phone or unknown.
   */
  appointment: 'appointment',
  /** A matter was answered ({ref}): asks once whether it is solved. */
  solved: 'solved',
  /**
   * Whether a partner may be told of the person ({org} {what} {items}), and what came of it. Kept already: `prompt`, what is
   * asked or told (consent, accepted, declined, outcome), and `referral`, which one.
   */
  referral: 'referral',
  /** How somebody is, some weeks after the delivery. Kept already: `check_in`, which one. */
  checkIn: 'check_in',
} as const

export type KnownFlow = keyof typeof known
