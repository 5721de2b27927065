/** Beside a matter in which somebody said that they are a child: to be looked at, and what follows until then. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { Facts } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import type { PanelForm } from './safe-contact.tsx'

type SaidAgeProps = { readonly words: Words; readonly facts: Facts; readonly form: PanelForm }

export function SaidAgePart({ words, facts, form }: SaidAgeProps): JSX.Element | null {
  const { saidAge, person } = facts
  if (saidAge === undefined) return null
  const thisYear = words.now.getUTCFullYear()
  return (
    <section class="facts-group seal" aria-labelledby="said-age-title">
      <h3 id="said-age-title">
        <Icon name="shield" />
        {words.t('guardian.said_age_title')}
      </h3>
      <p class="mind">{words.t('guardian.said_age', { years: saidAge })}</p>
      <p class="quiet">{words.t('guardian.said_age_until')}</p>
      {person ? (
        <form method="post" action={actionOf(facts, form, 'birth-year')}>
          <Hidden fields={{ _csrf: form.token, once: form.newKey() }} />
          <label>
            {words.t('person.birth_year')}
            <input
              type="number"
              name="birthYear"
              required
              min={thisYear - 110}
              max={thisYear}
              value={thisYear - saidAge}
            />
          </label>
          <button type="submit" class="button">
            {words.t('guardian.correct_year')}
          </button>
        </form>
      ) : null}
      <form method="post" action={actionOf(facts, form, 'not-their-age')}>
        <Hidden fields={{ _csrf: form.token, once: form.newKey() }} />
        <button type="submit" class="button">
          {words.t('guardian.not_their_age')}
        </button>
      </form>
    </section>
  )
}

function actionOf(facts: Facts, form: PanelForm, act: string): string {
  return `/console/requests/${showReference(facts.row.reference)}/${act}${form.lookQuery}`
}
