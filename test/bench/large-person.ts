/** One of the hundred thousand: how they came, what was agreed, and when they had something on their mind. */
import { makeCase } from '../../src/demo/cases.ts'
import type { Dice } from '../../src/demo/dice.ts'
import {
  countries,
  type DemoAddress,
  displayName,
  languageOf,
  makeName,
  placeOf,
  regionWeights,
} from '../../src/demo/people.ts'
import { dayLength, hour, minute, startOfDay, writingMoment } from '../../src/demo/rhythm.ts'
import { feedbackLines } from '../../src/demo/said-matters.ts'
import type { Lines } from '../../src/demo/said-needs.ts'
import { openMatter } from './large-matter.ts'
import { earlier, happens, hears, type Soul, says } from './large-telling.ts'
import { spanDays, type Town } from './large-town.ts'

/** Their whole life with the programme, written into the town's ledger. */
export function live(town: Town, n: number): void {
  const dice = town.dice.fork(`person ${n}`)
  const ago = Math.ceil(spanDays * (dice.below(1_000_000) / 1_000_000) ** 1.15)
  const arrivedAt = earlier(
    town.now,
    writingMoment(new Date(startOfDay(town.now).getTime() - ago * dayLength), dice),
  )
  const soul = meet(town, n, arrivedAt, dice)
  greet(town, soul, arrivedAt, dice)
  for (const at of momentsOf(town, arrivedAt, dice)) openMatter(town, soul, at, dice)
  if (dice.chance(8)) giveFeedback(town, soul, daysAfter(town, arrivedAt, dice), dice)
}

/** Some write at once, some when they need something, a third never again. */
function momentsOf(town: Town, arrivedAt: Date, dice: Dice): readonly Date[] {
  const count = Number(dice.weigh({ 0: 30, 1: 39, 2: 18, 3: 8, 5: 5 }))
  return Array.from({ length: count }, (_, index) =>
    index === 0 && dice.chance(50)
      ? earlier(town.now, new Date(arrivedAt.getTime() + 9 * minute))
      : daysAfter(town, arrivedAt, dice),
  ).sort((one, other) => one.getTime() - other.getTime())
}

function daysAfter({ now }: Town, arrivedAt: Date, dice: Dice): Date {
  const days = Math.floor((now.getTime() - arrivedAt.getTime()) / dayLength)
  const at = writingMoment(
    new Date(startOfDay(arrivedAt).getTime() + dice.between(0, days) * dayLength),
    dice,
  )
  return earlier(now, at < arrivedAt ? new Date(arrivedAt.getTime() + hour) : at)
}

function meet(town: Town, n: number, arrivedAt: Date, dice: Dice): Soul {
  const { cast, ledger, now } = town
  const [id, key] = [town.id(arrivedAt), town.id(arrivedAt)]
  const sex = dice.chance(11) ? 'woman' : 'man'
  const name = makeName(sex, dice)
  const region = dice.weigh(regionWeights)
  const office = cast.offices.find(({ regions }) => regions.includes(region)) ?? cast.offices[0]
  if (!office) throw new Error('the cast has no office')
  const { cercle, placeName } = placeOf(region, town.places, dice)
  const language = languageOf(dice)
  const returnDate = new Date(startOfDay(arrivedAt).getTime() - dice.between(2, 400) * dayLength)
  const address = addressOf(town, n, name, arrivedAt, dice)
  const phone = address.phone ?? phoneOf(n)
  ledger.change({ insert: 'subject_key', plain: { id: key, subject: 'person', created_at: arrivedAt } })
  ledger.change({
    insert: 'person',
    plain: {
      ...{ id, key_id: key, sex, language, region, cercle: cercle ?? null, created_at: arrivedAt },
      ...{ birth_year: now.getUTCFullYear() - dice.between(18, 55), return_date: returnDate },
      return_country: dice.weigh(countries),
      phone_hash: town.hash('phone', phone),
    },
    secret: { name_enc: name, phone_enc: phone, place_enc: placeName },
    key,
  })
  const file = makeCase({ n }, office, cast, returnDate, dice, now)
  const caseId = file && town.id(arrivedAt)
  if (file && caseId) {
    const { number, stage, owner, closureReason, visitsKept } = file
    ledger.change({
      insert: 'case_file',
      plain: {
        ...{
          id: caseId,
          person_id: id,
          stage,
          owner_id: owner.id,
          office_id: office.id,
          opened_at: arrivedAt,
        },
        ...{ stage_since: file.stageSince, visits_kept: visitsKept, returned_on: returnDate },
        checked_in_at: file.checkedInAt ?? null,
        closed_at: file.closedAt
          ? earlier(now, new Date(Math.max(file.closedAt.getTime(), arrivedAt.getTime())))
          : null,
        closure_reason: closureReason ?? null,
        number_hash: town.hash('case_number', number),
      },
      secret: { number_enc: number },
      key,
    })
  }
  return {
    ...{ id, key, address, language, region, office: office.id },
    ...(file && caseId
      ? { file: { id: caseId, owner: file.owner.id, supervisor: file.owner.supervisor } }
      : {}),
  }
}

