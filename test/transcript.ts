/**
 * Plays a conversation written down as in test/conversations/README.md on the real turns, a database of its own and fake
 * channels, with a clock that the transcript moves, and writes the file anew as it went.
 */
import type { FakeChannel } from '../src/channel/fake.ts'
import { followUpKinds } from '../src/core/followup.ts'
import type { Incoming } from '../src/core/message.ts'
import { type NeedResult, needResults } from '../src/core/need.ts'
import { queueKeys } from '../src/core/queue.ts'
import { type Outcome, outcomes, type RequestKind, requestKinds } from '../src/core/request.ts'
import type { Staff } from '../src/core/staff.ts'
import { questionAsked } from '../src/flow/listen.ts'
import { choicesOf } from '../src/flow/steps/ask.ts'
import { wakeSessions } from '../src/job/wake-sessions.ts'
import { requestsSeenBy } from '../src/store/access.ts'
import { followUpsOfRequest } from '../src/store/followup.ts'
import {
  answerRequest,
  closeRequest,
  handOverRequest,
  reclassifyRequest,
  takeRequest,
} from '../src/turn/act.ts'
import { cancelFollowUp, finishFollowUp, missFollowUp, proposeFollowUp } from '../src/turn/act-followup.ts'
import { hearVoice } from '../src/turn/act-listen.ts'
import type { TestDatabase } from './database.ts'
import { actOnAbsence, shareAgain } from './transcript-absence.ts'
import { actOnCheckIn } from './transcript-check-in.ts'
import { newEvents } from './transcript-events.ts'
import { readHead } from './transcript-head.ts'
import { actOnReferral } from './transcript-referral.ts'
import { readSaying } from './transcript-saying.ts'
import { type Cast, setStage } from './transcript-stage.ts'
import { rounds } from './turn/rounds.ts'

