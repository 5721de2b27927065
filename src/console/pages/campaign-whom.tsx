/** Whom a campaign is for: a saved audience, or rules of its own. Within a rule any will do; every rule must hold. */
import type { JSX } from 'preact'
import { chosenStages } from '../../core/case.ts'
import { languages } from '../../core/language.ts'
import { needCategories } from '../../core/need.ts'
import { queueKeys, queueOf } from '../../core/queue.ts'
import { type Fields, fieldOf, listRules } from '../campaign-form.ts'
import type { EditorChoices } from '../campaign-load.ts'
import type { PlaceName } from '../place-names.ts'
import type { Words } from '../words.ts'

type Props = {
  readonly words: Words
  readonly fields: Fields
  readonly choices: EditorChoices
  readonly place?: PlaceName | undefined
  /** The people whom it is for, where no rule of the form says it. */
  readonly exactly: string | undefined
}

type Option = readonly [value: string, name: string]

export function WhoStep(props: Props): JSX.Element {
  const { words, fields, choices, exactly } = props
  const chosen = fieldOf(fields, 'audience')
  const lists = choices.lists.map(({ id, name }): Option => [id, name])
  return (
    <section class="card" aria-labelledby="step-who">
      <h2 id="step-who">{words.t('campaign.step.who')}</h2>
      {exactly ? <p class="mind">{exactly}</p> : null}
      <label>
        {words.t('campaign.audience')}
        <select name="audience">
          <option value="">{words.t('campaign.own_rules')}</option>
          {choices.audiences.map(({ id, name }) => (
            <option key={id} value={id} selected={id === chosen}>
              {name}
            </option>
          ))}
        </select>
        <small>{words.t('campaign.audience_help')}</small>
      </label>
      <details class="campaign-more campaign-own" open={chosen === ''}>
        <summary>{words.t('campaign.rules')}</summary>
        <p class="quiet">{words.t('campaign.rules_help')}</p>
        <div class="campaign-ticks">
          <Places {...props} />
          {ticksOf(props).map(([name, options]) => (
            <Ticks key={name} {...props} name={name} options={options} />
          ))}
        </div>
        <div class="campaign-plain">
          <Plain {...props} name="returnedFrom" type="date" />
          <Plain {...props} name="returnedUntil" type="date" />
          <Plain {...props} name="heardWithin" type="number" />
          <Plain {...props} name="silentFor" type="number" />
          <label>
            {words.t('campaign.list')}
            <select name="list">
              <option value="">{words.t('campaign.no_list')}</option>
              {lists.map(([id, name]) => (
                <option key={id} value={id} selected={fieldOf(fields, 'list') === id}>
                  {name}
                </option>
              ))}
            </select>
            <small>
              <a href="/console/campaigns/lists">{words.t('campaign.lists')}</a>
            </small>
          </label>
        </div>
        <Keep words={words} />
      </details>
    </section>
  )
}

/** Rules that are ticked, with what there is to tick; those without anything are not shown. */
function ticksOf({
  words,
  choices,
}: Props): readonly (readonly [(typeof listRules)[number], readonly Option[]])[] {
  const all: Partial<Record<(typeof listRules)[number], readonly Option[]>> = {
    languages: languages.map((one): Option => [one, words.t(`language.${one}`)]),
    countries: choices.countries.map((one): Option => [one, one]),
    stages: chosenStages.map((one): Option => [one, words.t(`stage.${one}`)]),
    needs: needCategories.map((one): Option => [one, words.t(`need.${one}`)]),
    // What is guarded is open to no rule.
    queues: queueKeys
      .filter((one) => !queueOf(one).closed)
      .map((one): Option => [one, words.t(`queue.${one}`)]),
    offices: choices.offices.map(({ id, name }): Option => [id, name]),
  }
  return listRules.flatMap((name) => {
    const options = all[name]
    return options && options.length > 0 ? [[name, options] as const] : []
  })
}

type TicksProps = Props & { readonly name: string; readonly options: readonly Option[] }

function Ticks({ words, fields, name, options }: TicksProps): JSX.Element {
  const ticked = new Set(fields[name] ?? [])
  // What was ticked and is offered no longer stays visible, so that nothing holds that nobody sees.
  const gone = [...ticked].filter((one) => !options.some(([value]) => value === one))
  return (
    <details class="campaign-rule" open={ticked.size > 0}>
      <summary>{words.t(`campaign.pick.${name}`)}</summary>
      <fieldset>
        <legend class="hidden">{words.t(`campaign.pick.${name}`)}</legend>
        {[...options, ...gone.map((one): Option => [one, one])].map(([value, label]) => (
          <label key={value} class="option">
            <input type="checkbox" name={name} value={value} checked={ticked.has(value)} />
            {label}
          </label>
        ))}
      </fieldset>
    </details>
  )
}

/** Regions, whether whoever names the older one belongs to it, and within them cercles. */
function Places(props: Props): JSX.Element {
  const { words, fields, place } = props
  const regions = place?.regions ?? []
  const cercles = regions.flatMap((region) =>
    region.cercles.map(({ id, name }): Option => [id, `${name} (${region.name})`]),
  )
  return (
    <>
      <Ticks {...props} name="regions" options={regions.map(({ id, name }): Option => [id, name])} />
      <Ticks {...props} name="cercles" options={cercles} />
      <label class="option campaign-former">
        <input type="checkbox" name="former" checked={fieldOf(fields, 'former') !== ''} />
        {words.t('campaign.former')}
      </label>
    </>
  )
}

type PlainProps = Props & { readonly name: string; readonly type: 'date' | 'number' }

function Plain({ words, fields, name, type }: PlainProps): JSX.Element {
  return (
    <label>
      {words.t(`campaign.pick.${name}`)}
      <input
        type={type}
        name={name}
        value={fieldOf(fields, name)}
        {...(type === 'number' ? { min: 1, max: 3650 } : {})}
      />
    </label>
  )
}

/** Keeps these rules under a name, for other campaigns as well. */
function Keep({ words }: { words: Words }): JSX.Element {
  return (
    <p class="campaign-keep">
      <label>
        {words.t('campaign.keep_as')}
        <input name="keepAs" maxLength={120} />
      </label>
      <button type="submit" class="button button-small" name="keep" value="1">
        {words.t('campaign.keep')}
      </button>
    </p>
  )
}
