/**
 * A message that begins with the code of a complaint without a name, from whatever phone: it is told how it stands and what
 * was answered, and words behind the code are added to it. A code that is none, is another's or was forgotten is answered
 * alike. Heard before anything else, because twelve digits with that check digit answer no question of ours.
 */
import type { Danger } from '../core/danger.ts'
import { callFor, dutyLineOf } from '../core/duty.ts'
import type { Incoming, Say } from '../core/message.ts'
import { blurred, readCode } from '../core/nameless.ts'
import { dangerPriority, higher } from '../core/priority.ts'
import type { Vocabulary } from '../flow/answer/vocabulary.ts'
import { besideFlows } from '../flow/sentences.ts'
import { tryOnce } from '../store/attempt.ts'
import type { Database } from '../store/database.ts'
import { findNameless, type Nameless } from '../store/nameless.ts'
import type { Arrived, Change, Standing } from '../store/road.ts'
import type { Clock } from '../world.ts'
import { answerAloud } from './aloud.ts'
import { uuidAt } from './apply-nameless.ts'
import { isPressing } from './routing.ts'
import { idleSession } from './session.ts'
import type { Surroundings } from './surroundings.ts'
import { type Turned, type TurnParts, worldOf, writeDown } from './turn.ts'

/** What was brought; `found` is absent for a code that leads nowhere. */
export type Told = { readonly found?: Nameless; readonly words?: string; readonly danger?: Danger }

/** Reads an arrival as such a code; undefined for everything that is none. */
export type Tolds = (address: string, incoming: Incoming) => Promise<Told | undefined>

const day = 24 * 60 * 60_000
/** Nobody mistypes twelve digits more often than this in a day; whoever does is guessing. */
const triesADay = { kind: 'complaint', most: 6, within: day } as const
/** From all phones together: there are far more codes than could be tried so in a lifetime. */
const triesOfAll = { kind: 'complaint_all', most: 500, within: day } as const

export function makeTolds(
  database: Pick<Database, 'pool' | 'prisma' | 'keys'>,
  clock: Clock,
  vocabulary: Pick<Vocabulary, 'danger'>,
): Tolds {
  return async (address, { content, edit }) => {
    const read = content.kind === 'text' && edit === 0 ? readCode(content.text) : undefined
    if (read === undefined) return undefined
    const now = clock.now()
    const { words } = read
    for (const [limit, who] of [
      [triesADay, address],
      [triesOfAll, 'all'],
    ] as const) {
      if ((await tryOnce(database, limit, who, now)) !== undefined)
        return words === undefined ? {} : { words }
    }
    const found = await findNameless(database, read.code)
    const danger = words === undefined ? undefined : vocabulary.danger(words)
    return {
      ...(found ? { found } : {}),
      ...(words === undefined ? {} : { words }),
      ...(danger ? { danger } : {}),
    }
  }
}

/** The turn of a code; the conversation of whoever brought it goes on where it stood. */
export function takeTold(
  parts: TurnParts,
  town: Surroundings,
  standing: Standing,
  what: { readonly arrived: Arrived; readonly told: Told },
): Turned {
  const { arrived, told } = what
  const world = worldOf(parts)
  const before = standing.session.state
  const language = standing.address.language ?? before?.spoken ?? told.found?.language ?? 'fr'
  const say: Saying = (text, vars) => ({ text, language, ...(vars ? { vars } : {}) })
  const sprint = answerAloud(
    parts,
    { town, standing, world },
    {
      says: told.found ? answers(told.found, told, say) : [say(besideFlows.toldUnknown)],
      session: before ? { ...before, heardAt: world.now.getTime() } : idleSession(undefined, world.now),
      sensitive: true,
    },
  )
  const written = writeDown(parts, { town, standing, world, arrived, nameless: true, sprint })
  if (!told.found) return written
  const at = blurred(world.now)
  const id = () => uuidAt(world.id(), at)
  const changes = [
    ...changesOf(told.found, told, at, id),
    ...callsOf(told.found, told.danger, isPressing(town, world.now), at, id),
  ]
  const hints = new Set([...written.hints, `request-${told.found.id}`, `queue-${told.found.queue}`])
  return { rows: { ...written.rows, changes: [...written.rows.changes, ...changes] }, hints }
}

type Saying = (text: string, vars?: Record<string, string>) => Say

function answers({ answers: all, state }: Nameless, { words, danger }: Told, say: Saying): readonly Say[] {
  if (words !== undefined) {
    return [
      say(besideFlows.toldAdded),
      ...(danger?.strength === 'strong' ? [say(besideFlows.toldDanger)] : []),
    ]
  }
  const closed = state === 'closed' ? besideFlows.toldClosed : besideFlows.toldOpen
  return [
    say(all.length > 0 ? besideFlows.toldAnswered : closed),
    ...all.map((text) => say('told.answer', { text })),
    say(besideFlows.toldMore),
  ]
}

/** What was told is marked as read; what was added waits for staff, and once it contests what was closed. */
function changesOf(it: Nameless, { words, danger }: Told, at: Date, id: () => string): readonly Change[] {
  if (words === undefined) {
    return it.unread.map((one): Change => ({ update: 'nameless_word', id: one, plain: { read_at: at } }))
  }
  const contests = it.state === 'closed' && it.contestedAt === undefined
  return [
    {
      insert: 'event',
      plain: {
        ...{ id: id(), at, turn_id: id(), type: 'nameless_added', by: 'person' },
        ...{ request_id: it.id, visibility: it.visibility },
        facts: JSON.stringify({ request: it.id, contests }),
      },
    },
    {
      insert: 'nameless_word',
      plain: { id: id(), request_id: it.id, by: 'person', key_id: it.key, at },
      secret: { text_enc: words },
      key: it.key,
    },
    {
      update: 'request',
      id: it.id,
      plain: {
        ...(it.state === 'closed' && !contests && danger?.strength !== 'strong'
          ? {}
          : { state: 'open', closed_at: null, outcome: null }),
        ...(contests ? { contested_at: at } : {}),
        ...(danger ? { priority: higher(it.priority, dangerPriority(danger)) } : {}),
        last_heard_at: at,
      },
    },
  ]
}

/** Whom danger in what was added calls: at the hour, so that no minute leads to a phone. */
function callsOf(
  it: Nameless,
  danger: Danger | undefined,
  pressing: boolean,
  at: Date,
  id: () => string,
): readonly Change[] {
  if (!danger) return []
  const priority = higher(it.priority, dangerPriority(danger))
  const strong = danger.strength === 'strong'
  const cause = callFor({ visibility: it.visibility, priority, danger: strong }, pressing)
  if (!cause) return []
  return [
    {
      insert: 'alert',
      plain: {
        ...{ id: id(), cause, line: dutyLineOf(it.queue), request_id: it.id },
        ...{ level: 0, created_at: at, next_at: at },
      },
    },
  ]
}
