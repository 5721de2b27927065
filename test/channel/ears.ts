/** Ears that remember, a cursor that is only a variable, and a clock that counts: what a channel needs in a test. */
import type { AddressNews, Cursor, Ears, OpenFile, Report } from '../../src/channel/contract.ts'
import type { Incoming, Typed } from '../../src/core/message.ts'
import { Failure } from '../../src/failure.ts'
import type { Clock } from '../../src/world.ts'

export class TestEars implements Ears {
  readonly arrivals: Incoming[] = []
  readonly reports: Report[] = []
  readonly news: AddressNews[] = []
  readonly typings: Typed[] = []
  /** How many were missing, after each look back. */
  readonly compared: number[] = []
  /** How often something was brought, failed tries included. */
  tries = 0
  /** While positive, each bringing fails, as when the database is away. */
  failing = 0
  /** Awaited by each bringing before it counts. */
  gate: Promise<void> = Promise.resolve()

  async arrived(arrivals: readonly Incoming[]): Promise<void> {
    await this.#hear()
    this.arrivals.push(...arrivals)
  }

  async reported(reports: readonly Report[]): Promise<void> {
    await this.#hear()
    this.reports.push(...reports)
  }

  async told(news: readonly AddressNews[]): Promise<void> {
    await this.#hear()
    this.news.push(...news)
  }

  async typed(said: readonly Typed[]): Promise<void> {
    await this.#hear()
    this.typings.push(...said)
  }

  async missed(_channel: string, count: number): Promise<void> {
    this.compared.push(count)
  }

  /** The arrivals once repeats fell away, as the rows' unique key makes them. */
  get rows(): Incoming[] {
    const seen = new Map<string, Incoming>()
    for (const it of this.arrivals) {
      const key = `${it.channel} ${it.from} ${it.externalId} ${it.edit}`
      if (!seen.has(key)) seen.set(key, it)
    }
    return [...seen.values()]
  }

  texts(): string[] {
    return this.rows.map((it) => (it.content.kind === 'text' ? it.content.text : it.content.kind))
  }

  async #hear(): Promise<void> {
    this.tries += 1
    await this.gate
    if (this.failing > 0) {
      this.failing -= 1
      throw new Error('the database is away')
    }
  }
}

export class TestCursor implements Cursor {
  value: string | undefined
  readonly written: string[] = []

  async read(): Promise<string | undefined> {
    return this.value
  }

  async write(value: string): Promise<void> {
    this.value = value
    this.written.push(value)
  }
}

/** A clock that stands still until it is moved, with ids that count. */
export function testClock(): Clock & { move(milliseconds: number): void } {
  let at = Date.UTC(2026, 2, 2, 9, 0, 0)
  let ids = 0
  return {
    now: () => new Date(at),
    id: () => `01960000-0000-7000-8000-${String(++ids).padStart(12, '0')}`,
    dice: () => 0,
    move: (milliseconds) => {
      at += milliseconds
    },
  }
}

/** Resolves when `holds` does; fails with its name after a while. */
export async function until(what: string, holds: () => boolean, milliseconds = 50_000): Promise<void> {
  const end = performance.now() + milliseconds
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** A house without a file. */
export const noFiles: OpenFile = async (media) => {
  throw new Failure('media:gone', { media })
}
