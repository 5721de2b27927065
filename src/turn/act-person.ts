/**
 * What staff do with a person and their case, outside of any request: loaded under the access of who acts, judged by a rule,
 * committed like any other turn. A form acts once, and only on what it was made for: it carries the version it showed.
 */
import type { CaseFile, ClosureReason, Stage } from '../core/case.ts'
import * as cases from '../core/case-rules.ts'
import type { Happening } from '../core/event.ts'
import type { PersonValues } from '../core/person.ts'
import { editPerson, undoEdit } from '../core/person-rules.ts'
import type { QueueKey } from '../core/queue.ts'
import { caseRoles, type Role, type Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { fileSeenBy } from '../store/access.ts'
import { placeOf } from '../store/encryption.ts'
import { happeningOf } from '../store/event-parts.ts'
import { isId } from '../store/request.ts'
import type { Change, TurnRows } from '../store/road.ts'
import type { Desk } from './act.ts'
import { ageKnown } from './act-age.ts'
import { apply } from './apply.ts'
import { officeFor } from './routing.ts'
import type { Matter, Scene } from './scene.ts'

/** Who acts on whom; `version` is that of the page on which the form stood. */
export type PersonAct = {
  readonly staff: Staff
  readonly person: string
  readonly form: string
  readonly version?: number
}

/** A person as an act finds them. */
export type FoundFile = {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly values: PersonValues
  readonly file?: CaseFile
  readonly sameAs?: string
  readonly minor: boolean
}

/** Writes what differs. Fails with `person:changed_meanwhile` when somebody was faster. */
export async function editPersonFacts(desk: Desk, act: PersonAct, wanted: PersonValues): Promise<void> {
  await performOnPerson(desk, act, async (found) => ({
    ...{ happenings: editPerson(found.values, wanted), changes: await ageKnown(desk, found.id, wanted) },
  }))
}

/** Takes an edit of this person back; fails with `person:changed_meanwhile` when its fields were changed since. */
export async function undoPersonEdit(desk: Desk, act: PersonAct, edit: string): Promise<void> {
  await performOnPerson(desk, act, async ({ id, values }) => {
    const row = isId(edit)
      ? await desk.prisma.event.findFirst({ where: { id: edit, personId: id, type: 'person_edited' } })
      : null
    if (!row?.keyId) throw new Failure('form:stale')
    const secret = desk.keys.read(row.keyId, placeOf('event', 'secret_enc', row.id), row.secretEnc)
    const it = secret === undefined ? undefined : happeningOf(row.type, row.facts, secret)
    if (it?.type !== 'person_edited') throw new Failure('form:stale')
    return undoEdit(values, { id: edit, fields: it.fields, ...it.secret })
  })
}

/** Fails with `case:reason_missing` for any but the next stage. */
export async function setCaseStage(desk: Desk, act: PersonAct, stage: Stage, reason?: string): Promise<void> {
  await performOnCase(desk, act, (file) => cases.setStage(file, stage, reason))
}

/** Fails with `staff:not_found` for somebody who follows no cases, or an office that is none. */
export async function assignCase(
  desk: Desk,
  act: PersonAct,
  to: { readonly owner?: string; readonly office?: string; readonly reason?: string },
): Promise<void> {
  const { prisma } = desk
  const mayAssign: readonly Role[] = ['supervisor', 'officer']
  if (!act.staff.roles.some((role) => mayAssign.includes(role))) throw new Failure('staff:not_allowed')
  if (to.owner !== undefined) {
    const where = { id: to.owner, active: true, roles: { hasSome: [...caseRoles] } }
    if (!isId(to.owner) || !(await prisma.staff.findFirst({ where }))) throw new Failure('staff:not_found')
  }
  if (
    to.office !== undefined &&
    !(isId(to.office) && (await prisma.office.findFirst({ where: { id: to.office } })))
  ) {
    throw new Failure('form:invalid', { field: 'office' })
  }
  await performOnPerson(desk, act, async ({ file, values }) => {
    if (!file) throw new Failure('case:not_found')
    const happenings = cases.assignCase(file, to)
    if (to.office === file.office) return happenings
    const town = await desk.watch.current()
    const moved = { office: to.office, region: values.region }
    return {
      happenings,
      changes: await requestsOfCase(prisma, file.id, (queue) => officeFor(town, queue, moved)),
    }
  })
}

/** What is open under a case waits where the case goes. */
async function requestsOfCase(
  prisma: Desk['prisma'],
  file: string,
  office: (queue: QueueKey) => string | undefined,
): Promise<readonly Change[]> {
  const rows = await prisma.request.findMany({
    where: { caseId: file, state: { not: 'closed' } },
    select: { id: true, queue: true },
  })
  return rows.map(({ id, queue }) => {
    // Keys are fixed in core/queue.ts; the table has no others.
    const plain = { office_id: office(queue as QueueKey) ?? null }
    return { update: 'request', id, plain }
  })
}

export async function closeCase(
  desk: Desk,
  act: PersonAct,
  reason: ClosureReason,
  note?: string,
): Promise<void> {
  await performOnCase(desk, act, (file) => cases.closeCase(file, reason, note))
}

/** Looked after more closely from here on, or not any more. */
export async function noteRisk(desk: Desk, act: PersonAct, high: boolean, reason: string): Promise<void> {
  await performOnCase(desk, act, (file) => cases.noteRisk(file, high, reason))
}

export async function reopenCase(desk: Desk, act: PersonAct, reason: string): Promise<void> {
  await performOnCase(desk, act, (file) => cases.reopenCase(file, act.staff, reason))
}

async function performOnCase(
  desk: Desk,
  act: PersonAct,
  rule: (file: CaseFile) => readonly Happening[],
): Promise<void> {
  await performOnPerson(desk, act, ({ file }) => {
    if (!file) throw new Failure('case:not_found')
    return rule(file)
  })
}

/** What a rule gives: what happened, and rows that no happening writes. */
type PersonDeed =
  | readonly Happening[]
  | {
      readonly happenings: readonly Happening[]
      readonly changes: readonly Change[]
      /** Requests that it comes from: what is on record is as hidden as they are. */
      readonly matters?: readonly Matter[]
    }

/** Loads, asks the rule and commits; a form that was pressed before changes nothing. */
export async function performOnPerson(
  desk: Desk,
  act: PersonAct,
  rule: (found: FoundFile) => PersonDeed | Promise<PersonDeed>,
): Promise<void> {
  const found = await loadFile(desk, act.staff, act.person)
  if (!isId(act.form)) throw new Failure('form:invalid', { field: 'form' })
  const done = { personId: found.id, turnId: act.form }
  if (await desk.prisma.event.findFirst({ where: done, select: { id: true } })) return
  if (act.version !== undefined && act.version !== found.version)
    throw new Failure('person:changed_meanwhile')
  const deed = await rule(found)
  const {
    happenings,
    changes,
    matters = [],
  } = 'happenings' in deed ? deed : { happenings: deed, changes: [] }
  if (happenings.length === 0) return
  const scene = await sceneOf(desk, act, found)
  for (const matter of matters) scene.matters.set(matter.id, matter)
  for (const happening of happenings) apply(scene, happening)
  try {
    scene.changes.push(...changes)
    await desk.road.act(rowsOf(act, found, scene))
  } catch (error) {
    const lost = error instanceof Failure && error.code === 'request:changed_meanwhile'
    if (lost) throw new Failure('person:changed_meanwhile', {}, { cause: error })
    throw error
  }
  desk.passOn({ outgoing: new Map(), hints: scene.hints })
}

/** The person with their last case, for whoever may see them; fails with `person:not_found` for all others. */
export async function loadFile(
  desk: Pick<Desk, 'prisma' | 'keys'>,
  staff: Staff,
  id: string,
): Promise<FoundFile> {
  const { prisma, keys } = desk
  const row = isId(id)
    ? await prisma.person.findFirst({
        where: { AND: [{ id, erasedAt: null }, fileSeenBy(staff)] },
        include: {
          cases: { orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }], take: 1 },
        },
      })
    : null
  if (!row) throw new Failure('person:not_found')
  await keys.load([row.keyId])
  const [file] = row.cases
  const read = (table: string, column: string, of: string, value: Uint8Array | null | undefined) =>
    keys.read(row.keyId, placeOf(table, column, of), value)
  const values: Record<keyof PersonValues, string | undefined> = {
    name: read('person', 'name_enc', id, row.nameEnc),
    sex: row.sex ?? undefined,
    birthYear: row.birthYear?.toString(),
    language: row.language ?? undefined,
    region: row.region ?? undefined,
    cercle: row.cercle ?? undefined,
    place: read('person', 'place_enc', id, row.placeEnc),
    phone: read('person', 'phone_enc', id, row.phoneEnc),
    caseNumber: file && read('case_file', 'number_enc', file.id, file.numberEnc),
    returnCountry: row.returnCountry ?? undefined,
    returnDate: row.returnDate?.toISOString().slice(0, 10),
  }
  return {
    id,
    key: row.keyId,
    version: row.version,
    values,
    file: file && {
      id: file.id,
      // Written from the union.
      stage: file.stage as Stage,
      owner: file.ownerId ?? undefined,
      office: file.officeId ?? undefined,
      closed: file.closedAt !== null,
      highRisk: file.highRisk,
      version: file.version,
    },
    sameAs: row.sameAsId ?? undefined,
    minor: row.minor,
  }
}

