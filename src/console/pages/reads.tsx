/** Who read what: how much each colleague read, and who read one person. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { readKinds } from '../../store/access-log.ts'
import type { ColleagueRead, ColleagueReads, ReadCounts, ReadLine } from '../../store/reads.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type Shared = { readonly page: Page; readonly rail: Rail; readonly names: ReadonlyMap<string, string> }

export function ReadsPage({
  page,
  rail,
  lines,
  names,
  days,
}: Shared & { lines: readonly ReadCounts[]; days: number }): JSX.Element {
  const { words } = page
  return (
    <Sheet page={page} rail={rail} title={words.t('account.reads.title')} icon="list">
      <p class="quiet">{words.t('account.reads.help', { n: days })}</p>
      <section class="card">
        {lines.length === 0 ? <p class="quiet">{words.t('account.reads.none')}</p> : null}
        <ul class="people reads counted">
          {lines.map(({ staff, counts }) => (
            <li key={staff}>
              <a href={`/console/reads/${staff}`}>
                <strong>{names.get(staff) ?? ''}</strong>
              </a>
              {/* None keeps its place, so that the kinds stand under each other. */}
              {readKinds.map((kind) => (
                <span key={kind}>
                  {counts[kind] > 0 ? words.t(`account.counted.${kind}`, { n: counts[kind] }) : null}
                </span>
              ))}
            </li>
          ))}
        </ul>
      </section>
    </Sheet>
  )
}

export function ColleagueReadsPage({
  page,
  rail,
  reads: { name, lines, more },
  colleague,
}: Omit<Shared, 'names'> & { reads: ColleagueReads; colleague: string }): JSX.Element {
  const { words } = page
  const last = lines.at(-1)?.at.toISOString()
  return (
    <Sheet page={page} rail={rail} title={words.t('account.reads.of_colleague', { name })} icon="list">
      <p class="quiet">
        {words.t('account.reads.of_colleague_help')}{' '}
        <a href="/console/reads">{words.t('account.reads.back_all')}</a>
      </p>
      <section class="card">
        {lines.length === 0 ? <p class="quiet">{words.t('account.reads.none')}</p> : null}
        <ul class="people reads">
          {lines.map((line) => (
            <li key={`${line.at.getTime()} ${line.what} ${line.person ?? line.reference ?? ''}`}>
              <time dateTime={line.at.toISOString()}>{words.exact(line.at)}</time>
              <Read words={words} line={line} />
            </li>
          ))}
        </ul>
        {more && last ? (
          <p>
            <a class="button" href={`/console/reads/${colleague}?before=${encodeURIComponent(last)}`}>
              {words.t('account.reads.earlier')}
            </a>
          </p>
        ) : null}
      </section>
    </Sheet>
  )
}

/** What was read leads there for whoever may see it; opening it is a read of theirs. */
function Read({ words, line }: { words: Words; line: ColleagueRead }): JSX.Element {
  const text = words.t(`account.read.${line.what}`)
  if (line.person) return <a href={`/console/people/${line.person}`}>{text}</a>
  if (!line.reference) return <span>{text}</span>
  const shown = showReference(line.reference)
  return (
    <a href={`/console/requests/${shown}`}>
      {text} <span class="figure">{shown}</span>
    </a>
  )
}

export function PersonReadsPage({
  page,
  rail,
  lines,
  names,
  person,
}: Shared & { lines: readonly ReadLine[]; person: string }): JSX.Element {
  const { words } = page
  return (
    <Sheet page={page} rail={rail} title={words.t('account.reads.of_person')} icon="list">
      <p class="quiet">
        {words.t('account.reads.of_person_help')}{' '}
        <a href={`/console/people/${person}`}>{words.t('account.reads.back')}</a>
      </p>
      <section class="card">
        {lines.length === 0 ? <p class="quiet">{words.t('account.reads.none')}</p> : null}
        <ul class="people reads">
          {lines.map(({ staff, what, at }) => (
            <li key={`${staff} ${at.getTime()} ${what}`}>
              <strong>{names.get(staff) ?? ''}</strong>
              <span>{words.t(`account.read.${what}`)}</span>
              <time dateTime={at.toISOString()}>{words.exact(at)}</time>
            </li>
          ))}
        </ul>
      </section>
    </Sheet>
  )
}
