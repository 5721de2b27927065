/** The referrals of a request in its panel: how each stands, and the way to propose one. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { Facts, ReferralLine } from '../view.ts'
import type { Words } from '../words.ts'

type PartProps = { readonly words: Words; readonly facts: Facts }

export function ReferralsPart({ words, facts }: PartProps): JSX.Element | null {
  const { referrals, row, person } = facts
  if (referrals.length === 0 && (row.state === 'closed' || !person)) return null
  return (
    <section class="facts-group">
      <h3>{words.t('referral.many')}</h3>
      {referrals.length > 0 ? (
        <ul class="plain">
          {referrals.map((it) => (
            <li key={it.id}>
              <ReferralName words={words} it={it} />
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        <a href={`/console/requests/${showReference(row.reference)}/referral`}>{words.t('referral.title')}</a>
      </p>
    </section>
  )
}

/** "Centre X · formation · envoyée · pas de réponse depuis 2 j". */
export function ReferralName({ words, it }: { words: Words; it: ReferralLine }): JSX.Element {
  const late = it.state === 'sent' && it.answerDueAt !== undefined && it.answerDueAt <= words.now
  return (
    <>
      <span dir="auto">{it.partner.name}</span> · {words.t(`referral.service.${it.service}`)} ·{' '}
      {words.t(`referral.state.${it.state}`)}
      {late && it.answerDueAt ? (
        <small class="late">{words.t('referral.silent_for', { span: words.span(it.answerDueAt) })}</small>
      ) : null}
    </>
  )
}
