/** Data protection erases a person, with every file that was found to be theirs. Nobody else does, nor hears of the act. */
import { type ErasureReason, effectiveAt, isTyped, typedAgain } from '../core/erasure.ts'
import type { Happening } from '../core/event.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import type { Database } from '../store/database.ts'
import { erasePerson, joinedFiles } from '../store/erasure.ts'
import { dropMedia } from '../store/media.ts'
import type { MediaPlace } from '../store/media-place.ts'
import { isId } from '../store/request.ts'
import type { NewEvent } from '../store/road.ts'
import type { Desk } from './act.ts'
import { loadFile, type PersonAct } from './act-person.ts'
import type { Speech } from './aloud.ts'
import { sayLastWord } from './last-word.ts'

export function mayErase({ roles }: Pick<Staff, 'roles'>): boolean {
  return roles.includes('data_protection')
}

/** What the form asks to be typed again; fails with `person:not_found` for whoever may not erase, or not see them. */
export async function askErasure(desk: Desk, staff: Staff, person: string): Promise<readonly string[]> {
  if (!mayErase(staff)) throw new Failure('person:not_found')
  await loadFile(desk, staff, person)
  const files = await joinedFiles(desk.prisma, person)
  return typedAgain(
    (await Promise.all(files.map((id) => loadFile(desk, staff, id)))).map((file) => file.values),
  )
}

export type Erasing = {
  readonly reason: ErasureReason
  /** The case number, or the name, as it was typed again. */
  readonly typed: string
  /** How long the oldest backup is kept. */
  readonly backupDays: number
  readonly mediaFolder: MediaPlace
  /** What the last word is said with, and for how many milliseconds it may take to leave. */
  readonly speech: Speech
  readonly patience: number
}

/** Erases. Fails like `askErasure`, and with `erasure:not_typed` when something else was typed; a form acts once. */
export async function eraseForGood(
  desk: Desk,
  database: Database,
  act: PersonAct,
  it: Erasing,
): Promise<void> {
  if (!isId(act.form)) throw new Failure('form:invalid', { field: 'form' })
  const wanted = await askErasure(desk, act.staff, act.person)
  if (!isTyped(wanted, it.typed)) throw new Failure('erasure:not_typed')
  const files = await joinedFiles(desk.prisma, act.person)
  // Whoever asked for it hears that it was done; to others we say nothing of our own accord.
  if (it.reason === 'asked' || it.reason === 'withdrawn') {
    await sayLastWord(desk, it.speech, { people: files, form: act.form }, it.patience)
  }
  const now = desk.clock.now()
  const effective = effectiveAt(now, it.backupDays).toISOString()
  const happening: Happening = { type: 'person_erased', reason: it.reason, files, effective }
  const by = { staff: act.staff.id }
  const event = (): NewEvent => ({ id: desk.clock.id(), by, happening, visibility: 'open' })
  const told = { turn: act.form, of: new Map(files.map((id) => [id, event()])) }
  for (const file of await erasePerson(database, act.person, now, told)) {
    await dropMedia(desk.prisma, it.mediaFolder, file)
  }
  desk.passOn({ outgoing: new Map(), hints: new Set(files.map((id) => `person-${id}`)) })
}
