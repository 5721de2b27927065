/** How one request is shared: given by a supervisor, put aside, joined with another of the same person and parted again. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { lookQuery } from '../look.ts'
import type { Twin } from '../view.ts'
import { Hidden, kindName } from './bits.tsx'
import { ActForm, type FormProps, Reason } from './fold.tsx'
import { Icon } from './icon.tsx'
import { ColleagueOptions, UntilFields } from './sharing-fields.tsx'

/** A supervisor gives it to whom they like; everybody else hands it over. */
export function AssignFields({ words, view }: FormProps): JSX.Element {
  return (
    <>
      <label>
        {words.t('lists.assign_to')}
        <select name="owner" required>
          <option value="">{words.t('acts.choose')}</option>
          <ColleagueOptions words={words} colleagues={view.colleagues} />
        </select>
      </label>
      <Reason words={words} label={words.t('acts.note')} required={false} />
    </>
  )
}

/** Puts it aside. */
export function SnoozeFields({ words }: FormProps): JSX.Element {
  return <UntilFields words={words} />
}

/** Takes back what was put aside. */
export function WakeForm(props: FormProps): JSX.Element | null {
  const { words, view } = props
  if (!view.sharing.wake) return null
  return (
    <ActForm {...props} act="wake">
      <button type="submit" class="button">
        <Icon name="again" />
        {words.t('lists.wake')}
      </button>
    </ActForm>
  )
}

/** Joins it with another of the same person. */
export function MergeFields({ words, view }: FormProps): JSX.Element {
  return (
    <>
      <fieldset>
        <legend>{words.t('lists.merge_with')}</legend>
        {view.sharing.alike.map((twin) => (
          <label key={twin.id} class="option">
            <input type="radio" name="other" value={twin.id} required />
            <span>
              {kindName(words, twin)} <span class="figure">{showReference(twin.reference)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="quiet">{words.t('lists.merge_help')}</p>
    </>
  )
}

/** With what it is joined, and how they are parted again. */
export function JoinedPart(props: FormProps): JSX.Element | null {
  const { words, view } = props
  const { into, joined } = view.sharing
  if (into) {
    return (
      <div class="joined">
        <p>
          {words.t('lists.joined_to')} <TwinLink {...props} twin={into} />
        </p>
        <ActForm {...props} act="part">
          <button type="submit" class="button">
            {words.t('lists.part')}
          </button>
        </ActForm>
      </div>
    )
  }
  if (joined.length === 0) return null
  return (
    <>
      {joined.map((twin) => (
        <div key={twin.id} class="joined">
          <p>
            {words.t('lists.holds')} <TwinLink {...props} twin={twin} />
          </p>
          <PartForm {...props} twin={twin} />
        </div>
      ))}
    </>
  )
}

type TwinProps = FormProps & { readonly twin: Twin }

function TwinLink({ words, look, twin }: TwinProps): JSX.Element {
  return (
    <a href={`/console/requests/${showReference(twin.reference)}${lookQuery(look)}`}>
      {kindName(words, twin)} <span class="figure">{showReference(twin.reference)}</span>
    </a>
  )
}

/** The form leads to the request that had joined, which is the one that goes its own way again. */
function PartForm({ words, look, token, newKey, twin }: TwinProps): JSX.Element {
  return (
    <form method="post" action={`/console/requests/${showReference(twin.reference)}/part${lookQuery(look)}`}>
      <Hidden fields={{ _csrf: token, once: newKey() }} />
      <button type="submit" class="button">
        {words.t('lists.part')}
      </button>
    </form>
  )
}
