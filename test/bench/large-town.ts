/**
 * The large office: five offices with a hundred and sixty staff, made of the demo's tools. Its people come one after the
 * other (large-person.ts) into a ledger that is emptied after every batch, so that any number of them fits into memory.
 */
import { type Calendar, makeCalendar, officeHours } from '../../src/core/calendar.ts'
import { type QueueKey, queueKeys, queues } from '../../src/core/queue.ts'
import { referenceOf } from '../../src/core/reference.ts'
import type { Role } from '../../src/core/staff.ts'
import { type Cast, type DemoOffice, type DemoStaff, makeCast, makeHolidays } from '../../src/demo/cast.ts'
import { type Dice, makeDice, makeIds } from '../../src/demo/dice.ts'
import { type Ledger, openLedger } from '../../src/demo/ledger.ts'
import { familyNames, menNames, womenNames } from '../../src/demo/names.ts'
import type { DemoChannelKind, Places } from '../../src/demo/people.ts'
import { dayLength } from '../../src/demo/rhythm.ts'
import { furnish } from '../../src/demo/story.ts'
import type { Keys } from '../../src/store/encryption.ts'

/** How long the office has been at work. */
export const spanDays = 730

export type Town = {
  /** What the present batch of people wrote. */
  ledger: Ledger
  readonly cast: Cast
  readonly calendar: Calendar
  readonly channels: Readonly<Record<DemoChannelKind, string>>
  readonly places: Places
  readonly dice: Dice
  readonly id: (at: Date) => string
  readonly now: Date
  /** Look-ups, as the product makes them. */
  readonly hash: Keys['hash']
  /** Who sits in a queue, those of this office if it has any there. */
  readonly seats: (queue: QueueKey, office?: string) => readonly DemoStaff[]
  /** The next reference; `references` tells how many were given. */
  readonly reference: () => string
  readonly references: () => number
}

/** The town with its staff, nobody having written yet. */
export function openTown(seed: string, now: Date, places: Places, hash: Keys['hash']): Town {
  const dice = makeDice(seed)
  const id = makeIds(dice.fork('ids'))
  const began = new Date(now.getTime() - (spanDays + 1) * dayLength)
  const cast = moreStaff(makeCast(now, id), id, dice.fork('staff'), began)
  const holidays = makeHolidays(now)
  const channels = { telegram: id(began), whatsapp_web: id(began), web_chat: id(began) }
  const ledger = openLedger()
  furnish(ledger, cast, holidays, channels, began)
  let given = 0
  return {
    ...{ ledger, cast, channels, places, dice, id, now, hash },
    // Bamako keeps UTC all year, and reckoning in it is ten times faster.
    calendar: makeCalendar(
      { ...officeHours, zone: 'UTC' },
      holidays.map(({ day }) => day.toISOString().slice(0, 10)),
    ),
    seats: seatsOf(cast),
    reference() {
      given += 1
      return referenceOf(given - 1)
    },
    references: () => given,
  }
}

/** So many more in every office than the demo has. */
const more: readonly (readonly [Role, number])[] = [
  ['case_worker', 24],
  ['assistant', 4],
  ['supervisor', 1],
]

function moreStaff(cast: Cast, id: Town['id'], dice: Dice, began: Date): Cast {
  const added = cast.offices.flatMap((office) =>
    more.flatMap(([role, count]) =>
      Array.from({ length: count }, (_, n) => member(office, role, n + 2, dice, id(began))),
    ),
  )
  return { ...cast, staff: [...cast.staff, ...added] }
}

function member(office: DemoOffice, role: Role, n: number, dice: Dice, id: string): DemoStaff {
  const sex = dice.chance(45) ? 'woman' : 'man'
  const given = dice.pick(sex === 'woman' ? womenNames : menNames)[0]
  return {
    ...{ id, email: `${role}.${office.key}.${n}@demo.invalid`, sex, office, language: 'fr' },
    name: `${given} ${dice.pick(familyNames)[0]}`,
    roles: [role],
    speaks: ['fr', 'bm'],
    queues: queueKeys.filter((key) => (queues[key].roles as readonly Role[]).includes(role)),
  }
}

function seatsOf({ staff }: Cast): Town['seats'] {
  const known = new Map<string, readonly DemoStaff[]>()
  return (queue, office) => {
    const name = `${queue} ${office ?? ''}`
    const found = known.get(name)
    if (found) return found
    const all = staff.filter((one) => one.queues.includes(queue))
    const here = all.filter((one) => one.office.id === office)
    known.set(name, here.length > 0 ? here : all)
    return here.length > 0 ? here : all
  }
}
