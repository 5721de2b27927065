/** People for tests of the console: with a case, known by name, as the import or a conversation would leave them. */
import { placeOf } from '../../src/store/encryption.ts'
import type { Counter } from './counter.ts'

export type Known = {
  readonly name?: string
  readonly phone?: string
  readonly caseNumber?: string
  readonly owner?: string
  readonly office?: string
  readonly region?: string
  readonly birthYear?: number
  readonly returnCountry?: string
  readonly stage?: string
  /** An address that is theirs. */
  readonly address?: string
}

/** Makes a person with a case; gives their id. */
export async function meet(counter: Counter, known: Known): Promise<string> {
  const { clock, database } = counter
  const { prisma, keys, pool } = database
  const [id, file] = [clock.id(), clock.id()]
  const at = clock.now()
  const key = keys.make('person', clock.id(), at)
  const columns = Object.keys(key.row.plain)
  await pool.query(
    `insert into subject_key (${columns.join(', ')}) values (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
    Object.values(key.row.plain),
  )
  const enc = (table: string, column: string, row: string, text: string | undefined) =>
    text === undefined ? null : new Uint8Array(keys.encrypt(key.id, placeOf(table, column, row), text))
  const hash = (kind: 'phone' | 'case_number', text: string | undefined) =>
    text === undefined ? null : new Uint8Array(keys.hash(kind, text))
  await prisma.person.create({
    data: {
      ...{ id, keyId: key.id, createdAt: at, language: 'bm' },
      ...{ region: known.region ?? null, birthYear: known.birthYear ?? null },
      ...{ nameEnc: enc('person', 'name_enc', id, known.name), returnCountry: known.returnCountry ?? null },
      ...{ phoneEnc: enc('person', 'phone_enc', id, known.phone), phoneHash: hash('phone', known.phone) },
    },
  })
  await prisma.case.create({
    data: {
      ...{ id: file, personId: id, openedAt: at, stage: known.stage ?? 'monitoring' },
      ...{ ownerId: known.owner ?? null, officeId: known.office ?? null },
      numberEnc: enc('case_file', 'number_enc', file, known.caseNumber),
      numberHash: hash('case_number', known.caseNumber),
    },
  })
  if (known.address) {
    await prisma.personAddress.create({ data: { personId: id, addressId: known.address, since: at } })
    await pool.query(
      'update session set person_id = $1 where id = (select session_id from address where id = $2)',
      [id, known.address],
    )
  }
  return id
}
