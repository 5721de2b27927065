/** Who reads a sealed matter, and who waits to be let in to its words: for its holders, who alone see it at all. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { Facts, SealView } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import type { PanelForm } from './safe-contact.tsx'

type SealProps = { readonly words: Words; readonly facts: Facts; readonly form: PanelForm }

export function SealPart(props: SealProps): JSX.Element | null {
  const { words, facts } = props
  const { seal } = facts
  if (!seal) return null
  return (
    <section class="facts-group seal" aria-labelledby="seal-title">
      <h3 id="seal-title">
        <Icon name="lock" />
        {words.t('sealed.title')}
      </h3>
      <p class={seal.opens ? 'quiet' : undefined}>{standingOf(words, seal)}</p>
      {seal.opens && seal.lying === 'held' ? seal.waiting.map((one) => <Waits {...props} one={one} />) : null}
      {seal.wishes.map((wish) => (
        <Wish key={wish.id} {...props} wish={wish} />
      ))}
    </section>
  )
}

function standingOf(words: Words, { lying, opens, signedIn, opening }: SealView): string {
  if (lying !== 'held') return words.t(`sealed.${lying}`)
  if (opens) return words.t('sealed.opens')
  if (!signedIn) return words.t('sealed.signed_in_long_ago')
  return opening.length > 0
    ? words.t('sealed.shut', { names: opening.join(', ') })
    : words.t('sealed.shut_nobody')
}

type WishProps = SealProps & { readonly wish: SealView['wishes'][number] }

function Wish({ words, facts, form, wish }: WishProps): JSX.Element {
  const { id, name, reason, at } = wish
  return (
    <form
      method="post"
      action={`/console/requests/${showReference(facts.row.reference)}/decide-opening${form.lookQuery}`}
    >
      <p>{words.t('sealed.wish', { name, at: words.exact(at) })}</p>
      <blockquote class="quote" dir="auto">
        {reason ?? words.t('body.shut')}
      </blockquote>
      <Hidden fields={{ _csrf: form.token, once: form.newKey(), wish: id }} />
      <div class="buttons">
        <button type="submit" class="button" name="agreed" value="yes">
          {words.t('sealed.agree')}
        </button>
        <button type="submit" class="button" name="agreed" value="no">
          {words.t('sealed.refuse')}
        </button>
      </div>
    </form>
  )
}

type WaitsProps = SealProps & { readonly one: SealView['waiting'][number] }

function Waits({ words, facts, form, one }: WaitsProps): JSX.Element {
  const { staff, name, ready } = one
  if (!ready) return <p class="quiet">{words.t('sealed.not_ready', { name })}</p>
  return (
    <form
      method="post"
      action={`/console/requests/${showReference(facts.row.reference)}/let-in${form.lookQuery}`}
    >
      <p>{words.t('sealed.waits', { name })}</p>
      <Hidden fields={{ _csrf: form.token, once: form.newKey(), staff }} />
      <button type="submit" class="button">
        {words.t('sealed.let_in', { name })}
      </button>
      <p class="quiet">{words.t('sealed.let_in_all')}</p>
    </form>
  )
}
