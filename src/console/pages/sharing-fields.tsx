/** Fields that acts on one request and on several share: until when, and to whom. */
import type { JSX } from 'preact'
import { morningOf, mornings } from '../until.ts'
import type { Colleague } from '../view.ts'
import type { Words } from '../words.ts'

/** One of the usual mornings, or a day and hour of one's own. */
export function UntilFields({ words }: { words: Words }): JSX.Element {
  return (
    <>
      <fieldset>
        <legend>{words.t('lists.until')}</legend>
        {mornings.map((morning) => {
          const at = morningOf(morning, words.now)
          return (
            <label key={morning} class="option">
              <input type="radio" name="until" value={morning} checked={morning === 'tomorrow'} />
              <span>
                {words.t(`lists.morning.${morning}`)} <small>{words.exact(at)}</small>
              </span>
            </label>
          )
        })}
        <label class="option">
          <input type="radio" name="until" value="date" />
          {words.t('lists.other_time')}
        </label>
      </fieldset>
      <label>
        {words.t('lists.day_and_hour')}
        <input type="datetime-local" name="at" />
      </label>
      <p class="quiet">{words.t('lists.snooze_help')}</p>
    </>
  )
}

/** Colleagues by name. */
export function ColleagueOptions({
  words,
  colleagues,
}: {
  words: Words
  colleagues: readonly Colleague[]
}): JSX.Element {
  return (
    <>
      {colleagues.map((one) => (
        <option key={one.id} value={one.id}>
          {colleagueName(words, one)}
        </option>
      ))}
    </>
  )
}

/** Who is away says so, and whom the person would rather speak with is marked. */
export function colleagueName(words: Words, { name, awayUntil, fits }: Colleague): string {
  const wished = fits ? words.t('box.worker_fits', { name }) : name
  return awayUntil ? words.t('lists.away', { name: wished, span: words.span(awayUntil) }) : wished
}

/** When somebody was tried: now, unless the writer says otherwise. The office keeps the hours of Bamako, which are those of UTC. */
export function WhenField({ words }: { words: Words }): JSX.Element {
  const now = words.now.toISOString().slice(0, 16)
  return (
    <label>
      {words.t('reach.when')}
      <input type="datetime-local" name="when" value={now} max={now} />
    </label>
  )
}
