/** Corrections of a person's file, in the order in which they were made. */
import type { JSX } from 'preact'
import { describe } from '../describe.ts'
import { Ago } from './bits.tsx'
import { Icon } from './icon.tsx'
import { PersonForm, type PersonForms } from './person-forms.tsx'

/** Corrections with what stood there before, each of which can be taken back. */
export function EditsCard(props: PersonForms): JSX.Element {
  const { page, view } = props
  const { words } = page
  return (
    <details class="card">
      <summary>
        <h2>{words.t('people.history')}</h2>
      </summary>
      <ul class="plain edits">
        {view.edits.map((edit) => (
          <li key={edit.id}>
            <p>
              {describe(edit.happening, words, edit)}{' '}
              <small>
                <Ago words={words} at={edit.at} />
              </small>
            </p>
            {edit.undone ? null : (
              <PersonForm {...props} act="undo">
                <input type="hidden" name="edit" value={edit.id} />
                <button type="submit" class="button button-small">
                  <Icon name="again" />
                  {words.t('people.undo')}
                </button>
              </PersonForm>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
