/**
 * The lanes: from arrivals to committed turns. While one batch is handled, whatever was written meanwhile (take-in.ts)
 * waits together and goes in the next: no timer, nothing added when it is quiet, and few commits in a burst. A batch holds
 * each address once.
 *
 * A task is an arrival to be answered, a look for arrivals left unhandled, or the passing of time. Losing
 * a race, in this process or with another, means to load again and try again; what stays unhandled is found by the
 * sweeper. A turn that the program itself fails on three times is closed with an apology, so that nobody is locked out.
 */
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises'
import type { Incoming } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Road } from '../store/road.ts'
import { takeCard } from './card.ts'
import type { News } from './hint.ts'
import { inputOf } from './input.ts'
import { type Loaded, loadBatch, type Met, type Taken, type Task } from './lane-load.ts'
import { type LaneQueue, makeLaneQueue } from './lane-queue.ts'
import { type LookParts, lookAround, type Seen } from './look.ts'
import { isPassing } from './passing.ts'
import type { Surroundings, Watch } from './surroundings.ts'
import { makeTakeIn, type TakeIn } from './take-in.ts'
import { takeTold } from './told.ts'
import { apologize, type Turned, type TurnParts, takeTurn, turnAway } from './turn.ts'

export type LaneParts = TurnParts &
  LookParts & {
    readonly road: Road
    readonly watch: Watch
    readonly log: Log
    /** Called after a commit, never before. */
    readonly passOn: (news: News) => void
  }

/** Turns of at most so many addresses in one commit. */
const batchSize = 64
/** Batches written at the same time: one in each statement, one in the hands of the engine. */
const inFlight = 3
/** Turns taken before others of this process get a word: a provider that knocks waits no longer than these take. */
const turnsInABreath = 4
/** References made ready for each turn; no turn opens more requests. */
const referencesEach = 8
const triesAtMost = 3
const breath = 200
const racesAtMost = 20

/** A turn on its way into the database. */
type Taking = { readonly loaded: Loaded; readonly turned: Turned }

export class Lanes {
  readonly #parts: LaneParts
  readonly #takeIn: TakeIn
  readonly #queue: LaneQueue<Task> = makeLaneQueue()
  /** Lanes in which a look for what was left waits already; one finds all there is. */
  readonly #followed = new Set<string>()
  /** How often the program failed on an arrival, by its row. */
  readonly #failed = new Map<string, number>()
  readonly #closing = new AbortController()
  readonly #settling = new Set<() => void>()
  #running = 0
  #woken = false

