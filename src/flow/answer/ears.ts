/** What hearing is made of: the readers of each kind of answer, and one message between them. */
import type { Language } from '../../core/language.ts'
import type { ReadAge } from './age.ts'
import type { ReadChoice } from './choice.ts'
import type { Concepts } from './concept.ts'
import type { Polite, ReadCourtesy } from './courtesy.ts'
import type { ReadDate } from './date.ts'
import type { Neighbours } from './fuzzy.ts'
import type { Heard, Universal } from './heard.ts'
import type { ReadNumber } from './number.ts'
import type { ReadPlace } from './place.ts'
import type { Said } from './said.ts'
import type { ReadUniversal } from './universal.ts'
import type { ReadYesNo } from './yes-no.ts'

export type Ears = {
  readonly universal: ReadUniversal
  readonly courtesy: ReadCourtesy
  readonly numbers: ReadNumber
  readonly yesNo: ReadYesNo
  /** A message of signs of thanks alone: 🙏. */
  readonly thanksBySign: (raw: string) => boolean
  readonly concepts: Concepts
  readonly choices: ReadChoice
  readonly dates: ReadDate
  readonly age: ReadAge
  readonly place: ReadPlace
  /** Words of "pass" and "I do not know". */
  readonly skips: (said: Said) => boolean
  /** Words of the menu and of needs, for slips outside every question. */
  readonly slips: Neighbours<{ readonly concept: string; readonly text: string }>
}

/** One hearing: the message, the message without its courtesy, and what is expected. */
export type Hearing = Polite & { readonly said: Said; readonly language: Language; readonly now: Date }

/** The control word that a message is; 0 and 00 among them. */
export function controlWord(ears: Ears, core: Said): Universal | undefined {
  if (core.tight === '00') return 'leave'
  if (core.tight === '0') return 'menu'
  return ears.universal(core)
}

export function universal(word: Universal): Heard {
  return { is: 'universal', word }
}

export const nothing: Heard = { is: 'nothing' }
