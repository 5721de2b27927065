/** What a person lacks and what was agreed with them, each with the request it came from. */
import type { ComponentChildren, JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { PersonView } from '../person-load.ts'
import type { Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { ReferralName } from './referral-part.tsx'

type NeedsProps = { readonly page: Page; readonly view: PersonView; readonly newKey: () => string }

export function NeedsCard({ page, view, newKey }: NeedsProps): JSX.Element {
  const { words, token } = page
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
            <FollowUpName words={words} it={it} /> · {words.t(`people.followup_state.${it.state}`)}{' '}
            <small>{it.at ? words.exact(it.at) : <Ago words={words} at={it.askedAt} />}</small>
          </li>
        ))}
      </Part>
      <Part title={words.t('referral.many')} show={view.referrals.length > 0}>
        {view.referrals.map((it) => (
          <li key={it.id}>
            <a href={`/console/requests/${showReference(it.reference)}/referral`}>
              <ReferralName words={words} it={it} />
            </a>{' '}
            <small>
              <Ago words={words} at={it.at} />
            </small>
          </li>
        ))}
      </Part>
      <form method="post" action={`/console/people/${view.person.id}/follow-up`}>
        <Hidden fields={{ _csrf: token, once: newKey() }} />
        <button type="submit" class="button">
          <Icon name="clock" />
          {words.t('calendar.propose')}
        </button>
      </form>
    </section>
  )
}

function FollowUpName({ words, it }: { words: Words; it: PersonView['followUps'][number] }): JSX.Element {
  const name = it.kind ? words.t(`people.followup_kind.${it.kind}`) : words.t('people.followup')
  if (it.reference === undefined) return <>{name}</>
  return <a href={`/console/requests/${showReference(it.reference)}/follow-up`}>{name}</a>
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
