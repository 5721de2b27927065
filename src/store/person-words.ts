/**
 * People by the sound of their names and the last digits of their phones, as keyed hashes. A job writes them whenever a
 * person is not of the version that was looked at; an erased one has none.
 */
import { nameKeys, nameWords } from '../core/name-key.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { wordHash } from './word-hash.ts'

type Part = Pick<Database, 'pool' | 'prisma' | 'keys'>
type Hash = Pick<Database['keys'], 'hash'>

/** So many digits of a phone are known by heart; fewer would fit hundreds of people. */
export const digitsAtLeast = 4

/** The hashes of one word of a name: spelt alike or known to be the same, and nearly so. */
export function nameHashes(
  keys: Hash,
  word: string,
): { readonly same: readonly bigint[]; readonly near: readonly bigint[] } {
  const { strong, weak, alias } = nameKeys(word)
  const same = [
    ...(strong === '' ? [] : [wordHash(keys, 'name', strong)]),
    ...(alias === undefined ? [] : [wordHash(keys, 'same_name', alias)]),
  ]
  return { same, near: weak === undefined ? [] : [wordHash(keys, 'near_name', weak)] }
}

/** The hash of the last digits of a phone, or of digits that somebody typed; undefined when there are too few. */
export function digitsHash(keys: Hash, phone: string): bigint | undefined {
  const digits = phone.replace(/\D/g, '')
  return digits.length < digitsAtLeast ? undefined : wordHash(keys, 'digits', digits.slice(-digitsAtLeast))
}

/** Looks at up to `limit` people whose name or phones changed; tells how many there were. */
export async function keepPersonWords({ pool, prisma, keys }: Part, limit: number): Promise<number> {
  const { rows: stale } = await pool.query<{ id: string }>({
    name: 'person_unworded',
    text: 'select id from person where worded_version is distinct from version order by id limit $1',
    values: [limit],
  })
  if (stale.length === 0) return 0
  const people = await prisma.person.findMany({
    where: { id: { in: stale.map(({ id }) => id) } },
    select: {
      ...{ id: true, keyId: true, version: true, nameEnc: true, phoneEnc: true },
      addresses: { select: { address: { select: { id: true, keyId: true, phoneEnc: true } } } },
    },
  })
  const read = (key: string, table: string, column: string, of: string, value: Uint8Array | null) =>
    keys.read(key, placeOf(table, column, of), value)
  await keys.load(people.flatMap((one) => [one.keyId, ...one.addresses.map(({ address }) => address.keyId)]))
  const rows = people.flatMap(({ id, keyId, nameEnc, phoneEnc, addresses }) => {
    const name = read(keyId, 'person', 'name_enc', id, nameEnc) ?? ''
    const phones = [
      read(keyId, 'person', 'phone_enc', id, phoneEnc),
      ...addresses.map(({ address }) =>
        read(address.keyId, 'address', 'phone_enc', address.id, address.phoneEnc),
      ),
    ]
    const words = new Set([
      ...nameWords(name).flatMap((word) => Object.values(nameHashes(keys, word)).flat()),
      ...phones.flatMap((phone) => (phone === undefined ? [] : (digitsHash(keys, phone) ?? []))),
    ])
    return [...words].map((word) => ({ id, word }))
  })
  await pool.query({
    name: 'keep_person_words',
    text: `with old as (
        delete from person_word w using unnest($1::uuid[]) as p(id) where w.person_id = p.id
          and not (w.word, w.person_id) in (select * from unnest($3::bigint[], $4::uuid[]))
      ), looked as (
        update person p set worded_version = u.version from unnest($1::uuid[], $2::int[]) as u(id, version)
        where p.id = u.id
      )
      insert into person_word (word, person_id) select * from unnest($3::bigint[], $4::uuid[]) on conflict do nothing`,
    values: [
      ...[people.map(({ id }) => id), people.map(({ version }) => version)],
      ...[rows.map(({ word }) => String(word)), rows.map(({ id }) => id)],
    ],
  })
  return people.length
}

/** More people than that have a name that tells nobody apart. */
const namesakesAtMost = 4_000

/** People who have at least so many of these words, each given by its hashes; the newest first. */
export async function peopleWithWords(
  { pool }: Pick<Part, 'pool'>,
  words: readonly (readonly bigint[])[],
  atLeast = words.length,
): Promise<readonly string[]> {
  const hashes = words.flatMap((some, n) => some.map((hash) => ({ hash, n })))
  if (hashes.length === 0) return []
  const { rows } = await pool.query<{ id: string }>({
    name: 'people_with_words',
    text: `select p.person_id as id from person_word p
      join unnest($1::bigint[], $2::int[]) as w(word, n) on w.word = p.word
      group by p.person_id having count(distinct w.n) >= $3 order by p.person_id desc limit $4`,
    values: [hashes.map(({ hash }) => String(hash)), hashes.map(({ n }) => n), atLeast, namesakesAtMost],
  })
  return rows.map(({ id }) => id)
}
