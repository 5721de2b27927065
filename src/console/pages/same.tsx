/** Files that may be of one person: joined by a link that can be undone, never rewritten. */
import type { ComponentChildren, JSX } from 'preact'
import { longestNote } from '../form.ts'
import type { SameView } from '../match-load.ts'
import type { Rail } from '../view.ts'
import { Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Clues, Side } from './side.tsx'

type SameProps = {
  readonly page: Page
  readonly rail: Rail
  readonly view: SameView
  readonly newKey: () => string
  readonly fault?: string | undefined
}

export function SamePage(props: SameProps): JSX.Element {
  const { page, rail, view, fault } = props
  const { words } = page
  const { person, joined, candidates, whole } = view
  const name = person.name ?? words.t('person.unnamed')
  return (
    <Frame
      page={page}
      title={words.t('match.same_title')}
      rail={rail}
      layout="sheet"
      places={[
        { href: `/console/people/${person.id}`, icon: 'card', text: words.t('place.facts') },
        { href: '#content', icon: 'person', text: words.t('match.same_short') },
      ]}
    >
      <div id="content" class="sheet match-page" tabIndex={-1}>
        <p>
          <a href={`/console/people/${person.id}`}>
            <Icon name="back" /> <span dir="auto">{name}</span>
          </a>
        </p>
        <h1>{words.t('match.same_title')}</h1>
        <p class="quiet">{words.t('match.same_help')}</p>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        {whole ? (
          <p class="mind">
            <a href={`/console/people/${whole}/same`}>{words.t('match.is_joined')}</a>
          </p>
        ) : null}
        {joined.map((one) => (
          <section key={one.id} class="card">
            <h2 dir="auto">{one.name ?? words.t('person.unnamed')}</h2>
            <p class="quiet">{words.t('match.joined_here')}</p>
            <SameForm {...props} act="part" candidate={one.id}>
              <button type="submit" class="button">
                {words.t('match.part')}
              </button>
            </SameForm>
          </section>
        ))}
        {candidates.length === 0 && joined.length === 0 && !whole ? (
          <p class="card">{words.t('match.no_same')}</p>
        ) : null}
        {candidates.map((candidate) => (
          <section key={candidate.id} class="card candidate">
            <div class="columns">
              <div>
                <h2 dir="auto">
                  <a href={`/console/people/${candidate.id}`}>
                    {candidate.values.name ?? words.t('person.unnamed')}
                  </a>
                </h2>
                <Clues words={words} match={candidate.match} />
                <Side
                  words={words}
                  side={{ ...candidate, values: { ...candidate.values, name: undefined } }}
                />
              </div>
              {joined.length === 0 ? (
                <SameForm {...props} act="join" candidate={candidate.id}>
                  <button type="submit" class="button button-main">
                    {words.t('match.join')}
                  </button>
                </SameForm>
              ) : null}
            </div>
          </section>
        ))}
      </div>
    </Frame>
  )
}

type FormProps = SameProps & {
  readonly act: 'join' | 'part'
  readonly candidate: string
  readonly children: ComponentChildren
}

function SameForm({ page, view, newKey, act, candidate, children }: FormProps): JSX.Element {
  const { words } = page
  const { id, version } = view.person
  return (
    <form class="match-form" method="post" action={`/console/people/${id}/same/${act}`}>
      <Hidden fields={{ _csrf: page.token, once: newKey(), version, candidate }} />
      <label>
        {words.t('people.why')}
        <textarea name="note" rows={2} maxLength={longestNote} required />
        <small>{words.t('acts.only_staff')}</small>
      </label>
      {children}
    </form>
  )
}
