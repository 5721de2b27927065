/** To whom a case is given: a form of its own, because the page of a person is opened often and the office has many names. */
import type { JSX } from 'preact'
import type { CasePlaces } from '../person-load.ts'
import type { Rail } from '../view.ts'
import { Choose, PersonForm, type PersonForms, Send, Why } from './person-forms.tsx'
import { Sheet } from './sheet.tsx'

type AssignProps = PersonForms & { readonly rail: Rail; readonly places: CasePlaces }

export function CaseAssignPage(props: AssignProps): JSX.Element {
  const { page, rail, view, places } = props
  const { words } = page
  const { person, file } = view
  return (
    <Sheet page={page} rail={rail} title={words.t('people.assign')} icon="person">
      <section class="card act-page">
        <p>
          <a href={`/console/people/${person.id}`} dir="auto">
            {person.name ?? words.t('person.unnamed')}
          </a>
          {person.caseNumber ? <span class="figure"> · {person.caseNumber}</span> : null}
        </p>
        <PersonForm {...props} act="assign">
          <Choose
            label={words.t('people.assign_to')}
            name="owner"
            empty={words.t('people.nobody')}
            value={file?.owner?.id}
            options={places.staff}
          />
          <Choose
            label={words.t('people.office')}
            name="office"
            empty={words.t('people.no_office')}
            value={file?.office?.id}
            options={places.offices}
          />
          <Why {...props} required={false} />
          <Send text={words.t('people.assign')} />
        </PersonForm>
      </section>
    </Sheet>
  )
}
