/** The editor of a campaign: who, what, when, on one page; kept as one writes, and beside it what it comes to. */
import type { JSX } from 'preact'
import { approvalsNeeded } from '../../core/campaign.ts'
import { type Fields, fieldOf } from '../campaign-form.ts'
import type { CampaignView, CountView, EditorChoices } from '../campaign-load.ts'
import type { PlaceName } from '../place-names.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { type Bubble, Bubbles, Confirm, exactlyWhom, spokenIn } from './campaign-bits.tsx'
import { WhatStep } from './campaign-what.tsx'
import { CountLater, CountPart } from './campaign-who.tsx'
import { WhoStep } from './campaign-whom.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly view: CampaignView
  readonly fields: Fields
  readonly choices: EditorChoices
  readonly place?: PlaceName | undefined
  /** Surveys that it may offer, with what each is called. */
  readonly surveys: readonly { readonly flow: string; readonly name: string }[]
  /** The sentence that every message ends with, by language. */
  readonly free: Readonly<Record<string, string>>
  readonly bubbles: readonly Bubble[]
  readonly newKey: () => string
  readonly fault?: string | undefined
  readonly done?: string | undefined
}

export function CampaignEditPage(props: Props): JSX.Element {
  const { page, rail, view, fields, choices, surveys, place, free, bubbles, newKey, fault, done } = props
  const { words, token } = page
  const { campaign } = view
  const action = `/console/campaigns/${campaign.id}`
  const returned = view.done.findLast(({ act }) => act === 'returned' || act === 'submitted')
  return (
    <Sheet
      page={page}
      rail={rail}
      title={campaign.name}
      icon="horn"
      {...(fault ? { fault } : {})}
      {...(done ? { done } : {})}
    >
      <p>
        <a href="/console/campaigns">{words.t('campaign.back')}</a>
      </p>
      {returned?.act === 'returned' ? (
        <p class="mind campaign-returned">
          <Icon name="back" />
          {words.t('campaign.returned', { name: view.names.get(returned.staff ?? '') ?? '' })}
          {returned.note ? <q dir="auto">{returned.note}</q> : null}
        </p>
      ) : null}
      <div class="campaign-edit">
        <form
          id="campaign"
          class="campaign-form"
          method="post"
          action={action}
          hx-post={action}
          hx-trigger="input delay:900ms"
          hx-target="#beside"
          hx-swap="outerMorph"
          {...{ 'hx-status:422': 'swap:outerMorph', 'hx-status:409': 'swap:outerMorph' }}
        >
          <Hidden
            fields={{
              ...{ _csrf: token, once: newKey(), send: newKey(), seen: campaign.version },
              ...(campaign.audience.gotCampaign ? { gotCampaign: campaign.audience.gotCampaign } : {}),
              ...(campaign.audience.saidRumour ? { saidRumour: campaign.audience.saidRumour } : {}),
            }}
          />
          {/* Enter in a field keeps the draft, and does nothing else. */}
          <button type="submit" class="hidden" tabIndex={-1} aria-hidden="true">
            {words.t('campaign.save')}
          </button>
          <section class="card stack">
            <label>
              {words.t('campaign.name')}
              <input name="name" required maxLength={120} value={fieldOf(fields, 'name')} />
            </label>
          </section>
          <WhoStep
            {...{ words, fields, choices, place }}
            exactly={exactlyWhom(words, campaign.audience)[0]}
          />
          <WhatStep {...{ words, fields, free, surveys }} action={action} />
          <WhenStep {...{ words, fields }} />
          <p class="campaign-send">
            <button type="submit" class="button">
              {words.t('campaign.save')}
            </button>
            <button type="submit" class="button button-main" formAction={`${action}/submit`}>
              <Icon name="hand" />
              {words.t('campaign.submit')}
            </button>
          </p>
          <p class="quiet">{words.t('campaign.submit_help')}</p>
        </form>
        <Beside words={words} view={view} bubbles={bubbles} place={place} />
      </div>
      <div class="campaign-acts">
        <Confirm
          {...{ words, token }}
          once={newKey()}
          icon="cross"
          action={`${action}/cancel`}
          label={words.t('campaign.act.discard')}
          sure={words.t('campaign.yes.discard')}
        >
          <p>{words.t('campaign.sure.discard')}</p>
        </Confirm>
      </div>
    </Sheet>
  )
}

type BesideProps = {
  readonly words: Words
  readonly view: CampaignView
  readonly bubbles: readonly Bubble[]
  readonly place?: PlaceName | undefined
  /** Counted already: the answer to what was kept just now. */
  readonly count?: CountView
  readonly fault?: string
}

/** What the draft comes to: kept or not, what is missing, how many people, and how it looks on a phone. */
export function Beside({ words, view, bubbles, place, count, fault }: BesideProps): JSX.Element {
  const { campaign, missing } = view
  const silent = spokenIn(campaign.texts).length === 0
  return (
    <aside id="beside" class="campaign-beside" aria-label={words.t('campaign.beside')}>
      {fault ? (
        <p class="fault" role="alert">
          {fault}
        </p>
      ) : null}
      {count && !fault ? (
        <p class="done" role="status">
          {words.t('campaign.kept', { clock: words.clock(words.now) })}
        </p>
      ) : null}
      <section class="card">
        <h2>{words.t('campaign.reach')}</h2>
        {silent ? <p class="quiet">{words.t('campaign.write_first')}</p> : null}
        {count ? (
          <CountPart words={words} campaign={campaign.id} view={count} place={place} />
        ) : (
          <CountLater words={words} campaign={campaign.id} />
        )}
      </section>
      {missing.length === 0 ? null : (
        <section class="card">
          <h2>{words.t('campaign.missing_title')}</h2>
          <ul class="plain campaign-missing">
            {missing.map((code) => (
              <li key={code}>
                <Icon name="late" />
                {words.t(`campaign.missing.${code}`)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="card">
        <h2>{words.t('campaign.preview')}</h2>
        <Bubbles words={words} bubbles={bubbles} />
        {approvalsNeeded(campaign) > 1 ? <p class="quiet">{words.t('campaign.needs_two')}</p> : null}
      </section>
    </aside>
  )
}

function WhenStep({ words, fields }: { words: Words; fields: Fields }): JSX.Element {
  const starts = fieldOf(fields, 'starts') || 'now'
  const repeat = fieldOf(fields, 'repeat') || 'once'
  return (
    <section class="card stack" aria-labelledby="step-when">
      <h2 id="step-when">{words.t('campaign.step.when')}</h2>
      <fieldset>
        <legend>{words.t('campaign.start')}</legend>
        {(['now', 'at'] as const).map((value) => (
          <label key={value} class="option">
            <input type="radio" name="starts" value={value} checked={starts === value} />
            {words.t(`campaign.starts.${value}`)}
          </label>
        ))}
      </fieldset>
      <label>
        {words.t('campaign.starts_at')}
        <input type="datetime-local" name="startsAt" value={fieldOf(fields, 'startsAt')} />
        <small>{words.t('campaign.bamako')}</small>
      </label>
      <label>
        {words.t('campaign.repeat')}
        <select name="repeat">
          {(['once', 'weekly', 'monthly'] as const).map((value) => (
            <option key={value} value={value} selected={repeat === value}>
              {words.t(`campaign.repeated.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.t('campaign.ends_at')}
        <input type="datetime-local" name="endsAt" value={fieldOf(fields, 'endsAt')} />
        <small>{words.t('campaign.ends_help')}</small>
      </label>
    </section>
  )
}