async function sceneOf(desk: Desk, act: PersonAct, found: FoundFile): Promise<Scene> {
  const { file } = found
  return {
    world: { now: desk.clock.now(), id: () => desk.clock.id(), reference: noReference },
    turn: act.form,
    by: { staff: act.staff.id },
    staff: act.staff.id,
    town: await desk.watch.current(),
    keys: desk.keys,
    render: noSentence,
    matters: new Map(),
    person: {
      id: found.id,
      key: found.key,
      case: file?.id,
      owner: file?.owner,
      office: file?.office,
      minor: found.minor,
      ...(found.values.returnDate === undefined ? {} : { returnedOn: found.values.returnDate }),
      known: true,
    },
    keeps: true,
    met: false,
    language: 'fr',
    touched: [],
    messages: [],
    events: [],
    changes: [],
    hints: new Set([`person-${found.id}`]),
  }
}

/** Every act moves the version of its person, so that two at once cannot both stand. */
function rowsOf(act: PersonAct, found: FoundFile, scene: Scene): TurnRows {
  const touch: Change = {
    update: 'person',
    id: found.id,
    version: found.version,
    plain: { minor: found.minor },
  }
  return {
    turn: act.form,
    at: scene.world.now,
    person: { id: found.id, key: found.key },
    messages: [],
    events: scene.events,
    changes: [touch, ...scene.changes],
  }
}

function noReference(): string {
  throw new Error('acts on a person open no request')
}

function noSentence(): never {
  throw new Error('an act on a person says nothing to them')
}
