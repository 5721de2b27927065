/** The fictional office: who works there, who is on duty, when it is closed. Addresses lead nowhere (RFC 2606, .invalid). */
import type { DutyLine } from '../core/duty.ts'
import { type QueueKey, queueKeys, queues } from '../core/queue.ts'
import type { Role, Staff } from '../core/staff.ts'
import { type DemoHoliday, dayLength, startOfDay } from './rhythm.ts'

/** One password for every account of the demo; the server listens on loopback only. */
export const demoPassword = 'bureau-de-demo'

/** The name of every channel account in the story; none of them leads to a provider. */
export const demoAccount = 'demo'

export type DemoOffice = {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly regions: readonly string[]
  readonly place: string
}

export type DemoStaff = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly language: 'fr' | 'en'
  readonly speaks: readonly string[]
  readonly sex: 'woman' | 'man'
  readonly office: DemoOffice
  readonly supervisor?: string
  readonly queues: readonly QueueKey[]
}

/** As rules and pages know somebody who is signed in. */
export function asStaff({ office, ...staff }: DemoStaff): Staff {
  return { ...staff, office: office.id }
}

export type DemoDuty = {
  readonly id: string
  readonly staff: string
  readonly line: DutyLine
  readonly rank: number
  readonly from: Date
  readonly until: Date
}

export type Cast = {
  readonly offices: readonly DemoOffice[]
  readonly staff: readonly DemoStaff[]
  readonly duties: readonly DemoDuty[]
}

const officeList = [
  ['bamako', 'Bamako', ['ml-bamako', 'ml-koulikoro', 'ml-segou', 'ml-san', 'ml-dioila', 'ml-nara']],
  ['kayes', 'Kayes', ['ml-kayes', 'ml-nioro', 'ml-kita']],
  ['sikasso', 'Sikasso', ['ml-sikasso', 'ml-bougouni', 'ml-koutiala']],
  ['mopti', 'Mopti', ['ml-mopti', 'ml-bandiagara', 'ml-douentza', 'ml-tombouctou', 'ml-taoudenit']],
  ['gao', 'Gao', ['ml-gao', 'ml-menaka', 'ml-kidal']],
] as const

type Part = {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly sex: 'woman' | 'man'
  readonly office: string
  readonly under?: string
  readonly speaks: readonly string[]
  readonly language?: 'en'
}

/** The first account of a role is called by the role alone, because it is typed most. */
const parts: readonly Part[] = [
  { email: 'admin', name: 'Yaya Demba', role: 'admin', sex: 'man', office: 'bamako', speaks: ['fr', 'en'] },
  {
    email: 'officer',
    name: 'Claire Fontaine',
    role: 'officer',
    sex: 'woman',
    office: 'bamako',
    speaks: ['fr', 'en'],
    language: 'en',
  },
  {
    email: 'supervisor',
    name: 'Mariam Koumaré',
    role: 'supervisor',
    sex: 'woman',
    office: 'bamako',
    under: 'officer',
    speaks: ['fr', 'bm'],
  },
  {
    email: 'supervisor.mopti',
    name: 'Hamma Guindo',
    role: 'supervisor',
    sex: 'man',
    office: 'mopti',
    under: 'officer',
    speaks: ['fr', 'bm', 'ff'],
  },
  worker('case_worker', 'Moussa Samaké', 'man', 'bamako', ['fr', 'bm']),
  worker('case_worker.bamako', 'Oumou Fofana', 'woman', 'bamako', ['fr', 'bm', 'en']),
  worker('case_worker.kayes', 'Lassana Gassama', 'man', 'kayes', ['fr', 'bm', 'snk']),
  worker('case_worker.sikasso', 'Rokia Bagayoko', 'woman', 'sikasso', ['fr', 'bm']),
  worker('case_worker.mopti', 'Allaye Tembely', 'man', 'mopti', ['fr', 'bm', 'ff']),
  worker('case_worker.gao', 'Zeinabou Alassane', 'woman', 'gao', ['fr', 'bm', 'ses']),
  {
    email: 'assistant',
    name: 'Sitan Bengaly',
    role: 'assistant',
    sex: 'woman',
    office: 'bamako',
    under: 'supervisor',
    speaks: ['fr', 'bm'],
  },
  {
    email: 'assistant.kayes',
    name: 'Modibo Kanouté',
    role: 'assistant',
    sex: 'man',
    office: 'kayes',
    under: 'supervisor',
    speaks: ['fr', 'bm', 'en'],
  },
  {
    email: 'protection',
    name: 'Nana Kassogué',
    role: 'protection',
    sex: 'woman',
    office: 'bamako',
    under: 'officer',
    speaks: ['fr', 'bm'],
  },
  {
    email: 'protection.gao',
    name: 'Idrissa Alhousseini',
    role: 'protection',
    sex: 'man',
    office: 'gao',
    under: 'officer',
    speaks: ['fr', 'bm', 'ses'],
  },
  {
    email: 'psea',
    name: 'Assétou Sogoba',
    role: 'psea',
    sex: 'woman',
    office: 'bamako',
    speaks: ['fr', 'bm'],
  },
  {
    email: 'psea.deputy',
    name: 'Paul Théra',
    role: 'psea',
    sex: 'man',
    office: 'bamako',
    speaks: ['fr', 'en'],
  },
  {
    email: 'monitoring',
    name: 'Bréhima Goïta',
    role: 'monitoring',
    sex: 'man',
    office: 'bamako',
    under: 'officer',
    speaks: ['fr'],
  },
  {
    email: 'data_protection',
    name: 'Ines Kamissoko',
    role: 'data_protection',
    sex: 'woman',
    office: 'bamako',
    speaks: ['fr', 'en'],
  },
]

