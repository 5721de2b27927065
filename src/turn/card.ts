/**
 * A message that is nothing but the code of an invitation card. A code that is worth something ties the address to the
 * person it was given to; every other one is answered alike and tells nothing. It is heard before anything else, because
 * ten digits with that check digit answer no question of ours.
 */
import { readCardCode } from '../core/card.ts'
import type { Happening } from '../core/event.ts'
import type { Incoming } from '../core/message.ts'
import { besideFlows } from '../flow/sentences.ts'
import { tryOnce } from '../store/attempt.ts'
import { type Card, findCard } from '../store/card.ts'
import type { Database } from '../store/database.ts'
import type { Arrived, Standing } from '../store/road.ts'
import type { Clock } from '../world.ts'
import { answerAloud } from './aloud.ts'
import { idleSession } from './session.ts'
import type { Surroundings } from './surroundings.ts'
import { isSensitive, type Turned, type TurnParts, walk, worldOf, writeDown } from './turn.ts'

/** What a code came to. */
export type CardShown = Card | 'used_here' | 'unknown'

/** Reads an arrival as a code; undefined for everything that is none. */
export type Cards = (address: string, incoming: Incoming) => Promise<CardShown | undefined>

/** Nobody mistypes ten digits more often than this in a day; whoever does is guessing. */
const triesADay = { kind: 'card', most: 6, within: 24 * 60 * 60_000 } as const

export function makeCards(database: Pick<Database, 'pool' | 'prisma' | 'keys'>, clock: Clock): Cards {
  return async (address, { content, edit }) => {
    const code = content.kind === 'text' && edit === 0 ? readCardCode(content.text) : undefined
    if (code === undefined) return undefined
    const now = clock.now()
    const wait = await tryOnce(database, triesADay, address, now)
    if (wait !== undefined) return 'unknown'
    return (await findCard(database, code, address, now)) ?? 'unknown'
  }
}

/** The turn of a code. Whoever was never heard on this address is welcomed in the same turn. */
export function takeCard(
  parts: TurnParts,
  town: Surroundings,
  standing: Standing,
  what: { readonly arrived: Arrived; readonly shown: CardShown },
): Turned {
  const { arrived, shown } = what
  const world = worldOf(parts)
  const before = standing.session.state
  const card = typeof shown === 'string' ? undefined : shown
  // Somebody else has spoken here: nothing of theirs is told to whoever holds the card, nor the other way round.
  const other = card !== undefined && standing.person !== undefined && standing.person.id !== card.person.id
  const language = standing.address.language ?? card?.language ?? before?.spoken ?? 'fr'
  const happenings: Happening[] = []
  if (card) happenings.push({ type: 'card_used', card: card.id })
  if (card?.language && standing.address.language === undefined)
    happenings.push({ type: 'language_chosen', language: card.language })
  const sensitive = isSensitive(parts.book, before)
  const named = card?.name !== undefined && !standing.address.shared && !sensitive
  const text = card ? besideFlows[named ? 'cardWelcome' : 'cardWelcomeUnnamed'] : besideFlows.cardUnknown
  const vars = named ? { name: card.name ?? '' } : undefined
  const fresh = before === undefined || other
  const said = answerAloud(
    parts,
    { town, standing, world },
    {
      // Sent twice on a bad line, it was answered before.
      says: shown === 'used_here' ? [] : [{ text, vars, language }],
      session: fresh ? idleSession(undefined, world.now) : { ...before, heardAt: world.now.getTime() },
      sensitive,
    },
  )
  happenings.push(...said.happenings)
  if (!fresh) {
    const sprint = { session: said.session, happenings }
    return writeDown(parts, { town, standing, world, arrived, card, sprint })
  }
  const met: Standing = {
    ...standing,
    address: { ...standing.address, language: standing.address.language ?? card?.language },
    person: card?.person ?? standing.person,
    session: { ...standing.session, state: undefined },
    ...(other ? { consent: {}, requests: [], confided: undefined } : {}),
  }
  const start = {
    kind: 'text',
    message: arrived.message,
    text: 'start',
    sentAt: arrived.incoming.sentAt,
  } as const
  const welcome = walk(parts, town, met, start, world)
  return writeDown(parts, {
    ...{ town, standing, world, arrived, card },
    sprint: { session: welcome.session, happenings: [...happenings, ...welcome.happenings] },
  })
}
