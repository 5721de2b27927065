/** From the store to the page of follow-ups of one request: what stands, which times are free, what happened. */
import { followUpKinds, freeSlots, longestMinutes, usualMinutes } from '../core/followup.ts'
import { isOver } from '../core/followup-rules.ts'
import type { Staff } from '../core/staff.ts'
import { historyOfFollowUps } from '../store/calendar.ts'
import { colleaguesAt } from '../store/colleague.ts'
import { followUpsOfRequest, readDiary } from '../store/followup.ts'
import { staffNames } from '../store/seat.ts'
import { roomFor } from '../turn/act-followup.ts'
import { loadForAct } from '../turn/act-load.ts'
import type { Console } from './asked.ts'
import { followUpView } from './followup-view.ts'
import { loadFacts } from './load.ts'
import type { FollowUpsView, SlotQuery } from './pages/followup.tsx'
import type { Happened } from './view.ts'

const day = 86_400_000
/** What fits on a page; later ones are asked for by their day. */
const daysShown = 10
const slotsShown = 90

/** What the address asks for, without what it gets wrong. */
export function readSlotQuery(query: unknown, now: Date): Partial<SlotQuery> & Pick<SlotQuery, 'from'> {
  const asked = query as Readonly<Record<string, unknown>>
  const kind = followUpKinds.find((one) => one === asked['kind'])
  const minutes = Number(asked['minutes'])
  const from = new Date(`${String(asked['from'])}T00:00:00Z`)
  return {
    ...(kind ? { kind } : {}),
    ...(typeof asked['staff'] === 'string' ? { staff: asked['staff'] } : {}),
    ...(Number.isInteger(minutes) && minutes >= 5 && minutes <= longestMinutes ? { minutes } : {}),
    from: from > now ? from : now,
  }
}

/** What a form asks for: whose kind was changed does not last as long as what was looked for before. */
export function readChangedQuery(body: unknown, now: Date): ReturnType<typeof readSlotQuery> {
  const { searched } = body as Readonly<Record<string, unknown>>
  const [kind, minutes] = String(searched).split(' ')
  const query = readSlotQuery(body, now)
  if (query.kind === kind || String(query.minutes) !== minutes) return query
  const { minutes: _before, ...rest } = query
  return rest
}

export async function loadFollowUps(
  console: Console,
  staff: Staff,
  id: string,
  query: ReturnType<typeof readSlotQuery>,
): Promise<FollowUpsView> {
  const { database, desk, clock } = console
  const { prisma } = database
  const [facts, found, all, history, colleagues, offices] = await Promise.all([
    loadFacts(console, staff, id),
    loadForAct(prisma, staff, id),
    followUpsOfRequest(prisma, id),
    historyOfFollowUps(prisma, id),
    colleaguesAt(prisma, id, staff.id),
    prisma.office.findMany({ orderBy: { name: 'asc' }, select: { id: true, name: true } }),
  ])
  const people = [
    { id: staff.id, name: staff.name },
    ...colleagues.map(({ id: one, name }) => ({ id: one, name })),
  ]
  const standing = all.find(({ state }) => !isOver(state))
  // What is moved stays what it is, unless something else is asked for.
  const moved = query.kind === undefined ? standing : undefined
  const kind = query.kind ?? standing?.kind ?? 'meeting'
  const wished = query.staff ?? moved?.staff
  const whose = people.find(({ id: one }) => one === wished)?.id ?? staff.id
  const minutes = query.minutes ?? moved?.minutes ?? usualMinutes[kind]
  const asked: SlotQuery = { kind, minutes, staff: whose, from: query.from }
  const diary = await readDiary(prisma, whose, clock.now(), standing?.id)
  const { room, contact } = await roomFor(desk, found, diary)
  const slots = freeSlots(room, {
    ...{ minutes: asked.minutes, from: asked.from, most: slotsShown },
    until: new Date(asked.from.getTime() + daysShown * day),
  })
  const names = await staffNames(prisma, [
    ...history.flatMap(({ by }) => (typeof by === 'object' ? by.staff : [])),
    ...all.flatMap((one) => one.staff ?? []),
  ])
  return {
    facts,
    followUps: all.map((one) => followUpView(one, names)),
    history: history.map(
      ({ id: event, at, by, happening }): Happened => ({
        ...{ type: 'happened', id: event, at, happening, names: {} },
        ...(typeof by === 'object' ? { by: names.get(by.staff) ?? '' } : {}),
      }),
    ),
    ...{ people, offices, slots, asked },
    tells: facts.row.visibility === 'open' && facts.reach?.state === 'live' && facts.reach.stopped !== 'all',
    ...(contact?.hours === undefined ? {} : { safeHours: contact.hours }),
  }
}
