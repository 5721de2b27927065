/** The pages beside the requests, at the foot of the rail. */
import type { JSX } from 'preact'
import type { Staff } from '../../core/staff.ts'
import { type RailPlace, railGroups, railPlaces } from '../places.ts'
import type { Words } from '../words.ts'
import { Icon } from './icon.tsx'
import { RailLink } from './rail-link.tsx'

/** What one opens every day stands in the rail; the rest waits under one word, by what it is for, and stays open on its own pages. */
export function RailPlaces({
  words,
  staff,
  here,
}: {
  words: Words
  staff: Staff
  here: string
}): JSX.Element {
  const mine = railPlaces.filter(({ isFor }) => isFor(staff))
  const rest = mine.filter(({ group }) => group !== 'daily')
  const links = (places: readonly RailPlace[]) =>
    places.map((place) => (
      <RailLink key={place.href} href={place.href} current={isHere(here, place.href)}>
        <Icon name={place.icon} />
        <span class="rail-text">{words.t(place.text)}</span>
      </RailLink>
    ))
  return (
    <>
      {links(mine.filter(({ group }) => group === 'daily'))}
      {rest.length === 0 ? null : (
        <details class="rail-more" open={rest.some(({ href }) => isHere(here, href))}>
          <summary class="rail-link">
            <Icon name="list" />
            {words.t('frame.more')}
          </summary>
          {railGroups.map((group) => {
            const places = rest.filter((place) => place.group === group)
            return places.length === 0 ? null : (
              <section key={group} aria-label={words.t(`frame.group.${group}`)}>
                <p class="rail-title" aria-hidden="true">
                  {words.t(`frame.group.${group}`)}
                </p>
                {links(places)}
              </section>
            )
          })}
        </details>
      )}
    </>
  )
}

/** The longest place that a path begins with is where one is. */
function isHere(here: string, href: string): boolean {
  const path = here.split('?')[0] ?? ''
  const within = (one: string) => path === one || path.startsWith(`${one}/`)
  return within(href) && !railPlaces.some((other) => other.href.length > href.length && within(other.href))
}
