/** A person chooses how they are answered: by voice with the words under it, or by words alone. */
import type { Answering } from '../core/answering.ts'
import { sentences } from './sentences.ts'
import { speak, tell, type Walk } from './walk.ts'

/** Keeps the choice and says what follows from it: nothing is promised of recordings that there are not. */
export function answerBy(walk: Walk, how: Answering): void {
  const { session, parts } = walk
  if (session.answering !== how) tell(walk, { type: 'answering_chosen', how })
  session.answering = how
  if (how === 'text') speak(walk, sentences.textOnly)
  else speak(walk, parts.voices?.any(walk.language) ? sentences.byVoice : sentences.noVoiceYet)
}
