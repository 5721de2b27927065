/**
 * What staff do with a request. Each act loads it under their access, asks the rule (core/request-rules.ts) what happens,
 * and commits that like any other turn. A form carries a key of its own, which becomes the turn's id: pressed twice, it
 * acts once.
 */
import type { Language } from '../core/language.ts'
import { mentionsIn } from '../core/mention.ts'
import type { NeedResult } from '../core/need.ts'
import type { QueueKey } from '../core/queue.ts'
import { kindOf, type Outcome, type Priority, type RequestKind } from '../core/request.ts'
import * as rules from '../core/request-rules.ts'
import { Failure } from '../failure.ts'
import { colleaguesAt } from '../store/colleague.ts'
import type { Database } from '../store/database.ts'
import { linkedRows } from '../store/linked.ts'
import { heardBy } from '../store/listening.ts'
import type { Clock } from '../world.ts'
import { type Act, type ActOrTime, type Deed, type Found, isDone, loadForAct } from './act-load.ts'
import { actRows } from './act-rows.ts'
import type { News } from './hint.ts'
import { type KeptFile, sayings } from './outgoing.ts'
import { leavesNow } from './reached.ts'
import type { References } from './references.ts'
import { letInAll, takenOut } from './seal.ts'
import type { Watch } from './surroundings.ts'

/** What acts are done with. */
export type Desk = Pick<Database, 'prisma' | 'keys' | 'road' | 'pool'> & {
  readonly clock: Clock
  readonly watch: Watch
  /** For acts that open a request. */
  readonly references: References
  /** Called after the commit, never before. */
  readonly passOn: (news: News) => void
}

/** Takes a request that nobody has. Fails with `request:taken` and `request:closed`, like all with `request:not_found`. */
export async function takeRequest(desk: Desk, act: Act): Promise<void> {
  await perform(desk, act, ({ request }) => ({ happenings: rules.take(request, act.staff.id) }))
}

/**
 * Writes to the person, in the language of the request unless another is given; files were kept before (outgoing.ts).
 * Fails with `person:stopped` when they asked to be left alone or blocked us (a call remains), with `person:not_found`
 * when there is no address, with `request:answered_meanwhile` when a colleague said what the writer has not `seen`, and with
 * `person:unsafe` when writing may harm them and nobody `insists`.
 */
export async function answerRequest(
  desk: Desk,
  act: Act,
  answer: {
    readonly text: string
    readonly language?: Language
    readonly files?: readonly KeptFile[]
    readonly seen?: string
    readonly despite?: string
    /** The writer was told what stands against it now, and means to send it all the same. */
    readonly insists?: boolean
  },
): Promise<void> {
  const { files = [] } = answer
  const text = answer.text.trim()
  if (text === '' && files.length === 0) throw new Failure('form:invalid', { field: 'text' })
  const { seen, despite } = answer
  await perform(desk, act, async ({ request, address, person, language, saidLast: last }) => {
    if (!address) throw new Failure('person:not_found', { request: request.id })
    if (address.stopped === 'all' || address.state !== 'live') {
      throw new Failure('person:stopped', { request: request.id, state: address.state })
    }
    const { verdict, insists } = await leavesNow(desk, address.id, person?.id)
    const insisted = answer.insists === true && insists ? (true as const) : undefined
    if (verdict.is === 'never' && !insisted) throw new Failure('person:unsafe', { request: request.id })
    const { messages, changes } = sayings(
      desk.clock,
      { text, language: answer.language ?? language, files, ...(insisted ? { insisted } : {}) },
      {
        priority: 'answer',
        visibility: request.visibility,
        request: request.id,
        staff: act.staff.id,
      },
    )
    const message = messages[0]?.id ?? ''
    const happenings = [
      ...rules.answer(request, act.staff.id, message, { last, seen, despite }),
      ...(insisted && verdict.is !== 'send'
        ? [{ type: 'answer_insisted', request: request.id, message, against: verdict.is } as const]
        : []),
    ]
    const heard = await heardBy(desk, request.id, act.staff.id, desk.clock.now())
    return { happenings, messages, changes: [...changes, ...heard] }
  })
}

