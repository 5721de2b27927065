/**
 * The changes of turns outside the hot tables. Changes of one row in one turn become one; those of many turns that have
 * the same shape become one statement. Inserts come before updates, and parents before children.
 */
import type pg from 'pg'
import { type Keys, placeOf } from './encryption.ts'
import type { Change, Plain, TableName } from './road.ts'

/** One row to insert or update, its values ready for the database. */
type Row = {
  readonly lane: number
  readonly table: TableName
  readonly id: string
  insert: boolean
  version: number | null
  state: string | null
  readonly cells: Map<string, Plain>
}

/** A lane's change was not written because the version it read no longer stands, or because the row is gone. */
export class LostChange extends Error {
  override readonly name = 'LostChange'
  readonly lane: number
  readonly versioned: boolean

  constructor(lane: number, versioned: boolean) {
    super('a row is not as it was read')
    this.lane = lane
    this.versioned = versioned
  }
}

const order: readonly TableName[] = [
  'subject_key',
  'address',
  'person',
  'session',
  'person_address',
  'case_file',
  'request',
  'request_holder',
  'request_barred',
  'nameless_word',
  'mention',
  'listening',
  'alert',
  'proxy',
  'need',
  'follow_up',
  'diary',
  'task_mark',
  'survey_record',
  'referral',
  'feedback',
  'decision',
  'decision_basis',
  'consent',
  'contact_attempt',
  'card',
  'media',
  'knock',
  'campaign_recipient',
  'message',
  'event',
]
const versioned: ReadonlySet<TableName> = new Set([
  'person',
  'session',
  'case_file',
  'request',
  'card',
  'follow_up',
  'diary',
  'referral',
  'feedback',
])
/** Rows without an id of their own are named `one/other`. */
const keyColumns: Partial<Record<TableName, readonly string[]>> = {
  person_address: ['person_id', 'address_id'],
  request_holder: ['request_id', 'staff_id'],
  request_barred: ['request_id', 'staff_id'],
  task_mark: ['subject_id', 'kind', 'step'],
  campaign_recipient: ['campaign_id', 'person_id'],
}
const onConflict: Partial<Record<TableName, string>> = {
  person_address: `on conflict (person_id, address_id) do update set until = null, ended_by = null,
    from_id = excluded.from_id, verified_at = coalesce(excluded.verified_at, person_address.verified_at),
    verified_by = coalesce(excluded.verified_by, person_address.verified_by)`,
  request_holder: 'on conflict do nothing',
  request_barred: 'on conflict do nothing',
  task_mark: `on conflict (subject_id, kind, step) do update set
    done_at = coalesce(excluded.done_at, task_mark.done_at), until = coalesce(excluded.until, task_mark.until)`,
}

/** The rows that the changes of one lane come to; secrets are encrypted with their keys, which are loaded. */
export function rowsOf(lane: number, changes: readonly Change[], keys: Keys): readonly Row[] {
  const rows = new Map<string, Row>()
  for (const change of changes) {
    const table = 'insert' in change ? change.insert : change.update
    const id = 'insert' in change ? idOf(table, change.plain) : change.id
    const row = rows.get(`${table}|${id}`) ?? {
      lane,
      table,
      id,
      insert: false,
      version: null,
      state: null,
      cells: new Map(),
    }
    rows.set(`${table}|${id}`, row)
    if ('insert' in change) row.insert = true
    else {
      row.version ??= change.version ?? null
      row.state ??= change.state ?? null
    }
    for (const [column, value] of Object.entries(change.plain)) row.cells.set(column, value)
    for (const [column, text] of Object.entries(change.secret ?? {})) {
      if (text === undefined) continue
      if (!change.key) throw new Error(`a secret of ${table} has no key`)
      row.cells.set(column, keys.encrypt(change.key, placeOf(table, column, id), text))
    }
  }
  return [...rows.values()].filter((row) => row.insert || row.cells.size > 0)
}

/** The keys that the secrets of these changes need. */
export function keysOf(changes: readonly Change[]): readonly string[] {
  return changes.flatMap((change) => (change.key && change.secret ? [change.key] : []))
}

