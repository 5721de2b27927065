/** What will happen on sending, in one calm line: the channel, the language, and what to mind before one writes. */
import type { JSX } from 'preact'
import type { Reach, RequestView } from '../view.ts'
import type { Words } from '../words.ts'
import { Icon, type IconName } from './icon.tsx'
import { safeLine } from './safe-contact.tsx'

/** A window that closes so soon is worth a word. */
const closesSoon = 4 * 60 * 60_000

export function AnswerHow({ words, view }: { words: Words; view: RequestView }): JSX.Element {
  const { reach, person } = view.facts
  const line = person?.safeContact ? safeLine(words, person.safeContact) : ''
  return (
    <p class="answer-how" id="answer-how">
      {reach ? <How words={words} reach={reach} prefers={prefersOf(view)} /> : null}
      {line ? <Mind icon="shield" text={words.t('box.safe_line', { line })} /> : null}
    </p>
  )
}

/** How they like to be answered: what staff wrote down, else what they chose, else how they speak themselves. */
function prefersOf({ facts, thread }: RequestView): 'voice' | 'text' | undefined {
  const noted = facts.person?.safeContact?.way
  if (noted === 'voice' || noted === 'text') return noted
  if (facts.reach?.answering) return facts.reach.answering
  const said = thread.items.flatMap((item) =>
    item.type === 'said' && item.from === 'person' ? [item.body] : [],
  )
  const voices = said.filter((body) => body.kind === 'file' && body.as === 'voice').length
  return voices > 0 && voices >= said.length / 2 ? 'voice' : undefined
}

type HowProps = { words: Words; reach: Reach; prefers: 'voice' | 'text' | undefined }

function How({ words, reach, prefers }: HowProps): JSX.Element {
  const language = reach.language ? words.t(`language.${reach.language}`) : words.t('answer.language_unknown')
  return (
    <>
      <span>{words.t('box.by', { channel: words.t(`channel.${reach.channelKind}`) })}</span>
      <span class="chip">{language}</span>
      {prefers ? <span class="chip">{words.t(`box.prefers_${prefers}`)}</span> : null}
      {reach.shared && reach.leaves?.verdict.is !== 'preview' ? (
        <Mind icon="late" text={words.t('answer.shared')} />
      ) : null}
      <Leaving words={words} reach={reach} />
      {reach.night ? <Mind icon="moon" text={nightText(words, reach.night)} /> : null}
      {reach.windowEnds ? <Window words={words} ends={reach.windowEnds} /> : null}
    </>
  )
}

/** What the policy of sending makes of an answer now, where it does not simply go. */
function Leaving({ words, reach: { leaves } }: Omit<HowProps, 'prefers'>): JSX.Element | null {
  switch (leaves?.verdict.is) {
    case 'preview':
      return <Mind icon="shield" text={words.t(leaves.insists ? 'box.leaves_shared' : 'box.leaves_code')} />
    case 'wait':
      return (
        <Mind icon="clock" text={words.t('box.leaves_wait', { time: words.exact(leaves.verdict.until) })} />
      )
    case 'never':
      return <Mind icon="shield" text={words.t('box.leaves_never')} />
    default:
      return null
  }
}

export function Mind({ icon, text }: { icon: IconName; text: string }): JSX.Element {
  return (
    <span class="mind">
      <Icon name={icon} />
      {text}
    </span>
  )
}

function nightText(words: Words, { clock, country }: NonNullable<Reach['night']>): string {
  if (country === undefined) return words.t('box.night_home', { clock })
  return words.t('box.night_abroad', { clock, country: countryName(words, country) })
}

function countryName(words: Words, country: string): string {
  return new Intl.DisplayNames([words.language], { type: 'region' }).of(country) ?? country
}

/** A provider that takes answers for some hours only: said when they are over, or nearly. */
function Window({ words, ends }: { words: Words; ends: Date }): JSX.Element | null {
  const left = ends.getTime() - words.now.getTime()
  if (left > closesSoon) return null
  const text = left <= 0 ? 'box.window_closed' : 'box.window_closes'
  return <Mind icon="clock" text={words.t(text, { span: words.span(ends) })} />
}
