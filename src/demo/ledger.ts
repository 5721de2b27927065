/**
 * The demo's tables while the story is told: rows as turns change them, in memory and in clear. `load.ts` encrypts them
 * and brings them into the database at once; two tellings of one seed can be compared here.
 */
import type { By, Happening } from '../core/event.ts'
import type { Content, Spoken } from '../core/message.ts'
import type { Visibility } from '../core/visibility.ts'
import type { Session } from '../flow/session.ts'
import type { Change, Plain, TableName } from '../store/road.ts'

/** The tables that staff fill by hand, beside those that turns write. */
export type DemoTable = TableName | 'channel' | 'office' | 'staff' | 'queue_staff' | 'duty' | 'holiday'

export type DemoRow = {
  readonly plain: Record<string, Plain>
  /** What is encrypted on the way into the database, with its key. */
  readonly secret: Record<string, { readonly text: string; readonly key: string }>
}

export type DemoMedia = {
  readonly id: string
  readonly kind: 'voice' | 'photo'
  readonly mime: string
  readonly seconds?: number
  readonly state: 'stored' | 'gone' | 'too_large'
  readonly bytes: Buffer
  readonly loudness?: Uint8Array
}

export type DemoMessage = {
  readonly id: string
  readonly address: string
  readonly key: string
  person?: string
  request?: string
  visibility: Visibility
  readonly turn: string
  readonly at: Date
  readonly state: string
  readonly failure?: string
  readonly said:
    | {
        readonly in: Content
        readonly seq: number
        readonly externalId: string
        readonly edit: number
        readonly sentAt: Date
        readonly displayName?: string
        readonly phone?: string
        readonly media?: DemoMedia
      }
    | { readonly out: Spoken; readonly staff?: string; readonly media?: DemoMedia }
}

export type DemoEvent = {
  readonly id: string
  readonly at: Date
  readonly turn: string
  readonly by: By
  readonly happening: Happening
  readonly address?: string
  readonly person?: string
  readonly request?: string
  /** Of its secret part. */
  readonly key: string
  visibility: Visibility
}

export type DemoSession = {
  readonly id: string
  readonly address: string
  person?: string
  version: number
  state?: Session
  doubted?: boolean
  at: Date
}

export type Ledger = {
  readonly tables: ReadonlyMap<DemoTable, ReadonlyMap<string, DemoRow>>
  readonly sessions: Map<string, DemoSession>
  readonly messages: ReadonlyMap<string, DemoMessage>
  readonly events: ReadonlyMap<string, DemoEvent>
  addMessage(message: DemoMessage): void
  addEvent(event: DemoEvent): void
  row(table: DemoTable, id: string): DemoRow | undefined
  /** As `row`; a row that is not there is a bug. */
  get(table: DemoTable, id: string): DemoRow
  /** Rows of a table by an indexed column, in the order of writing: requests by address, consents by session, needs by request. */
  by(table: 'request' | 'consent' | 'case_file' | 'need' | 'follow_up', value: string): readonly DemoRow[]
  /** Ids of the messages and events of a request on this address. */
  linked(
    request: string,
    address: string | undefined,
  ): { readonly messages: string[]; readonly events: string[] }
  insert(table: DemoTable, id: string, plain: Record<string, Plain>): void
  /** Does what a turn wished; an update of a row that is not there is a bug and throws. */
  change(change: Change): void
}

/** Rows without an id of their own are named `one/other`. */
const keyColumns: Partial<Record<DemoTable, readonly string[]>> = {
  person_address: ['person_id', 'address_id'],
  request_holder: ['request_id', 'staff_id'],
  request_barred: ['request_id', 'staff_id'],
}

export function openLedger(): Ledger {
  const tables = new Map<DemoTable, Map<string, DemoRow>>()
  const messages = new Map<string, DemoMessage>()
  const events = new Map<string, DemoEvent>()
  const tableOf = (name: DemoTable) => {
    const table = tables.get(name) ?? new Map<string, DemoRow>()
    tables.set(name, table)
    return table
  }
  const onAddress = { messages: new Map<string, DemoMessage[]>(), events: new Map<string, DemoEvent[]>() }
  const index = new Map<string, DemoRow[]>()
  const indexed = (table: DemoTable, row: DemoRow) => {
    const column = indexes[table]
    if (!column) return
    push(index, `${table}/${String(row.plain[column])}`, row)
  }
  const hide = (table: 'message' | 'event', change: Extract<Change, { update: string }>) => {
    const found = (table === 'message' ? messages : events).get(change.id)
    const { visibility, request_id } = change.plain
    if (found && typeof visibility === 'string') found.visibility = visibility as Visibility
    if (found && 'said' in found && typeof request_id === 'string') found.request = request_id
  }
  return {
    tables,
    messages,
    events,
    sessions: new Map(),
    row: (table, id) => tables.get(table)?.get(id),
    by: (table, value) => index.get(`${table}/${value}`) ?? [],
    get(table, id) {
      const row = tables.get(table)?.get(id)
      if (!row) throw new Error(`the story has no such row of ${table}`)
      return row
    },
    addMessage(message) {
      messages.set(message.id, message)
      push(onAddress.messages, message.address, message)
    },
    addEvent(event) {
      events.set(event.id, event)
      push(onAddress.events, event.address ?? '', event)
    },
    linked: (request, address = '') => ({
      messages: idsOf(onAddress.messages.get(address), request),
      events: idsOf(onAddress.events.get(address), request),
    }),
    insert: (table, id, plain) => void tableOf(table).set(id, { plain, secret: {} }),
    change(change) {
      const name = 'insert' in change ? change.insert : change.update
      if ('update' in change && (name === 'message' || name === 'event')) return hide(name, change)
      const id = 'insert' in change ? idOf(name, change.plain) : change.id
      const known = tableOf(name).get(id)
      if ('update' in change && !known)
        throw new Error(`the story changes a row of ${name} that is not there`)
      const row = known ?? { plain: {}, secret: {} }
      tableOf(name).set(id, row)
      Object.assign(row.plain, change.plain)
      if (!known) indexed(name, row)
      if (known && versioned.has(name)) row.plain['version'] = Number(row.plain['version'] ?? 0) + 1
      for (const [column, text] of Object.entries(change.secret ?? {})) {
        if (text !== undefined && change.key) row.secret[column] = { text, key: change.key }
      }
    },
  }
}

const indexes: Partial<Record<DemoTable, string>> = {
  request: 'address_id',
  consent: 'session_id',
  case_file: 'person_id',
  need: 'request_id',
  follow_up: 'request_id',
}
const versioned: ReadonlySet<DemoTable> = new Set(['person', 'case_file', 'request'])

function idOf(table: DemoTable, plain: Readonly<Record<string, Plain>>): string {
  return (keyColumns[table] ?? ['id']).map((column) => String(plain[column])).join('/')
}

function idsOf(
  rows: readonly { readonly id: string; readonly request?: string }[] = [],
  request: string,
): string[] {
  return rows.filter((row) => row.request === request).map(({ id }) => id)
}

function push<T>(groups: Map<string, T[]>, name: string, one: T): void {
  const group = groups.get(name)
  if (group) group.push(one)
  else groups.set(name, [one])
}
