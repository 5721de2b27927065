/** Feedback as a conversation leaves it: the message, the row, and the event that says so. */
import type { FeedbackKind } from '../../src/core/request.ts'
import { answerTo, event, incoming } from '../store/turns.ts'
import type { Counter } from './counter.ts'

export type Told = {
  /** How the channel calls who said it. */
  readonly from: string
  readonly text: string
  readonly kind?: FeedbackKind
  readonly person?: string
  readonly region?: string
  readonly office?: string
  readonly language?: string
}

let told = 0

/** Somebody says it; gives the id of the feedback. */
export async function tell({ database, clock, channel }: Counter, it: Told): Promise<string> {
  const { from, text, kind = 'rumour', person, region, office, language = 'fr' } = it
  const at = clock.now()
  told += 1
  const letter = { ...incoming(channel, from, told, { kind: 'text', text }), sentAt: at }
  const [met] = await database.road.arrive([{ id: clock.id(), at, incoming: letter }])
  if (!met) throw new Error('it was a repeat')
  const { address } = met.standing
  const row = person && (await database.prisma.person.findUniqueOrThrow({ where: { id: person } }))
  const key = row ? row.keyId : address.key
  const id = clock.id()
  const recorded = { type: 'feedback_recorded', feedback: id, kind, secret: { text } } as const
  const rows = answerTo(met, ['Merci pour votre avis.'], {
    at,
    events: [event(recorded)],
    changes: [
      {
        insert: 'feedback',
        plain: {
          ...{ id, kind, at, language, key_id: key, address_id: address.id, person_id: person ?? null },
          ...{ region: region ?? null, office_id: office ?? null },
        },
        secret: { text_enc: text },
        key,
      },
    ],
    ...(row ? { person: { id: row.id, key } } : {}),
  })
  const [went] = await database.road.commit([rows])
  if (went !== 'through') throw new Error(`the turn went ${went}`)
  return id
}
