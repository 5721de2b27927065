/**
 * What staff do with follow-ups, under the request that they belong to: proposed, agreed by word of mouth, done, missed,
 * cancelled. A calendar that changed while somebody looked is looked at again, so that no time is given twice.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { type FollowUpKind, longestMinutes, type Room, usualMinutes } from '../core/followup.ts'
import * as rules from '../core/followup-rules.ts'
import { homeCountry, nightIn } from '../core/night.ts'
import type { SafeContact } from '../core/safe-contact.ts'
import { safeSpansOf } from '../core/safe-hours.ts'
import { Failure } from '../failure.ts'
import { besideFlows } from '../flow/sentences.ts'
import { colleaguesAt } from '../store/colleague.ts'
import { type FollowUpRow, followUpsOfRequest, missedInARow, readDiary } from '../store/followup.ts'
import { readAddress, readPerson } from '../store/person.ts'
import { isId } from '../store/request.ts'
import type { Change } from '../store/road.ts'
import { readSafeContact } from '../store/safe-contact.ts'
import { type Desk, perform } from './act.ts'
import type { Act, Deed, Found } from './act-load.ts'
import { type Speech, sayTo } from './aloud.ts'
import { takeTime } from './apply-followup.ts'

export type FollowUpWish = {
  /** Whose calendar; the acting member of staff, or a colleague who may see the request. */
  readonly staff: string
  readonly kind: FollowUpKind
  readonly at: Date
  readonly minutes?: number
  /** Where a meeting is. */
  readonly office?: string
  readonly agreed: boolean
}

/** Fails with `follow_up:past`, `follow_up:not_free`, `staff:not_found`, `form:invalid`. */
export async function proposeFollowUp(desk: Desk, act: Act, wish: FollowUpWish): Promise<void> {
  const minutes = wish.minutes ?? usualMinutes[wish.kind]
  if (!Number.isInteger(minutes) || minutes < 5 || minutes > longestMinutes) {
    throw new Failure('form:invalid', { field: 'minutes' })
  }
  await mustMeet(desk, act, wish)
  await perform(desk, act, async (found) => {
    const now = desk.clock.now()
    const all = await followUpsOfRequest(desk.prisma, act.request)
    const [before] = all.filter(({ state }) => !rules.isOver(state))
    const diary = await readDiary(desk.prisma, wish.staff, now, before?.id)
    const { room, country } = await roomFor(desk, found, diary)
    const happenings = rules.propose(
      found.request,
      before,
      desk.clock.id(),
      { ...wish, minutes, country },
      room,
      now,
    )
    const booked = happenings.some(({ type }) => type === 'follow_up_proposed')
    return {
      happenings,
      followUps: all,
      changes: booked ? [takeTime(wish.staff, diary.version, now)] : [],
    }
  })
}

async function mustMeet(desk: Desk, act: Act, { staff, kind, office }: FollowUpWish): Promise<void> {
  if (staff !== act.staff.id) {
    const colleagues = await colleaguesAt(desk.prisma, act.request, act.staff.id)
    if (!colleagues.some(({ id }) => id === staff)) throw new Failure('staff:not_found')
  }
  if (office === undefined) return
  const known =
    kind === 'meeting' && isId(office) && (await desk.prisma.office.findUnique({ where: { id: office } }))
  if (!known) throw new Failure('form:invalid', { field: 'office' })
}

/** What limits the times: the calendar of whoever goes, and when the person can be met without harm. */
export async function roomFor(
  desk: Pick<Desk, 'prisma' | 'keys' | 'watch'>,
  { person, address }: Pick<Found, 'person' | 'address'>,
  { taken, away }: Pick<Room, 'taken' | 'away'>,
): Promise<{ readonly room: Room; readonly country: string; readonly contact?: SafeContact }> {
  const [known, reached, contact, town] = await Promise.all([
    person && readPerson(desk, person.id),
    address && readAddress(desk, address.id, person?.id),
    person && readSafeContact(desk, person.id),
    desk.watch.current(),
  ])
  const number = known?.phone ?? reached?.phone
  const country = (number && parsePhoneNumberFromString(number)?.country) ?? homeCountry
  // Words that only staff can read are shown to them beside the times.
  const safe = safeSpansOf(contact?.hours)
  const room = { calendar: town.calendar, taken, away, country, ...(safe ? { safe } : {}) }
  return { room, country, ...(contact ? { contact } : {}) }
}