/** Writes the rows; fails with LostChange, and with PostgreSQL's own refusals. */
export async function writeRows(client: pg.PoolClient, rows: readonly Row[]): Promise<void> {
  const types = await columnTypes(client)
  for (const group of groupsOf(rows)) {
    const [first] = group
    if (!first) continue
    const columns = [...first.cells.keys()]
    const text = first.insert
      ? insertSql(first.table, columns, types)
      : updateSql(first.table, columns, types)
    const cells = columns.map((column) => group.map((row) => row.cells.get(column)))
    const ids = first.insert
      ? []
      : [group.map((row) => row.id), group.map((row) => row.version), group.map((row) => row.state)]
    const { rows: found } = await client.query<{ id: string }>({ text, values: [...ids, ...cells] })
    if (first.insert) continue
    const written = new Set(found.map((row) => row.id))
    const lost = group.find((row) => !written.has(row.id))
    // A row that two lanes change at once is written for one of them only: both are tried alone.
    const twice = found.length < group.length ? group[0] : undefined
    if (lost) throw new LostChange(lost.lane, lost.version !== null || lost.state !== null)
    if (twice) throw new LostChange(twice.lane, true)
  }
}

function groupsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const rank = String(order.indexOf(row.table)).padStart(2, '0')
    const name = `${row.insert ? 0 : 1}|${rank}|${[...row.cells.keys()].join(',')}`
    const group = groups.get(name) ?? []
    group.push(row)
    groups.set(name, group)
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group.sort(byId))
}

/** One order of locks for everybody. */
function byId(one: Row, other: Row): number {
  return one.id < other.id ? -1 : 1
}

function idOf(table: TableName, plain: Readonly<Record<string, Plain>>): string {
  return (keyColumns[table] ?? ['id']).map((column) => String(plain[column])).join('/')
}

type Types = ReadonlyMap<string, string>

function insertSql(table: TableName, columns: readonly string[], types: Types): string {
  const arrays = columns.map((column, i) => `$${i + 1}::${typeOf(types, table, column)}[]`)
  return `insert into ${table} (${columns.join(', ')}) select * from unnest(${arrays.join(', ')}) ${onConflict[table] ?? ''}`
}

function updateSql(table: TableName, columns: readonly string[], types: Types): string {
  const arrays = columns.map((column, i) => `$${i + 4}::${typeOf(types, table, column)}[]`)
  const sets = columns.map((column) => `${column} = u.${column}`)
  const keys = keyColumns[table]
  const same = keys
    ? keys.map((column, i) => `t.${column} = split_part(u.row_id, '/', ${i + 1})::uuid`).join(' and ')
    : 't.id = u.row_id::uuid'
  const stands = versioned.has(table) ? ' and (u.row_version is null or t.version = u.row_version)' : ''
  // The sender moves a message on while somebody looks at it.
  const stays = table === 'message' ? ' and (u.row_state is null or t.state = u.row_state)' : ''
  if (versioned.has(table)) sets.push('version = t.version + 1')
  // In every way in which a case passes on: a complaint about "my worker" may be about any of them.
  if (table === 'case_file' && columns.includes('owner_id')) sets.push(pastOwners)
  return `update ${table} t set ${sets.join(', ')}
    from unnest($1::text[], $2::int[], $3::text[], ${arrays.join(', ')})
      as u(row_id, row_version, row_state, ${columns.join(', ')})
    where ${same}${stands}${stays} returning u.row_id as id`
}

const pastOwners = `past_owners = case when t.owner_id is not null and t.owner_id is distinct from u.owner_id
  and t.owner_id <> all(t.past_owners)
  then t.past_owners || t.owner_id else t.past_owners end`

function typeOf(types: Types, table: TableName, column: string): string {
  const type = types.get(`${table}.${column}`)
  // Also what keeps a column's name from being anything but a column's name.
  if (!type) throw new Error(`there is no column ${table}.${column}`)
  return type
}

let known: Promise<Types> | undefined

/** The types of all columns, read once: every database of this program has the same ones. */
function columnTypes(client: pg.PoolClient): Promise<Types> {
  known ??= client
    .query<{ name: string; type: string }>(
      `select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relname = any($1) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
         and c.relnamespace = current_schema()::regnamespace`,
      [order],
    )
    .then(
      ({ rows }) => new Map(rows.map((row) => [row.name, row.type])),
      (error) => {
        known = undefined
        throw error
      },
    )
  return known
}
