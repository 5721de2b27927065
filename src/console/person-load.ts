/** From the store to the page of one person, under the access of the reader. */

import { voiceBudgetOf } from '../core/answering.ts'
import { caseRoles, type Staff } from '../core/staff.ts'
import type { SurveyDefinition } from '../core/survey.ts'
import { type AnsweringFacts, answeringOf } from '../store/answering.ts'
import { type SurveyRecord, surveysOfPeople } from '../store/check-in.ts'
import type { AddressFacts } from '../store/person.ts'
import {
  addressHistory,
  type ConsentFacts,
  consentsOf,
  loadPerson,
  type PersonFacts,
} from '../store/person.ts'
import {
  type CaseFacts,
  caseOfPerson,
  editsOfPerson,
  filesOfPerson,
  followUpsOfPeople,
  needsOfPeople,
  type PersonEdit,
  type PersonFollowUp,
  type PersonNeed,
  type PersonReferral,
  placesForCases,
  referralsOfPeople,
  stagesOfCase,
} from '../store/person-file.ts'
import { type ProxyFacts, proxiesOf } from '../store/proxy.ts'
import { type CodeFacts, codesOf } from '../store/reached.ts'
import { requestsOfPeople } from '../store/request-list.ts'
import { saidAgeOf } from '../store/said-age.ts'
import { staffNames } from '../store/seat.ts'
import type { TaskLine } from '../store/task.ts'
import { hasSpoken, pageAround, threadOfPeople, type Whose } from '../store/thread.ts'
import { twinsOf } from '../store/twins.ts'
import { readToGuardian } from '../turn/act-guardian.ts'
import { hidden, rowOf } from './load.ts'
import { threadView } from './load-thread.ts'
import type { ConsoleParts } from './parts.ts'
import { shownPerson } from './shown-person.ts'
import { filledByStaff, loadSurveyBook, resultsOf, type SurveyResult } from './survey-load.ts'
import { loadTasksOf } from './task-load.ts'
import type { Happened, Row, Thread } from './view.ts'

type Parts = Pick<ConsoleParts, 'database' | 'clock' | 'placeName' | 'texts' | 'desk'>
type Spoken = Pick<ConsoleParts, 'locales'>

export const itemsInTimeline = 40

/** What a page shows of a person's timeline, and where the page before begins. */
export type Timeline = { readonly thread: Thread; readonly earlier?: string }

export type Named = { readonly id: string; readonly name: string }

export type PersonView = {
  readonly person: PersonFacts
  readonly addresses: readonly AddressFacts[]
  /** Codes that they set on their phones. */
  readonly codes: readonly CodeFacts[]
  /** How they are answered on each of their phones, and how many bytes of recordings a month may cost them. */
  readonly answered: readonly AnsweringFacts[]
  readonly voiceBudget: number
  /** Who may write for them. */
  readonly proxies: readonly ProxyFacts[]
  readonly consents: readonly ConsentFacts[]
  /** Who wrote down what whoever answers for a child said. */
  readonly guardianHeardBy?: string
  /** They said in the chat that they are a child, and nobody has looked at it. */
  readonly saidChild: boolean
  /** What is read out to whoever answers for a child, in the language of the child. */
  readonly readToGuardian?: string
  readonly file?: CaseFacts
  readonly needs: readonly PersonNeed[]
  readonly followUps: readonly PersonFollowUp[]
  readonly referrals: readonly PersonReferral[]
  /** The way of the case through its stages, the last first. */
  readonly stages: readonly Happened[]
  /** What falls due. */
  readonly tasks: readonly TaskLine[]
  /** What they answered to surveys, the last first. */
  readonly surveys: readonly SurveyRecord[]
  /** Those that can be filled in with them, and what they came to. */
  readonly filled: {
    readonly surveys: readonly SurveyDefinition[]
    readonly results: readonly SurveyResult[]
  }
  readonly requests: readonly Row[]
  /** Last corrections; those that may be taken back. */
  readonly edits: readonly (Happened & { readonly undone: boolean })[]
  readonly timeline: Timeline
  /** The page is not the latest one. */
  readonly past: boolean
  readonly joined: readonly { readonly id: string; readonly name?: string }[]
  /** Files that look like theirs. */
  readonly twins: readonly { readonly id: string; readonly name?: string | undefined }[]
  /** Whether the reader may give the case to somebody else. */
  readonly mayAssign: boolean
}

/** To whom and where a case can be given. */
export type CasePlaces = { readonly staff: readonly Named[]; readonly offices: readonly Named[] }

export type PersonLook = { readonly before?: string; readonly at?: string }

