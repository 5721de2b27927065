/** How far every flow is in every language, and what the office asks of it before it talks in one. */
import type { JSX } from 'preact'
import { type Language, languages } from '../../core/language.ts'
import { conditions, type Gate, isPublished, itself, type Readiness } from '../../flow/readiness.ts'
import type { Rail } from '../view.ts'
import { flowName, type Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'

export type FlowsProps = {
  readonly page: Page
  readonly rail: Rail
  readonly readiness: readonly Readiness[]
  readonly gate: Gate
  /** Bytes a month. */
  readonly budget: number
  readonly may: boolean
  readonly done: boolean
  readonly fault?: string
}

export function FlowsPage(props: FlowsProps): JSX.Element {
  const { page, rail, readiness, gate, may, done, fault } = props
  const { words } = page
  const flows = [...new Set(readiness.map(({ flow }) => flow))]
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('studio.flows_title')}
      icon="list"
      fault={fault}
      done={done ? words.t('studio.saved') : undefined}
    >
      <p class="quiet">
        {words.t('studio.flows_about')} <a href="/console/studio">{words.t('studio.to_studio')}</a>
      </p>
      {may ? <Settings {...props} /> : null}
      <div class="wide">
        <table class="flow-table">
          <thead>
            <tr>
              <th scope="col">{words.t('studio.flow')}</th>
              {languages.map((language) => (
                <th key={language} scope="col">
                  {words.t(`language.${language}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {flows.map((flow) => (
              <tr key={flow}>
                <th scope="row">
                  {flowName(words, flow)}
                  {flow === itself ? <small class="quiet">{words.t('studio.itself')}</small> : null}
                </th>
                {readiness
                  .filter((one) => one.flow === flow)
                  .map((one) => (
                    <td key={one.language} data-label={words.t(`language.${one.language}`)}>
                      <Ready words={words} one={one} gate={gate} />
                    </td>
                  ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  )
}

function Ready({ words, one, gate }: { words: Words; one: Readiness; gate: Gate }): JSX.Element {
  const { flow, language, unreviewed, unrecorded, sentences, sayings } = one
  const href = (want: string) => `/console/studio?flow=${flow}&language=${language}&want=${want}`
  return (
    <ul class="plain">
      {isPublished(one, gate) ? null : (
        <li class="mind">
          <Icon name="lock" />
          {words.t('studio.held_back')}
        </li>
      )}
      <li>
        {unreviewed.length === 0 ? (
          words.t('studio.all_reviewed', { all: sentences })
        ) : (
          <a href={href('unreviewed')}>
            {words.t('studio.some_unreviewed', { count: unreviewed.length, all: sentences })}
          </a>
        )}
      </li>
      <li>
        {unrecorded.length === 0 ? (
          words.t('studio.all_recorded', { all: sayings })
        ) : (
          <a href={href('missing')}>
            {words.t('studio.some_unrecorded', { count: unrecorded.length, all: sayings })}
          </a>
        )}
      </li>
    </ul>
  )
}

const gated: readonly Exclude<Language, 'fr'>[] = ['bm', 'en']

function Settings({ page, gate, budget }: FlowsProps): JSX.Element {
  const { words, token } = page
  return (
    <section class="card">
      <h2>{words.t('studio.conditions')}</h2>
      <p class="quiet">{words.t('studio.conditions_about')}</p>
      <form method="post" action="/console/flows" class="studio-form">
        <Hidden fields={{ _csrf: token }} />
        {gated.map((language) => (
          <fieldset key={language}>
            <legend>{words.t(`language.${language}`)}</legend>
            {conditions.map((one) => (
              <label key={one} class="check">
                <input
                  type="checkbox"
                  name={`${language}_${one}`}
                  value="yes"
                  checked={gate[language]?.includes(one) ?? false}
                />
                {words.t(`studio.condition.${one}`)}
              </label>
            ))}
          </fieldset>
        ))}
        <label>
          {words.t('studio.budget')}
          <input
            type="number"
            name="budget"
            min={0}
            max={100_000}
            step={100}
            required
            value={Math.round(budget / 1000)}
          />
          <small>{words.t('studio.budget_about')}</small>
        </label>
        <p>
          <button type="submit" class="button button-main">
            {words.t('studio.save')}
          </button>
        </p>
      </form>
    </section>
  )
}