function worker(
  email: string,
  name: string,
  sex: Part['sex'],
  office: string,
  speaks: readonly string[],
): Part {
  const under = office === 'mopti' || office === 'gao' ? 'supervisor.mopti' : 'supervisor'
  return { email, name, role: 'case_worker', sex, office, under, speaks }
}

/** Offices, staff and a duty list that covers the half year and the coming month without a gap. */
export function makeCast(now: Date, id: (at: Date) => string): Cast {
  const since = new Date(startOfDay(now).getTime() - 400 * dayLength)
  const offices = officeList.map(([key, name, regions]) => ({
    id: id(since),
    key,
    name,
    regions,
    place: `Bureau de démonstration, ${name} (adresse fictive)`,
  }))
  const ids = new Map(parts.map(({ email }) => [email, id(since)]))
  const staff = parts.map((part) => makeStaff(part, ids, offices))
  return { offices, staff, duties: makeDuties(now, staff, id) }
}

function makeStaff(part: Part, ids: ReadonlyMap<string, string>, offices: readonly DemoOffice[]): DemoStaff {
  const office = offices.find(({ key }) => key === part.office)
  const id = ids.get(part.email)
  if (!office || !id) throw new Error(`the cast has no office for ${part.email}`)
  return {
    id,
    email: `${part.email}@demo.invalid`,
    name: part.name,
    roles: [part.role],
    language: part.language ?? 'fr',
    speaks: part.speaks,
    sex: part.sex,
    office,
    supervisor: part.under ? ids.get(part.under) : undefined,
    queues: queueKeys.filter((key) => (queues[key].roles as readonly Role[]).includes(part.role)),
  }
}

/** The past half year and the coming month. */
const firstWeek = -27
const weeks = Array.from({ length: 32 }, (_, index) => firstWeek + index)

/** Weeks from Monday to Monday, each line held by its people in turn, and whoever comes next week is the deputy. */
function makeDuties(now: Date, staff: readonly DemoStaff[], id: (at: Date) => string): DemoDuty[] {
  const lines = {
    protection: ['protection'],
    psea: ['psea'],
    conduct: ['officer'],
    data: ['data_protection'],
    critical: ['supervisor', 'case_worker'],
  } as const satisfies Record<DutyLine, readonly Role[]>
  const today = startOfDay(now)
  const monday = today.getTime() - ((today.getUTCDay() + 6) % 7) * dayLength
  return Object.entries(lines).flatMap(([line, roles]) => {
    const people = staff.filter((one) => (roles as readonly Role[]).some((role) => one.roles.includes(role)))
    if (people.length === 0) throw new Error(`nobody can hold the line ${line}`)
    return weeks.flatMap((week) => {
      const from = new Date(monday + week * 7 * dayLength)
      const until = new Date(from.getTime() + 7 * dayLength)
      const turn = week - firstWeek
      const called =
        people.length === 1 ? people : [turn, turn + 1].flatMap((n) => people[n % people.length] ?? [])
      return called.map(({ id: staff }, rank) => {
        return { id: id(from), staff, line: line as DutyLine, rank, from, until }
      })
    })
  })
}

/** Fixed days of law 05-040 for the years the demo touches, and the feasts of 2026 that follow the moon; none verified. */
export function makeHolidays(now: Date): DemoHoliday[] {
  const year = now.getUTCFullYear()
  const fixed = [year - 1, year, year + 1].flatMap((each) =>
    fixedDays.map(([day, name]) => ({ day: new Date(`${each}-${day}T00:00:00Z`), name })),
  )
  const moving = moving2026.map(([day, name]) => ({ day: new Date(`${day}T00:00:00Z`), name }))
  return [...fixed, ...moving].map(({ day, name }) => ({ day, name: `${name} (à vérifier)` }))
}

const fixedDays = [
  ['01-01', 'Nouvel an'],
  ['01-20', "Fête de l'armée"],
  ['03-26', 'Journée des martyrs'],
  ['05-01', 'Fête du travail'],
  ['05-25', "Journée de l'Afrique"],
  ['09-22', "Fête de l'indépendance"],
  ['12-25', 'Noël'],
] as const

/** Easter Monday is reckoned; the others are expected and may move by a day or two. */
const moving2026 = [
  ['2026-03-20', 'Fin du Ramadan'],
  ['2026-04-06', 'Lundi de Pâques'],
  ['2026-05-27', 'Tabaski'],
  ['2026-08-26', 'Maouloud, naissance'],
  ['2026-09-02', 'Maouloud, baptême'],
] as const
