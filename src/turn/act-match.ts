/**
 * Who somebody is, and under which number they are reached: what staff tick, and what follows when enough was checked. Until
 * then nothing of a case is told to anybody, and nothing is joined (S3, S4).
 */
import type { Happening } from '../core/event.ts'
import type { Language } from '../core/language.ts'
import { type ContactCheck, type IdentityCheck, mustBeChangeable, mustBeIdentified } from '../core/match.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { sentences } from '../flow/sentences.ts'
import { candidatesSeenBy } from '../store/access.ts'
import { placeOf } from '../store/encryption.ts'
import { matchStateOf } from '../store/match-state.ts'
import { isId } from '../store/request.ts'
import type { Change, NewMessage } from '../store/road.ts'
import { type Desk, perform } from './act.ts'
import type { Act, Deed, Found } from './act-load.ts'
import { type PersonAct, performOnPerson } from './act-person.ts'
import { type Speech, sayTo } from './aloud.ts'
import { joinRows, partRows } from './join-rows.ts'
import { closeOldRows, type OldAddress, oldAddresses } from './old-address.ts'

type Kind = 'request.identity' | 'request.contact_change'

/** Puts on record what holds for this candidate from here on; the same ticks again change nothing. */
export async function tickChecks(
  desk: Desk,
  act: Act,
  candidate: string,
  checks: readonly (IdentityCheck | ContactCheck)[],
): Promise<void> {
  await perform(desk, act, async (found) => {
    mustBe(found, 'request.identity', 'request.contact_change')
    await loadCandidate(desk, act.staff, candidate)
    const state = await openState(desk, found)
    const before = state.checks.get(candidate) ?? []
    const same = before.length === checks.length && before.every((check) => checks.includes(check))
    if (same) return { happenings: [] }
    return { happenings: [{ type: 'identity_checked', request: found.request.id, candidate, checks }] }
  })
}

/**
 * The newcomer is this person: their address is linked to the case, and what they tell from here on belongs there. Fails with
 * `identity:unchecked`, and with `person:joined` when one of the two is joined already.
 */
export async function linkIdentity(desk: Desk, act: Act, candidate: string): Promise<void> {
  await perform(desk, act, async (found) => {
    mustBe(found, 'request.identity')
    const { checks } = await openState(desk, found)
    const known = await loadCandidate(desk, act.staff, candidate)
    // Ticks of the other kind of request are no answers of a person.
    mustBeIdentified((checks.get(candidate) ?? []) as IdentityCheck[])
    const { person, request } = found
    if (!person) throw new Failure('person:not_found')
    return {
      happenings: [
        { type: 'identity_settled', request: request.id, candidate },
        { type: 'persons_joined', other: person.id },
      ],
      changes: await joinRows(desk.prisma, person.id, candidate, swornBy(desk, act)),
      of: { person: known.person },
    }
  })
}

/** None of the candidates: they are somebody new, and their own file stands. */
export async function settleAsNew(desk: Desk, act: Act): Promise<void> {
  await perform(desk, act, async (found) => {
    mustBe(found, 'request.identity')
    await openState(desk, found)
    return { happenings: [{ type: 'identity_settled', request: found.request.id }] }
  })
}

/**
 * Tells the old number, in neutral words, that somebody asked to replace it; a "2" from there raises the request. Fails with
 * `person:stopped` when there is no address to write to.
 */
export async function tellOldNumber(desk: Desk, speech: Speech, act: Act, candidate: string): Promise<void> {
  await perform(desk, act, async (found): Promise<Deed> => {
    mustBe(found, 'request.contact_change')
    const state = await openState(desk, found)
    if (state.noticed.has(candidate)) return { happenings: [] }
    const known = await loadCandidate(desk, act.staff, candidate)
    const [old] = reachable(await oldAddresses(desk.prisma, candidate, found.address?.id))
    if (!old) throw new Failure('person:stopped')
    const { id: request, visibility } = found.request
    const language = old.address.language ?? known.language
    const say = { text: sentences.changeAsked, language, visibility }
    const { spoken, changes } = await sayTo(desk, speech, old.address, say)
    const message: NewMessage = {
      ...{ id: desk.clock.id(), spoken, priority: 'answer' },
      ...{ visibility, request, staff: act.staff.id },
    }
    const disputable = { disputable_id: request, disputable_at: desk.clock.now() }
    return {
      happenings: [{ type: 'contact_noticed', request, candidate }],
      messages: [message],
      changes: [...changes, { update: 'address', id: old.address.id, plain: disputable }],
      of: { person: known.person, address: old.address },
    }
  })
}

/**
 * The number is replaced: the old addresses are closed with date and reason, the new one is linked and verified, and open
 * requests are answered there. Fails with `identity:unchecked`.
 */
