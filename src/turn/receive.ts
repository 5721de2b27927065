/**
 * The lanes: from arrivals to committed turns. While one batch is written, whatever arrives waits together and goes in the
 * next: no timer, nothing added when it is quiet, and few commits in a burst. A batch holds each address once.
 *
 * A task is an arrival (to be written, then answered), a look for arrivals left unhandled, or the passing of time. Losing
 * a race, in this process or with another, means to load again and try again; what stays unhandled is found by the
 * sweeper. A turn that the program itself fails on three times is closed with an apology, so that nobody is locked out.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Incoming } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Helped, Road } from '../store/road.ts'
import { type Cards, takeCard } from './card.ts'
import type { Codes } from './code.ts'
import type { News } from './hint.ts'
import { inputOf } from './input.ts'
import { type Loaded, loadBatch, type Taken, type Task } from './lane-load.ts'
import { type LaneQueue, makeLaneQueue } from './lane-queue.ts'
import type { Original } from './original.ts'
import { isPassing } from './passing.ts'
import type { Surroundings, Watch } from './surroundings.ts'
import { type Tolds, takeTold } from './told.ts'
import { apologize, type Turned, type TurnParts, takeTurn, turnAway } from './turn.ts'

export type LaneParts = TurnParts & {
  readonly road: Road
  readonly watch: Watch
  readonly log: Log
  /** The tag of the list in our message that an arrival quotes; undefined when it had none or is not known. */
  readonly quotedList: (address: string, incoming: Incoming) => Promise<string | undefined>
  /** What an edit changes; undefined for everything else. */
  readonly original: (address: string, incoming: Incoming) => Promise<Original | undefined>
  /** The invitation card whose code an arrival is; undefined for everything else. */
  readonly card: Cards
  /** The code of a complaint without a name; undefined for everything else. */
  readonly told: Tolds
  /** The code of a phone that an arrival may be; undefined for everything else. */
  readonly code: Codes
  /** For whom whoever speaks may write; absent: for nobody. */
  readonly helped?: (proxy: string) => Promise<Helped | undefined>
  /** Called after a commit, never before. */
  readonly passOn: (news: News) => void
}

/** Arrivals of at most so many addresses in one statement. */
const batchSize = 64
/** Batches written at the same time: one in each statement, one in the hands of the engine. */
const inFlight = 3
/** References made ready for each turn; no turn opens more requests. */
const referencesEach = 8
const triesAtMost = 3
const breath = 200
const racesAtMost = 20

/** A turn on its way into the database. */
type Taking = { readonly loaded: Loaded; readonly turned: Turned }

export class Lanes {
  readonly #parts: LaneParts
  readonly #queue: LaneQueue<Task> = makeLaneQueue()
  /** How often the program failed on an arrival, by its row. */
  readonly #failed = new Map<string, number>()
  readonly #closing = new AbortController()
  readonly #settling = new Set<() => void>()
  #running = 0
  #woken = false

  constructor(parts: LaneParts) {
    this.#parts = parts
  }

  /** Resolves once every arrival is a row (or was one before); only then may the provider be answered. */
  async arrived(incomings: readonly Incoming[]): Promise<void> {
    if (this.#closing.signal.aborted) throw new Failure('database:unreachable', { why: 'closing' })
    const { clock } = this.#parts
    const durable = incomings.map(
      (incoming) =>
        new Promise<void>((done, fail) => {
          const arriving = { id: clock.id(), at: clock.now(), incoming }
          this.#queue.add(`${incoming.channel}|${incoming.from}`, { kind: 'arrive', arriving, done, fail })
        }),
    )
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
    if (this.#queue.idle && this.#running === 0) return
    await new Promise<void>((done) => this.#settling.add(done))
  }

  /** Refuses what is not a row yet and finishes what is being written. */
  async close(): Promise<void> {
    this.#closing.abort()
    for (const task of this.#queue.drain()) {
      if (task.kind === 'arrive') task.fail(new Failure('database:unreachable', { why: 'closing' }))
    }
    await this.settled()
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
    while (this.#running < inFlight && this.#queue.ready) {
      const batch = this.#queue.take(batchSize)
      this.#running += 1
      void this.#handle(batch).finally(() => {
        this.#running -= 1
        for (const { lane } of batch) this.#queue.done(lane)
        this.#start()
        if (this.#queue.idle && this.#running === 0) this.#settle()
      })
    }
  }

  #settle(): void {
    for (const done of this.#settling) done()
    this.#settling.clear()
  }

  /** Never rejects: every failure ends in a log line, a second try, or the sweeper's hands. */
  async #handle(batch: readonly Taken[]): Promise<void> {
    let loaded: readonly Loaded[] = []
    try {
      loaded = await loadBatch(this.#parts, batch, (lane, task) => this.#queue.putBack(lane, task))
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
    const turns = (await Promise.all(loaded.map((one) => this.#turn(one, town)))).flatMap(
      (turn) => turn ?? [],
    )
    const went = await this.#commit(turns)
    const through = turns.filter((_, i) => went[i] === 'through')
    for (const [i, { loaded: one }] of turns.entries()) this.#after(one, went[i] ?? 'behind')
    this.#passOn(through)
  }

  /** A turn, or the apology for one; undefined when it is left for another try. */
  async #turn(one: Loaded, town: Surroundings): Promise<Taking | undefined> {
    const { met } = one
    const proxy = one.standing.person?.proxy
    const helped = proxy === undefined ? undefined : await this.#parts.helped?.(proxy)
    const standing = { ...one.standing, ...(helped ? { helped } : {}) }
    const quoted = met?.arrived.incoming.quotes
      ? await this.#parts.quotedList(standing.address.id, met.arrived.incoming)
      : undefined
    const original = met?.arrived.incoming.edit
      ? await this.#parts.original(standing.address.id, met.arrived.incoming)
      : undefined
    const shown = met ? await this.#parts.card(standing.address.id, met.arrived.incoming) : undefined
    const told = met ? await this.#parts.told(standing.address.id, met.arrived.incoming) : undefined
    const code = met ? await this.#parts.code(standing, met.arrived.incoming) : undefined
    if (code?.is === 'moved') {
      this.#again(one)
      return undefined
    }
    try {
      const tries = met ? (this.#failed.get(met.arrived.message) ?? 0) : 0
      if (met && tries >= triesAtMost) {
        const last = tries > triesAtMost ? turnAway : apologize
        return { loaded: one, turned: last(this.#parts, town, standing, met.arrived) }
      }
      if (met && shown) {
        const turned = takeCard(this.#parts, town, standing, { arrived: met.arrived, shown })
        return { loaded: one, turned }
      }
      if (met && told) {
        return { loaded: one, turned: takeTold(this.#parts, town, standing, { arrived: met.arrived, told }) }
      }
      const input = met
        ? inputOf(met.arrived, { quotesList: quoted, original: original?.id, code: code?.mark })
        : ({ kind: 'silence' } as const)
      const what = { input, arrived: met?.arrived, original }
      return { loaded: one, turned: takeTurn(this.#parts, town, standing, what) }
    } catch (error) {
      this.#noteFailure(one, error)
      return undefined
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
    const races = task.kind === 'arrive' ? 0 : task.races
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
