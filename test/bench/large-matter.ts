/** One request of the large office, from its opening to where it stands: most are closed, a few are late. */
import { needCategories, type urgencies } from '../../src/core/need.ts'
import { priorityOf, termOf } from '../../src/core/priority.ts'
import { kindOf, mayBeAboutWorker, type Outcome, type RequestKind } from '../../src/core/request.ts'
import {
  answered,
  answeredPlainly,
  attemptNotes,
  closingNotes,
  replied,
  thanked,
} from '../../src/demo/answered.ts'
import { needResultOf } from '../../src/demo/care.ts'
import type { Dice } from '../../src/demo/dice.ts'
import { dayLength, hour, minute } from '../../src/demo/rhythm.ts'
import { matterLines } from '../../src/demo/said-matters.ts'
import { needLines } from '../../src/demo/said-needs.ts'
import { voiceNote } from '../../src/demo/sent-files.ts'
import { keepArrival } from '../../src/demo/writing.ts'
import { earlier, happens, hears, type Soul, says } from './large-telling.ts'
import type { Town } from './large-town.ts'

const kindWeights: Readonly<Partial<Record<RequestKind, number>>> = {
  'request.need': 300,
  'request.followup': 250,
  'request.info': 200,
  'request.person': 80,
  'request.identity': 40,
  'request.contact_change': 30,
  'complaint.service': 40,
  'complaint.eligibility': 15,
  unclear: 60,
  out_of_scope: 12,
  'complaint.staff_conduct': 5,
  'complaint.fraud': 4,
  'request.data': 2,
  'complaint.data_breach': 1,
  'security.threat': 3,
  'complaint.sea': 2,
  'protection.gbv': 3,
  'protection.trafficking': 2,
  'protection.child': 2,
  'protection.suicide': 2,
}

/** How many in a hundred are still unfinished after so many days. */
const unfinished: readonly (readonly [days: number, percent: number])[] = [
  [1, 60],
  [3, 20],
  [7, 9],
  [14, 5],
  [30, 2.5],
  [90, 0.8],
  [10_000, 0.06],
]

type Facts = {
  readonly id: string
  readonly kind: RequestKind
  readonly openedAt: Date
  readonly dueAt: Date
  readonly key: string
  readonly visibility: 'open' | 'restricted' | 'sealed'
  readonly owner?: string
}

export function openMatter(town: Town, soul: Soul, openedAt: Date, dice: Dice): void {
  const kind = dice.weigh(kindWeights)
  const { queue, visibility } = kindOf(kind)
  const category = kind === 'request.need' ? dice.pick(needCategories) : undefined
  const urgency = category && dice.weigh({ today: 15, this_week: 45, can_wait: 40 })
  const priority = priorityOf({ kind, category, urgency })
  const dueAt = town.calendar.dueAt(openedAt, termOf(kind, priority))
  const [id, reference] = [town.id(openedAt), town.reference()]
  const key = visibility === 'sealed' ? town.id(openedAt) : soul.key
  if (visibility === 'sealed')
    town.ledger.change({ insert: 'subject_key', plain: { id: key, subject: 'matter', created_at: openedAt } })
  const lines = category
    ? needLines[category]
    : (matterLines[kind] ?? matterLines['request.info'] ?? needLines.other)
  const text = dice.pick(lines[soul.language])
  const age = (town.now.getTime() - openedAt.getTime()) / dayLength
  const open = dice.chance(unfinished.find(([days]) => age < days)?.[1] ?? 0)
  const voice = kind === 'unclear' || dice.chance(8)
  const owner = open && dice.chance(38) ? undefined : ownerOf(town, soul, kind, dice)
  const it: Facts = { id, kind, openedAt, dueAt, key, visibility, ...(owner ? { owner } : {}) }
  const where = { request: id, visibility }

  if (voice) saysAloud(town, soul, it, open, dice)
  else hears(town, soul, openedAt, text, where)
  town.ledger.change({
    insert: 'request',
    plain: {
      ...{
        id,
        reference,
        kind,
        queue,
        visibility,
        priority,
        state: 'open',
        cause: voice ? 'voice' : 'asked',
      },
      ...{
        category: category ?? null,
        urgency: urgency ?? null,
        language: soul.language,
        region: soul.region,
      },
      ...{ channel_kind: soul.address.channel, address_id: soul.address.id, person_id: soul.id, key_id: key },
      ...{ case_id: soul.file?.id ?? null, office_id: soul.office, owner_id: owner ?? null },
      ...{ opened_at: openedAt, due_at: dueAt, last_heard_at: openedAt, contact_attempted: false },
      ...{
        danger: priority === 0 ? 'danger_now' : null,
        first_answer_at: null,
        closed_at: null,
        outcome: null,
      },
    },
    secret: voice ? undefined : { text_enc: text },
    key,
  })
  happens(
    town,
    soul,
    openedAt,
    {
      ...{ type: 'request_opened', request: id, reference, kind, queue, visibility, priority },
      ...{
        cause: voice ? 'voice' : 'asked',
        ...(category ? { category } : {}),
        ...(urgency ? { urgency } : {}),
      },
    },
    where,
  )
  says(town, soul, earlier(town.now, new Date(openedAt.getTime() + 3000)), receipt(reference), dice, where)
  if (dice.chance(55)) {
    const at = earlier(town.now, new Date(openedAt.getTime() + dice.between(1, 600) * minute))
    hears(town, soul, at, dice.pick(replied[soul.language]), where)
    happens(town, soul, at, { type: 'request_joined', request: id }, where)
  }
  guard(town, soul, it)
  addDetails(town, soul, it, category, urgency)
  goOn(town, soul, it, open, dice)
}

