/** Taking a table out: what, which rows, as which file, what for; and what every column means. */
import type { JSX } from 'preact'
import { exportColumns, exportFormats, exportPurposes, exportTables } from '../../core/data-export.ts'
import { queueKeys } from '../../core/queue.ts'
import { requestKinds } from '../../core/request.ts'
import type { ExportLine } from '../../store/data-export.ts'
import type { Choices } from '../load-bulk.ts'
import { filterPairs, lookQuery } from '../look.ts'
import type { Look, Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import { valueName } from './filters.tsx'
import { Frame, lookName, type Page } from './frame.tsx'

type Props = {
  page: Page
  rail: Rail
  before: readonly ExportLine[]
  /** The list whose rows are wanted; absent for whole tables. */
  list?: { readonly look: Look; readonly regions: Choices['regions'] } | undefined
  fault?: string
}

export function ExportPage({ page, rail, before, list, fault }: Props): JSX.Element {
  const { words } = page
  return (
    <Frame
      page={page}
      title={words.t('export.title')}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'take', text: words.t('export.rail') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{words.t('export.title')}</h1>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        <div class="columns">
          <section class="card stack">
            <p>{words.t('export.about')}</p>
            {list ? <ListNamed words={words} list={list} /> : null}
            <form method="post" action={`/console/export${lookQuery(list?.look)}`} class="stack">
              <Hidden fields={{ _csrf: page.token }} />
              {list ? null : (
                <Choice
                  label={words.t('export.what')}
                  name="what"
                  values={exportTables.map((what) => [what, words.t(`export.${what}`)])}
                />
              )}
              <Choice
                label={words.t('export.purpose')}
                name="purpose"
                values={[
                  ['', words.t('export.choose')],
                  ...exportPurposes.map((one) => [one, words.t(`export.for.${one}`)] as const),
                ]}
                required
              />
              <Choice
                label={words.t('export.format')}
                name="format"
                values={exportFormats.map((format) => [format, words.t(`export.format_${format}`)])}
              />
              {list ? null : <Narrow page={page} />}
              <button type="submit" class="button button-main">
                {words.t('export.take')}
              </button>
            </form>
          </section>
          <section class="card stack">
            <h2>{words.t('export.legend')}</h2>
            {exportTables.map((what) => (
              <details key={what}>
                <summary>{words.t(`export.${what}`)}</summary>
                <dl>
                  {exportColumns[what].map((column) => (
                    <div key={column} class="fact">
                      <dt>{column}</dt>
                      <dd>{words.t(`export.column.${column}`)}</dd>
                    </div>
                  ))}
                </dl>
              </details>
            ))}
            <h2>{words.t('export.before')}</h2>
            {before.length === 0 ? <p class="quiet">{words.t('export.none')}</p> : null}
            <ul class="plain ledger">
              {before.map((line) => (
                <li key={line.id}>
                  <span>
                    {words.t(`export.${line.what}`)} · {words.t(`export.for.${line.purpose}`)}
                  </span>
                  <span>
                    {line.rows === undefined
                      ? words.t('export.cut')
                      : words.t('export.rows', { n: line.rows })}
                  </span>
                  <small>
                    <Ago words={words} at={line.at} />
                  </small>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </Frame>
  )
}

type ChoiceProps = {
  label: string
  name: string
  values: readonly (readonly [string, string])[]
  required?: true
}

function Choice({ label, name, values, required }: ChoiceProps): JSX.Element {
  return (
    <label>
      {label}
      <select name={name} required={required}>
        {values.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Which list leaves, in the words of its page. */
function ListNamed({ words, list }: { words: Words; list: NonNullable<Props['list']> }): JSX.Element {
  const { look, regions } = list
  return (
    <>
      <p>
        <strong>{words.t('export.this_list', { name: lookName(words, look) })}</strong>
      </p>
      <ul class="filter-chips" aria-label={words.t('lists.filters')}>
        {filterPairs(look.filter).map(([name, value]) => (
          <li key={`${name}=${value}`} class="chip">
            {valueName(words, regions, name, value)}
          </li>
        ))}
      </ul>
      <p>
        <a href={`/console/requests${lookQuery(look)}`}>{words.t('export.to_list')}</a> ·{' '}
        <a href="/console/export">{words.t('export.to_tables')}</a>
      </p>
    </>
  )
}

/** Which of all requests, when no list says it. */
function Narrow({ page }: { page: Page }): JSX.Element {
  const { words, staff } = page
  const queues = queueKeys.filter((queue) => staff.queues.includes(queue))
  return (
    <fieldset class="stack">
      <legend>{words.t('export.only_requests')}</legend>
      <Choice
        label={words.t('export.state')}
        name="state"
        values={[
          ['', words.t('export.all')],
          ['open', words.t('export.state_open')],
          ['closed', words.t('export.state_closed')],
        ]}
      />
      <Choice
        label={words.t('facts.queue')}
        name="queue"
        values={[
          ['', words.t('export.all')],
          ...queues.map((key) => [key, words.t(`queue.${key}`)] as const),
        ]}
      />
      <Choice
        label={words.t('facts.kind')}
        name="kind"
        values={[
          ['', words.t('export.all')],
          ...Object.keys(requestKinds).map((kind) => [kind, words.any(`taxonomy.${kind}`)] as const),
        ]}
      />
      {(['from', 'until'] as const).map((name) => (
        <label key={name}>
          {words.t(`export.${name}`)}
          <input type="date" name={name} />
        </label>
      ))}
    </fieldset>
  )
}
