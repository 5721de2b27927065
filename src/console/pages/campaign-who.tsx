/** Whom a campaign reaches and whom it leaves out, counted; fetched by itself so that no page waits for it. */
import type { JSX } from 'preact'
import { leftOutReasons } from '../../core/audience.ts'
import type { CampaignView, CountView } from '../campaign-load.ts'
import type { PlaceName } from '../place-names.ts'
import type { Words } from '../words.ts'
import { Figures, RuleLines } from './campaign-bits.tsx'
import { Icon } from './icon.tsx'

/** Names of what rules refer to. */
export type CountNames = {
  readonly place?: PlaceName | undefined
  readonly offices: readonly { readonly id: string; readonly name: string }[]
  readonly lists: readonly { readonly id: string; readonly name: string }[]
}

/** The rules in words, or the name of the saved audience. */
export function Whom({
  words,
  view,
  names,
}: {
  words: Words
  view: CampaignView
  names: CountNames
}): JSX.Element {
  const { audience, audienceId } = view.campaign
  if (audienceId !== undefined) {
    return (
      <p>{words.t('campaign.saved_named', { name: view.audienceName ?? words.t('campaign.saved_gone') })}</p>
    )
  }
  return <RuleLines words={words} rules={audience} names={names} />
}

/** Where the count will stand. Without scripts it is a page of its own. */
export function CountLater({ words, campaign }: { words: Words; campaign: string }): JSX.Element {
  const from = `/console/campaigns/${campaign}/audience`
  return (
    <div id="count" hx-get={from} hx-trigger="load" hx-swap="outerHTML">
      <a href={from}>{words.t('campaign.count_now')}</a>
    </div>
  )
}

type CountProps = {
  readonly words: Words
  readonly campaign: string
  readonly view: CountView
  readonly place?: PlaceName | undefined
}

export function CountPart({ words, campaign, view, place }: CountProps): JSX.Element {
  const { count, late, through } = view
  const { meant, reached, neutral, leftOut, languages, channels, regions, untold } = count
  const many = (all: Readonly<Record<string, number>>, name: (key: string) => string) => {
    const sums = new Map<string, number>()
    // Two kinds of channel may have one name: people know WhatsApp, whichever way it goes.
    for (const [key, n] of Object.entries(all)) sums.set(name(key), (sums.get(name(key)) ?? 0) + n)
    const rows = [...sums].sort(([, one], [, other]) => other - one)
    return rows.map(([told, n]): readonly [string, string] => [told, words.number(n)])
  }
  const out = leftOutReasons.flatMap((reason): (readonly [string, string])[] => {
    const n = leftOut[reason]
    return n ? [[words.t(`campaign.left.${reason}`), words.number(n)]] : []
  })
  return (
    <div id="count" class="campaign-count">
      <p class="campaign-big">
        <strong class="figure">{words.number(reached)}</strong>{' '}
        {words.t('campaign.reached', { count: reached })}
      </p>
      {reached === 0 ? (
        <p class="fault">{words.t('campaign.nobody')}</p>
      ) : (
        <p class="quiet">
          {words.t('campaign.of_meant', { n: words.number(meant) })}
          {through ? ` ${words.t('campaign.through', { at: words.exact(through) })}` : ''}
        </p>
      )}
      {late ? (
        <p class="fault">
          <Icon name="late" />
          {words.t('campaign.late')}
        </p>
      ) : null}
      {Object.entries(untold).map(([language, n]) => (
        <p key={language} class="mind">
          <Icon name="late" />
          {words.t('campaign.untold', { count: n, language: words.t(`language.${language}`) })}
        </p>
      ))}
      {neutral > 0 ? (
        <p class="quiet">{words.t('campaign.neutral_to', { n: words.number(neutral) })}</p>
      ) : null}
      <Figures title={words.t('campaign.left_out')} rows={out} />
      <Figures
        title={words.t('campaign.by_language')}
        rows={many(languages, (key) => words.t(`language.${key}`))}
      />
      <Figures
        title={words.t('campaign.by_channel')}
        rows={many(channels, (key) => words.t(`channel.${key}`))}
      />
      <details class="campaign-rule">
        <summary>{words.t('campaign.by_region')}</summary>
        <Figures
          title={words.t('campaign.by_region')}
          rows={many(regions, (key) => (key === '' ? words.t('campaign.no_region') : (place?.(key) ?? key)))}
        />
      </details>
      {reached > 0 ? (
        <p id="sample">
          <a
            class="button button-small"
            href={`/console/campaigns/${campaign}/sample`}
            hx-get={`/console/campaigns/${campaign}/sample`}
            hx-target="#sample"
            hx-swap="outerHTML"
          >
            {words.t('campaign.sample')}
          </a>
        </p>
      ) : null}
    </div>
  )
}

/** A few names; whoever looks at them is on record. */
export function SamplePart({
  words,
  people,
}: {
  words: Words
  people: readonly { readonly id: string; readonly name?: string }[]
}): JSX.Element {
  if (people.length === 0) return <p id="sample">{words.t('campaign.sample_none')}</p>
  return (
    <section id="sample" class="campaign-figures">
      <h3>{words.t('campaign.sample_title')}</h3>
      <ul class="plain">
        {people.map(({ id, name }) => (
          <li key={id}>
            <a href={`/console/people/${id}`} dir="auto">
              {name ?? words.t('person.unnamed')}
            </a>
          </li>
        ))}
      </ul>
      <p class="quiet">{words.t('campaign.sample_logged')}</p>
    </section>
  )
}