  constructor(parts: LaneParts) {
    this.#parts = parts
    this.#takeIn = makeTakeIn(
      parts,
      (lane, met) => this.#met(lane, met),
      () => this.#start(),
    )
  }

  /** Resolves once every arrival is a row (or was one before); only then may the provider be answered. */
  async arrived(incomings: readonly Incoming[]): Promise<void> {
    if (this.#closing.signal.aborted) throw new Failure('database:unreachable', { why: 'closing' })
    const durable = incomings.map((incoming) => this.#takeIn.add(incoming))
    this.#wakeUp()
    await Promise.all(durable)
  }

  /** Handles what these addresses said and nobody has handled. */
  follow(addresses: readonly string[]): void {
    for (const address of addresses) this.#queue.add(address, { kind: 'follow', address, races: 0 })
    this.#wakeUp()
  }

  /** Tells the conversations of these addresses that time has passed. */
  wake(addresses: readonly string[]): void {
    for (const address of addresses) this.#queue.add(address, { kind: 'wake', address, races: 0 })
    this.#wakeUp()
  }

  /** Resolves when nothing waits and nothing is being handled. */
  async settled(): Promise<void> {
    if (this.#idle) return
    await new Promise<void>((done) => this.#settling.add(done))
  }

  /** Refuses what is not a row yet and finishes what is being written; what waits for its turn is left to the sweeper. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.#takeIn.close()
    this.#queue.drain()
    await this.settled()
  }

  get #idle(): boolean {
    return this.#takeIn.idle && this.#queue.idle && this.#running === 0
  }

  #met(lane: string, met: Met): void {
    if (!met.arrived.behind) this.#queue.add(lane, { kind: 'met', met, at: this.#parts.clock.now() })
    else if (!this.#followed.has(lane)) {
      this.#followed.add(lane)
      this.#queue.add(lane, { kind: 'follow', address: met.standing.address.id, races: 0 })
    }
  }

  /** What came in the same moment goes into the same batch. */
  #wakeUp(): void {
    if (this.#woken) return
    this.#woken = true
    setImmediate(() => {
      this.#woken = false
      this.#start()
    })
  }

  #start(): void {
    this.#takeIn.start()
    while (this.#running < inFlight && this.#queue.ready) {
      const batch = this.#queue.take(batchSize)
      for (const { lane, task } of batch) if (task.kind === 'follow') this.#followed.delete(lane)
      this.#running += 1
      void this.#handle(batch).finally(() => {
        this.#running -= 1
        for (const { lane } of batch) this.#queue.done(lane)
        this.#start()
      })
    }
    if (!this.#idle) return
    for (const done of this.#settling) done()
    this.#settling.clear()
  }

  /** Never rejects: every failure ends in a log line, a second try, or the sweeper's hands. */
  async #handle(batch: readonly Taken[]): Promise<void> {
    let loaded: readonly Loaded[] = []
    try {
      loaded = await loadBatch(this.#parts, batch)
      if (loaded.length === 0) return
      await this.#parts.references.ready(loaded.length * referencesEach)
      await this.#answer(loaded, await this.#parts.watch.current())
    } catch (error) {
      this.#parts.log.error('a batch of turns failed', error, { lanes: batch.length })
      // Time for the database to come back.
      await pause(breath, undefined, { signal: this.#closing.signal }).catch(() => {})
      for (const one of loaded) this.#again(one)
    }
  }

  async #answer(loaded: readonly Loaded[], town: Surroundings): Promise<void> {
    const seen = await Promise.all(loaded.map((one) => lookAround(this.#parts, one)))
    const turns: Taking[] = []
    for (const [i, one] of seen.entries()) {
      if (i > 0 && i % turnsInABreath === 0) await breathe()
      if (one.moved) this.#again(one.loaded)
      else turns.push(...this.#turn(one, town))
    }
    const went = await this.#commit(turns)
    const through = turns.filter((_, i) => went[i] === 'through')
    for (const [i, { loaded: one }] of turns.entries()) this.#after(one, went[i] ?? 'behind')
    this.#passOn(through)
  }

  /** A turn, or the apology for one; none when it is left for another try. */
  #turn(seen: Seen, town: Surroundings): Taking[] {
    const { loaded, standing, quoted, original, shown, told, code } = seen
    const arrived = loaded.met?.arrived
    const taken = (turned: Turned) => [{ loaded, turned }]
    try {
      const tries = arrived ? (this.#failed.get(arrived.message) ?? 0) : 0
      if (arrived && tries >= triesAtMost) {
        const last = tries > triesAtMost ? turnAway : apologize
        return taken(last(this.#parts, town, standing, arrived))
      }
      if (arrived && shown) return taken(takeCard(this.#parts, town, standing, { arrived, shown }))
      if (arrived && told) return taken(takeTold(this.#parts, town, standing, { arrived, told }))
      const input = arrived
        ? inputOf(arrived, { quotesList: quoted, original: original?.id, code })
        : ({ kind: 'silence' } as const)
      return taken(takeTurn(this.#parts, town, standing, { input, arrived, original }))
    } catch (error) {
      this.#noteFailure(loaded, error)
      return []
    }
  }

  async #commit(turns: readonly Taking[]): Promise<readonly ('through' | 'behind' | 'failed')[]> {
    const rows = turns.map(({ turned }) => turned.rows)
    try {
      const went = await this.#parts.road.commit(rows)
      return went.map((one) => (one === 'refused' ? 'failed' : one))
    } catch (error) {
      if (turns.length === 1 && !isPassing(error)) {
        this.#parts.log.error('a turn could not be committed', error)
        return ['failed']
      }
      if (isPassing(error)) throw error
      const went: ('through' | 'behind' | 'failed')[] = []
      for (const turn of turns) went.push(...(await this.#commit([turn])))
      return went
    }
  }

  #after({ lane, task, met, standing }: Loaded, went: 'through' | 'behind' | 'failed'): void {
    const address = standing.address.id
    if (went === 'failed') {
      this.#noteFailure({ lane, task, met, standing }, new Error('the database refused the rows of a turn'))
    } else if (went === 'behind') {
      this.#again({ lane, task, met, standing })
    } else {
      if (met) this.#failed.delete(met.arrived.message)
      // Something may lie behind what was found lying.
      const more = task.kind === 'follow' && !this.#closing.signal.aborted
      if (more) this.#queue.putBack(lane, { kind: 'follow', address, races: 0 })
    }
  }

  /** Loads once more and tries again, not for ever: what is left over is the sweeper's. */
  #again({ lane, task, met, standing }: Loaded): void {
    const races = task.kind === 'met' ? 0 : task.races
    if (this.#closing.signal.aborted) return
    if (races >= racesAtMost) this.#parts.log.warn('a lane is left to the sweeper')
    else
      this.#queue.putBack(lane, {
        kind: met ? 'follow' : 'wake',
        address: standing.address.id,
        races: races + 1,
      })
  }

  /** Counts a failure of the program itself on an arrival and has it tried again; time that passes is not tried again. */
  #noteFailure({ lane, met, standing }: Loaded, error: unknown): void {
    if (!met) {
      this.#parts.log.error('a turn failed', error)
      return
    }
    const tries = (this.#failed.get(met.arrived.message) ?? 0) + 1
    this.#failed.set(met.arrived.message, tries)
    this.#parts.log.error('a turn failed', error, { tries, message: met.arrived.message })
    if (tries > triesAtMost + 1) this.#failed.delete(met.arrived.message)
    else if (!this.#closing.signal.aborted)
      this.#queue.putBack(lane, { kind: 'follow', address: standing.address.id, races: 0 })
  }

  #passOn(through: readonly Taking[]): void {
    const outgoing = new Map<string, string[]>()
    const hints = new Set<string>()
    let files = false
    for (const { loaded, turned } of through) {
      for (const name of turned.hints) hints.add(name)
      files ||= loaded.met?.arrived.incoming.content.kind === 'file'
      const { messages, address } = turned.rows
      if (messages.length === 0 || !address) continue
      outgoing.set(address.channel, [...(outgoing.get(address.channel) ?? []), address.id])
    }
    if (outgoing.size > 0 || hints.size > 0 || files) this.#parts.passOn({ outgoing, hints, files })
  }
}
