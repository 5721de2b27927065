/** Writes the large office into an empty database, batch by batch, with the memory of one batch. */
import type pg from 'pg'
import { tablesOf } from '../../src/demo/cells.ts'
import { openLedger } from '../../src/demo/ledger.ts'
import { writeFiles } from '../../src/demo/load.ts'
import type { Places } from '../../src/demo/people.ts'
import { keepAllWords } from '../../src/job/keep-words.ts'
import { type Cells, copyRows } from '../../src/store/copy.ts'
import type { Database } from '../../src/store/database.ts'
import { realClock } from '../../src/world.ts'
import { live } from './large-person.ts'
import { openTown, type Town } from './large-town.ts'

export type LargeSettings = {
  readonly people: number
  readonly seed: string
  /** The story ends here. */
  readonly now: Date
  readonly places: Places
  readonly passwordHash: string
  readonly mediaFolder: string
  readonly tell: (words: string) => void
}

export type LargeReport = Readonly<
  Record<'people' | 'messages' | 'requests' | 'unfinished' | 'events', number>
>

const peopleAtOnce = 500

/**
 * Written aside first and moved when all are there: people come one after the other, while their messages must lie mixed
 * and in the order of time, as they would after two years.
 */
const moved = { message: 'created_at, id', media: 'created_at, id', event: 'id' } as const

/** Fills a migrated database in which nobody ever did anything; fails with a plain Error on any other. */
export async function fillLarge(
  database: Pick<Database, 'pool' | 'prisma' | 'keys'>,
  settings: LargeSettings,
): Promise<LargeReport> {
  const client = await database.pool.connect()
  try {
    await refuseFilled(client)
    // What is half written after a crash of the machine is thrown away and made again.
    await client.query('set synchronous_commit = off')
    for (const table of Object.keys(moved)) {
      await client.query(`create unlogged table "large_${table}" (like "${table}" including defaults)`)
    }
    const town = openTown(settings.seed, settings.now, settings.places, database.keys.hash)
    await writePeople(client, database, town, settings)
    await moveInOrder(client, settings.tell)
    await client.query("select setval('request_reference', $1)", [Math.max(1, town.references())])
    settings.tell('words by which they are found')
    await keepEveryWord(database)
    settings.tell('statistics')
    await client.query('vacuum (analyze)')
    return await countAll(client)
  } finally {
    client.release(true)
  }
}

async function refuseFilled(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ filled: boolean }>(
    `select exists (select from staff) or exists (select from person) or exists (select from address)
       or exists (select from message) or exists (select from request) or exists (select from channel) as filled`,
  )
  if (rows[0]?.filled !== false) {
    throw new Error(
      'This database is not empty, and nothing was changed. Choose another: DATA_DIR=./data-large2 npm run seed:large',
    )
  }
}

/** While one batch is on its way into the database, the next one is thought up. */
async function writePeople(
  client: pg.ClientBase,
  { keys }: Pick<Database, 'keys'>,
  town: Town,
  { people, passwordHash, mediaFolder, tell }: LargeSettings,
): Promise<void> {
  let writing: Promise<void> = Promise.resolve()
  for (let n = 1; n <= people; n++) {
    live(town, n)
    if (n % peopleAtOnce !== 0 && n !== people) continue
    const batch = [...tablesOf(town.ledger, keys, passwordHash)]
    await writeFiles(keys, town.ledger, mediaFolder)
    await writing
    writing = writeBatch(client, batch)
    // Told where it is awaited; until then a failure must not end the process.
    writing.catch(() => {})
    town.ledger = nextLedger(town)
    if (n % 10_000 === 0) tell(`${n} people`)
  }
  await writing
}

/** Channels are looked up with every message; everything else of the batch before is forgotten. */
function nextLedger({ ledger, channels }: Town): Town['ledger'] {
  const next = openLedger()
  for (const id of Object.values(channels)) next.insert('channel', id, ledger.get('channel', id).plain)
  return next
}

async function writeBatch(
  client: pg.ClientBase,
  batch: readonly (readonly [string, Cells[]])[],
): Promise<void> {
  await client.query('begin')
  for (const [table, rows] of batch) {
    if (table === 'channel' && (await client.query('select from channel limit 1')).rowCount !== 0) continue
    await copyRows(client, table in moved ? `large_${table}` : table, rows)
  }
  await client.query('commit')
}

async function moveInOrder(client: pg.ClientBase, tell: LargeSettings['tell']): Promise<void> {
  for (const [table, order] of Object.entries(moved)) {
    tell(`${table}s in the order of time`)
    const { rows } = await client.query<{ names: string }>(
      `select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as names
       from information_schema.columns
       where table_schema = current_schema() and table_name = $1 and column_name <> 'position'`,
      [table],
    )
    const names = rows[0]?.names ?? ''
    // Positions come from the sequence while rows go in, hence in this order.
    await client.query(
      `insert into "${table}" (${names}) select ${names} from "large_${table}" order by ${order}`,
    )
    await client.query(`drop table "large_${table}"`)
  }
}

/** The job that the program runs beside the road, until nothing is left to look at. */
async function keepEveryWord(database: Pick<Database, 'pool' | 'prisma' | 'keys'>): Promise<void> {
  for (;;) {
    const kept = await keepAllWords({ ...database, clock: realClock })
    if (!kept || kept.people + kept.messages === 0) return
  }
}

async function countAll(client: pg.ClientBase): Promise<LargeReport> {
  const { rows } = await client.query<LargeReport>(
    `select (select count(*)::int from person) as people, (select count(*)::int from message) as messages,
       (select count(*)::int from request) as requests,
       (select count(*)::int from request where state <> 'closed') as unfinished,
       (select count(*)::int from event) as events`,
  )
  if (!rows[0]) throw new Error('nothing was counted')
  return rows[0]
}
