/** A look at the requests and the address that leads to it: the same look always has the same address. */
import { languages } from '../core/language.ts'
import { needCategories } from '../core/need.ts'
import { queueKeys } from '../core/queue.ts'
import { type Priority, type RequestKind, requestKinds } from '../core/request.ts'
import { isId } from '../store/request.ts'
import { ages, type RequestFilter } from '../store/request-look.ts'
import { type Look, views } from './view.ts'

/** What an address may ask for, one entry for each kind of filter, in the order in which they are shown. */
export const filterNames = [
  'queue',
  'kind',
  'category',
  'priority',
  'language',
  'region',
  'channel',
  'age',
  'returned',
  'campaign',
] as const
export type FilterName = (typeof filterNames)[number]

export const channelKinds = ['telegram', 'whatsapp_cloud', 'whatsapp_web', 'web_chat'] as const
const kinds = Object.keys(requestKinds) as RequestKind[]
const priorities: readonly Priority[] = [0, 1, 2, 3, 4]

/** The values that each filter can take where the code knows them; regions are those of the country. */
export const filterValues = {
  queue: queueKeys,
  kind: kinds,
  category: needCategories,
  priority: priorities,
  language: languages,
  channel: channelKinds,
  age: ages,
} as const

type Query = Readonly<Record<string, unknown>>

/** The look that an address names; what it does not name, or nobody knows, is the reader's own work. */
export function readLook(query: Query): Look {
  const view = views.find((one) => one === query['view'])
  const queue = queueKeys.find((one) => one === query['queue'])
  // A queue without a view is that queue; with one it narrows the view.
  const alone = view === undefined && queue !== undefined
  const filter = readFilter(alone ? { ...query, queue: undefined } : query)
  return {
    ...(alone ? { queue } : { view: view ?? 'queues' }),
    ...(filter ? { filter } : {}),
    ...(query['order'] === 'newest' ? { order: 'newest' } : {}),
  }
}

/** The address of a look, from the question mark on. */
export function lookQuery(look: Look | undefined): string {
  if (!look) return ''
  const all = new URLSearchParams('view' in look ? { view: look.view } : { queue: look.queue })
  for (const [name, value] of filterPairs(look.filter)) all.append(name, value)
  if (look.order) all.set('order', look.order)
  return `?${all}`
}

/** Name and value of everything that a filter asks for, in one order. */
export function filterPairs(filter: RequestFilter | undefined): readonly (readonly [FilterName, string])[] {
  return filterNames.flatMap((name) => {
    const value = filter?.[name]
    if (value === undefined) return []
    if (value === true) return [[name, 'yes'] as const]
    return [value].flat().map((one) => [name, String(one)] as const)
  })
}

/** The look without one of its filters. */
export function without(look: Look, name: FilterName, value: string): Look {
  const rest = filterPairs(look.filter).filter(([one, other]) => one !== name || other !== value)
  const query: Record<string, string[]> = {}
  for (const [one, other] of rest) query[one] = [...(query[one] ?? []), other]
  const { filter: _, ...plain } = look
  const filter = readFilter(query)
  return filter ? { ...plain, filter } : plain
}

function readFilter(query: Query): RequestFilter | undefined {
  const asked = (name: FilterName) => [query[name]].flat()
  const among = <Value extends string | number>(name: FilterName, values: readonly Value[]) => {
    const found = values.filter((value) => asked(name).includes(String(value)))
    return found.length > 0 ? found : undefined
  }
  const filter: RequestFilter = {
    queue: among('queue', filterValues.queue),
    kind: among('kind', filterValues.kind),
    category: among('category', filterValues.category),
    priority: among('priority', filterValues.priority),
    language: among('language', filterValues.language),
    region: regionsIn(asked('region')),
    channel: among('channel', filterValues.channel),
    age: ages.find((one) => asked('age').includes(one)),
    returned: asked('returned').includes('yes') ? true : undefined,
    campaign: asked('campaign').find((one): one is string => typeof one === 'string' && isId(one)),
  }
  return Object.values(filter).some((value) => value !== undefined) ? filter : undefined
}

/** Ids of regions are words of small letters; one that does not exist is in no request. */
function regionsIn(asked: readonly unknown[]): readonly string[] | undefined {
  const words = asked.filter((one) => typeof one === 'string' && /^[a-z_-]{2,40}$/.test(one)) as string[]
  const found = [...new Set(words)].sort().slice(0, regionsAtMost)
  return found.length > 0 ? found : undefined
}

const regionsAtMost = 30
