/** Who read what: how much each colleague read, and who read one person. */
import type { JSX } from 'preact'
import { readKinds } from '../../store/access-log.ts'
import type { ReadCounts, ReadLine } from '../../store/reads.ts'
import type { Rail } from '../view.ts'
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
        <ul class="people reads">
          {lines.map(({ staff, counts }) => (
            <li key={staff}>
              <strong>{names.get(staff) ?? ''}</strong>
              {readKinds
                .filter((kind) => counts[kind] > 0)
                .map((kind) => (
                  <span key={kind}>{words.t(`account.counted.${kind}`, { n: counts[kind] })}</span>
                ))}
            </li>
          ))}
        </ul>
      </section>
    </Sheet>
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
