/** The campaigns there are: what waits for somebody first, what runs, what is done. */
import type { JSX } from 'preact'
import type { CampaignState } from '../../core/campaign.ts'
import type { CampaignLine } from '../campaign-load.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import { StateChip, whenOf } from './campaign-bits.tsx'
import { ProgressBar } from './campaign-progress.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly lines: readonly CampaignLine[]
  readonly writes: boolean
  readonly once: string
  readonly fault?: string | undefined
  readonly name?: string
}

export function CampaignsPage({ page, rail, lines, writes, once, fault, name }: Props): JSX.Element {
  const { words, token } = page
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('campaign.title')}
      icon="horn"
      {...(fault ? { fault } : {})}
    >
      <p class="quiet">{words.t('campaign.about')}</p>
      {writes ? (
        <form method="post" action="/console/campaigns" class="campaign-new">
          <Hidden fields={{ _csrf: token, once }} />
          <label>
            {words.t('campaign.name')}
            <input name="name" required maxLength={120} value={name ?? ''} />
            <small>{words.t('campaign.name_help')}</small>
          </label>
          <button type="submit" class="button button-main">
            <Icon name="pen" />
            {words.t('campaign.new')}
          </button>
        </form>
      ) : null}
      <CampaignLines words={words} lines={lines} />
      {writes ? (
        <p>
          <a href="/console/campaigns/lists">{words.t('campaign.lists')}</a>
        </p>
      ) : null}
    </Sheet>
  )
}

/** In the order in which somebody must look at them. */
const groups: readonly (readonly [string, readonly CampaignState[]])[] = [
  ['sending', ['sending', 'paused']],
  ['review', ['review']],
  ['scheduled', ['scheduled']],
  ['draft', ['draft']],
  ['finished', ['finished', 'cancelled']],
]

export function CampaignLines({ words, lines }: { words: Words; lines: Props['lines'] }): JSX.Element {
  return (
    <div
      id="campaigns"
      hx-get="/console/campaigns"
      hx-trigger="campaigns from:main, missed from:main"
      hx-swap="outerMorph"
    >
      {lines.length === 0 ? <p class="card">{words.t('campaign.none')}</p> : null}
      {groups.map(([name, states]) => {
        const here = lines.filter(({ campaign }) => states.includes(campaign.state))
        return here.length === 0 ? null : (
          <section key={name} class="card">
            <h2>{words.t(`campaign.group.${name}`)}</h2>
            <ul class="plain campaign-lines">
              {here.map((line) => (
                <Line key={line.campaign.id} words={words} line={line} />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

function Line({ words, line }: { words: Words; line: CampaignLine }): JSX.Element {
  const { campaign, writer, progress } = line
  const { id, name, state, createdAt, endedAt, released, guarded } = campaign
  return (
    <li>
      <a href={`/console/campaigns/${id}`} dir="auto">
        {name}
      </a>
      <StateChip words={words} state={state} />
      {guarded ? <span class="chip chip-lock">{words.t('campaign.guarded_chip')}</span> : null}
      {campaign.roundOf ? <span class="chip">{words.t('campaign.round')}</span> : null}
      {campaign.corrects ? <span class="chip">{words.t('campaign.correction')}</span> : null}
      <small>
        {words.t('campaign.by', { name: writer })} · <Ago words={words} at={endedAt ?? createdAt} />
        {state === 'scheduled' || state === 'review' ? ` · ${whenOf(words, campaign)}` : ''}
        {released ? ` · ${words.t('campaign.people', { count: released.recipients })}` : ''}
      </small>
      {progress ? <ProgressBar words={words} progress={progress} /> : null}
    </li>
  )
}
