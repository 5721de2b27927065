/** How a person is answered, why, what that cost them this month, and the form that changes it when they ask. */
import type { JSX } from 'preact'
import { answerings, isSpokenTo } from '../../core/answering.ts'
import type { AnsweringFacts } from '../../store/answering.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import type { PersonForms } from './person-forms.tsx'

export function VoiceBox({ page, view, newKey }: PersonForms): JSX.Element | null {
  const { words } = page
  const { answered, person, voiceBudget } = view
  if (answered.length === 0) return null
  const one = answered.length === 1
  return (
    <section class="safe" aria-labelledby="voice-title">
      <h3 id="voice-title">
        <Icon name="microphone" />
        {words.t('box.voice_title')}
      </h3>
      {answered.map((facts) => (
        <p key={facts.address}>
          {one ? '' : `${words.t(`channel.${facts.channelKind}`)} · `}
          {words.t(`box.voice_${howOf(facts)}`)} {costOf(words, facts, voiceBudget)}
        </p>
      ))}
      <details class="safe-edit">
        <summary>{words.t('box.voice_change')}</summary>
        <form method="post" action={`/console/people/${person.id}/answering`}>
          <Hidden fields={{ _csrf: page.token, once: newKey(), version: person.version }} />
          <fieldset>
            <legend>{words.t('box.voice_asked')}</legend>
            {answerings.map((how) => (
              <label key={how} class="option">
                <input type="radio" name="how" value={how} required />
                {words.t(`studio.answering.${how}`)}
              </label>
            ))}
          </fieldset>
          <button type="submit" class="button button-main">
            {words.t('acts.record')}
          </button>
        </form>
      </details>
    </section>
  )
}

function howOf(facts: AnsweringFacts): string {
  const { chosen } = facts
  if (chosen) return `chosen_${chosen}`
  return isSpoken(facts) ? 'only_speaks' : 'not_chosen'
}

/** Whether an ordinary answer goes by voice. */
function isSpoken(facts: AnsweringFacts): boolean {
  return isSpokenTo({ ...facts, chosen: facts.chosen, sensitive: false, unasked: false })
}

/** Nothing where nothing was sent and nothing will be. */
function costOf(words: Words, facts: AnsweringFacts, budget: number): string {
  if (budget === 0) return words.t('box.voice_off')
  if (facts.bytes === 0 && !isSpoken(facts)) return ''
  const kilobytes = (bytes: number) => words.number(Math.ceil(bytes / 1000))
  return words.t('box.voice_cost', { n: kilobytes(facts.bytes), most: kilobytes(budget) })
}
