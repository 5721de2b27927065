/** Puts on the stage what the head of a transcript says: the office, its staff, and the people as we know them. */
import { randomUUID } from 'node:crypto'
import type { FakeChannel } from '../src/channel/fake.ts'
import type { Incoming } from '../src/core/message.ts'
import type { Staff } from '../src/core/staff.ts'
import type { Change } from '../src/store/road.ts'
import { idleSession } from '../src/turn/session.ts'
import type { TestDatabase } from './database.ts'
import type { Head, PersonHead } from './transcript-head.ts'
import { handClock, hire, type Office, openOffice } from './turn/office.ts'

export type Cast = {
  readonly office: Office
  readonly people: Map<string, Player>
  readonly staff: Map<string, Staff>
  /** Whose turn it was last. */
  speaking: string
  /** The last event that was written down. */
  lastEvent: string
}

export type Player = {
  readonly channel: FakeChannel
  readonly address: string
  /** Messages written down so far. */
  got: number
  last?: Incoming
}

/** What the apps show; `whatsapp` is WhatsApp Web, where lists are text. */
const apps: Readonly<Record<string, Parameters<Office['addChannel']>[1]>> = {
  telegram: {},
  web_chat: {},
  whatsapp: { buttons: undefined, textLength: 4096 },
  terminal: { buttons: undefined },
}

const hour = 3_600_000

export async function setStage(head: Head, database: TestDatabase): Promise<Cast> {
  const clock = handClock(head.at)
  const office = await openOffice(database, { clock })
  const staff = new Map<string, Staff>()
  for (const one of head.staff) {
    staff.set(
      one.name,
      await hire(office, one.name, [one.role], { office: await officeIn(office, one.region) }),
    )
  }
  await furnish(office, head, staff)
  const channels = new Map<string, FakeChannel>()
  const people = new Map<string, Player>()
  for (const person of head.people) {
    const app = apps[person.channel]
    if (!app) throw new Error(`there is no channel ${person.channel} in transcripts`)
    const channel = channels.get(person.channel) ?? (await office.addChannel(person.channel, app))
    channels.set(person.channel, channel)
    people.set(person.name, { channel, address: person.name, got: 0 })
    if (person.language || person.caseNumber) await meet(office, channel, person, head.at)
  }
  for (const card of head.cards) await giveCard(office, card, head.at)
  office.watch.forget()
  return {
    office,
    people,
    staff,
    speaking: head.people[0]?.name ?? '',
    lastEvent: '00000000-0000-0000-0000-000000000000',
  }
}

/** Somebody of the caseload, to whom a card with this code was given at reception. */
async function giveCard(
  { database, clock }: Office,
  { code, name, language }: Head['cards'][number],
  at: Date,
): Promise<void> {
  const { keys, road } = database
  const [person, file] = [clock.id(), clock.id()]
  const key = keys.make('person', clock.id(), at)
  const until = new Date(at.getTime() + 14 * 24 * hour)
  await road.act({
    ...{ turn: clock.id(), at, messages: [], events: [] },
    changes: [
      key.row,
      {
        insert: 'person',
        plain: { id: person, key_id: key.id, language: language ?? null, created_at: at },
        secret: { name_enc: name },
        key: key.id,
      },
      { insert: 'case_file', plain: { id: file, person_id: person, stage: 'reception', opened_at: at } },
      {
        insert: 'card',
        plain: {
          ...{ id: clock.id(), code_hash: keys.hash('card', code), person_id: person, staff_id: clock.id() },
          ...{ created_at: at, expires_at: until },
        },
      },
    ],
  })
}

async function officeIn({ database, clock }: Office, region: string): Promise<string> {
  const found = await database.prisma.office.findUnique({ where: { key: region } })
  if (found) return found.id
  const id = clock.id()
  await database.prisma.office.create({ data: { id, key: region, name: region, regions: [region] } })
  return id
}

async function furnish({ database, clock }: Office, head: Head, staff: Cast['staff']): Promise<void> {
  const { prisma } = database
  if (head.place) {
    await prisma.office.create({
      data: { id: clock.id(), key: 'place', name: 'place', regions: [], place: head.place },
    })
  }
  if (head.emergencyNumber) {
    const value = { number: head.emergencyNumber, verifiedAt: head.at.toISOString() }
    await prisma.setting.create({ data: { key: 'emergency_number', value } })
  }
  for (const name of head.duty) {
    const staffId = staff.get(name)?.id
    if (!staffId) throw new Error(`${name} is on duty and not of the staff`)
    const until = new Date(head.at.getTime() + 365 * 24 * hour)
    const from = new Date(head.at.getTime() - hour)
    await prisma.duty.create({ data: { id: clock.id(), staffId, line: 'protection', from, until } })
  }
}

/** Somebody we have met: an hour ago they wrote last, nothing is open. */
async function meet(office: Office, channel: FakeChannel, who: PersonHead, at: Date): Promise<void> {
  const { database, clock } = office
  const [met] = await database.road.arrive([
    {
      id: randomUUID(),
      at,
      incoming: {
        ...{ channel: channel.id, from: who.name, externalId: 'before', edit: 0, sentAt: at },
        content: { kind: 'text', text: '-' },
      },
    },
  ])
  if (!met) throw new Error('nobody was met before')
  const { address, session } = met.standing
  const language = who.language ?? 'fr'
  const [person, file] = [clock.id(), clock.id()]
  const key = database.keys.make('person', clock.id(), at)
  const changes: Change[] = [
    key.row,
    { insert: 'person', plain: { id: person, key_id: key.id, language, created_at: at } },
    { insert: 'person_address', plain: { person_id: person, address_id: address.id, since: at } },
    {
      insert: 'case_file',
      plain: {
        ...{ id: file, person_id: person, stage: who.closed ? 'closure' : 'contact', opened_at: at },
        ...(who.closed
          ? { closed_at: new Date(at.getTime() - 35 * 24 * hour), closure_reason: 'support_ended' }
          : {}),
        number_hash: who.caseNumber ? database.keys.hash('case_number', who.caseNumber) : null,
      },
    },
    { update: 'address', id: address.id, plain: { language: who.language ?? null, shared: who.shared } },
  ]
  if (who.language) {
    const shown = { text: 'notice.consent', wording: 'test', language, medium: 'text', at }
    const consent = { id: clock.id(), address_id: address.id, person_id: person, session_id: session.id }
    changes.push({ insert: 'consent', plain: { ...consent, ...shown, item: 'keep_data', answer: 'given' } })
  }
  const state = {
    ...idleSession(undefined, new Date(at.getTime() - hour)),
    greeted: false,
    welcomed: true,
    spoken: language,
  }
  await database.road.commit([
    {
      turn: clock.id(),
      at,
      address: { id: address.id, key: address.key, channel: channel.id, session: session.id },
      session: { id: session.id, version: session.version, state, person },
      handled: { message: met.arrived.message, seq: met.arrived.seq, visibility: 'open' },
      ...{ messages: [], events: [], changes },
    },
  ])
  await database.prisma.message.delete({ where: { id: met.arrived.message } })
}
