/**
 * What staff do for a person outside any request: the scene and the commit that those acts share. The person is loaded under
 * the access of who acts; somebody nobody knows yet has no row.
 */
import type { ConsentAnswer } from '../core/consent.ts'
import type { Happening } from '../core/event.ts'
import type { Language } from '../core/language.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { personsSeenBy } from '../store/access.ts'
import { consentsOf } from '../store/person.ts'
import { isId } from '../store/request.ts'
import type { Change, NewMessage, Standing } from '../store/road.ts'
import type { World } from '../world.ts'
import type { Desk } from './act.ts'
import { apply } from './apply.ts'
import type { KnownReferral, Matter, Scene } from './scene.ts'

/** Who acts; `form` is a UUID that the page made once for this form and becomes the turn's id. */
export type ByStaff = { readonly staff: Staff; readonly form: string }

export type Subject = {
  readonly person?: NonNullable<Standing['person']>
  readonly language: Language
  readonly keepData?: ConsentAnswer
  readonly addresses: readonly (Standing['address'] & { readonly session: string })[]
}

/** A person whom this member of staff may see; fails with `person:not_found` for all others. */
export async function loadSubject({ prisma }: Desk, staff: Staff, id: string): Promise<Subject> {
  const row = isId(id)
    ? await prisma.person.findFirst({
        where: { AND: [{ id, erasedAt: null }, personsSeenBy(staff)] },
        include: {
          cases: { orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }], take: 1 },
          addresses: { where: { until: null }, include: { address: { include: { channel: true } } } },
        },
      })
    : null
  if (!row) throw new Failure('person:not_found', { person: id })
  const consents = await consentsOf(prisma, { person: id })
  const [file] = row.cases
  return {
    person: {
      id,
      key: row.keyId,
      case: file?.id,
      owner: file?.ownerId ?? undefined,
      office: file?.officeId ?? undefined,
      region: row.region ?? undefined,
      minor: row.minor,
      known: true,
    },
    // Codes were written by the program from the same unions.
    language: (row.language as Language | null) ?? 'fr',
    keepData: consents.find(({ item }) => item === 'keep_data')?.answer,
    addresses: row.addresses.map(({ address }) => addressOf(address)),
  }
}

type AddressRow = {
  readonly id: string
  readonly channelId: string
  readonly channel: { readonly kind: string }
  readonly keyId: string
  readonly language: string | null
  readonly state: string
  readonly shared: boolean
  readonly stopped: string
  readonly sessionId: string
}

/** An address as an act finds it. */
export function addressOf(row: AddressRow): Subject['addresses'][number] {
  return {
    ...{ id: row.id, channel: row.channelId, channelKind: row.channel.kind, key: row.keyId },
    // Codes were written by the program from the same unions.
    language: (row.language as Language | null) ?? undefined,
    state: row.state as 'live' | 'blocked' | 'closed',
    shared: row.shared,
    stopped: row.stopped as 'no' | 'campaigns' | 'all',
    session: row.sessionId,
  }
}

/** The event of a form that was pressed before, if it was. Fails with `form:invalid` for a key that is none. */
export async function doneBefore(
  { prisma }: Desk,
  { staff, form }: ByStaff,
): Promise<{ readonly request?: string } | undefined> {
  if (!isId(form)) throw new Failure('form:invalid', { field: 'form' })
  const rows = await prisma.event.findMany({
    where: { turnId: form, staffId: staff.id },
    select: { requestId: true },
  })
  if (rows.length === 0) return undefined
  return { request: rows.find(({ requestId }) => requestId !== null)?.requestId ?? undefined }
}

type Doing = {
  readonly subject: Subject
  /** Where something is said. */
  readonly address?: Subject['addresses'][number]
  /** Requests that it is on record with. */
  readonly matters?: readonly Matter[]
  /** Referrals that it changes, as they were read. */
  readonly referrals?: readonly KnownReferral[]
  readonly happenings: (world: World) => readonly Happening[]
  readonly messages?: (world: World) => readonly NewMessage[]
  readonly changes?: readonly Change[]
}

/** Applies what happened and commits it; one reference may be taken. */
export async function enact(desk: Desk, by: ByStaff, it: Doing): Promise<void> {
  await desk.references.ready(1)
  const world: World = {
    now: desk.clock.now(),
    id: () => desk.clock.id(),
    reference: () => desk.references.take(),
  }
  const scene = await sceneOf(desk, by, it, world)
  for (const happening of it.happenings(world)) apply(scene, happening)
  const messages = it.messages?.(world) ?? []
  const { address } = it
  await desk.road.act({
    ...{ turn: by.form, at: world.now, messages, events: scene.events },
    address: address && {
      ...{ id: address.id, key: address.key, channel: address.channel, session: address.session },
    },
    person: scene.person && { id: scene.person.id, key: scene.person.key },
    subject: scene.person || address ? undefined : keyMadeIn(scene.changes),
    changes: [...scene.changes, ...(it.changes ?? [])],
  })
  const outgoing = new Map(address && messages.length > 0 ? [[address.channel, [address.id]]] : [])
  if (scene.person) scene.hints.add(`person-${scene.person.id}`)
  desk.passOn({ outgoing, hints: scene.hints })
}

/** Of a matter told without a name: it has a key of its own. */
function keyMadeIn(changes: readonly Change[]): string | undefined {
  const made = changes.find((change) => 'insert' in change && change.insert === 'subject_key')
  return made && String(made.plain['id'])
}

async function sceneOf(
  desk: Desk,
  by: ByStaff,
  { subject, address, matters = [], referrals = [] }: Doing,
  world: World,
): Promise<Scene> {
  return {
    ...{ world, turn: by.form, by: { staff: by.staff.id }, staff: by.staff.id },
    ...{ town: await desk.watch.current(), keys: desk.keys, address, person: subject.person },
    render() {
      throw new Error('an act says what staff wrote, not a sentence of the product')
    },
    ...{ matters: new Map(matters.map((one) => [one.id, one])), referrals },
    ...{ keeps: subject.keepData === 'given', met: false, language: subject.language },
    ...{ touched: [], messages: [], events: [], changes: [], hints: new Set([`staff-${by.staff.id}`]) },
  }
}
