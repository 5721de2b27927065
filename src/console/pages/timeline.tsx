/** Everything that was said and done with a person, newest last; what was before comes when it is asked for. */
import type { JSX } from 'preact'
import type { PersonView, Timeline } from '../person-load.ts'
import type { Words } from '../words.ts'
import { Icon } from './icon.tsx'
import { Entry, ThreadPart } from './thread.tsx'

export function TimelinePart({ words, view }: { words: Words; view: PersonView }): JSX.Element {
  const { person, timeline, past } = view
  const base = `/console/people/${person.id}`
  return (
    <section class="card timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{words.t('person.timeline')}</h2>
      <EarlierLink words={words} person={person.id} earlier={timeline.earlier} />
      {past ? (
        <>
          <ol class="items" id="thread">
            <Entries words={words} timeline={timeline} />
          </ol>
          <p class="pages">
            <a href={`${base}#thread`}>{words.t('people.latest')}</a>
          </p>
        </>
      ) : (
        <ThreadPart
          words={words}
          thread={timeline.thread}
          from={`${base}/thread`}
          hints={[`person-${person.id}`]}
        />
      )}
    </section>
  )
}

/** An older page, in the place of the link that asked for it. */
export function EarlierPart(props: { words: Words; person: string; timeline: Timeline }): JSX.Element {
  const { words, person, timeline } = props
  return (
    <>
      <EarlierLink words={words} person={person} earlier={timeline.earlier} />
      <ol class="items earlier">
        <Entries words={words} timeline={timeline} />
      </ol>
    </>
  )
}

function Entries({ words, timeline }: { words: Words; timeline: Timeline }): JSX.Element {
  const { items } = timeline.thread
  return (
    <>
      {items.map((item, n) => (
        <Entry key={item.id} words={words} item={item} before={items[n - 1]} />
      ))}
    </>
  )
}

type EarlierProps = { words: Words; person: string; earlier: string | undefined }

/** With a script the older page comes into this one, otherwise it is a page of its own. */
function EarlierLink({ words, person, earlier }: EarlierProps): JSX.Element | null {
  if (earlier === undefined) return null
  return (
    <p class="pages" id="earlier">
      <a
        class="button button-small"
        href={`/console/people/${person}?before=${earlier}#thread`}
        hx-get={`/console/people/${person}/earlier?before=${earlier}`}
        hx-target="#earlier"
        hx-swap="outerHTML"
      >
        <Icon name="back" />
        {words.t('people.earlier')}
      </a>
    </p>
  )
}
