/** What a turn must know besides where the lane stands: looked up before it, because a turn itself waits for nothing. */
import type { Incoming } from '../core/message.ts'
import type { Barred } from '../store/barred.ts'
import type { Helped, Standing } from '../store/road.ts'
import type { Cards } from './card.ts'
import type { Codes } from './code.ts'
import type { Loaded } from './lane-load.ts'
import type { Original } from './original.ts'
import type { Tolds } from './told.ts'

export type LookParts = {
  /** The tag of the list in our message that an arrival quotes; undefined when it had none or is not known. */
  readonly quotedList: (address: string, incoming: Incoming) => Promise<string | undefined>
  /** What an edit changes; undefined for everything else. */
  readonly original: (address: string, incoming: Incoming) => Promise<Original | undefined>
  /** The invitation card whose code an arrival is; undefined for everything else. */
  readonly card: Cards
  /** The code of a complaint without a name; undefined for everything else. */
  readonly told: Tolds
  /** The code of a phone that an arrival may be; undefined for everything else. */
  readonly code: Codes
  /** Who is barred from a matter that what is said may belong to. */
  readonly barred: Barred
  /** For whom whoever speaks may write; absent: for nobody. */
  readonly helped?: (proxy: string) => Promise<Helped | undefined>
}

/** A lane with all that its turn must know. */
export type Seen = {
  readonly loaded: Loaded
  readonly standing: Standing
  readonly quoted?: string | undefined
  readonly original?: Original | undefined
  readonly shown?: Awaited<ReturnType<Cards>>
  readonly told?: Awaited<ReturnType<Tolds>>
  readonly code?: string | undefined
  /** Another speaks there from now on: the lane is to be loaded again. */
  readonly moved?: boolean
}

export async function lookAround(parts: LookParts, loaded: Loaded): Promise<Seen> {
  const proxy = loaded.standing.person?.proxy
  const helped = proxy === undefined ? undefined : await parts.helped?.(proxy)
  if (!loaded.met) return { loaded, standing: { ...loaded.standing, ...(helped ? { helped } : {}) } }
  const barred = await parts.barred(spokenOf(loaded.standing))
  const standing = { ...loaded.standing, barred, ...(helped ? { helped } : {}) }
  const { incoming } = loaded.met.arrived
  const address = standing.address.id
  const quoted = incoming.quotes ? await parts.quotedList(address, incoming) : undefined
  const original = incoming.edit ? await parts.original(address, incoming) : undefined
  const shown = await parts.card(address, incoming)
  const told = await parts.told(address, incoming)
  const code = await parts.code(standing, incoming)
  if (code?.is === 'moved') return { loaded, standing, moved: true }
  return { loaded, standing, quoted, original, shown, told, code: code?.mark }
}

/** Matters that may be about staff and that what is said now may be added to. */
function spokenOf({ session: { state }, confided }: Standing): readonly string[] {
  const all = [state?.intake?.request, state?.lastRequest?.request, state?.guarded?.request, confided?.id]
  return all.filter((id) => id !== undefined)
}
