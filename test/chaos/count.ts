/** The count: what was accepted, in the order of the lane, against what the provider was given to send. */
import type { Incoming } from '../../src/core/message.ts'
import { placeOf } from '../../src/store/encryption.ts'
import { makeOutbox } from '../../src/store/outbox.ts'
import { heard } from './flows.ts'
import type { Phase } from './phase.ts'

export type Count = {
  readonly messages: number
  readonly kills: number
  readonly killsWithDatabase: number
  readonly lost: number
  readonly doubled: number
  readonly disordered: number
  readonly unknown: number
  /** Unknown ones that never reached the provider: whoever was sending them died, twice. */
  readonly vanished: number
  /** Deliveries that were known already and fell away. */
  readonly repeats: number
}

type Row = {
  readonly id: string
  readonly key_id: string
  readonly address: string
  readonly address_key: string
  readonly external_enc: Buffer
  readonly body_enc: Buffer
  readonly direction: string
  readonly state: string
  readonly failure: string | null
}

export async function count(phase: Phase): Promise<Count> {
  const { database, said, passed } = phase
  const { pool, keys } = database
  const { rows } = await pool.query<Row>(
    `select m.id, m.key_id, a.id as address, a.key_id as address_key, a.external_enc, m.body_enc, m.direction, m.state,
       m.failure
     from message m join address a on a.id = m.address_id order by m.address_id, m.direction, m.seq, m.position`,
  )
  await keys.load(rows.flatMap((row) => [row.key_id, row.address_key]))
  const accepted = new Map<string, number[]>()
  const fates = new Map<string, string>()
  /** Answers of which nobody could know whether they went out, by person and text. */
  const unsure = new Map<string, string>()
  for (const row of rows) {
    const who =
      keys.read(row.address_key, placeOf('address', 'external_enc', row.address), row.external_enc) ?? ''
    const body = keys.read(row.key_id, placeOf('message', 'body_enc', row.id), row.body_enc) ?? '{}'
    if (row.direction === 'out') {
      const { text } = JSON.parse(body) as { text: string }
      fates.set(`${who} ${text}`, `${row.state}, ${row.failure ?? 'no failure'}`)
      if (row.failure === 'resent' || row.state === 'unknown') unsure.set(`${who} ${text}`, row.state)
      continue
    }
    const { content } = JSON.parse(body) as Pick<Incoming, 'content'>
    const n = content.kind === 'text' ? Number(content.text) : Number.NaN
    if (!Number.isNaN(n)) accepted.set(who, [...(accepted.get(who) ?? []), n])
  }
  let [messages, lost, doubled, disordered, vanished] = [0, 0, 0, 0, 0]
  for (const [who, numbers] of said) {
    const inOrder = accepted.get(who) ?? []
    messages += numbers.length
    // Said and accepted, but no row: lost at the door. A row twice would show as an answer too many.
    lost += numbers.filter((n) => !inOrder.includes(n)).length
    doubled += inOrder.length - new Set(inOrder).size
    const answers = passed.filter(({ to }) => to === who).map(({ text }) => text)
    const firsts: number[] = []
    for (const n of inOrder) {
      const times = answers.filter((text) => text === heard(n)).length
      const name = `${who} ${heard(n)}`
      // Two senders died on it, and the row says so: owned up to as unknown.
      if (times === 0 && unsure.get(name) === 'unknown') vanished += 1
      else if (times === 0) {
        lost += 1
        phase.tell(`lost: an answer that is ${fates.get(name) ?? 'not written'}`)
      }
      if (times > 1 && !unsure.has(name)) doubled += times - 1
      if (times > 2) doubled += times - 2
      if (times > 0) firsts.push(answers.indexOf(heard(n)))
    }
    disordered += firsts.filter((place, i) => place < (firsts[i - 1] ?? -1)).length
  }
  const { rows: sequence } = await pool.query<{ repeats: number }>(
    `select (sum(last_seq) - (select count(*) from message where direction = 'in'))::int as repeats from address`,
  )
  return {
    ...{
      messages,
      kills: phase.kills,
      killsWithDatabase: phase.killsWithDatabase,
      lost,
      doubled,
      disordered,
    },
    unknown: await makeOutbox(pool, keys).unknown(),
    vanished,
    repeats: sequence[0]?.repeats ?? 0,
  }
}
