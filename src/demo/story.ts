/** Tells the whole story of the demo office, up to now, and gives its tables. Pure: the same seed and now, the same story. */

import { makeCalendar, officeHours } from '../core/calendar.ts'
import { conductVersion } from '../core/entry.ts'
import { officeName, staffName } from '../core/named.ts'
import type { QueueKey } from '../core/queue.ts'
import type { FlowBook } from '../flow/definition.ts'
import type { Engine } from '../flow/engine.ts'
import type { Keys } from '../store/encryption.ts'
import type { Locales } from '../text/locale.ts'
import type { Surroundings } from '../turn/surroundings.ts'
import { makeAgenda } from './agenda.ts'
import { type Cast, demoAccount, makeCast, makeHolidays } from './cast.ts'
import { comeWith } from './conversations.ts'
import { makeDice, makeIds } from './dice.ts'
import type { Ledger } from './ledger.ts'
import { type DemoChannelKind, type DemoPerson, makePeople, type Places } from './people.ts'
import { plotEverything } from './plan.ts'
import { type DemoHoliday, dayLength, storyDays } from './rhythm.ts'
import { showAtOnce } from './showcase.ts'
import { openStage, type Stage } from './stage.ts'
import { comeFromElsewhere } from './strangers.ts'

export type StoryParts = {
  readonly engine: Engine
  readonly voices: Stage['voices']
  readonly book: FlowBook
  readonly locales: Locales
  readonly places: Places
  readonly hash: Keys['hash']
  readonly now: Date
  readonly seed: string
}

export type Story = {
  readonly ledger: Ledger
  readonly cast: Cast
  readonly people: readonly DemoPerson[]
  /** How many references were given. */
  readonly references: number
}

const kinds: readonly DemoChannelKind[] = ['telegram', 'whatsapp_web', 'web_chat']

export function tellStory({ engine, book, locales, voices, places, hash, now, seed }: StoryParts): Story {
  const dice = makeDice(seed)
  const id = makeIds(dice.fork('ids'))
  const cast = makeCast(now, id)
  const holidays = makeHolidays(now)
  const began = new Date(now.getTime() - (storyDays + 1) * dayLength)
  const [telegram, whatsapp, webChat] = [id(began), id(began), id(began)]
  const channels = { telegram, whatsapp_web: whatsapp, web_chat: webChat }
  const town = townOf(cast, holidays)
  const stage = openStage({
    engine,
    book,
    locales,
    voices,
    town,
    channels,
    dice: dice.fork('stage'),
    id,
    hash,
  })
  furnish(stage.ledger, cast, holidays, channels, began)
  const people = makePeople(now, cast, places, dice.fork('people'), id)
  const agenda = makeAgenda()
  const theatre = { stage, agenda, cast, dice: dice.fork('talks') }
  for (const plot of plotEverything(people, now, dice.fork('plot'))) comeWith(theatre, plot)
  agenda.run(now)
  comeFromElsewhere(stage, people, now)
  showAtOnce(stage, cast, people, now)
  const requests = stage.ledger.tables.get('request')
  return { ledger: stage.ledger, cast, people, references: requests?.size ?? 0 }
}

/** What every turn knows of the office. Nobody has verified an emergency number, so none is said. */
function townOf(cast: Cast, holidays: readonly DemoHoliday[]): Surroundings {
  const staffOf = new Map<QueueKey, string[]>()
  for (const { id, queues } of cast.staff) {
    for (const queue of queues) staffOf.set(queue, [...(staffOf.get(queue) ?? []), id])
  }
  return {
    // Bamako keeps UTC all year, and reckoning in it is ten times faster.
    calendar: makeCalendar(
      { ...officeHours, zone: 'UTC' },
      holidays.map(({ day }) => day.toISOString().slice(0, 10)),
    ),
    duty: cast.duties,
    staffOf,
    officeOfStaff: new Map(cast.staff.map(({ id, office }) => [id, office.id])),
    officeNames: cast.offices.map(({ id, name }) => officeName(id, name)),
    supervisorOf: new Map(cast.staff.flatMap(({ id, supervisor }) => (supervisor ? [[id, supervisor]] : []))),
    names: cast.staff.map(({ id, name }) => staffName(id, name)),
    offices: cast.offices,
  }
}

/** Rows that stand before anybody writes. */
export function furnish(
  ledger: Ledger,
  { offices, staff, duties }: Cast,
  holidays: readonly DemoHoliday[],
  channels: Readonly<Record<DemoChannelKind, string>>,
  began: Date,
): void {
  for (const kind of kinds) {
    ledger.insert('channel', channels[kind], {
      id: channels[kind],
      kind,
      account: demoAccount,
      created_at: began,
    })
  }
  for (const { id, key, name, regions, place } of offices)
    ledger.insert('office', id, { id, key, name, regions, place })
  for (const one of staff) {
    const { id, email, name, roles, language, speaks, sex, office, supervisor, queues } = one
    const plain = { id, email, name, roles, language, speaks, sex, office_id: office.id }
    const accepted = { conduct: conductVersion, conduct_at: began }
    ledger.insert('staff', id, {
      ...{ ...plain, ...accepted },
      ...{ supervisor_id: supervisor ?? null, created_at: began },
    })
    for (const queue of queues) ledger.insert('queue_staff', `${queue}/${id}`, { queue, staff_id: id })
  }
  for (const { staff: holder, ...duty } of duties) {
    ledger.insert('duty', duty.id, { ...duty, staff_id: holder })
  }
  for (const { day, name } of holidays) ledger.insert('holiday', day.toISOString(), { day, name })
}
