/** What people answered to a campaign: equal wordings once, each with the requests that it opened. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { AnswerGroup } from '../campaign-answers.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, firstWords } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly campaign: { readonly id: string; readonly name: string }
  readonly groups: readonly AnswerGroup[]
  /** There are older ones. */
  readonly more: boolean
}

/** So many groups are on the page: what fewer said is read in the requests. */
const groupsShown = 60
const linksShown = 8

export function CampaignAnswersPage({ page, rail, campaign, groups, more }: Props): JSX.Element {
  const { words } = page
  const all = groups.reduce((sum, { count }) => sum + count, 0)
  const requests = `/console/requests?view=queues&campaign=${campaign.id}`
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('campaign_answers.title', { name: campaign.name })}
      icon="chat"
    >
      <div
        id="answers"
        class="answers"
        hx-get={`/console/campaigns/${campaign.id}/answers`}
        hx-trigger={`campaign-${campaign.id} from:main, missed from:main`}
        hx-select="#answers"
        hx-swap="outerMorph"
      >
        <p class="no-print">
          <a href={`/console/campaigns/${campaign.id}`}>{words.t('campaign_report.back')}</a> ·{' '}
          <a href={`/console/campaigns/${campaign.id}/report`}>{words.t('campaign_answers.to_report')}</a> ·{' '}
          <a href={requests}>{words.t('campaign_answers.to_requests')}</a>
        </p>
        {all === 0 ? (
          <p>{words.t('campaign_answers.none')}</p>
        ) : (
          <p class="sentence">
            {words.t('campaign_answers.count', { n: all, wordings: groups.length })}{' '}
            {more ? words.t('campaign_answers.more') : ''}
          </p>
        )}
        <ol class="plain">
          {groups.slice(0, groupsShown).map((group) => (
            <Group key={`${group.last.toISOString()} ${group.references[0]}`} words={words} group={group} />
          ))}
        </ol>
        {groups.length > groupsShown ? (
          <p class="quiet">{words.t('campaign_answers.rest', { n: groups.length - groupsShown })}</p>
        ) : null}
      </div>
    </Sheet>
  )
}

function Group({ words, group }: { readonly words: Words; readonly group: AnswerGroup }): JSX.Element {
  const { body, count, last, references } = group
  const beyond = references.length - linksShown
  return (
    <li class="card answer-group">
      <p class="answer-count">
        <strong>{count}</strong> <span class="quiet">{words.t('campaign_answers.times', { n: count })}</span>
      </p>
      <div>
        <p dir="auto">{firstWords(words, body)}</p>
        <p class="quiet">
          <Ago words={words} at={last} />
          {references.slice(0, linksShown).map((reference) => (
            <span key={reference}>
              {' · '}
              <a href={`/console/requests/${showReference(reference)}`}>{showReference(reference)}</a>
            </span>
          ))}
          {beyond > 0 ? ` · ${words.t('campaign_answers.beyond', { n: beyond })}` : ''}
        </p>
      </div>
    </li>
  )
}
