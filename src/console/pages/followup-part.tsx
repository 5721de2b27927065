/** The follow-ups of a request in its panel: how each stands, and the way to propose one. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { Facts, FollowUpView } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago } from './bits.tsx'

type PartProps = { readonly words: Words; readonly facts: Facts }

export function FollowUpsPart({ words, facts }: PartProps): JSX.Element | null {
  const { followUps, row } = facts
  if (row.state === 'closed' && followUps.length === 0) return null
  return (
    <section class="facts-group">
      <h3>{words.t('people.followups')}</h3>
      {followUps.length > 0 ? (
        <ul class="plain">
          {followUps.map((it) => (
            <li key={it.id}>
              <FollowUpLine words={words} it={it} />
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        <a href={`/console/requests/${showReference(row.reference)}/follow-up`}>{words.t('calendar.plan')}</a>
      </p>
    </section>
  )
}

/** "rencontre · convenu · jeudi 12 février 2026 à 10:00 · Mariam". */
export function FollowUpLine({ words, it }: { words: Words; it: FollowUpView }): JSX.Element {
  return (
    <>
      {it.kind ? words.t(`people.followup_kind.${it.kind}`) : words.t('people.followup')} ·{' '}
      {words.t(`people.followup_state.${it.state}`)}
      {it.at ? (
        <>
          {' · '}
          <time dateTime={it.at.toISOString()}>{words.exact(it.at)}</time>
        </>
      ) : (
        <>
          {' · '}
          <Ago words={words} at={it.askedAt} />
        </>
      )}
      {it.staff ? ` · ${it.staff}` : ''}
      {it.untold ? <small>{words.t('calendar.untold')}</small> : null}
    </>
  )
}
