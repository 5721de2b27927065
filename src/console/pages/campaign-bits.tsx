/** Parts that the pages of campaigns share: where one stands, its words on a phone, whom it is for, what it left out. */
import type { ComponentChildren, JSX } from 'preact'
import type { AudienceRules } from '../../core/audience.ts'
import type { CampaignState } from '../../core/campaign.ts'
import { type Language, languages } from '../../core/language.ts'
import type { CampaignRow } from '../../store/campaign.ts'
import type { PlaceName } from '../place-names.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon, type IconName } from './icon.tsx'

const signs: Readonly<Record<CampaignState, IconName>> = {
  draft: 'pen',
  review: 'eye',
  scheduled: 'clock',
  sending: 'sending',
  paused: 'moon',
  finished: 'check',
  cancelled: 'cross',
}

export function StateChip({ words, state }: { words: Words; state: CampaignState }): JSX.Element {
  return (
    <span class={`chip campaign-${state}`}>
      <Icon name={signs[state]} />
      {words.t(`campaign.state.${state}`)}
    </span>
  )
}

type ActProps = {
  readonly words: Words
  readonly token: string
  readonly once: string
  readonly action: string
  readonly children: ComponentChildren
}

/** A form of one act on a campaign. */
export function Act({ token, once, action, children }: ActProps): JSX.Element {
  return (
    <form method="post" action={action} class="stack">
      <Hidden fields={{ _csrf: token, once }} />
      {children}
    </form>
  )
}

/** A button that first asks whether it is meant. */
export function Confirm(
  props: ActProps & { readonly icon: IconName; readonly label: string; readonly sure: string },
): JSX.Element {
  const { icon, label, sure, children, ...act } = props
  return (
    <details class="fold sheet-fold" name="acts">
      <summary class="button">
        <Icon name={icon} />
        {label}
      </summary>
      <Act {...act}>
        {children}
        <button type="submit" class="button button-main">
          {sure}
        </button>
      </Act>
    </details>
  )
}

/** One message as a phone shows it, for each language that has words. */
export type Bubble = {
  readonly language: Language
  readonly text: string
  /** What goes out on a shared phone instead. */
  readonly neutral?: string
}

export function Bubbles({ words, bubbles }: { words: Words; bubbles: readonly Bubble[] }): JSX.Element {
  if (bubbles.length === 0) return <p class="quiet">{words.t('campaign.no_words')}</p>
  return (
    <div class="campaign-phones">
      {bubbles.map(({ language, text, neutral }) => (
        <figure key={language} class="campaign-phone">
          <figcaption>{words.t(`language.${language}`)}</figcaption>
          <p class="campaign-bubble" lang={language} dir="auto">
            {text}
          </p>
          {neutral === undefined ? null : (
            <>
              <figcaption class="quiet">{words.t('campaign.on_shared')}</figcaption>
              <p class="campaign-bubble" lang={language} dir="auto">
                {neutral}
              </p>
            </>
          )}
        </figure>
      ))}
    </div>
  )
}

/** "1 234", or a sign where nothing is. */
export function Figures({
  title,
  rows,
}: {
  title: string
  rows: readonly (readonly [string, string])[]
}): JSX.Element | null {
  if (rows.length === 0) return null
  return (
    <section class="campaign-figures">
      <h3>{title}</h3>
      <dl>
        {rows.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="figure">{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

type RuleNames = {
  readonly place?: PlaceName | undefined
  readonly offices: readonly { readonly id: string; readonly name: string }[]
  readonly lists: readonly { readonly id: string; readonly name: string }[]
}

/** The rules as sentences, one for each; without any: everybody. */
export function RuleLines(props: { words: Words; rules: AudienceRules; names: RuleNames }): JSX.Element {
  const lines = linesOf(props)
  return (
    <ul class="plain campaign-rules">
      {lines.length === 0 ? <li>{props.words.t('campaign.rule.everybody')}</li> : null}
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function linesOf({ words, rules, names }: Parameters<typeof RuleLines>[0]): readonly string[] {
  const placed = (ids: readonly string[]) => ids.map((id) => names.place?.(id) ?? id)
  const named = (all: RuleNames['offices'], ids: readonly string[]) =>
    ids.map((id) => all.find((one) => one.id === id)?.name ?? '–')
  const told = (key: string, values: readonly string[] | undefined) =>
    values ? [words.t(`campaign.rule.${key}`, { of: values.join(', ') })] : []
  const day = (at: string) => words.day(new Date(at))
  return [
    ...told('regions', rules.regions && placed(rules.regions)),
    ...(rules.regions && rules.former ? [words.t('campaign.rule.former')] : []),
    ...told('cercles', rules.cercles && placed(rules.cercles)),
    ...told(
      'languages',
      rules.languages?.map((one) => words.t(`language.${one}`)),
    ),
    ...told('countries', rules.countries),
    ...told('returned_from', rules.returnedFrom ? [day(rules.returnedFrom)] : undefined),
    ...told('returned_until', rules.returnedUntil ? [day(rules.returnedUntil)] : undefined),
    ...told(
      'stages',
      rules.stages?.map((one) => words.t(`stage.${one}`)),
    ),
    ...told(
      'needs',
      rules.needs?.map((one) => words.t(`need.${one}`)),
    ),
    ...told(
      'queues',
      rules.queues?.map((one) => words.t(`queue.${one}`)),
    ),
    ...(rules.heardWithin ? [words.t('campaign.rule.heard', { days: rules.heardWithin })] : []),
    ...(rules.silentFor ? [words.t('campaign.rule.silent', { days: rules.silentFor })] : []),
    ...told('offices', rules.offices && named(names.offices, rules.offices)),
    ...told('list', rules.list ? named(names.lists, [rules.list]) : undefined),
    ...exactlyWhom(words, rules),
  ]
}

/** The people whom it is for by what they got or said: no rule that can be chosen. */
export function exactlyWhom(words: Words, rules: AudienceRules): readonly string[] {
  return [
    ...(rules.gotCampaign ? [words.t('campaign.rule.got')] : []),
    ...(rules.saidRumour ? [words.t('campaign.rule.said')] : []),
  ]
}

/** When it goes out, in one sentence, and its last moment. */
export function whenOf(words: Words, { startsAt, endsAt, repeat }: CampaignRow): string {
  const start = startsAt ? words.t('campaign.at', { at: words.exact(startsAt) }) : words.t('campaign.at_once')
  const again = repeat === 'once' ? [] : [words.t(`campaign.repeats.${repeat}`)]
  const end = endsAt ? [words.t('campaign.until', { at: words.exact(endsAt) })] : []
  return [start, ...again, ...end].join(' ')
}

/** The languages with words, in their order. */
export function spokenIn(texts: CampaignRow['texts']): readonly Language[] {
  return languages.filter((language) => texts[language]?.text.trim())
}
