/** A campaign once it is written: as it will go out or went out, for whoever agrees to it, watches it or stops it. */
import type { JSX } from 'preact'
import type { Progress } from '../../store/campaign-progress.ts'
import type { CampaignView } from '../campaign-load.ts'
import type { Rail } from '../view.ts'
import { type Bubble, Bubbles, Figures, whenOf } from './campaign-bits.tsx'
import { ProgressPanel } from './campaign-progress.tsx'
import { Standing, type StandingProps } from './campaign-standing.tsx'
import { CountLater, type CountNames, Whom } from './campaign-who.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'

type Props = Omit<StandingProps, 'words' | 'token'> & {
  readonly page: Page
  readonly rail: Rail
  readonly bubbles: readonly Bubble[]
  readonly whom: CountNames
  readonly progress?: Progress
  readonly fault?: string | undefined
}

export function CampaignPage(props: Props): JSX.Element {
  const { page, rail, view, bubbles, whom, progress, fault, newKey, again } = props
  const { words, token } = page
  const { campaign } = view
  const { id, name, released, state } = campaign
  return (
    <Sheet page={page} rail={rail} title={name} icon="horn" {...(fault ? { fault } : {})}>
      <p>
        <a href="/console/campaigns">{words.t('campaign.back')}</a>
      </p>
      <Standing words={words} token={token} view={view} newKey={newKey} again={again} />
      {progress ? (
        <ProgressPanel words={words} view={view} progress={progress} />
      ) : (
        <div
          id="progress"
          hx-get={`/console/campaigns/${id}/progress`}
          hx-trigger={`${released ? 'load, ' : ''}campaign-${id} from:main`}
          hx-swap="outerMorph"
        >
          {released ? <a href={`/console/campaigns/${id}/progress`}>{words.t('campaign.progress')}</a> : null}
        </div>
      )}
      <div class="columns">
        <section class="card">
          <h2>{words.t('campaign.what')}</h2>
          <Marks words={words} campaign={campaign} />
          <Bubbles words={words} bubbles={bubbles} />
        </section>
        <section class="card">
          <h2>{words.t('campaign.who')}</h2>
          <Whom words={words} view={view} names={whom} />
          {released ? (
            <>
              <p>{words.t('campaign.people', { count: released.recipients })}</p>
              <Figures
                title={words.t('campaign.left_out')}
                rows={Object.entries(released.leftOut).map(([reason, n]) => [
                  words.t(`campaign.left.${reason}`),
                  words.number(n),
                ])}
              />
            </>
          ) : null}
          {!released && state !== 'cancelled' ? <CountLater words={words} campaign={id} /> : null}
          <h2>{words.t('campaign.when')}</h2>
          <p>{whenOf(words, campaign)}</p>
        </section>
      </div>
    </Sheet>
  )
}

/** What a second person must know before the words. */
function Marks({
  words,
  campaign,
}: {
  words: Page['words']
  campaign: CampaignView['campaign']
}): JSX.Element {
  return (
    <p class="campaign-marks">
      {campaign.guarded ? (
        <span class="chip chip-lock">
          <Icon name="shield" />
          {words.t('campaign.guarded_chip')}
        </span>
      ) : null}
      {campaign.sensitive ? (
        <span class="chip chip-lock">
          <Icon name="lock" />
          {words.t('campaign.sensitive_chip')}
        </span>
      ) : null}
      {campaign.question ? (
        <span class="chip">{words.t(campaign.question.flow ? 'campaign.surveys' : 'campaign.asks')}</span>
      ) : null}
    </p>
  )
}