function receipt(reference: string): string {
  return `Votre demande est notée, numéro ${reference}. Un agent vous répond. Écrivez 0 pour le menu.`
}

/** The bytes of what was answered are let go; those of unfinished requests are there to be heard. */
function saysAloud(town: Town, soul: Soul, it: Facts, kept: boolean, dice: Dice): void {
  const said = voiceNote(town.id(it.openedAt), dice)
  const media = said.media && { ...said.media, state: kept ? ('stored' as const) : ('gone' as const) }
  const { message } = keepArrival(town, it.openedAt, soul.address, { ...said, media })
  const row = town.ledger.messages.get(message)
  if (row) Object.assign(row, { person: soul.id, request: it.id, visibility: it.visibility })
}

/** The worker of the case for what concerns the case, somebody of the queue for everything else. */
function ownerOf(town: Town, soul: Soul, kind: RequestKind, dice: Dice): string | undefined {
  const { queue } = kindOf(kind)
  if (soul.file && (queue === 'needs' || queue === 'followup')) return soul.file.owner
  return dice.pick(town.seats(queue, soul.office)).id
}

/** Who holds a sealed matter, and who must not know of one that may be about them. */
function guard(town: Town, soul: Soul, { id, kind, visibility, openedAt }: Facts): void {
  const since = openedAt
  if (visibility === 'sealed') {
    for (const { id: staff } of town.seats(kindOf(kind).queue))
      town.ledger.change({ insert: 'request_holder', plain: { request_id: id, staff_id: staff, since } })
  }
  if (!soul.file || !mayBeAboutWorker(kind)) return
  const barred = new Set([soul.file.owner, ...(soul.file.supervisor ? [soul.file.supervisor] : [])])
  for (const staff of barred)
    town.ledger.change({ insert: 'request_barred', plain: { request_id: id, staff_id: staff, since } })
}

function addDetails(
  town: Town,
  soul: Soul,
  { id, kind, openedAt, key, visibility }: Facts,
  category: (typeof needCategories)[number] | undefined,
  urgency: (typeof urgencies)[number] | undefined,
): void {
  const row = town.id(openedAt)
  const where = { request: id, visibility }
  if (category && urgency) {
    const plain = {
      id: row,
      request_id: id,
      person_id: soul.id,
      category,
      urgency,
      key_id: key,
      created_at: openedAt,
    }
    town.ledger.change({ insert: 'need', plain: { ...plain, result: null, closed_at: null } })
    happens(town, soul, openedAt, { type: 'need_recorded', need: row, request: id, category, urgency }, where)
  }
  if (kind === 'request.followup') {
    const plain = {
      id: row,
      request_id: id,
      person_id: soul.id,
      case_id: soul.file?.id ?? null,
      state: 'asked',
    }
    town.ledger.change({ insert: 'follow_up', plain: { ...plain, created_at: openedAt } })
    happens(town, soul, openedAt, { type: 'follow_up_asked', followUp: row, request: id }, where)
  }
}

