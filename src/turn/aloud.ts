/**
 * Sentences of the product that are said outside of a conversation, with their recording for whoever is answered by voice:
 * the rule and the count are those of the conversation (flow/aloud.ts).
 */
import type { Happening } from '../core/event.ts'
import type { Say, Spoken } from '../core/message.ts'
import type { Visibility } from '../core/visibility.ts'
import { Failure, type FailureCode } from '../failure.ts'
import { type Memory, openMemory, sayAloud, type Voices } from '../flow/aloud.ts'
import type { Session } from '../flow/session.ts'
import { heardSession } from '../store/answering.ts'
import type { Database } from '../store/database.ts'
import type { Change, Standing } from '../store/road.ts'
import type { Locales } from '../text/locale.ts'
import { type Screen, speak } from '../text/render.ts'
import type { Clock, World } from '../world.ts'
import type { Surroundings, Watch } from './surroundings.ts'

/** What sentences are said with. */
export type Speech = {
  readonly locales: Locales
  /** The recordings there are. */
  readonly voices: () => Voices
  /** What the app of an account can show. */
  readonly screen: (channel: string) => Screen
}

/** Whom something is said to. */
export type Listener = Pick<Standing['address'], 'channel' | 'key' | 'shared'> & { readonly session: string }

/**
 * A sentence of our own accord: after an act of staff, or because time has passed. `changes` count what it costs, and are
 * lost with `request:changed_meanwhile` when the person writes in the same moment.
 */
export async function sayTo(
  desk: Pick<Database, 'prisma' | 'keys'> & { readonly clock: Clock; readonly watch: Watch },
  speech: Speech,
  to: Listener,
  { visibility, ...say }: Say & { readonly visibility: Visibility },
): Promise<{ readonly spoken: Spoken; readonly changes: readonly Change[] }> {
  const screen = speech.screen(to.channel)
  const [heard, { voiceBudget }] = await Promise.all([heardSession(desk, to), desk.watch.current()])
  const memory: Memory = { ...heard?.state }
  const hidden = visibility !== 'open'
  const ear = {
    ...{ shared: to.shared, sensitive: hidden, unasked: true },
    ...{ voiceNotes: screen.files?.voice, voiceBudget, now: desk.clock.now().getTime() },
  }
  // Of our own accord a sentence is one message.
  const [said = say] = sayAloud(speech.voices(), memory, ear, say)
  const spoken = speak(said, screen, speech.locales)
  if (!heard || !said.aloud) return { spoken, changes: [] }
  const { id, key, version, state } = heard
  const after: Session = { ...state, carried: memory.carried }
  const secret = { state_enc: JSON.stringify({ ...after, openly: openMemory(state, after, { hidden }) }) }
  return { spoken, changes: [{ update: 'session', id, version, plain: {}, secret, key }] }
}

/** Sentences in answer to what was just written, and the session with what they cost. */
export function answerAloud(
  { voices, screen }: Pick<Speech, 'voices' | 'screen'>,
  {
    town,
    standing,
    world,
  }: { readonly town: Surroundings; readonly standing: Standing; readonly world: World },
  it: { readonly says: readonly Say[]; readonly session: Session; readonly sensitive: boolean },
): { readonly session: Session; readonly happenings: readonly Happening[] } {
  const { channel, shared } = standing.address
  const session: Session & Memory = { ...it.session }
  const ear = {
    ...{ shared, sensitive: it.sensitive, unasked: false },
    ...{ voiceNotes: screen(channel).files?.voice, voiceBudget: town.voiceBudget, now: world.now.getTime() },
  }
  const said = it.says.flatMap((say) => sayAloud(voices(), session, ear, say))
  const happenings = said.map((say): Happening => ({ type: 'message_created', message: world.id(), say }))
  return { session, happenings }
}

const triesAtMost = 4

/** Does it again when the person wrote in the same moment, which fails with the code `moved`. */
export async function untilItStands(
  work: () => Promise<void>,
  moved: FailureCode = 'request:changed_meanwhile',
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const lost = error instanceof Failure && error.code === moved
      if (!lost || tries === triesAtMost) throw error
    }
  }
}
