/** Where a campaign stands, what the reader can do about it, and who did what so far. */
import type { JSX } from 'preact'
import type { CampaignView } from '../campaign-load.ts'
import { longestNote } from '../form.ts'
import type { Words } from '../words.ts'
import { Ago } from './bits.tsx'
import { Act, Confirm, StateChip, whenOf } from './campaign-bits.tsx'
import { Icon } from './icon.tsx'

export type StandingProps = {
  readonly words: Words
  readonly token: string
  readonly view: CampaignView
  /** Makes a key of its own for each form shown: the same form sent twice acts once. */
  readonly newKey: () => string
  /** How many could be tried once more. */
  readonly again: number
}

/** Fetched again when somebody acted; while nothing changed it stays as it is, with whatever is open in it. */
export function Standing(props: StandingProps): JSX.Element {
  const { words, view } = props
  const { id, state, version } = view.campaign
  return (
    <section
      class="card"
      id="standing"
      hx-get={`/console/campaigns/${id}/standing?seen=${version}`}
      hx-trigger={`campaign-${id} from:main, missed from:main`}
      hx-swap="outerMorph"
    >
      <h2 class="campaign-head">
        {words.t('campaign.standing')} <StateChip words={words} state={state} />
      </h2>
      <p>{sentenceOf(words, view)}</p>
      <Acts {...props} />
      <History words={words} view={view} />
    </section>
  )
}

function sentenceOf(words: Words, { campaign, agreed }: CampaignView): string {
  if (campaign.state !== 'review') {
    return words.t(`campaign.stands_for.${campaign.state}`, { when: whenOf(words, campaign) })
  }
  const { names, needed } = agreed
  if (needed === 1) return words.t('campaign.waits_agreement')
  return names.length === 0
    ? words.t('campaign.waits_both')
    : words.t('campaign.waits_second', { name: names.join(', ') })
}

function Acts(props: StandingProps): JSX.Element {
  const { words, view } = props
  const { campaign, may, own } = view
  const { state } = campaign
  return (
    <div class="campaign-acts">
      {state === 'review' && may.approve ? <Judge {...props} /> : null}
      {state === 'review' && own ? <p class="mind">{words.t('campaign.own')}</p> : null}
      {(state === 'review' || state === 'scheduled') && may.write ? (
        <One {...props} act="withdraw" icon="pen" />
      ) : null}
      {state === 'sending' && may.stop ? <One {...props} act="pause" icon="moon" main /> : null}
      {state === 'paused' && may.stop ? <Sure {...props} act="resume" icon="sending" /> : null}
      {(state === 'paused' || state === 'finished') && may.stop && props.again > 0 ? (
        <Sure {...props} act="retry" icon="again" count={props.again} />
      ) : null}
      {campaign.releasedAt ? (
        <a class="button" href={`/console/campaigns/${campaign.id}/report`}>
          <Icon name="chart" />
          {words.t('campaign.report')}
        </a>
      ) : null}
      {campaign.releasedAt && (may.write || may.stop) ? (
        <a class="button" href={`/console/campaigns/${campaign.id}/answers`}>
          <Icon name="chat" />
          {words.t('campaign_report.to_answers')}
        </a>
      ) : null}
      {campaign.picture || Object.values(campaign.texts).some(({ clip }) => clip) ? (
        <a class="button" href={`/console/campaigns/${campaign.id}/media`}>
          <Icon name="microphone" />
          {words.t('campaign_media.link')}
        </a>
      ) : null}
      {campaign.releasedAt && may.write ? <One {...props} act="correct" icon="pen" /> : null}
      {state !== 'finished' && state !== 'cancelled' && may.stop ? (
        <Sure {...props} act="cancel" icon="cross" />
      ) : null}
    </div>
  )
}

type OneProps = StandingProps & {
  readonly act: 'withdraw' | 'pause' | 'correct' | 'resume' | 'retry' | 'cancel'
  readonly icon: 'pen' | 'moon' | 'sending' | 'again' | 'cross'
  readonly main?: true
  readonly count?: number
}

function One({ words, token, view, newKey, act, icon, main }: OneProps): JSX.Element {
  return (
    <Act words={words} token={token} once={newKey()} action={actionOf(view, act)}>
      <button type="submit" class={main ? 'button button-main' : 'button'}>
        <Icon name={icon} />
        {words.t(`campaign.act.${act}`)}
      </button>
    </Act>
  )
}

function Sure({ words, token, view, newKey, act, icon, count = 0 }: OneProps): JSX.Element {
  return (
    <Confirm
      {...{ words, token, icon }}
      once={newKey()}
      action={actionOf(view, act)}
      label={words.t(`campaign.act.${act}`)}
      sure={words.t(`campaign.yes.${act}`)}
    >
      <p>{words.t(`campaign.sure.${act}`, { n: words.number(count) })}</p>
    </Confirm>
  )
}

/** What the second person does with it. */
function Judge({ words, token, view, newKey }: StandingProps): JSX.Element {
  return (
    <>
      <Confirm
        {...{ words, token }}
        once={newKey()}
        icon="check"
        action={actionOf(view, 'approve')}
        label={words.t('campaign.act.approve')}
        sure={words.t('campaign.yes.approve')}
      >
        <p>{words.t('campaign.sure.approve')}</p>
      </Confirm>
      <Confirm
        {...{ words, token }}
        once={newKey()}
        icon="back"
        action={actionOf(view, 'return')}
        label={words.t('campaign.act.return')}
        sure={words.t('campaign.yes.return')}
      >
        <label>
          {words.t('campaign.why')}
          <textarea name="note" rows={3} maxLength={longestNote} required />
        </label>
      </Confirm>
    </>
  )
}

function actionOf({ campaign }: CampaignView, act: string): string {
  return `/console/campaigns/${campaign.id}/${act}`
}

export function History({ words, view }: { words: Words; view: CampaignView }): JSX.Element {
  const { done, names } = view
  return (
    <details class="campaign-history">
      <summary>{words.t('campaign.history')}</summary>
      <ol class="plain ledger">
        {done.toReversed().map(({ id, act, at, staff, note }) => (
          <li key={id}>
            <span>
              {words.t(`campaign.done.${act}`)}
              {staff ? ` · ${names.get(staff) ?? ''}` : ''}
            </span>
            <small>
              <Ago words={words} at={at} />
            </small>
            {note ? <q dir="auto">{note}</q> : null}
          </li>
        ))}
      </ol>
    </details>
  )
}
