/** The fields of an account, for inviting somebody and for changing what they do. */
import type { JSX } from 'preact'
import { guardOfRole } from '../../core/approval.ts'
import { needsFactor } from '../../core/entry.ts'
import { roles, spokenLanguages } from '../../core/staff.ts'
import type { AccountFacts } from '../../store/account.ts'
import type { Colleague } from '../view.ts'
import type { Words } from '../words.ts'

export type Given = Partial<Pick<AccountFacts, 'name' | 'roles' | 'speaks' | 'sex' | 'office' | 'supervisor'>>

type FieldsProps = {
  readonly words: Words
  readonly given: Given
  readonly offices: readonly Colleague[]
  readonly colleagues: readonly Colleague[]
}

export function NameField({ words, name }: { words: Words; name: string | undefined }): JSX.Element {
  return (
    <label>
      {words.t('account.staff.name')}
      <input name="name" required maxLength={120} autocomplete="off" value={name ?? ''} />
    </label>
  )
}

export function AccountFields({ words, given, offices, colleagues }: FieldsProps): JSX.Element {
  return (
    <>
      <fieldset>
        <legend>{words.t('account.staff.roles')}</legend>
        <ul class="ticks">
          {roles.map((role) => (
            <li key={role}>
              <label class="check">
                <input
                  type="checkbox"
                  name="roles"
                  value={role}
                  checked={given.roles?.includes(role) ?? false}
                />
                <span>
                  {words.t(`role.${role}`)}
                  {guardOfRole(role) ? <small>{words.t('account.staff.guarded')}</small> : null}
                  {!guardOfRole(role) && needsFactor([role]) ? (
                    <small>{words.t('account.staff.with_code')}</small>
                  ) : null}
                </span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <Choice
        label={words.t('account.staff.office')}
        name="office"
        none={words.t('account.staff.no_office')}
        chosen={given.office}
        options={offices}
      />
      <Choice
        label={words.t('account.staff.supervisor')}
        name="supervisor"
        none={words.t('account.staff.no_supervisor')}
        chosen={given.supervisor}
        options={colleagues}
      />
      <SpokenChoice words={words} speaks={given.speaks} />
      <Choice
        label={words.t('account.staff.sex')}
        name="sex"
        none={words.t('account.staff.sex_unsaid')}
        chosen={given.sex}
        options={(['woman', 'man'] as const).map((id) => ({ id, name: words.t(`account.staff.${id}`) }))}
      />
    </>
  )
}

/** The languages that one can say one speaks, those ticked that are. */
export function SpokenChoice({
  words,
  speaks,
}: {
  readonly words: Words
  readonly speaks: readonly string[] | undefined
}): JSX.Element {
  return (
    <fieldset>
      <legend>{words.t('account.staff.speaks')}</legend>
      <ul class="ticks">
        {spokenLanguages.map((language) => (
          <li key={language}>
            <label class="check">
              <input
                type="checkbox"
                name="speaks"
                value={language}
                checked={speaks?.includes(language) ?? false}
              />
              {words.t(`account.spoken.${language}`)}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

type ChoiceProps = {
  readonly label: string
  readonly name: string
  readonly none: string
  readonly chosen: string | undefined
  readonly options: readonly Colleague[]
}

function Choice({ label, name, none, chosen, options }: ChoiceProps): JSX.Element {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">{none}</option>
        {options.map((one) => (
          <option key={one.id} value={one.id} selected={one.id === chosen}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  )
}
