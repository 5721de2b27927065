/**
 * The words of messages as keyed hashes, kept by a job beside the road (job/keep-words.ts). What one message says is known
 * when it is written and never changes, so a message is looked at once.
 */
import type { Database } from './database.ts'
import { type Keys, placeOf } from './encryption.ts'
import { parseBody, parseSpoken } from './message-body.ts'
import { lookedAt, wordHash } from './word-hash.ts'

type Part = Pick<Database, 'pool' | 'keys'>

export type Wordless = { readonly id: string; readonly text: string }

type BodyRow = {
  readonly id: string
  readonly direction: string
  readonly key_id: string
  readonly body_enc: Buffer
}

/**
 * Messages from this id on that were not looked at, in the order of ids: what people and staff wrote. What the conversation
 * says is the same for everybody and is not kept.
 */
export async function wordlessMessages(
  { pool, keys }: Part,
  from: string,
  limit: number,
): Promise<readonly Wordless[]> {
  const { rows } = await pool.query<BodyRow>({
    name: 'wordless_messages',
    text: `select m.id, m.direction, m.key_id, m.body_enc from message m
      where m.id >= $1 and (m.direction = 'in' or m.staff_id is not null)
        and m.visibility <> 'sealed' and m.deleted_at is null and not exists (select from message_word w where w.message_id = m.id)
      order by m.id limit $2`,
    values: [from, limit],
  })
  await keys.load(rows.map((row) => row.key_id))
  return rows.map((row) => ({ id: row.id, text: textOfBody(row, keys) }))
}

/** What a message says in writing; nothing when there is no text in it, or when it was erased. Its key is loaded. */
export function textOfBody(row: BodyRow, keys: Keys): string {
  const body = keys.read(row.key_id, placeOf('message', 'body_enc', row.id), row.body_enc)
  if (body === undefined) return ''
  if (row.direction === 'out') return parseSpoken(body).text
  const { content } = parseBody(body)
  return 'text' in content ? (content.text ?? '') : ''
}

/** Keeps the words of these messages; one that is gone meanwhile is left out, and none goes while its words are written; one that another process kept stays. */
export async function keepWords(
  { pool, keys }: Part,
  messages: readonly { readonly id: string; readonly words: readonly string[] }[],
): Promise<void> {
  const rows = messages.flatMap(({ id, words }) =>
    [lookedAt, ...words.map((word) => wordHash(keys, 'said', word))].map((word) => ({ id, word })),
  )
  await pool.query({
    name: 'keep_words',
    text: `with m as (select id from message where id = any($2::uuid[]) for key share)
      insert into message_word (word, message_id)
      select u.word, m.id from unnest($1::bigint[], $2::uuid[]) as u(word, id) join m on m.id = u.id
      on conflict do nothing`,
    values: [rows.map(({ word }) => String(word)), rows.map(({ id }) => id)],
  })
}

const place = 'message_words'

/** Up to where every message was looked at: an id, the smallest of all at the very first. */
export async function wordsKeptUntil(pool: Part['pool']): Promise<string> {
  const { rows } = await pool.query<{ value: string }>('select value from setting where key = $1', [place])
  return rows[0]?.value ?? '00000000-0000-0000-0000-000000000000'
}

export async function rememberWordsKept(pool: Part['pool'], until: string): Promise<void> {
  await pool.query(
    `insert into setting (key, value) values ($1, to_jsonb($2::text)) on conflict (key) do update set value = excluded.value`,
    [place, until],
  )
}

/** How many messages of a word are counted to find the rarest. */
const countedAtMost = 2_000
/** How far back a word that everybody says is looked for. */
const lookedBack = 20_000

export type Found = {
  readonly ids: readonly string[] /** Only the newest with these words were looked at. */
  readonly cut: boolean
}

/** The newest messages that have all these words, by their hashes. */
export async function messagesWithWords(
  { pool, keys }: Part,
  words: readonly string[],
  limit: number,
): Promise<Found> {
  if (words.length === 0) return { ids: [], cut: false }
  const hashes = words.map((word) => String(wordHash(keys, 'said', word)))
  const { rows: counted } = await pool.query<{ word: string; n: string }>({
    name: 'words_counted',
    text: `select q.word, (select count(*) from (select from message_word w where w.word = q.word limit $2) few) as n
      from unnest($1::bigint[]) as q(word)`,
    values: [hashes, countedAtMost],
  })
  const [rarest, ...others] = counted.toSorted((one, other) => Number(one.n) - Number(other.n))
  if (!rarest || rarest.n === '0') return { ids: [], cut: false }
  const { rows } = await pool.query<{ id: string | null; seen: number }>({
    name: 'words_found',
    text: `with rare as materialized (
        select message_id from message_word where word = $1 order by message_id desc limit $3
      ), found as (
        select message_id from rare where (
          select count(*) from message_word w where w.message_id = rare.message_id and w.word = any($2::bigint[])
        ) = cardinality($2::bigint[]) order by message_id desc limit $4
      )
      select found.message_id as id, (select count(*)::int from rare) as seen
      from (select) one left join found on true order by id desc`,
    values: [rarest.word, others.map(({ word }) => word), lookedBack, limit],
  })
  return { ids: rows.flatMap(({ id }) => id ?? []), cut: (rows[0]?.seen ?? 0) === lookedBack }
}