/** A series that Mali never gave out, as in src/demo/people.ts. */
function phoneOf(n: number): string {
  return `+2233${String(n).padStart(7, '0')}`
}

function addressOf(town: Town, n: number, name: string, at: Date, dice: Dice): DemoAddress {
  const channel = dice.weigh({ telegram: 46, whatsapp_web: 38, web_chat: 16 })
  const phone = phoneOf(n)
  const external = { telegram: `large-${n}`, whatsapp_web: phone.slice(1), web_chat: `large-visitor-${n}` }
  return {
    ...{ id: town.id(at), key: town.id(at), session: town.id(at), channel, external: external[channel] },
    display: channel === 'web_chat' ? undefined : displayName(name, dice),
    phone: channel === 'whatsapp_web' ? phone : undefined,
  }
}

const hello: Lines = {
  fr: ['Bonjour', 'Bonsoir', 'salut'],
  bm: ['i ni sogoma', 'i ni wula', 'aw ni ce'],
  en: ['Hello', 'Good morning'],
}

/** The first minutes: greeting, language, agreement. */
function greet(town: Town, soul: Soul, at: Date, dice: Dice): void {
  const { ledger } = town
  const { address, language, id } = soul
  const later = (seconds: number) => earlier(town.now, new Date(at.getTime() + seconds * 1000))
  hears(town, soul, at, dice.pick(hello[language]))
  says(town, soul, later(2), welcome, dice)
  hears(town, soul, later(40), '1')
  happens(town, soul, later(41), { type: 'language_chosen', language })
  says(town, soul, later(42), agreement, dice)
  happens(town, soul, later(42), { type: 'notice_shown', text: 'consent.notice', language })
  hears(town, soul, later(90), '1')
  const item = {
    item: 'keep_data',
    answer: 'given',
    text: 'consent.ask',
    wording: 'large',
    language,
  } as const
  happens(town, soul, later(91), { type: 'consent_recorded', ...item, medium: 'text' })
  ledger.change({
    insert: 'consent',
    plain: {
      ...{ id: town.id(later(91)), address_id: address.id, person_id: id, session_id: address.session },
      ...{ ...item, medium: 'text', at: later(91) },
    },
  })
  happens(town, soul, later(92), { type: 'flow_ended', flow: 'welcome', how: 'done' })
  const session = ledger.sessions.get(address.session)
  if (session) Object.assign(session, { person: id, version: 3, at: later(92) })
  Object.assign(ledger.get('address', address.id).plain, { language })
  ledger.change({
    insert: 'person_address',
    plain: { person_id: id, address_id: address.id, since: later(91) },
  })
}

const welcome =
  'Bonjour. Ici le programme de réintégration.\n1 Français\n2 Bamanankan\n3 English\nRépondez par un chiffre.'
const agreement =
  'Nous gardons ce que vous écrivez pour vous aider. Vous pouvez arrêter quand vous voulez.\n1 D’accord\n2 Non'

function giveFeedback(town: Town, soul: Soul, at: Date, dice: Dice): void {
  const kind = dice.pick(['praise', 'suggestion', 'question'] as const)
  const text = dice.pick(feedbackLines[kind][soul.language])
  hears(town, soul, at, text)
  const id = town.id(at)
  town.ledger.change({
    insert: 'feedback',
    plain: {
      ...{ id, kind, address_id: soul.address.id, person_id: soul.id, key_id: soul.key, at },
      ...{ language: soul.language, region: soul.region },
    },
    secret: { text_enc: text },
    key: soul.key,
  })
  happens(town, soul, at, { type: 'feedback_recorded', feedback: id, kind })
}