/** Taken, tried by telephone, answered, thanked for, closed; each only if there was time for it. */
function goOn(town: Town, soul: Soul, it: Facts, open: boolean, dice: Dice): void {
  const { id, owner, kind, key } = it
  if (!owner) return
  const { plain } = town.ledger.get('request', id)
  const where = { request: id, visibility: it.visibility, staff: owner, key }
  const answeredAt = answerMoment(town, it, dice)
  const takenAt = new Date(it.openedAt.getTime() + (answeredAt.getTime() - it.openedAt.getTime()) * 0.6)
  if (takenAt < town.now) happens(town, soul, takenAt, { type: 'request_taken', request: id, owner }, where)
  if (dice.chance(25) && takenAt < town.now) tries(town, soul, it, takenAt, dice)
  if (answeredAt > town.now || (open && dice.chance(40))) return
  const lines = answered[kind] ?? answeredPlainly
  const text = dice.pick(lines[soul.language]).replaceAll('{day}', '12.03, 10:00')
  const message = says(town, soul, answeredAt, text, dice, {
    request: id,
    visibility: it.visibility,
    staff: owner,
  })
  happens(town, soul, answeredAt, { type: 'request_answered', request: id, message, first: true }, where)
  Object.assign(plain, {
    first_answer_at: answeredAt,
    first_in_time: answeredAt <= it.dueAt,
    state: dice.chance(22) ? 'waiting' : 'answered',
  })
  const closedAt = new Date(answeredAt.getTime() + dice.between(1, 40) * hour)
  if (dice.chance(45)) {
    const thanksAt = earlier(town.now, new Date(answeredAt.getTime() + dice.between(4, 100) * minute))
    hears(town, soul, thanksAt, dice.pick(thanked[soul.language]), { request: id, visibility: it.visibility })
    plain['last_heard_at'] = thanksAt
  }
  if (open || closedAt > town.now) return
  closes(town, soul, it, owner, closedAt, dice)
}

/** Within the term or after it; the office was late more often two years ago than it is now. */
function answerMoment(town: Town, { openedAt, dueAt }: Facts, dice: Dice): Date {
  const age = (town.now.getTime() - openedAt.getTime()) / dayLength
  const term = dueAt.getTime() - openedAt.getTime()
  const late = dice.chance(11 + age / 45)
  const wait = late ? term + dice.between(2, 120) * hour : (term * dice.between(3, 60)) / 100
  return town.calendar.opensAt(new Date(openedAt.getTime() + wait))
}

function tries(town: Town, soul: Soul, it: Facts, at: Date, dice: Dice): void {
  const { id, owner = '', key } = it
  const attempt = town.id(at)
  const reached = dice.chance(62)
  const way = dice.weigh({ call: 8, visit: 2 })
  const note = dice.pick(reached ? attemptNotes.reached : attemptNotes.missed)
  town.ledger.change({
    insert: 'contact_attempt',
    plain: {
      id: attempt,
      request_id: id,
      person_id: soul.id,
      staff_id: owner,
      way,
      reached,
      key_id: key,
      at,
    },
    secret: { note_enc: note },
    key,
  })
  const where = { request: id, visibility: it.visibility, staff: owner, key }
  happens(
    town,
    soul,
    at,
    { type: 'contact_attempted', attempt, request: id, way, reached, secret: { note } },
    where,
  )
  town.ledger.get('request', id).plain['contact_attempted'] = true
}

function closes(town: Town, soul: Soul, it: Facts, owner: string, at: Date, dice: Dice): void {
  const { id, key, kind } = it
  const outcome: Outcome =
    kind === 'request.need' ? dice.weigh({ given: 5, referred: 3, refused: 1, unreachable: 1 }) : 'answered'
  const where = { request: id, visibility: it.visibility, staff: owner, key }
  const note = dice.pick(closingNotes[outcome])
  happens(town, soul, at, { type: 'request_closed', request: id, outcome, secret: { note } }, where)
  Object.assign(town.ledger.get('request', id).plain, { state: 'closed', outcome, closed_at: at })
  for (const { plain } of town.ledger.by('need', id))
    Object.assign(plain, { result: needResultOf(outcome) ?? null, closed_at: at })
  const again = new Date(at.getTime() + dice.between(1, 9) * dayLength)
  if (!dice.chance(3) || again > town.now) return
  happens(
    town,
    soul,
    again,
    { type: 'request_reopened', request: id, cause: 'person' },
    { ...where, staff: undefined },
  )
  const closedAgain = new Date(again.getTime() + dice.between(3, 60) * hour)
  if (closedAgain > town.now) {
    const dueAt = town.calendar.dueAt(again, termOf(kind, 3))
    Object.assign(town.ledger.get('request', id).plain, {
      state: 'open',
      outcome: null,
      closed_at: null,
      due_at: dueAt,
    })
    return
  }
  happens(town, soul, closedAgain, { type: 'request_closed', request: id, outcome, secret: { note } }, where)
  Object.assign(town.ledger.get('request', id).plain, { closed_at: closedAgain })
}
