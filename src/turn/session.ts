/** The session as a turn leaves it. */
import { openMemory } from '../flow/aloud.ts'
import type { Input } from '../flow/input.ts'
import type { Session } from '../flow/session.ts'
import type { TurnRows } from '../store/road.ts'
import type { Scene } from './scene.ts'

/** The session with nothing open. What protects the person outlives whatever went wrong. */
export function idleSession(before: Session | undefined, now: Date): Session {
  return {
    v: 1,
    stack: [],
    open: false,
    tries: 0,
    shown: [],
    lists: before?.lists ?? 0,
    heardAt: now.getTime(),
    greeted: true,
    spoken: before?.spoken,
    welcomed: before?.welcomed,
    guarded: before?.guarded,
    quietUntil: before?.quietUntil,
    lookups: before?.lookups,
    ...{ answering: before?.answering, onlySpeaks: before?.onlySpeaks, carried: before?.carried },
    openly: before?.openly,
  }
}

/** Another speaker gets what follows; the session of the one before is left as it is, with nothing open. */
export function leftState(
  { session, switchTo, world }: Scene,
  turn: { readonly hidden: boolean; readonly input?: Input },
): Session {
  if (!session) throw new Error('a turn without a session leaves none')
  const { before, after } = session
  if (switchTo) return idleSession(before, world.now)
  return { ...awake(after, world.now), openly: openMemory(before, after, turn) }
}

/** A nudge that is due is over: it must not come again by itself. */
function awake(session: Session, now: Date): Session {
  return session.wakeAt !== undefined && session.wakeAt <= now.getTime()
    ? { ...session, wakeAt: undefined }
    : session
}

export function newSession(scene: Scene, id: string): TurnRows['changes'][number] {
  const { address, session, world, person } = scene
  const state = session && awake(session.after, world.now)
  return {
    insert: 'session',
    plain: {
      ...{ id, address_id: address?.id ?? null, person_id: person?.id ?? null, updated_at: world.now },
      wake_at: state?.wakeAt === undefined ? null : new Date(state.wakeAt),
    },
    secret: { state_enc: JSON.stringify(state) },
    key: address?.key,
  }
}
