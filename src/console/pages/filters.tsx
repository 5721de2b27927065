/** What narrows a list: the filters that stand as chips to take away, and one form that adds more; it works without scripts. */
import type { JSX } from 'preact'
import type { Age } from '../../store/request-look.ts'
import type { Choices } from '../load-bulk.ts'
import { type FilterName, filterPairs, filterValues, lookQuery, without } from '../look.ts'
import type { Look, Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import { KeepView } from './saved-views.tsx'

type FilterProps = {
  readonly words: Words
  readonly token: string
  readonly look: Look
  readonly saved: Rail['saved']
  readonly regions: Choices['regions']
}

export function Filters(props: FilterProps): JSX.Element {
  const { words, look, regions } = props
  const pairs = filterPairs(look.filter)
  const { filter: _, ...plain } = look
  return (
    <div class="filters">
      <details class="fold" name="list-acts">
        <summary class="button">
          <Icon name="list" />
          {words.t('lists.filter')}
        </summary>
        <div class="fold-body">
          <FilterForm {...props} />
          <KeepView words={words} token={props.token} look={look} saved={props.saved} />
        </div>
      </details>
      <ul class="filter-chips" aria-label={words.t('lists.filters')}>
        {pairs.map(([name, value]) => (
          <li key={`${name}=${value}`}>
            <a class="chip filter-chip" href={`/console/requests${lookQuery(without(look, name, value))}`}>
              <span class="hidden">{words.t('lists.take_away')}</span>
              {valueName(words, regions, name, value)}
              <Icon name="cross" />
            </a>
          </li>
        ))}
        {pairs.length > 1 ? (
          <li>
            <a class="filter-none" href={`/console/requests${lookQuery(plain)}`}>
              {words.t('lists.no_filter')}
            </a>
          </li>
        ) : null}
      </ul>
      {look.order ? <p class="filter-order">{words.t('lists.newest_first')}</p> : null}
    </div>
  )
}

/** Each list adds one value to what stands; the order and the age are one of several. */
function FilterForm({ words, look, regions }: FilterProps): JSX.Element {
  const names: readonly FilterName[] = [
    ...('view' in look ? (['queue'] as const) : []),
    ...(['kind', 'category', 'priority', 'language', 'region', 'channel'] as const),
  ]
  return (
    <form method="get" action="/console/requests" class="filter-form">
      {'view' in look ? <Hidden fields={{ view: look.view }} /> : <Hidden fields={{ queue: look.queue }} />}
      {filterPairs(look.filter)
        .filter(([name]) => name !== 'age')
        .map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
      {names.map((name) => (
        <label key={name}>
          {words.t(`lists.by.${name}`)}
          <select name={name}>
            <option value="">{words.t('lists.any')}</option>
            {valuesOf(name, regions).map((value) => (
              <option key={value} value={value}>
                {valueName(words, regions, name, value)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label>
        {words.t('lists.by.age')}
        <select name="age">
          <option value="">{words.t('lists.any')}</option>
          {filterValues.age.map((age) => (
            <option key={age} value={age} selected={look.filter?.age === age}>
              {ageName(words, age)}
            </option>
          ))}
        </select>
      </label>
      {'view' in look && look.view === 'closed' ? null : (
        <label>
          {words.t('lists.order')}
          <select name="order">
            <option value="due">{words.t('lists.due_first')}</option>
            <option value="newest" selected={look.order === 'newest'}>
              {words.t('lists.newest_first')}
            </option>
          </select>
        </label>
      )}
      <button type="submit" class="button button-main">
        {words.t('lists.apply')}
      </button>
    </form>
  )
}

function valuesOf(name: FilterName, regions: Choices['regions']): readonly string[] {
  if (name === 'region') return regions.map(({ id }) => id)
  return name === 'returned' || name === 'campaign' ? [] : filterValues[name].map(String)
}

export function valueName(
  words: Words,
  regions: Choices['regions'],
  name: FilterName,
  value: string,
): string {
  switch (name) {
    case 'kind':
      return words.any(`taxonomy.${value}`)
    case 'category':
      return words.t(`need.${value}`)
    case 'region':
      return regions.find(({ id }) => id === value)?.name ?? value
    case 'channel':
      return words.t(value === 'whatsapp_web' ? 'lists.whatsapp_web' : `channel.${value}`)
    case 'age':
      return ageName(words, value as Age)
    case 'returned':
    case 'campaign':
      return words.t(`lists.by.${name}`)
    default:
      return words.t(`${name}.${value}`)
  }
}

function ageName(words: Words, age: Age): string {
  return words.t(`lists.age.${age}`)
}
