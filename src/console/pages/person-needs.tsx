/** What a person lacks and what was agreed with them, each with the request it came from. */
import type { ComponentChildren, JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { PersonView } from '../person-load.ts'
import type { Words } from '../words.ts'
import { Ago } from './bits.tsx'

export function NeedsCard({ words, view }: { words: Words; view: PersonView }): JSX.Element | null {
  if (view.needs.length + view.followUps.length === 0) return null
  return (
    <section class="card">
      <Part title={words.t('people.needs')} show={view.needs.length > 0}>
        {view.needs.map((need) => (
          <li key={need.id}>
            <a href={`/console/requests/${showReference(need.reference)}`}>
              {words.t(`need.${need.category}`)}
            </a>{' '}
            · {words.t(`urgency.${need.urgency}`)}
            {need.result ? ` · ${words.t(`result.${need.result}`)}` : ''}{' '}
            <small>
              <Ago words={words} at={need.at} />
            </small>
          </li>
        ))}
      </Part>
      <Part title={words.t('people.followups')} show={view.followUps.length > 0}>
        {view.followUps.map((it) => (
          <li key={it.id}>
            {it.kind ? words.t(`people.followup_kind.${it.kind}`) : words.t('people.followup')} ·{' '}
            {words.t(`people.followup_state.${it.state}`)}{' '}
            <small>
              <Ago words={words} at={it.at ?? it.askedAt} />
            </small>
          </li>
        ))}
      </Part>
    </section>
  )
}

function Part({ title, show, children }: { title: string; show: boolean; children: ComponentChildren }) {
  if (!show) return null
  return (
    <>
      <h2>{title}</h2>
      <ul class="plain">{children}</ul>
    </>
  )
}
