/** The queues: how requests find their owner, from how many on somebody is alerted, who sits where. */
import type { JSX } from 'preact'
import { assignments } from '../../core/assignment.ts'
import type { QueueKey } from '../../core/queue.ts'
import type { QueueSetting } from '../../store/queue-setting.ts'
import type { Colleague, Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'
import { Icon } from './icon.tsx'

type QueueLine = {
  readonly queue: QueueKey
  readonly setting: QueueSetting
  readonly seated: readonly Colleague[]
  /** Who sits there is not changed here. */
  readonly guarded: boolean
}

type QueuesProps = {
  readonly page: Page
  readonly rail: Rail
  readonly queues: readonly QueueLine[]
  readonly chosen?: QueueKey
  readonly colleagues: readonly Colleague[]
  readonly fault?: string
  readonly done: boolean
}

export function QueuesPage(props: QueuesProps): JSX.Element {
  const { page, rail, queues, chosen, fault, done } = props
  const { words } = page
  const line = queues.find(({ queue }) => queue === chosen)
  return (
    <Frame
      page={page}
      title={words.t('lists.queues')}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'gear', text: words.t('lists.queues') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{words.t('lists.queues')}</h1>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        {done ? (
          <p class="done" role="status">
            {words.t('admin.saved')}
          </p>
        ) : null}
        <div class="columns">
          <section class="card">
            <h2>{words.t('lists.all_queues')}</h2>
            <ul class="plain queue-lines">
              {queues.map((one) => (
                <QueueLink key={one.queue} words={words} line={one} current={one.queue === chosen} />
              ))}
            </ul>
          </section>
          {line ? <Chosen {...props} line={line} /> : null}
        </div>
      </div>
    </Frame>
  )
}

function QueueLink({
  words,
  line,
  current,
}: {
  words: Words
  line: QueueLine
  current: boolean
}): JSX.Element {
  const { queue, setting, seated } = line
  return (
    <li>
      <a href={`/console/admin/queues?queue=${queue}`} aria-current={current ? 'page' : undefined}>
        {words.t(`queue.${queue}`)}
      </a>
      <small>
        {words.t(`lists.assignment.${setting.assignment}`)} · {words.t('lists.seats', { n: seated.length })}
      </small>
    </li>
  )
}

function Chosen({ page, line, colleagues }: QueuesProps & { line: QueueLine }): JSX.Element {
  const { words, token, staff } = page
  const { queue, setting, seated, guarded } = line
  return (
    <section class="card">
      <h2>{words.t(`queue.${queue}`)}</h2>
      <form class="admin-form" method="post" action="/console/admin/queues/settings">
        <Hidden fields={{ _csrf: token, queue }} />
        <fieldset>
          <legend>{words.t('lists.how_assigned')}</legend>
          {assignments.map((one) => (
            <label key={one} class="option">
              <input type="radio" name="assignment" value={one} checked={setting.assignment === one} />
              <span>
                {words.t(`lists.assignment.${one}`)} <small>{words.t(`lists.assignment_help.${one}`)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <Limit words={words} name="personLimit" value={setting.personLimit} />
        <Limit words={words} name="alertOpen" value={setting.alertOpen} />
        <Limit words={words} name="alertLate" value={setting.alertLate} />
        <button type="submit" class="button button-main">
          {words.t('admin.save')}
        </button>
      </form>
      <h3>{words.t('lists.who_sits')}</h3>
      {seated.length === 0 ? <p class="mind">{words.t('lists.nobody_sits')}</p> : null}
      {guarded || !staff.roles.includes('admin') ? (
        <>
          <ul class="plain">
            {seated.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
          <p class="quiet">
            {guarded ? <Icon name="lock" /> : null}{' '}
            {words.t(guarded ? 'lists.seats_guarded' : 'lists.seats_by_admin')}
          </p>
        </>
      ) : (
        <form class="admin-form" method="post" action="/console/admin/queues/seats">
          <Hidden fields={{ _csrf: token, queue }} />
          <fieldset class="seat-boxes">
            <legend>{words.t('lists.seat')}</legend>
            {colleagues.map(({ id, name }) => (
              <label key={id} class="option">
                <input
                  type="checkbox"
                  name="staff"
                  value={id}
                  checked={seated.some((one) => one.id === id)}
                  disabled={id === staff.id}
                />
                {name}
              </label>
            ))}
          </fieldset>
          <button type="submit" class="button">
            {words.t('admin.save')}
          </button>
        </form>
      )}
    </section>
  )
}

type LimitName = 'personLimit' | 'alertOpen' | 'alertLate'

function Limit({
  words,
  name,
  value,
}: {
  words: Words
  name: LimitName
  value: number | undefined
}): JSX.Element {
  return (
    <label>
      {words.t(`lists.limit.${name}`)}
      <input
        name={name}
        inputMode="numeric"
        pattern="[1-9][0-9]{0,4}"
        maxLength={5}
        value={value === undefined ? '' : String(value)}
      />
      <small>{words.t('lists.limit_help')}</small>
    </label>
  )
}
