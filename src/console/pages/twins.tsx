/** Pairs of files that look like one person, side by side, with what agrees and what does not. */
import type { JSX } from 'preact'
import type { Match } from '../../core/match.ts'
import type { ShownSide } from '../match-load.ts'
import type { Rail } from '../view.ts'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'
import { Clues, Side } from './side.tsx'

type TwinsProps = {
  readonly page: Page
  readonly rail: Rail
  readonly pairs: readonly { readonly one: ShownSide; readonly other: ShownSide; readonly match: Match }[]
}

export function TwinsPage({ page, rail, pairs }: TwinsProps): JSX.Element {
  const { words } = page
  return (
    <Sheet page={page} rail={rail} title={words.t('twins.title')} icon="person">
      <p class="quiet">{words.t('twins.about')}</p>
      {pairs.length === 0 ? <p class="card">{words.t('twins.none')}</p> : null}
      {pairs.map(({ one, other, match }) => (
        <section key={`${one.id} ${other.id}`} class="card">
          <Clues words={words} match={match} />
          <div class="columns">
            {[one, other].map((side) => (
              <div key={side.id}>
                <h2 dir="auto">
                  <a href={`/console/people/${side.id}`}>{side.values.name ?? words.t('person.unnamed')}</a>
                </h2>
                <Side words={words} side={{ ...side, values: { ...side.values, name: undefined } }} />
              </div>
            ))}
          </div>
          <p>
            <a class="button" href={`/console/people/${one.id}/same`}>
              {words.t('twins.decide')}
            </a>
          </p>
        </section>
      ))}
    </Sheet>
  )
}
