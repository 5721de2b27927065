/** Looks that the reader kept: in the rail with their counts, and the form that keeps or forgets one. */
import type { JSX } from 'preact'
import { countedAtMost } from '../../store/request-count.ts'
import { lookQuery } from '../look.ts'
import type { Look, Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import { RailLink } from './rail-link.tsx'

type LinksProps = { words: Words; saved: Rail['saved']; look: Look | undefined }

/** The kept looks as links; nothing while there are none. */
export function SavedLinks({ words, saved, look }: LinksProps): JSX.Element | null {
  if (saved.length === 0) return null
  const here = lookQuery(look)
  return (
    <>
      <h2 class="rail-title">{words.t('lists.saved')}</h2>
      <ul>
        {saved.map((one) => (
          <li key={one.id}>
            <RailLink href={`/console/requests${lookQuery(one.look)}`} current={lookQuery(one.look) === here}>
              <span class="rail-text" dir="auto">
                {one.name}
              </span>
              <span class="count">{one.n > countedAtMost ? `${countedAtMost}+` : one.n}</span>
            </RailLink>
          </li>
        ))}
      </ul>
    </>
  )
}

/** How long the name of a kept look may be. */
export const longestViewName = 40

type KeepProps = {
  readonly words: Words
  readonly token: string
  readonly look: Look
  readonly saved: Rail['saved']
}

/** Keeps the look that is shown, or forgets it when it is kept already. */
export function KeepView({ words, token, look, saved }: KeepProps): JSX.Element {
  const query = lookQuery(look)
  const kept = saved.find((one) => lookQuery(one.look) === query)
  if (kept) {
    return (
      <form method="post" action={`/console/views/remove${query}`}>
        <Hidden fields={{ _csrf: token, view: kept.id }} />
        <button type="submit" class="button button-quiet">
          {words.t('lists.forget', { name: kept.name })}
        </button>
      </form>
    )
  }
  return (
    <form method="post" action={`/console/views${query}`}>
      <Hidden fields={{ _csrf: token }} />
      <label>
        {words.t('lists.keep_as')}
        <input name="name" required maxLength={longestViewName} autocomplete="off" />
      </label>
      <button type="submit" class="button">
        <Icon name="check" />
        {words.t('lists.keep')}
      </button>
    </form>
  )
}