export async function approveContact(desk: Desk, act: Act, candidate: string): Promise<void> {
  await perform(desk, act, async (found): Promise<Deed> => {
    mustBe(found, 'request.contact_change')
    const state = await openState(desk, found)
    const known = await loadCandidate(desk, act.staff, candidate)
    const { request, address, person } = found
    if (!address) throw new Failure('person:not_found')
    const old = await oldAddresses(desk.prisma, candidate, address.id)
    mustBeChangeable({
      checks: (state.checks.get(candidate) ?? []) as ContactCheck[],
      noticed: state.noticed.has(candidate) || reachable(old).length === 0,
      disputed: state.disputed,
    })
    const by = swornBy(desk, act)
    const joins = person !== undefined && person.id !== candidate
    return {
      happenings: [
        { type: 'contact_changed', request: request.id, candidate },
        ...(joins ? [{ type: 'persons_joined', other: person.id } as const] : []),
        ...(await phoneEdit(desk, known, address.id)),
      ],
      changes: [
        ...(joins ? await joinRows(desk.prisma, person.id, candidate, by) : []),
        ...(await closeOldRows(desk, { candidate, old, to: address.id, at: by.at })),
      ],
      of: { person: known.person },
    }
  })
}

/** Nothing is replaced, and the old number has nothing more to dispute. */
export async function refuseContact(desk: Desk, act: Act, reason: string): Promise<void> {
  await perform(desk, act, async (found) => {
    mustBe(found, 'request.contact_change')
    await openState(desk, found)
    const request = found.request.id
    const told = await desk.prisma.address.findMany({
      where: { disputableId: request },
      select: { id: true },
    })
    return {
      happenings: [{ type: 'contact_refused', request, secret: { reason } }],
      changes: told.map(
        ({ id }): Change => ({ update: 'address', id, plain: { disputable_id: null, disputable_at: null } }),
      ),
    }
  })
}

/** Two files are of one person: this one is joined to another that the reader may see as well. */
export async function joinPersons(desk: Desk, act: PersonAct, into: string, reason: string): Promise<void> {
  await performOnPerson(desk, act, async ({ id }) => {
    const other = await loadCandidate(desk, act.staff, into)
    return {
      happenings: [{ type: 'persons_joined', other: other.person.id, secret: { reason } }],
      changes: await joinRows(desk.prisma, id, into, swornBy(desk, act)),
    }
  })
}

/** They are two people after all: each has what was theirs. */
export async function partPersons(desk: Desk, act: PersonAct, reason: string): Promise<void> {
  await performOnPerson(desk, act, async ({ id, sameAs }) => {
    if (sameAs === undefined) return []
    return {
      happenings: [{ type: 'persons_parted', other: sameAs, secret: { reason } }],
      changes: await partRows(desk.prisma, id, swornBy(desk, act)),
    }
  })
}

function swornBy(desk: Desk, { staff }: { readonly staff: Staff | undefined }) {
  if (!staff) throw new Failure('staff:not_allowed')
  return { staff: staff.id, at: desk.clock.now() }
}

function mustBe({ request }: Found, ...kinds: readonly Kind[]): void {
  if (request.state === 'closed') throw new Failure('request:closed', { request: request.id })
  if (!kinds.some((kind) => kind === request.kind)) throw new Failure('request:not_found')
}

/** The checks so far; what was settled is not settled again (`request:closed`). */
async function openState(desk: Desk, { request }: Found) {
  const state = await matchStateOf(desk.prisma, request.id)
  if (state.settled) throw new Failure('identity:settled', { request: request.id })
  return state
}

type Known = {
  readonly person: NonNullable<Found['person']>
  readonly language: Language
  readonly phone?: string
}

/** A candidate that the reader may know of; fails with `person:not_found` for all others. */
async function loadCandidate({ prisma, keys }: Desk, staff: Staff | undefined, id: string): Promise<Known> {
  const row =
    staff && isId(id)
      ? await prisma.person.findFirst({
          where: { AND: [{ id, erasedAt: null, sameAsId: null }, candidatesSeenBy(staff)] },
          include: {
            cases: {
              orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }],
              take: 1,
            },
          },
        })
      : null
  if (!row) throw new Failure('person:not_found')
  await keys.load([row.keyId])
  const [file] = row.cases
  return {
    person: {
      ...{
        id,
        key: row.keyId,
        case: file?.id,
        owner: file?.ownerId ?? undefined,
        pastOwners: file?.pastOwners ?? [],
        minor: row.minor,
      },
      ...{ office: file?.officeId ?? undefined, region: row.region ?? undefined, known: true },
    },
    language: (row.language ?? 'fr') as Language,
    phone: keys.read(row.keyId, placeOf('person', 'phone_enc', id), row.phoneEnc),
  }
}

/** The phone of the file becomes the one that the provider vouches for; where it names none, staff write it. */
async function phoneEdit(
  { prisma, keys }: Desk,
  { phone: before }: Known,
  address: string,
): Promise<readonly Happening[]> {
  const row = await prisma.address.findUniqueOrThrow({ where: { id: address } })
  await keys.load([row.keyId])
  const phone = keys.read(row.keyId, placeOf('address', 'phone_enc', address), row.phoneEnc)
  if (phone === undefined || phone === before) return []
  const secret = { before: before === undefined ? {} : { phone: before }, after: { phone } }
  return [{ type: 'person_edited', fields: ['phone'], secret }]
}

function reachable(old: readonly OldAddress[]): readonly OldAddress[] {
  return old.filter(({ address }) => address.state === 'live' && address.stopped !== 'all')
}
