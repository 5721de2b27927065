/** A burst: everything arrives at once, from two thousand people, each in order. */
import { makeConversation } from '../../src/conversation.ts'
import type { Incoming } from '../../src/core/message.ts'
import { makeEngine } from '../../src/flow/engine.ts'
import { makeBook, readFlow } from '../../src/flow/read.ts'
import { readShelf } from '../../src/shelf.ts'
import { openDatabase } from '../../src/store/database.ts'
import { fixedMasterKey } from '../../src/store/master-key.ts'
import { makeLiveLocales } from '../../src/text/locale.ts'
import { Lanes } from '../../src/turn/receive.ts'
import { makeReferences } from '../../src/turn/references.ts'
import { makeWatch } from '../../src/turn/surroundings.ts'
import { realClock } from '../../src/world.ts'

/** `plain` writes what the measure says and nothing else; `shipped` are the flows that people meet. */
type Kind = 'plain' | 'shipped'

const people = 2_000
/** Each turn keeps an answer, leaves a flow and enters one, and says two sentences. */
const plainFlows = {
  talk: `
  - id: first
    ask: text
    text: bench.question
    keep: said
  - id: thanks
    say: bench.thanks
  - id: deeper
    enter: again
`,
  again: `
  - id: ask
    ask: text
    text: bench.question
    keep: said
  - id: thanks
    say: bench.thanks
    next: ask
`,
}
/** What people say who ask for things in the shipped flows, over and over. */
const sayings = ['menu', '1', '1', 'menu', '2', '4', 'je veux acheter une machine', '3']

export async function openBurst(connectionString: string) {
  const database = await openDatabase({ connectionString, masterKey: fixedMasterKey(Buffer.alloc(32, 7)) })
  const shipped = makeConversation(readShelf())
  const lanesOf = { plain: plainConversation(shipped), shipped } as const
  const made = new Map<Kind, Awaited<ReturnType<typeof open>>>()
  let sent = 0

  async function open(kind: Kind) {
    const id = realClock.id()
    await database.prisma.channel.create({
      data: { id, kind: 'fake', account: kind, createdAt: realClock.now() },
    })
    const failures: string[] = []
    const lanes = new Lanes({
      ...lanesOf[kind],
      ...{ keys: database.keys, road: database.road, clock: realClock },
      watch: makeWatch(database.prisma, realClock),
      references: makeReferences(database.pool),
      screen: () => ({ buttons: undefined, textLength: 4096 }),
      quotedList: async () => undefined,
      original: async () => undefined,
      card: async () => undefined,
      told: async () => undefined,
      barred: async () => new Map(),
      code: async () => undefined,
      passOn: () => {},
      log: {
        info: () => {},
        warn: (what) => void failures.push(what),
        error: (what, cause) => void failures.push(`${what}: ${String(cause)}`),
      },
    })
    return { lanes, channel: id, failures }
  }

  return {
    pool: database.pool,
    /** Resolves when every turn is committed; fails when one was not. */
    async run(count: number, kind: Kind): Promise<void> {
      const { lanes, channel, failures } = made.get(kind) ?? (await open(kind))
      made.set(kind, { lanes, channel, failures })
      const arrivals: Incoming[] = Array.from({ length: count }, (_, i) => ({
        ...{ channel, from: `person ${i % people}`, externalId: `m${sent + i}`, edit: 0 },
        sentAt: realClock.now(),
        content: { kind: 'text', text: textOf(kind, sent + i) },
      }))
      sent += count
      await lanes.arrived(arrivals)
      await lanes.settled()
      if (failures.length > 0) throw new Error(failures[0])
      const { rows } = await database.pool.query<{ n: number }>(
        "select count(*)::int as n from message where direction = 'in' and state <> 'handled'",
      )
      if (rows[0]?.n !== 0) throw new Error('something was left unhandled')
    },
    async close(): Promise<void> {
      for (const { lanes } of made.values()) await lanes.close()
      await database.close()
    },
  }
}

function textOf(kind: Kind, n: number): string {
  if (kind === 'plain') return `je cherche du travail, dit le message numéro ${n}`
  return sayings[Math.floor(n / people) % sayings.length] ?? 'menu'
}

/** The shipped words and engine over two flows that only talk. */
function plainConversation(
  shipped: ReturnType<typeof makeConversation>,
): ReturnType<typeof makeConversation> {
  const flows = Object.entries(plainFlows).map(([name, steps]) => {
    const read = readFlow(name, `flow: ${name}\nversion: 1\nabout: For the bench.\nsteps:${steps}`)
    if (!read.flow) throw new Error(JSON.stringify(read.issues))
    return read.flow
  })
  const sentences = {
    question: 'Que voulez-vous dire encore ?',
    thanks: 'Merci, votre message est bien noté.',
  }
  const files = { bench: sentences, common: { restart: 'Bonjour.' } }
  const locales = makeLiveLocales({ fr: files, bm: files, en: files })
  const welcome = flows[0] ? { ...flows[0], flow: 'welcome' } : undefined
  const book = makeBook(welcome ? [...flows, welcome] : flows)
  const engine = makeEngine({
    book,
    vocabulary: shipped.vocabulary,
    label: () => undefined,
    wording: (text) => text,
  })
  return { ...shipped, locales, book, engine, flows }
}
