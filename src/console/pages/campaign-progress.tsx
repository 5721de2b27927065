/** A campaign on its way: how far it is, why it waits, and what can be done about it. */
import type { JSX } from 'preact'
import type { Progress } from '../../store/campaign-progress.ts'
import type { CampaignView } from '../campaign-load.ts'
import type { Words } from '../words.ts'
import { Figures } from './campaign-bits.tsx'
import { Icon } from './icon.tsx'

type BarProps = { words: Words; progress: Pick<Progress, 'recipients' | 'written'> }

/** How much of it has gone out. */
export function ProgressBar({ words, progress }: BarProps): JSX.Element {
  const { recipients, written } = progress
  return (
    <span class="campaign-progress">
      <progress max={Math.max(1, recipients)} value={written} aria-label={words.t('campaign.progress')} />
      <span class="figure">
        {words.t('campaign.written_of', { n: words.number(written), of: words.number(recipients) })}
      </span>
    </span>
  )
}

type PanelProps = {
  readonly words: Words
  readonly view: CampaignView
  readonly progress: Progress
}

/** What changes while one watches. */
export function ProgressPanel({ words, view, progress }: PanelProps): JSX.Element {
  const { campaign } = view
  const { id } = campaign
  const { waiting, inAir, sent, delivered, read, unknown, failed, stopped, answered } = progress
  const came = delivered + read
  const rows: readonly (readonly [string, number])[] = [
    ['waiting', waiting],
    ['in_air', inAir],
    ['sent', sent],
    ['delivered', came],
    ['read', read],
    ['answered', answered],
    ['failed', failed],
    ['unknown', unknown],
    ['stopped', stopped],
  ]
  return (
    <section
      class="card"
      id="progress"
      hx-get={`/console/campaigns/${id}/progress`}
      hx-trigger={`campaign-${id} from:main, missed from:main`}
      hx-swap="outerMorph"
    >
      <h2>{words.t('campaign.progress')}</h2>
      <ProgressBar words={words} progress={progress} />
      <Why words={words} view={view} progress={progress} />
      <dl class="tally">
        {rows.map(([name, count]) => (
          <div key={name}>
            <dt>{words.t(`campaign.tally.${name}`)}</dt>
            <dd>{words.number(count)}</dd>
          </div>
        ))}
      </dl>
      <Figures
        title={words.t('campaign.left_out_since')}
        rows={Object.entries(progress.leftOut).map(([reason, n]) => [
          words.t(`campaign.left.${reason}`),
          words.number(n),
        ])}
      />
    </section>
  )
}

/** Why it goes no further at this moment. */
function Why({ words, view, progress }: PanelProps): JSX.Element | null {
  const { state, canaryUntil, halt } = view.campaign
  const { canary, waitingCanary, waiting, later, limited } = progress
  if (state === 'paused') {
    return (
      <p class={halt ? 'fault' : 'mind'}>
        <Icon name="late" />
        {halt
          ? words.t('campaign.halted', { why: words.t(`campaign.halt.${halt}`) })
          : words.t('campaign.stands')}
      </p>
    )
  }
  if (state !== 'sending' || waiting === 0) return null
  // By night the first few wait like everybody else.
  if (later + limited === waiting) return <Later words={words} progress={progress} />
  if (canary > 0 && (waitingCanary > 0 || !canaryUntil)) {
    return <p class="mind">{words.t('campaign.canary_goes', { n: words.number(canary) })}</p>
  }
  if (canaryUntil && canaryUntil > words.now) {
    const minutes = Math.ceil((canaryUntil.getTime() - words.now.getTime()) / 60_000)
    return (
      <p class="mind">
        {words.t('campaign.canary_waits', {
          n: words.number(canary),
          minutes,
          clock: words.clock(canaryUntil),
        })}
      </p>
    )
  }
  return <Later words={words} progress={progress} />
}

function Later({ words, progress }: Pick<PanelProps, 'words' | 'progress'>): JSX.Element {
  const { later, limited } = progress
  return (
    <>
      {later > 0 ? <p class="mind">{words.t('campaign.night', { n: words.number(later) })}</p> : null}
      {limited > 0 ? <p class="mind">{words.t('campaign.day_limit', { n: words.number(limited) })}</p> : null}
    </>
  )
}
