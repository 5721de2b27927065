/** Taking a caseload in: the file, what its columns hold, how far it is, and what of it needs a second look. */
import type { ComponentChildren, JSX } from 'preact'
import {
  type CaseloadColumn,
  caseloadColumns,
  type Mapping,
  type Remark,
  type TableRow,
} from '../../core/caseload.ts'
import { textOf } from '../../core/caseload-row.ts'
import { type ImportRun, isStalled } from '../../store/import-run.ts'
import type { Rail } from '../view.ts'
import { failureKey, type Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'

const counted = ['rows', 'made', 'changed', 'same', 'refused'] as const

function Sheet(props: {
  page: Page
  rail: Rail
  title: string
  fault?: string
  children: ComponentChildren
}) {
  const { words } = props.page
  return (
    <Frame
      page={props.page}
      title={props.title}
      rail={props.rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'take', text: words.t('import.file') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{props.title}</h1>
        {props.fault ? (
          <p class="fault" role="alert">
            {props.fault}
          </p>
        ) : null}
        {props.children}
      </div>
    </Frame>
  )
}

type ListProps = { page: Page; rail: Rail; runs: readonly ImportRun[]; fault?: string }

export function ImportListPage({ page, rail, runs, fault }: ListProps): JSX.Element {
  const { words } = page
  return (
    <Sheet page={page} rail={rail} title={words.t('import.title')} fault={fault}>
      <section class="card">
        <p>{words.t('import.about')}</p>
        <form method="post" action="/console/import" encType="multipart/form-data" class="stack">
          <Hidden fields={{ _csrf: page.token }} />
          <label>
            {words.t('import.file')}
            <input type="file" name="file" required accept=".xlsx,.csv,.tsv,.txt" />
            <small>{words.t('import.file_help')}</small>
          </label>
          <button type="submit" class="button button-main">
            {words.t('import.look')}
          </button>
        </form>
      </section>
      <section class="card">
        <h2>{words.t('import.earlier')}</h2>
        {runs.length === 0 ? <p class="quiet">{words.t('import.earlier_none')}</p> : null}
        <ul class="plain ledger">
          {runs.map((run) => (
            <li key={run.id}>
              <a href={`/console/import/${run.id}`} dir="auto">
                {run.name}
              </a>
              <span>{words.t(`import.state.${run.state}`)}</span>
              <small>
                <Ago words={words} at={run.createdAt} />
              </small>
            </li>
          ))}
        </ul>
      </section>
    </Sheet>
  )
}

type Preview = { readonly header: TableRow; readonly rows: readonly TableRow[]; readonly mapping: Mapping }

type RunProps = {
  page: Page
  rail: Rail
  run: ImportRun
  preview: Preview | undefined
  remarks: { readonly shown: readonly Remark[]; readonly more: number }
  now: Date
  fault?: string
}

export function ImportRunPage({ page, rail, run, preview, remarks, now, fault }: RunProps): JSX.Element {
  const { words } = page
  return (
    <Sheet page={page} rail={rail} title={words.t('import.title')} fault={fault}>
      <p class="figure" dir="auto">
        {run.name}
      </p>
      {preview ? <PreviewForm page={page} run={run} preview={preview} /> : null}
      {run.state === 'looked_at' ? null : <Progress words={words} run={run} now={now} whole />}
      {run.state === 'failed' || isStalled(run, now) ? <Resume page={page} run={run} /> : null}
      {run.state === 'done' ? <Report words={words} run={run} remarks={remarks} /> : null}
      {run.state === 'running' ? null : (
        <form method="post" action={`/console/import/${run.id}/discard`} class="quiet-form">
          <Hidden fields={{ _csrf: page.token }} />
          {run.state === 'done' ? (
            <a class="button" href="/console/import">
              {words.t('import.again')}
            </a>
          ) : (
            <button type="submit" class="button">
              {words.t('import.discard')}
            </button>
          )}
        </form>
      )}
    </Sheet>
  )
}

function PreviewForm({ page, run, preview }: { page: Page; run: ImportRun; preview: Preview }): JSX.Element {
  const { words } = page
  const { header, rows, mapping } = preview
  const places = header.cells.map((_, place) => place)
  return (
    <section class="card">
      <h2>{words.t('import.preview')}</h2>
      <p>{words.t('import.preview_help')}</p>
      <form method="post" action={`/console/import/${run.id}/start`}>
        <Hidden fields={{ _csrf: page.token }} />
        <section class="wide" aria-label={words.t('import.first_rows')}>
          <table>
            <thead>
              <tr>
                {places.map((place) => (
                  <th key={place} scope="col">
                    <ColumnChoice words={words} place={place} mapping={mapping} title={header.cells[place]} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.line}>
                  {places.map((place) => (
                    <td key={place} dir="auto">
                      {(textOf(row.cells[place]) ?? '').slice(0, 60)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <button type="submit" class="button button-main">
          {words.t('import.start')}
        </button>
      </form>
    </section>
  )
}

type ChoiceProps = { words: Words; place: number; mapping: Mapping; title: TableRow['cells'][number] }

function ColumnChoice({ words, place, mapping, title }: ChoiceProps): JSX.Element {
  const chosen = caseloadColumns.find((column) => mapping[column] === place)
  const option = (column: CaseloadColumn) => (
    <option key={column} value={column} selected={column === chosen}>
      {words.t(`import.column.${column}`)}
    </option>
  )
  return (
    <label>
      <span dir="auto">{(textOf(title) ?? words.t('import.column_n', { n: place + 1 })).slice(0, 60)}</span>
      <select name={`c${place}`}>
        <option value="">{words.t('import.not_taken')}</option>
        {caseloadColumns.map(option)}
      </select>
    </label>
  )
}

/** How far it is; fetched again while it runs. */
type ProgressProps = {
  words: Words
  run: ImportRun
  now: Date
  /** The page shows the report below by itself. */
  whole?: true
}

export function Progress({ words, run, now, whole }: ProgressProps): JSX.Element {
  const from = `/console/import/${run.id}`
  const live = run.state === 'running' && !isStalled(run, now)
  return (
    <section
      class="card"
      id="progress"
      role="status"
      {...(live ? { 'hx-get': `${from}/progress`, 'hx-trigger': 'every 2s', 'hx-swap': 'outerHTML' } : {})}
    >
      <h2>{words.t(isStalled(run, now) ? 'import.stalled' : `import.${run.state}`)}</h2>
      {run.failure ? <p class="fault">{words.any(failureKey(run.failure))}</p> : null}
      <dl class="tally">
        {counted.map((name) => (
          <div key={name}>
            <dt>{words.t(`import.${name}`)}</dt>
            <dd>{run.counts[name] ?? 0}</dd>
          </div>
        ))}
      </dl>
      {live || (run.state === 'done' && !whole) ? (
        <p>
          <a href={from}>{words.t(live ? 'import.refresh' : 'import.report')}</a>
        </p>
      ) : null}
    </section>
  )
}

function Resume({ page, run }: { page: Page; run: ImportRun }): JSX.Element {
  const columns = Object.entries(run.mapping).map(([column, place]) => [`c${place}`, column])
  return (
    <form method="post" action={`/console/import/${run.id}/start`}>
      <Hidden fields={{ _csrf: page.token, ...Object.fromEntries(columns) }} />
      <button type="submit" class="button button-main">
        {page.words.t('import.resume')}
      </button>
    </form>
  )
}

type ReportProps = { words: Words; run: ImportRun; remarks: RunProps['remarks'] }

function Report({ words, run, remarks }: ReportProps): JSX.Element {
  const { shown, more } = remarks
  if (shown.length === 0) return <p class="done">{words.t('import.report_none')}</p>
  return (
    <section class="card">
      <h2 id="report">{words.t('import.report')}</h2>
      <p>
        <a class="button" href={`/console/import/${run.id}/report.csv`}>
          {words.t('import.report_file')}
        </a>
      </p>
      <ul class="plain ledger">
        {shown.map((it, at) => (
          <li key={`${it.line}-${at}`}>
            <strong>{words.t('import.by_line', { line: it.line })}</strong>
            <span class={it.refused ? 'chip chip-p1' : 'chip chip-p2'}>
              {words.t(it.refused ? 'import.kept_out' : 'import.taken_without')}
            </span>
            <span>
              {it.column ? `${words.t(`import.column.${it.column}`)} · ` : ''}
              {words.t(`import.reason.${it.reason}`)}
            </span>
            {it.given ? <q dir="auto">{it.given}</q> : null}
          </li>
        ))}
      </ul>
      {more > 0 ? <p class="quiet">{words.t('import.report_more', { n: more })}</p> : null}
    </section>
  )
}