type Named = { readonly followUp: string }

/** The person said yes to a member of staff. Fails with `follow_up:past`. */
export async function agreeFollowUp(desk: Desk, act: Act, it: Named): Promise<void> {
  await change(desk, act, it, (one) => ({ happenings: rules.agree(one, desk.clock.now()) }))
}

/** Fails with `follow_up:not_yet` before its hour, like a missed one. */
export async function finishFollowUp(desk: Desk, act: Act, it: Named): Promise<void> {
  await change(desk, act, it, async (one, found) => {
    const happenings = rules.finish(one, desk.clock.now())
    const kept = happenings.length > 0 && one.kind === 'visit' && found.request.visibility === 'open'
    return { happenings, changes: kept ? await visitKept(desk, found) : [] }
  })
}

/** The case counts its visits since the delivery: the next one is due by them. */
async function visitKept({ prisma }: Desk, { person }: Found): Promise<readonly Change[]> {
  const where = { id: person?.case ?? '', stage: 'monitoring' }
  const file = person?.case === undefined ? null : await prisma.case.findFirst({ where })
  if (!file) return []
  const plain = { visits_kept: file.visitsKept + 1 }
  return [{ update: 'case_file', id: file.id, version: file.version, plain }]
}

/** Whoever was called and not found is told once that we shall call again. */
export async function missFollowUp(desk: Desk, speech: Speech, act: Act, it: Named): Promise<void> {
  await change(desk, act, it, async (one, found) => {
    const before = await missedInARow(desk.prisma, { person: found.person?.id, request: act.request })
    const told = one.kind === 'call' && (await mayTell(desk, found, one)) ? desk.clock.id() : undefined
    const happenings = rules.miss(one, before, desk.clock.now(), told)
    const { address } = found
    if (told === undefined || happenings.length === 0 || !address) return { happenings }
    const { visibility, id: request } = found.request
    const language = address.language ?? found.language
    const said = await sayTo(desk, speech, address, { text: besideFlows.missedCall, language, visibility })
    const spoken = { ...said.spoken, occasion: 'prompt' } as const
    const messages = [{ id: told, spoken, priority: 'answer', visibility, request }] as const
    return { happenings, messages, changes: said.changes }
  })
}

export async function cancelFollowUp(desk: Desk, act: Act, it: Named): Promise<void> {
  await change(desk, act, it, (one) => ({ happenings: rules.cancel(one) }))
}

async function change(
  desk: Desk,
  act: Act,
  { followUp }: Named,
  rule: (it: FollowUpRow, found: Found) => Deed | Promise<Deed>,
): Promise<void> {
  await perform(desk, act, async (found) => {
    const followUps = await followUpsOfRequest(desk.prisma, act.request)
    const it = followUps.find(({ id }) => id === followUp)
    if (!it) throw new Failure('form:stale')
    return { ...(await rule(it, found)), followUps }
  })
}

/** Nobody is written to at night, on a phone that others read, or where it is not safe. */
async function mayTell(desk: Desk, { address, person }: Found, { country }: FollowUpRow): Promise<boolean> {
  if (address?.state !== 'live' || address.stopped === 'all' || address.shared) return false
  if (nightIn(country, desk.clock.now()) !== undefined) return false
  const way = person ? (await readSafeContact(desk, person.id))?.way : undefined
  return way === undefined || way === 'any' || way === 'text' || way === 'voice'
}
