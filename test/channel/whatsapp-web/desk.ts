/** A paired account on a desk of its own: the real channel, library and browser, the stand-in behind them, and ears. */
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import type { Channel } from '../../../src/channel/contract.ts'
import type { Keeping, Orders, SessionNews } from '../../../src/channel/whatsapp-web/keeping.ts'
import { makeWhatsappWeb } from '../../../src/channel/whatsapp-web/whatsapp-web.ts'
import type { Incoming } from '../../../src/core/message.ts'
import type { Failure } from '../../../src/failure.ts'
import { realClock } from '../../../src/world.ts'
import { type Bench, oggVoice } from '../benches.ts'
import { TestCursor, TestEars, until } from '../ears.ts'
import { meeting, StandIn } from './stand-in.ts'

/** A house that keeps everything in variables. */
export class TestKeeping implements Keeping {
  readonly told: SessionNews[] = []
  readonly knownIds = new Set<string>()
  sentCount = 0
  set: Orders = { paused: false, dailyCap: 100_000, sentToday: 0, campaigns: false, unlink: false }

  async orders(): Promise<Orders> {
    return this.set
  }
  async tell(news: SessionNews): Promise<void> {
    this.told.push(news)
  }
  async sent(): Promise<void> {
    this.sentCount += 1
  }
  async unlinked(): Promise<void> {
    this.set = { ...this.set, unlink: false }
  }
  readonly found: Incoming[] = []
  async late(found: readonly Incoming[]): Promise<void> {
    this.found.push(...found)
  }
  async known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(ids.filter((id) => this.knownIds.has(id)))
  }
  async noCalls(): Promise<string> {
    return 'Nous ne prenons pas les appels ici.'
  }
}

export type Desk = {
  readonly channel: Channel
  readonly standIn: StandIn
  readonly ears: TestEars
  readonly cursor: TestCursor
  readonly keeping: TestKeeping
  readonly failures: Failure[]
  readonly folder: string
  /** The page of the session that runs. */
  page(): Page
  /** Resolves when a session is ready and has looked back. */
  ready(): Promise<void>
  close(): Promise<void>
}

const noPauses = {
  between: [0, 0],
  within: [0, 0],
  typing: { perCharacter: 0, most: 0 },
} as const
const quickRounds = { orders: 50, check: 300, ack: 400, pause: 20, conflict: 100 }

/** Starts a channel; `paired` false leaves it at the code. */
export async function openDesk({
  paired = true,
  standIn = new StandIn(),
  folder,
  cursor = new TestCursor(),
}: {
  paired?: boolean
  standIn?: StandIn
  folder?: string
  cursor?: TestCursor
} = {}): Promise<Desk> {
  const own = folder ?? (await mkdtemp(join(tmpdir(), 'baro-whatsapp-')))
  const ears = new TestEars()
  const keeping = new TestKeeping()
  const failures: Failure[] = []
  const meet = meeting(standIn)
  let page: Page | undefined
  const channel = makeWhatsappWeb({
    ...{ id: 'ww', folder: own, keeping, clock: realClock, pacing: noPauses, rounds: quickRounds },
    browser: {},
    meets: async (met) => {
      page = met
      await meet(met)
    },
    noticed: (failure) => failures.push(failure),
  })
  await channel.start(ears, cursor)
  const desk: Desk = {
    ...{ channel, standIn, ears, cursor, keeping, failures, folder: own },
    page() {
      if (!page) throw new Error('No page was opened')
      return page
    },
    ready: () => until('the session is ready', () => channel.state() === 'up' && standIn.isReady, 60_000),
    async close() {
      await channel.close()
      if (folder === undefined) await rm(own, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  if (paired) {
    await until('a code is shown', () => keeping.told.some(({ code }) => code !== undefined), 60_000)
    await standIn.scan()
    await desk.ready()
  }
  return desk
}

/** The desk for one test of the contract: somebody new writes, and nothing of before is there. */
export function benchOf(desk: Desk): Bench {
  const { channel, standIn, ears } = desk
  const chat = `2239${randomInt(1_000_000, 9_999_999)}@c.us`
  ears.arrivals.length = 0
  ears.tries = 0
  const kinds: Readonly<Record<string, string>> = { ptt: 'voice', image: 'photo' }
  const toThem = () => standIn.sent.filter((one) => one.chat === chat)
  const says = (text: string) => standIn.says(chat, { text })
  return {
    ...{ channel, ears, says, stays: true },
    async saysTwice(text) {
      // Twice to the ears: what the rows make one. The channel itself would let the second fall away.
      const arrived = ears.arrived.bind(ears)
      ears.arrived = async (arrivals) => {
        ears.arrived = arrived
        await arrived(arrivals)
        throw new Error('the answer was lost')
      }
      await says(text)
    },
    async corrects(wrong, right) {
      const id = await says(wrong)
      await until('it is heard', () => ears.arrivals.length === 1)
      await standIn.tell({ t: 'edit', id, body: right, at: 1_790_000_000_000 })
    },
    presses: (number) => says(String(number)),
    speaks: (seconds) =>
      standIn.says(chat, {
        file: { type: 'ptt', bytes: oggVoice, mimetype: 'audio/ogg; codecs=opus' },
        attributes: { duration: String(seconds) },
      }),
    sees: async () =>
      toThem()
        .map(({ type, body, caption }) => (type === 'chat' ? body : caption) ?? '')
        .join('\n'),
    gets: async () =>
      toThem().flatMap(({ type, media }) =>
        media ? [{ kind: kinds[type] ?? type, bytes: Buffer.from(media.data, 'base64') }] : [],
      ),
    close: async () => {},
  }
}