/** Fails with `person:not_found`. Gives the id of the whole file when this one was found to be of somebody known. */
export async function loadPersonView(
  parts: Parts & Spoken,
  staff: Staff,
  id: string,
  look: PersonLook,
): Promise<PersonView | { readonly whole: string }> {
  const { database } = parts
  const { prisma } = database
  const person = await loadPerson(database, staff, id)
  const { whole, joined } = await filesOfPerson(database, staff, person.id)
  if (whole !== undefined) return { whole }
  const people = [person.id, ...joined.map((one) => one.id)]
  const [lines, addresses, consents, file, needs, followUps, ...rest] = await Promise.all([
    requestsOfPeople(database, staff, people),
    addressHistory(database, person.id),
    consentsOf(prisma, { person: person.id }),
    caseOfPerson(prisma, person.id),
    needsOfPeople(prisma, staff, people),
    followUpsOfPeople(prisma, staff, people),
    referralsOfPeople(prisma, staff, people),
    editsOfPerson(database, person.id),
    stagesOfCase(database, person.id),
    twinsOf(database, staff, person.id),
    codesOf(prisma, person.id),
    proxiesOf(prisma, person.id, parts.clock.now()),
    loadTasksOf(parts, staff, people),
    surveysOfPeople(database, people),
    loadSurveyBook(parts),
    answeringOf(database, person.id, parts.clock.now()),
    saidAgeOf(prisma, staff, person.id),
    parts.desk.watch.current(),
  ])
  const [referrals, edits, moves, twins, codes, proxies, tasks, surveys, book, answered, said, town] = rest
  const requests = lines.map(rowOf)
  const whose = whoseOf(people, requests)
  const before =
    look.at === undefined ? look.before : await pageAround(database, whose, look.at, itemsInTimeline)
  const mayAssign =
    file !== undefined && staff.roles.some((role) => role === 'supervisor' || role === 'officer')
  const speaks = answered.some(({ onlySpeaks }) => onlySpeaks)
  const [timeline, spoken, names] = await Promise.all([
    loadTimeline(parts, whose, before),
    speaks && hasSpoken(database, whose),
    staffNames(prisma, [
      ...[...edits, ...moves].flatMap(({ by }) => (typeof by === 'object' ? [by.staff] : [])),
      ...consents.flatMap(({ guardian }) => guardian?.staff ?? []),
    ]),
  ])
  return {
    person: shownPerson(parts, person),
    ...{ addresses, codes, proxies, consents, file, needs, followUps, referrals, requests, tasks, surveys },
    ...guardianOf(parts, { ...person, minor: person.minor || said.is === 'seen' }, consents, names),
    saidChild: said.is === 'seen',
    filled: { surveys: filledByStaff(book), results: resultsOf(book, surveys) },
    ...{ timeline, joined, mayAssign, voiceBudget: voiceBudgetOf(town.voiceBudget) },
    answered: answered.map((one) => ({ ...one, onlySpeaks: one.onlySpeaks && spoken })),
    twins: twins.map(({ id: twin, values }) => ({ id: twin, name: values.name })),
    past: before !== undefined,
    edits: edits.map(({ undone, ...edit }) => ({ ...happenedOf(parts, edit, names), undone })),
    stages: moves.map((move) => happenedOf(parts, move, names)),
  }
}

export function loadCasePlaces({ database }: Pick<Parts, 'database'>): Promise<CasePlaces> {
  return placesForCases(database.prisma, caseRoles)
}

function guardianOf(
  { locales }: Spoken,
  { minor, language }: PersonFacts,
  consents: readonly ConsentFacts[],
  names: ReadonlyMap<string, string>,
): Pick<PersonView, 'guardianHeardBy' | 'readToGuardian'> {
  const by = consents.flatMap(({ guardian }) => names.get(guardian?.staff ?? '') ?? [])[0]
  const read = readToGuardian.map((key) => locales.t(language ?? 'fr', key)).join(' ')
  return { ...(by === undefined ? {} : { guardianHeardBy: by }), ...(minor ? { readToGuardian: read } : {}) }
}

function happenedOf(
  parts: Parts,
  { id, at, by, happening }: Omit<PersonEdit, 'undone'>,
  names: ReadonlyMap<string, string>,
): Happened {
  const who = typeof by === 'object' ? names.get(by.staff) : undefined
  return {
    ...{ type: 'happened', id, at, happening, names: placesIn(parts) },
    ...(who === undefined ? {} : { by: who }),
  }
}

/** One page of a timeline alone. */
export async function loadEarlier(
  parts: Parts,
  staff: Staff,
  id: string,
  before: string | undefined,
): Promise<Timeline> {
  const person = await loadPerson(parts.database, staff, id)
  const { joined } = await filesOfPerson(parts.database, staff, person.id)
  const people = [person.id, ...joined.map((one) => one.id)]
  const requests = (await requestsOfPeople(parts.database, staff, people)).map(rowOf)
  return loadTimeline(parts, whoseOf(people, requests), before)
}

/** Of a sealed matter nothing stands on the page of its person: holders read it where it is. */
function whoseOf(people: readonly string[], requests: readonly Row[]): Whose {
  return {
    people,
    requests: requests.filter(({ visibility }) => visibility !== 'sealed').map(({ id }) => id),
  }
}

async function loadTimeline(parts: Parts, whose: Whose, before: string | undefined): Promise<Timeline> {
  const { database } = parts
  const page = await threadOfPeople(database, whose, {
    limit: itemsInTimeline,
    hidden,
    ...(before ? { before } : {}),
  })
  const thread = await threadView(parts, page)
  const offices = await database.prisma.office.findMany({ select: { id: true, name: true } })
  const more = { ...Object.fromEntries(offices.map(({ id, name }) => [id, name])), ...placesIn(parts) }
  const items = thread.items.map((item) =>
    item.type === 'happened' ? { ...item, names: { ...more, ...item.names } } : item,
  )
  return {
    thread: { items, earlier: false },
    ...(page.earlier === undefined ? {} : { earlier: page.earlier }),
  }
}

const namesOf = new WeakMap<object, Readonly<Record<string, string>>>()

/** Regions and cercles by their ids, for sentences that name them. */
function placesIn({ placeName }: Parts): Readonly<Record<string, string>> {
  if (!placeName) return {}
  const known = namesOf.get(placeName)
  if (known) return known
  const names = Object.fromEntries(
    placeName.regions.flatMap((region) => [region, ...region.cercles].map(({ id, name }) => [id, name])),
  )
  namesOf.set(placeName, names)
  return names
}
