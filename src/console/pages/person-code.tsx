/** That somebody set a code on a phone, and how staff end it once they know who it is. */
import type { JSX } from 'preact'
import { triesAtMost } from '../../core/lock.ts'
import { identityChecks } from '../../core/match.ts'
import { Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import type { PersonForms } from './person-forms.tsx'

export function CodeBox({ page, view, newKey }: PersonForms): JSX.Element | null {
  const { words } = page
  const { codes, person } = view
  if (codes.length === 0) return null
  const lost = codes.some(({ tries }) => tries >= triesAtMost)
  return (
    <section class="safe" aria-labelledby="code-title">
      <h3 id="code-title">
        <Icon name="lock" />
        {words.t('box.code_title')}
      </h3>
      <p>{words.t(lost ? 'box.code_lost' : 'box.code_set')}</p>
      <details class="safe-edit">
        <summary>{words.t('box.code_end')}</summary>
        <form method="post" action={`/console/people/${person.id}/end-code`}>
          <Hidden fields={{ _csrf: page.token, once: newKey(), version: person.version }} />
          <fieldset>
            <legend>{words.t('match.checks')}</legend>
            {identityChecks.map((check) => (
              <label key={check} class="option">
                <input type="checkbox" name="check" value={check} />
                {words.t(`match.check.${check}`)}
              </label>
            ))}
          </fieldset>
          <p class="quiet">{words.t('box.code_when')}</p>
          <button type="submit" class="button button-main">
            {words.t('box.code_end')}
          </button>
        </form>
      </details>
    </section>
  )
}