/** The name of the test, from the first line. */
export function nameOf(text: string): string {
  return text.split('\n')[0]?.replace(/^#\s*/, '') ?? ''
}

/** The whole file as it is after playing: what people did stays, what the product did is written anew. */
export async function play(text: string, database: TestDatabase): Promise<string> {
  const lines = text.trimEnd().split('\n')
  const gap = lines.indexOf('')
  const head = lines.slice(0, gap < 0 ? lines.length : gap)
  const cast = await setStage(readHead(head.slice(1)), database)
  try {
    const out = [...head]
    for (const line of lines.slice(head.length)) {
      if (isOurs(line, cast)) continue
      out.push(line)
      if (line === '' || line.startsWith('#')) continue
      await perform(cast, line)
      out.push(...(await whatCame(cast)))
    }
    return `${out.join('\n')}\n`
  } finally {
    await cast.office.close()
  }
}

/** A line that an earlier run wrote. */
function isOurs(line: string, { people }: Cast): boolean {
  if (line.startsWith(' ') || line.startsWith('Bot:')) return true
  return [...people.keys()].some((name) => line.startsWith(`${name} gets:`))
}

async function perform(cast: Cast, line: string): Promise<void> {
  const { office, people, staff } = cast
  const after = /^after (\d+)(m|h|d)$/.exec(line)
  if (after) return pass(cast, Number(after[1]) * ({ m: 1, h: 60, d: 1440 }[after[2] ?? 'm'] ?? 1) * 60_000)
  const [, name = '', said = ''] = /^(\p{Lu}[\p{L}]*):? (.*)$/u.exec(line) ?? []
  const person = people.get(name)
  const worker = staff.get(name)
  if (person) {
    cast.speaking = name
    await say(cast, name, said)
  } else if (worker) await act(cast, worker, line.slice(name.length), said)
  else throw new Error(`nobody of the head does this: ${line}`)
  await office.settled()
}

async function say(cast: Cast, name: string, said: string): Promise<void> {
  const person = cast.people.get(name)
  if (!person) return
  const { channel, address } = person
  const how = readSaying(said, cast.office.clock.now())
  if (how.is === 'press') {
    person.last = undefined
    await channel.presses(address, how.number)
    return
  }
  if (how.is === 'again') {
    if (!person.last) throw new Error(`${name} has said nothing yet`)
    await bring(channel, person.last)
    return
  }
  const edit = how.is === 'edit' ? (person.last?.edit ?? 0) + 1 : 0
  const externalId = (how.is === 'edit' && person.last?.externalId) || cast.office.clock.id()
  const incoming: Incoming = {
    ...{ channel: channel.id, from: address, externalId, edit },
    ...{ sentAt: how.sentAt, content: how.content },
  }
  person.last = incoming
  await bring(channel, incoming)
}

async function bring(channel: FakeChannel, { from, content, ...saying }: Incoming): Promise<void> {
  await channel.brings(from, content, saying)
}

/** What staff do with the request they hold, or take: the one opened last among those they may see. */
async function act(cast: Cast, staff: Staff, deed: string, text: string): Promise<void> {
  const { office } = cast
  const on = async (held: boolean) => ({
    staff,
    request: await requestFor(cast, staff, held),
    form: office.clock.id(),
  })
  if (deed.startsWith(':')) return answerRequest(office.desk, await on(true), { text })
  const closes = /^ closes (\w+)(?:, (\w+))?$/.exec(deed)
  if (closes) {
    const outcome = oneOf<Outcome>(outcomes, closes[1])
    const needResult = closes[2] ? oneOf<NeedResult>(needResults, closes[2]) : undefined
    return closeRequest(office.desk, await on(true), { outcome, needResult })
  }
  const hands = /^ hands over to (\w+)$/.exec(deed)
  if (hands) return handOverRequest(office.desk, await on(true), { queue: oneOf(queueKeys, hands[1]) })
  const sorts = /^ sorts as ([\w.]+)$/.exec(deed)
  if (sorts) {
    const kind = oneOf(Object.keys(requestKinds) as RequestKind[], sorts[1])
    return reclassifyRequest(office.desk, await on(true), kind)
  }
  const made = await hearingOf(cast, deed, text)
  if (made) {
    const { notes, ...heard } = made
    return hearVoice(
      office.desk,
      office.talk,
      { staff, request: notes.request, form: office.clock.id() },
      heard,
    )
  }
  if (await actOnAbsence(cast, staff, deed)) return
  if (await actOnCheckIn(cast, staff, deed)) return
  if (await actOnFollowUp(cast, staff, deed)) return
  if (await actOnReferral(cast, staff, await heldBy(cast, staff), deed)) return
  if (deed === ' takes') return takeRequest(office.desk, await on(false))
  throw new Error(`staff cannot do this: ${deed}`)
}

/** What a listener does with the note said last: `taps 2`, `hears: …`, `sums up: …`, `hears nothing`, `guards as …`. */
async function hearingOf({ office }: Cast, deed: string, text: string) {
  const [, word, more = ''] = /^ (taps|hears|sums|guards)\b(?: as)? ?(\S*)/.exec(deed) ?? []
  if (word === undefined) return undefined
  const row = await office.database.prisma.listening.findFirst({
    where: { heardAt: null },
    orderBy: { id: 'desc' },
  })
  if (!row) throw new Error('no voice note waits for a listener')
  const said = text.replace(/^[^:]*: /, '')
  const at = { last: row.id, notes: { request: row.requestId } }
  if (word === 'taps') {
    const { hash, step } = row
    const asked = hash && step ? questionAsked(office.talk.book, { hash, step }) : undefined
    const choice = asked && choicesOf(asked)[Number(more) - 1]
    if (!choice) throw new Error(`the question has no choice ${more}`)
    const label = office.talk.locales.t('fr', choice.text)
    return { ...at, made: { is: 'choice', value: choice.value, label } as const }
  }
  if (word === 'guards') {
    return {
      ...at,
      made: { is: 'guarded', kind: oneOf(Object.keys(requestKinds) as RequestKind[], more) } as const,
    }
  }
  if (word === 'sums') return { ...at, made: { is: 'summary', text: said } as const }
  if (more === 'nothing') return { ...at, made: { is: 'unclear' } as const }
  return { ...at, made: { is: 'words', text: said } as const }
}

/** `proposes meeting 2026-02-12 10:00`, `meets`, `misses`, `cancels`: the last follow-up of the request they hold. */
async function actOnFollowUp(cast: Cast, staff: Staff, deed: string): Promise<boolean> {
  const { office } = cast
  const act = { staff, request: await heldBy(cast, staff), form: office.clock.id() }
  const [, kind, day, hour] = /^ proposes (\w+) (\S+) (\S+)$/.exec(deed) ?? []
  if (kind !== undefined) {
    const place = await office.database.prisma.office.findUnique({ where: { key: 'place' } })
    await proposeFollowUp(office.desk, act, {
      ...{ staff: staff.id, kind: oneOf(followUpKinds, kind), at: new Date(`${day}T${hour}:00Z`) },
      ...(place && kind === 'meeting' ? { office: place.id } : {}),
      agreed: false,
    })
    await wakeSessions({ pool: office.database.pool, lanes: office.lanes, clock: office.clock })
    return true
  }
  if (!/^ (meets|misses|cancels)$/.test(deed)) return false
  const [last] = await followUpsOfRequest(office.database.prisma, act.request)
  const it = { followUp: last?.id ?? '' }
  if (deed === ' meets') await finishFollowUp(office.desk, act, it)
  else if (deed === ' misses') await missFollowUp(office.desk, office.talk, act, it)
  else await cancelFollowUp(office.desk, act, it)
  await wakeSessions({ pool: office.database.pool, lanes: office.lanes, clock: office.clock })
  return true
}

function heldBy(cast: Cast, staff: Staff): Promise<string> {
  return requestFor(cast, staff, true).catch(() => '')
}

function oneOf<T extends string>(all: readonly T[], text: string | undefined): T {
  const found = all.find((one) => one === text)
  if (!found) throw new Error(`${text} is none of ${all.join(', ')}`)
  return found
}

async function requestFor({ office }: Cast, staff: Staff, held: boolean): Promise<string> {
  const mine = held ? { ownerId: staff.id } : { ownerId: null }
  const row = await office.database.prisma.request.findFirst({
    where: { AND: [requestsSeenBy(staff), mine, { state: { not: 'closed' } }] },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  if (!row) throw new Error(`${staff.name} sees no such request`)
  return row.id
}

/** Moves the clock, stopping at every moment for which a conversation has set a timer. */
async function pass(cast: Cast, milliseconds: number): Promise<void> {
  const { office } = cast
  const { pool } = office.database
  const until = office.clock.now().getTime() + milliseconds
  let tried = 0
  for (;;) {
    const { rows } = await pool.query<{ at: Date | null }>(
      `select min(at) as at from (
         select s.wake_at as at from session s join address a on a.session_id = s.id
         union all select check_in_at from case_file
         union all select prompt_at from follow_up where not knocked
         union all select ask_person_at from referral where not knocked
         union all select loop_at from request where loop_asked_at is null and state in ('answered', 'closed')) due`,
    )
    const due = rows[0]?.at?.getTime()
    // What waits for a conversation to be idle is looked at again, as the program does.
    const at =
      due === undefined
        ? undefined
        : Math.max(due, tried === 0 ? due : tried + 10 * 60_000 * Number(due <= tried))
    if (at === undefined || at > until) break
    tried = at
    office.clock.set(new Date(Math.max(at, office.clock.now().getTime())))
    await wakeSessions({ pool, lanes: office.lanes, clock: office.clock })
    await office.settled()
  }
  office.clock.set(new Date(until))
  await rounds(office)
  await shareAgain(cast)
}

/** What happened since the last line, and what everybody got. */
async function whatCame(cast: Cast): Promise<string[]> {
  const lines = (await newEvents(cast)).map((event) => ` -- ${event}`)
  for (const [name, person] of cast.people) {
    for (const { spoken } of person.channel.sent(person.address).slice(person.got)) {
      const from = spoken.key !== undefined && cast.speaking === name ? 'Bot' : `${name} gets`
      const [first = '', ...more] = spoken.text.split('\n')
      const labels = spoken.buttons?.map(({ label }) => `[${label}]`) ?? []
      lines.push(`${from}: ${first}`, ...[...more, ...labels].map((line) => `     ${line}`))
      person.got += 1
    }
  }
  if (cast.office.log.lines.length > 0) {
    const [line] = cast.office.log.lines
    throw line?.cause instanceof Error ? line.cause : new Error(line?.what)
  }
  return lines
}
