/**
 * The erasing of a person. What they said and what is known of them goes: rows are emptied, look-ups and files deleted,
 * keys destroyed. Requests, events and counts stay without a word of theirs. What is sealed has a key of its own and lives
 * or dies by other rules.
 */
import type pg from 'pg'
import type { ErasureReason } from '../core/erasure.ts'
import { Failure } from '../failure.ts'
import { inTransaction } from './commit.ts'
import type { Database } from './database.ts'
import { eventParts } from './event-parts.ts'
import type { NewEvent } from './road.ts'

/** The files that were found to be of one person, whichever of them is asked for; empty for nobody. */
export async function joinedFiles(prisma: Database['prisma'], id: string): Promise<readonly string[]> {
  const one = await prisma.person.findUnique({ where: { id }, select: { sameAsId: true } })
  if (!one) return []
  const head = one.sameAsId ?? id
  const others = await prisma.person.findMany({ where: { sameAsId: head }, select: { id: true } })
  return [head, ...others.map((other) => other.id)]
}

/** When a person was erased, why, and from when on that holds in backups too; undefined for whoever is not. */
export async function readErasure(
  prisma: Database['prisma'],
  person: string,
): Promise<{ readonly at: Date; readonly reason: ErasureReason; readonly effective: Date } | undefined> {
  const row = await prisma.event.findFirst({
    where: { personId: person, type: 'person_erased' },
    orderBy: { id: 'asc' },
    select: { at: true, facts: true },
  })
  if (!row) return undefined
  // Written by an erasure alone.
  const { reason, effective } = row.facts as { reason: ErasureReason; effective: string }
  return { at: row.at, reason, effective: new Date(effective) }
}

/** What history says of an erasure: one event for each file, by its person. */
export type ErasureEvent = { readonly turn: string; readonly of: ReadonlyMap<string, NewEvent> }

/**
 * Erases a person with every file that was joined to theirs, in one transaction; said again, it finishes what a crash left.
 * Gives the files on disk that are to be dropped. Effective for copies when the last backup that holds the keys has expired
 * (core/erasure.ts). Fails with `person:not_found`.
 */
export async function erasePerson(
  { pool, prisma, keys }: Database,
  id: string,
  at: Date,
  told?: ErasureEvent,
): Promise<readonly string[]> {
  const people = await joinedFiles(prisma, id)
  if (people.length === 0) throw new Failure('person:not_found', { person: id })
  const alone = await prisma.address.findMany({
    where: {
      people: { some: { personId: { in: [...people] } }, every: { personId: { in: [...people] } } },
    },
    select: { id: true, keyId: true },
  })
  const own = await prisma.person.findMany({ where: { id: { in: [...people] } }, select: { keyId: true } })
  const gone = [...own, ...alone].map(({ keyId }) => keyId)
  const addresses = alone.map((address) => address.id)
  const files = await inTransaction(pool, async (client) => {
    const media = await emptyRows(client, people, addresses, own[0]?.keyId ?? '')
    await client.query('update person set erased_at = coalesce(erased_at, $2) where id = any($1::uuid[])', [
      people,
      at,
    ])
    await client.query(
      'update subject_key set wrapped = null, erased_at = coalesce(erased_at, $2) where id = any($1::uuid[])',
      [gone, at],
    )
    if (told) await writeEvents(client, told, at)
    return media
  })
  // Destroyed already; this process forgets them at once.
  for (const key of gone) await keys.erase(key, at)
  return files
}

/** What is emptied of people, who are `$1`. */
const ofPeople = [
  `update person set name_enc = null, place_enc = null, phone_enc = null, safe_contact_enc = null, phone_hash = null,
    sex = null, birth_year = null, region = null, cercle = null, return_country = null, return_date = null,
    version = version + 1
   where id = any($1::uuid[])`,
  'delete from person_word where person_id = any($1::uuid[])',
  'update case_file set number_enc = null, number_hash = null, returned_on = null where person_id = any($1::uuid[])',
  `update request set text_enc = null, said_age = null where person_id = any($1::uuid[]) and visibility <> 'sealed'`,
  `delete from draft d using request r
   where r.id = d.request_id and r.person_id = any($1::uuid[]) and r.visibility <> 'sealed'`,
  `update need n set text_enc = null from request r
   where r.id = n.request_id and n.person_id = any($1::uuid[]) and r.visibility <> 'sealed'`,
  'update feedback set text_enc = null, elsewhere_enc = null where person_id = any($1::uuid[])',
  // A partner who was told of them is asked to remove it.
  `update referral f set note_enc = null, shared_enc = null, prompt = null, ask_person_at = null,
    state = case when f.sent_at is null then f.state else 'withdrawn' end from request r
   where r.id = f.request_id and f.person_id = any($1::uuid[]) and r.visibility <> 'sealed'`,
  `update contact_attempt a set note_enc = null where a.person_id = any($1::uuid[])
    and not exists (select from request r where r.id = a.request_id and r.visibility = 'sealed')`,
  `update event set secret_enc = null
   where person_id = any($1::uuid[]) and visibility <> 'sealed' and secret_enc is not null`,
  'delete from card where person_id = any($1::uuid[]) and used_at is null',
  'update survey_record set answers_enc = null where person_id = any($1::uuid[])',
  'delete from proxy where person_id = any($1::uuid[]) or writer_id = any($1::uuid[])',
  'update session set code_hash = null, alarm_hash = null where person_id = any($1::uuid[])',
]

/** What is emptied of people, and of addresses that were theirs alone, which are `$2`. */
const ofBoth = [
  `delete from message_word w using message m
   where m.id = w.message_id and (m.address_id = any($2::uuid[]) or m.person_id = any($1::uuid[]))`,
  // On a phone that others use their walk is over as well; the others keep theirs.
  `update session set state_enc = null, version = version + 1
   where person_id = any($1::uuid[]) and address_id <> all($2::uuid[])`,
]

/** Empties the rows; gives the files that went with messages of theirs. */
async function emptyRows(
  client: pg.PoolClient,
  people: readonly string[],
  addresses: readonly string[],
  key: string,
): Promise<readonly string[]> {
  for (const text of ofPeople) await client.query(text, [people])
  for (const text of ofBoth) await client.query(text, [people, addresses])
  await client.query(
    'update address set phone_hash = null, phone_enc = null, display_enc = null where id = any($1::uuid[])',
    [addresses],
  )
  // What they said on a phone that others use lies under a key that stays: the words themselves go.
  await client.query(
    `update message set body_enc = ''::bytea, key_id = $3
     where person_id = any($1::uuid[]) and address_id <> all($2::uuid[]) and visibility <> 'sealed'`,
    [people, addresses, key],
  )
  const { rows } = await client.query<{ id: string }>(
    `update media f set transcript_enc = null, state = 'gone' from message m
     where m.id = f.message_id and m.visibility <> 'sealed'
       and (m.person_id = any($1::uuid[]) or m.address_id = any($2::uuid[]))
     returning f.id`,
    [people, addresses],
  )
  return rows.map((row) => row.id)
}

async function writeEvents(client: pg.PoolClient, { turn, of }: ErasureEvent, at: Date): Promise<void> {
  for (const [person, { id, by, happening, visibility }] of of) {
    await client.query(
      `insert into event (id, at, turn_id, type, by, staff_id, person_id, facts, visibility)
       values ($1, $2, $3, $4, 'staff', $5, $6, $7, $8)`,
      [
        ...[id, at, turn, happening.type, typeof by === 'object' ? by.staff : null, person],
        ...[JSON.stringify(eventParts(happening).facts), visibility],
      ],
    )
  }
}
