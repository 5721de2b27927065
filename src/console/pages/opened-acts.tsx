/** Acts that are not of every day: their forms are fetched when somebody opens them, or stand on a page of their own. */
import type { JSX } from 'preact'
import { type QueueKey, queueKeys, queueOf } from '../../core/queue.ts'
import type { Priority, RequestKind } from '../../core/request.ts'
import { isGuarded } from '../allowed.ts'
import type { RequestView } from '../view.ts'
import { type FormProps, Reason } from './fold.tsx'
import type { IconName } from './icon.tsx'
import { colleagueName, WhenField } from './sharing-fields.tsx'
import { AssignFields, MergeFields, SnoozeFields } from './sharing-forms.tsx'
import { SortFields } from './sort-form.tsx'

type OpenedAct = {
  readonly icon: IconName
  /** Key of its verb. */
  readonly label: string
  /** What the button that does it says, where the verb is not enough. */
  readonly send?: string
  readonly offered: (view: RequestView) => boolean
  readonly Fields: (props: FormProps) => JSX.Element
}

/** By the last word of their address, in the order of the menu. */
export const openedActs: Readonly<Record<string, OpenedAct>> = {
  'hand-over': {
    ...{ icon: 'hand', label: 'acts.hand_over', Fields: HandOver },
    offered: ({ allowed }) => allowed.handOver,
  },
  assign: {
    ...{ icon: 'person', label: 'lists.assign', Fields: AssignFields },
    offered: ({ sharing }) => sharing.assign,
  },
  attempt: {
    ...{ icon: 'phone', label: 'acts.attempt', send: 'acts.record', Fields: Attempt },
    offered: ({ allowed }) => allowed.attempt,
  },
  snooze: {
    ...{ icon: 'moon', label: 'lists.snooze', Fields: SnoozeFields },
    offered: ({ sharing }) => sharing.snooze && !sharing.wake,
  },
  merge: {
    ...{ icon: 'hand', label: 'lists.merge', Fields: MergeFields },
    offered: ({ sharing }) => !sharing.into && sharing.alike.length > 0,
  },
  priority: {
    ...{ icon: 'flag', label: 'acts.priority', send: 'acts.change', Fields: PriorityFields },
    offered: ({ allowed }) => allowed.priority,
  },
  sort: {
    ...{ icon: 'shield', label: 'acts.sort', send: 'acts.change', Fields: SortFields },
    offered: ({ allowed }) => allowed.sort,
  },
  'shut-out': {
    ...{ icon: 'lock', label: 'report.shut_out', send: 'report.shut_out_do', Fields: ShutOutFields },
    offered: ({ facts }) => facts.about !== undefined && facts.row.state !== 'closed',
  },
  'false-alarm': {
    ...{ icon: 'shield', label: 'acts.false_alarm', send: 'acts.hand_back', Fields: FalseAlarm },
    offered: ({ allowed }) => allowed.falseAlarm,
  },
}

/** What the reader may do with a request besides the acts of every day. */
export function offeredActs(view: RequestView): readonly (readonly [string, OpenedAct])[] {
  return Object.entries(openedActs).filter(([, { offered }]) => offered(view))
}

/** A sealed matter goes to nobody but those who guard such matters. */
function mayGo(row: RequestView['facts']['row'], queue: QueueKey): boolean {
  return row.visibility !== 'sealed' || queueOf(queue).guards === true
}

function HandOver(props: FormProps): JSX.Element {
  const { words, view } = props
  return (
    <>
      <label>
        {words.t('acts.to')}
        <select name="to" required>
          <option value="">{words.t('acts.choose')}</option>
          <optgroup label={words.t('acts.queues')}>
            {queueKeys
              .filter((queue) => queue !== view.facts.row.queue && mayGo(view.facts.row, queue))
              .map((queue) => (
                <option key={queue} value={`queue:${queue}`}>
                  {words.t(`queue.${queue}`)}
                </option>
              ))}
          </optgroup>
          {view.colleagues.length > 0 ? (
            <optgroup label={words.t('acts.colleagues')}>
              {view.colleagues.map((colleague) => (
                <option key={colleague.id} value={`staff:${colleague.id}`}>
                  {colleagueName(words, colleague)}
                </option>
              ))}
            </optgroup>
          ) : null}
        </select>
      </label>
      <Reason words={words} label={words.t('acts.reason')} required={true} />
    </>
  )
}

function Attempt(props: FormProps): JSX.Element {
  const { words } = props
  return (
    <>
      <fieldset>
        <legend>{words.t('acts.way')}</legend>
        {(['call', 'visit', 'message'] as const).map((way) => (
          <label key={way} class="option">
            <input type="radio" name="way" value={way} required />
            {words.t(`way.${way}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{words.t('acts.result')}</legend>
        <label class="option">
          <input type="radio" name="reached" value="yes" required />
          {words.t('attempt.reached')}
        </label>
        <label class="option">
          <input type="radio" name="reached" value="no" />
          {words.t('attempt.missed')}
        </label>
      </fieldset>
      <WhenField words={words} />
      <Reason words={words} label={words.t('acts.note')} required={false} />
    </>
  )
}

function PriorityFields(props: FormProps): JSX.Element {
  const { words, view } = props
  const { row } = view.facts
  const all: readonly Priority[] = [0, 1, 2, 3, 4]
  // A protection matter is not lowered: it is handed back as a false alarm or not at all.
  const priorities = isGuarded(row.kind) ? all.filter((priority) => priority <= row.priority) : all
  return (
    <fieldset>
      <legend>{words.t('acts.priority_of')}</legend>
      {priorities.map((priority) => (
        <label key={priority} class="option">
          <input type="radio" name="priority" value={String(priority)} checked={priority === row.priority} />
          {words.t(`priority.${priority}`)}
        </label>
      ))}
    </fieldset>
  )
}

/** By hand, for whom no name told. */
function ShutOutFields({ words, view }: FormProps): JSX.Element {
  return (
    <label>
      {words.t('report.colleague')}
      <select name="colleague" required>
        <option value="">{words.t('acts.choose')}</option>
        {view.facts.about?.others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <small>{words.t('report.shut_out_help')}</small>
    </label>
  )
}

function FalseAlarm(props: FormProps): JSX.Element {
  const { words } = props
  return (
    <>
      <p>{words.t('acts.false_alarm_help')}</p>
      <label>
        {words.t('acts.kind')}
        <select name="kind" required>
          {harmlessKinds.map((kind) => (
            <option key={kind} value={kind}>
              {words.any(`taxonomy.${kind}`)}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

/** What a false alarm may turn out to be. */
export const harmlessKinds = [
  'request.person',
  'request.need',
  'request.followup',
  'request.info',
  'complaint.service',
] as const satisfies readonly RequestKind[]