/** To another queue or a colleague. Fails with `staff:not_found` when the colleague does not sit in that queue. */
export async function handOverRequest(
  desk: Desk,
  act: Act,
  to: { readonly queue: QueueKey; readonly owner?: string; readonly reason?: string },
): Promise<void> {
  if (to.owner !== undefined) {
    const seat = { queue: to.queue, staffId: to.owner, staff: { active: true } }
    if (!(await desk.prisma.queueStaff.findFirst({ where: seat }))) throw new Failure('staff:not_found')
  }
  await perform(desk, act, ({ request }) => ({ happenings: rules.handOver(request, to) }))
  await letInAll(desk, act.request)
}

/** Ends a request; a second closure changes nothing. Fails with `request:result_missing`, `request:attempt_missing`. */
export async function closeRequest(
  desk: Desk,
  act: Act,
  end: { readonly outcome: Outcome; readonly needResult?: NeedResult; readonly note?: string },
): Promise<void> {
  await perform(desk, act, async ({ request }) => ({
    happenings: rules.close(request, end),
    changes: await heardBy(desk, request.id, act.staff.id, desk.clock.now()),
  }))
}

export async function reopenRequest(desk: Desk, act: Act): Promise<void> {
  await perform(desk, act, ({ request }) => ({ happenings: rules.reopen(request) }))
}

/**
 * Another kind, with the queue, visibility and term that go with it; this is how a false alarm is handed back. What is
 * sealed no longer is taken out for everybody who may see it. Fails with `key:shut` when whoever acts cannot open it.
 */
export async function reclassifyRequest(desk: Desk, act: Act, kind: RequestKind): Promise<void> {
  await perform(desk, act, async (found) => {
    const { request } = found
    const happenings = rules.reclassify(request, kind)
    const opens = request.visibility === 'sealed' && kindOf(kind).visibility !== 'sealed'
    return { happenings, ...(opens ? { changes: await takenOut(desk, found) } : {}) }
  })
  await letInAll(desk, act.request)
}

/** Fails with `staff:not_allowed` when a protection matter would be lowered. */
export async function setRequestPriority(desk: Desk, act: Act, priority: Priority): Promise<void> {
  await perform(desk, act, ({ request }) => ({ happenings: rules.setPriority(request, priority) }))
}

/** A try to reach the person by call, visit or message. */
export async function recordAttempt(
  desk: Desk,
  act: Act,
  attempt: {
    readonly way: 'call' | 'visit' | 'message'
    readonly reached: boolean
    readonly note?: string
    readonly when?: string
  },
): Promise<void> {
  await perform(desk, act, ({ request }) => ({
    happenings: rules.attemptContact(request, { id: desk.clock.id(), ...attempt }),
  }))
}

/** A note for colleagues who may see the request; those of them whom it names hear of it. */
export async function writeNote(desk: Desk, act: Act, note: string): Promise<void> {
  await perform(desk, act, async ({ request }) => {
    const readers = note.includes('@') ? await colleaguesAt(desk.prisma, request.id, act.staff.id) : []
    return { happenings: rules.writeNote(request, note, mentionsIn(note, readers)) }
  })
}

/** Somebody else changed the request in the same moment: judged again on what it is by then. */
const triesAtMost = 4

/** Loads, asks the rule and commits; gives up with `request:changed_meanwhile` after a few lost races. */
export async function perform(
  desk: Desk,
  act: ActOrTime,
  rule: (found: Found) => Deed | Promise<Deed>,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    const found = await loadForAct(desk.prisma, act.staff, act.request)
    if (await isDone(desk.prisma, act.request, act.form)) return
    const deed = await rule(found)
    if (deed.happenings.length === 0) return
    const moves = deed.happenings.some(
      ({ type }) => type === 'request_reclassified' || type === 'request_handed_over',
    )
    const linked = moves ? await linkedRows(desk.prisma, found.request) : undefined
    const world = { now: desk.clock.now(), id: () => desk.clock.id(), reference: noReference }
    const town = await desk.watch.current()
    const of = { ...found, ...deed.of }
    const { rows, hints } = actRows({ act, found: of, linked, deed, world, town, keys: desk.keys })
    try {
      await desk.road.act(rows)
      const { address } = of
      const speaks = address && (rows.messages.length > 0 || deed.sends === true)
      desk.passOn({ outgoing: new Map(speaks ? [[address.channel, [address.id]]] : []), hints })
      return
    } catch (error) {
      const lost = error instanceof Failure && error.code === 'request:changed_meanwhile'
      if (!lost || tries === triesAtMost) throw error
    }
  }
}

function noReference(): string {
  throw new Error('acts on a request open no other')
}
