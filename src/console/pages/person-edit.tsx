/** The form that corrects what is known of a person. */
import type { ComponentChildren, JSX } from 'preact'
import { languages } from '../../core/language.ts'
import type { PersonValues } from '../../core/person.ts'
import { longestField } from '../acts/person-facts.ts'
import type { Region } from '../place-names.ts'
import type { Rail } from '../view.ts'
import { Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'

type EditProps = {
  readonly page: Page
  readonly rail: Rail
  readonly person: { readonly id: string; readonly version: number }
  /** As they are known, or as they were typed and not taken. */
  readonly values: PersonValues
  readonly regions: readonly Region[]
  readonly newKey: () => string
  readonly fault?: string | undefined
}

export function PersonEditPage(props: EditProps): JSX.Element {
  const { page, rail, person, values, regions, newKey, fault } = props
  const { words } = page
  const back = `/console/people/${person.id}`
  return (
    <Frame
      page={page}
      title={words.t('people.edit_title')}
      rail={rail}
      layout="sheet"
      places={[{ href: back, icon: 'card', text: words.t('place.facts') }]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{words.t('people.edit_title')}</h1>
        <p class="quiet">{words.t('people.edit_help')}</p>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        <form class="card edit-form" method="post" action={`${back}/edit`}>
          <Hidden fields={{ _csrf: page.token, once: newKey(), version: person.version }} />
          <Text page={page} name="name" value={values.name} />
          <Text page={page} name="caseNumber" value={values.caseNumber} help="people.case_number_help" />
          <Text page={page} name="phone" value={values.phone} keyboard="tel" help="people.phone_help" />
          <Select page={page} name="sex">
            {(['woman', 'man'] as const).map((sex) => (
              <option key={sex} value={sex} selected={sex === values.sex}>
                {words.t(`sex.${sex}`)}
              </option>
            ))}
          </Select>
          <Text page={page} name="birthYear" value={values.birthYear} keyboard="numeric" />
          <Select page={page} name="language">
            {languages.map((language) => (
              <option key={language} value={language} selected={language === values.language}>
                {words.t(`language.${language}`)}
              </option>
            ))}
          </Select>
          <Select page={page} name="region">
            {regions.map(({ id, name }) => (
              <option key={id} value={id} selected={id === values.region}>
                {name}
              </option>
            ))}
          </Select>
          <Select page={page} name="cercle" help="people.cercle_help">
            {regions.map(({ id, name, cercles }) => (
              <optgroup key={id} label={name}>
                {cercles.map((cercle) => (
                  <option key={cercle.id} value={cercle.id} selected={cercle.id === values.cercle}>
                    {cercle.name}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
          <Text page={page} name="place" value={values.place} />
          <Text page={page} name="returnCountry" value={values.returnCountry} />
          <Text page={page} name="returnDate" value={values.returnDate} keyboard="date" />
          <p class="edit-end">
            <button type="submit" class="button button-main">
              {words.t('people.save')}
            </button>
            <a class="button" href={back}>
              {words.t('people.cancel')}
            </a>
          </p>
        </form>
      </div>
    </Frame>
  )
}

type TextProps = {
  readonly page: Page
  readonly name: keyof PersonValues
  readonly value: string | undefined
  readonly keyboard?: 'text' | 'tel' | 'numeric' | 'date'
  readonly help?: string
}

function Text({ page, name, value = '', keyboard = 'text', help }: TextProps): JSX.Element {
  const { words } = page
  const field = `edit-${name}`
  return (
    <div class="field">
      <label for={field}>{labelOf(page, name)}</label>
      {keyboard === 'date' ? (
        <input id={field} name={name} type="date" value={value} />
      ) : (
        <input
          id={field}
          name={name}
          inputMode={keyboard}
          value={value}
          maxLength={longestField}
          autocomplete="off"
          dir="auto"
        />
      )}
      {help ? <small>{words.t(help)}</small> : null}
    </div>
  )
}

type SelectProps = { page: Page; name: keyof PersonValues; help?: string; children: ComponentChildren }

function Select({ page, name, help, children }: SelectProps): JSX.Element {
  const { words } = page
  return (
    <label>
      {labelOf(page, name)}
      <select name={name}>
        <option value="">{words.t('people.not_known')}</option>
        {children}
      </select>
      {help ? <small>{words.t(help)}</small> : null}
    </label>
  )
}

function labelOf({ words }: Page, field: keyof PersonValues): string {
  const name = words.t(`people.field.${field}`)
  return name.charAt(0).toUpperCase() + name.slice(1)
}
